"""Labelled pairs in the space in which the model decides, to show what a judgement resembles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import mul

from monitor.domain.gate import GateExample

Vector = Sequence[float]


@dataclass(frozen=True, slots=True)
class Exemplar:
    """A labelled pair with its vector, of length one."""

    example: GateExample
    vector: Vector


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A labelled pair and how near it is: the cosine, −1 to 1."""

    example: GateExample
    similarity: float


def nearest(vector: Vector, exemplars: Iterable[Exemplar], count: int = 3) -> list[Neighbour]:
    """Return the `count` nearest labelled pairs by cosine, the nearest first, each text once."""
    by_text: dict[str, Neighbour] = {}
    for exemplar in exemplars:
        found = Neighbour(exemplar.example, sum(map(mul, vector, exemplar.vector)))
        kept = by_text.get(exemplar.example.pair.text)
        if kept is None or found.similarity > kept.similarity:
            by_text[exemplar.example.pair.text] = found
    return sorted(by_text.values(), key=lambda neighbour: -neighbour.similarity)[:count]
