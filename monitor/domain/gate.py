"""The gate that a new model must pass: better as a whole, and no class worse than it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.domain.stance import Stance
from monitor.domain.statement import MarkedText

SLACK = 0.02
"""How far a class's F1 may fall: less than one example in fifty."""


@dataclass(frozen=True, slots=True)
class GateExample:
    """A pair whose stance people have settled; `origin` says who: written, reviewed or given."""

    pair: MarkedText
    stance: Stance
    origin: str


@dataclass(frozen=True, slots=True)
class ClassScore:
    """Precision, recall and F1 of one stance, and how many examples have it."""

    precision: float
    recall: float
    f1: float
    count: int


@dataclass(frozen=True, slots=True)
class GateScore:
    """How a model judges the gate set."""

    model: str
    classes: dict[Stance, ClassScore]

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the stances that the set holds."""
        held = [score.f1 for score in self.classes.values() if score.count]
        return sum(held) / len(held) if held else 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the challenger may replace the champion, and every reason why not."""

    champion: GateScore
    challenger: GateScore
    reasons: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """True where nothing speaks against the challenger."""
        return not self.reasons


def score_gate(model: str, examples: Sequence[GateExample], judged: Sequence[Stance]) -> GateScore:
    """Count what a model judged against what people settled."""
    classes = {}
    for stance in Stance:
        true = [e.stance is stance for e in examples]
        said = [j is stance for j in judged]
        hit = sum(t and s for t, s in zip(true, said, strict=True))
        precision = hit / sum(said) if any(said) else 0.0
        recall = hit / sum(true) if any(true) else 0.0
        f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
        classes[stance] = ClassScore(precision, recall, f1, sum(true))
    return GateScore(model, classes)


def compare(champion: GateScore, challenger: GateScore) -> Verdict:
    """Let the challenger pass only if it is better and keeps the level of every class."""
    reasons = []
    if challenger.macro_f1 <= champion.macro_f1:
        reasons.append(f"macro-F1 {challenger.macro_f1:.3f} is not above {champion.macro_f1:.3f}")
    for stance in Stance:
        before, after = champion.classes[stance].f1, challenger.classes[stance].f1
        if after < before - SLACK:
            reasons.append(f"{stance}: F1 falls from {before:.3f} to {after:.3f}")
    return Verdict(champion, challenger, tuple(reasons))
