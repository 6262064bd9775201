"""Where the gate's examples come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.classify.registry import GATE
from monitor.domain.stance import Stance
from monitor.errors import DocumentError
from monitor.pipeline.gate import read_pairs


def test_shipped_gate_holds_every_stance_in_both_languages() -> None:
    """A gate without a class could not keep its level."""
    examples = read_pairs(GATE, "written")
    assert len(examples) >= 150
    assert all(sum(e.stance is stance for e in examples) >= 40 for stance in Stance)
    assert all(e.pair.text[e.pair.start : e.pair.end].strip() for e in examples)


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"text": "Minsk"}', '{"text": "Minsk", "start": 3, "end": 99, "stance": "hostile"}']
)
def test_bad_line_is_named(tmp_path: Path, line: str) -> None:
    """The error says which file and line."""
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n" + line, encoding="utf-8")
    with pytest.raises(DocumentError, match="line 2"):
        read_pairs(path, "given")
