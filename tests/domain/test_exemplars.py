"""The nearest labelled examples."""

from __future__ import annotations

from monitor.domain.exemplars import Exemplar, nearest
from monitor.domain.gate import GateExample
from monitor.domain.stance import Stance
from monitor.domain.statement import MarkedText


def known(text: str, *vector: float) -> Exemplar:
    """Return an example at a place."""
    return Exemplar(GateExample(MarkedText(text, 0, 1), Stance.NEUTRAL, "written"), vector)


def test_nearest_stand_first_and_farther_ones_are_left_out() -> None:
    """The cosine decides."""
    found = nearest((1.0, 0.0), [known("a", 0.0, 1.0), known("b", 1.0, 0.0), known("c", 0.6, 0.8)], 2)
    assert [(n.example.pair.text, n.similarity) for n in found] == [("b", 1.0), ("c", 0.6)]


def test_a_text_that_is_known_twice_is_shown_once() -> None:
    """The same sentence with another target is no second example."""
    found = nearest((1.0, 0.0), [known("a", 0.6, 0.8), known("a", 1.0, 0.0), known("b", 0.0, 1.0)], 3)
    assert [(n.example.pair.text, n.similarity) for n in found] == [("a", 1.0), ("b", 0.0)]
