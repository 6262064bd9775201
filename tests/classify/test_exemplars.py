"""Examples that a model carries."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.classify.exemplars import pack_vector, read_exemplars, unit, unpack_vector, write_exemplars
from monitor.domain.exemplars import Exemplar
from monitor.domain.gate import GateExample
from monitor.domain.stance import Stance
from monitor.domain.statement import MarkedText
from monitor.errors import ModelError


def test_vector_survives_packing() -> None:
    """A byte a value keeps the direction within a hundredth."""
    vector = unit([0.5, -1.0, 0.0, 0.25])
    assert unpack_vector(pack_vector(vector)) == pytest.approx(vector, abs=0.01)


def test_vector_of_nought_stays_nought() -> None:
    """There is no direction to keep."""
    assert unpack_vector(pack_vector((0.0, 0.0))) == (0.0, 0.0)


def test_examples_are_read_as_written(tmp_path: Path) -> None:
    """Text, mention, stance and vector come back."""
    example = GateExample(MarkedText("Минск — друг", 0, 5), Stance.CONCILIATORY, "written")
    write_exemplars(tmp_path / "x.jsonl", [Exemplar(example, (0.6, 0.8))])
    (found,) = read_exemplars(tmp_path / "x.jsonl")
    assert found.example == example
    assert found.vector == pytest.approx((0.6, 0.8), abs=0.01)


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"text": "a", "start": 0, "end": 1, "stance": "warm", "vector": ""}']
)
def test_damaged_line_is_named(tmp_path: Path, line: str) -> None:
    """The error says which line."""
    (tmp_path / "x.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(ModelError, match="line 1"):
        read_exemplars(tmp_path / "x.jsonl")
