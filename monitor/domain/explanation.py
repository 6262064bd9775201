"""Which words moved a judgement, and what it resembles."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.domain.exemplars import Neighbour
from monitor.domain.stance import Judgement

NOTICEABLE = 0.02


@dataclass(frozen=True, slots=True)
class WordEffect:
    """A word at [start, end) of the statement, and how far it moved the score.

    `moved` is the score with the word less the score without it, −2 to +2: below nought the word
    speaks for hostile, above for conciliatory.
    """

    start: int
    end: int
    word: str
    moved: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The classifier's own judgement of a pair, and its words from the most to the least moving."""

    judgement: Judgement
    effects: tuple[WordEffect, ...]

    @property
    def noticeable(self) -> tuple[WordEffect, ...]:
        """The words that moved the score by at least NOTICEABLE."""
        return tuple(effect for effect in self.effects if abs(effect.moved) >= NOTICEABLE)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a judgement rests on: its words, and the labelled examples nearest to it.

    `model` is the version that explains; the judgement may be an older one's.
    """

    explanation: Explanation
    nearest: tuple[Neighbour, ...]
    model: str
