"""A classifier for tests: a word in the text decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.domain.drift import Shares
from monitor.domain.exemplars import Exemplar, Vector
from monitor.domain.stance import Act, Judgement, Stance
from monitor.domain.statement import MarkedText
from monitor.pipeline.ports import Progress
from tests.builders import make_judgement

WORDS = {
    "обвин": (Stance.HOSTILE, Act.ACCUSE),
    "пригроз": (Stance.HOSTILE, Act.THREATEN),
    "accuse": (Stance.HOSTILE, Act.ACCUSE),
    "поблагодар": (Stance.CONCILIATORY, Act.PRAISE),
    "thank": (Stance.CONCILIATORY, Act.PRAISE),
}


@dataclass
class FakeClassifier:
    """Judges by a word; a text with "сломайся" breaks it."""

    version: str = "fake-1"
    expected: Shares | None = None
    seen: list[MarkedText] = field(default_factory=list)

    def judge(self, pairs: Sequence[MarkedText], progress: Progress | None = None) -> list[Judgement]:
        """Return one judgement per pair."""
        self.seen.extend(pairs)
        if any("сломайся" in pair.text.casefold() for pair in pairs):
            raise RuntimeError("the classifier broke")
        found = []
        for pair in pairs:
            text = pair.text.casefold()
            stance, act = next((v for k, v in WORDS.items() if k in text), (Stance.NEUTRAL, None))
            found.append(make_judgement(stance, act))
        return found

    def embed(self, pairs: Sequence[MarkedText]) -> list[Vector]:
        """Return vectors of two: how many hostile and how many friendly words."""
        sides = [
            [k for k, (stance, _) in WORDS.items() if stance is s] for s in Stance if s is not Stance.NEUTRAL
        ]
        return [
            [float(sum(word in pair.text.casefold() for word in side)) for side in sides] for pair in pairs
        ]

    def exemplars(self) -> list[Exemplar]:
        """Carry none."""
        return []
