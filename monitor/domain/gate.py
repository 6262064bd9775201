"""The gate that a new model must pass: better as a whole, no class and no set worse than it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.domain.stance import Stance
from monitor.domain.statement import MarkedText

SLACK = 0.02
"""How far a class's F1, or the macro-F1 of one set, may fall: less than one example in fifty."""
SMALLEST_SET = 30
"""From how many pairs on a set is asked alone; of fewer one judgement moves its macro-F1 beyond the slack."""


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
class SetScore:
    """How a model judges the pairs of one origin: their number, and the mean F1 of the stances they hold."""

    count: int
    macro_f1: float


@dataclass(frozen=True, slots=True)
class GateScore:
    """How a model judges the gate set."""

    model: str
    classes: dict[Stance, ClassScore]
    sets: dict[str, SetScore]  # by origin

    @property
    def count(self) -> int:
        """How many pairs were judged."""
        return sum(score.count for score in self.classes.values())

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the stances that the set holds."""
        return _mean_f1(self.classes)


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
    """Count what a model judged against what people settled, in all and by origin."""
    pairs: dict[str, list[tuple[Stance, Stance]]] = {}
    for example, said in zip(examples, judged, strict=True):
        pairs.setdefault(example.origin, []).append((example.stance, said))
    sets = {name: SetScore(len(held), _mean_f1(_score(held))) for name, held in pairs.items()}
    return GateScore(model, _score([pair for held in pairs.values() for pair in held]), sets)


def compare(champion: GateScore, challenger: GateScore) -> Verdict:
    """Let the challenger pass only if it is better and keeps the level of every class and of every set.

    The whole alone would not do: many examples of one kind outweigh a fall on another.
    """
    reasons = []
    if challenger.macro_f1 <= champion.macro_f1:
        reasons.append(f"macro-F1 {challenger.macro_f1:.3f} is not above {champion.macro_f1:.3f}")
    for stance in Stance:
        before, after = champion.classes[stance].f1, challenger.classes[stance].f1
        if after < before - SLACK:
            reasons.append(f"{stance}: F1 falls from {before:.3f} to {after:.3f}")
    for name, held in champion.sets.items():
        after = challenger.sets[name].macro_f1
        if held.count >= SMALLEST_SET and after < held.macro_f1 - SLACK:
            reasons.append(f"{name} pairs: macro-F1 falls from {held.macro_f1:.3f} to {after:.3f}")
    return Verdict(champion, challenger, tuple(reasons))


def _score(pairs: Sequence[tuple[Stance, Stance]]) -> dict[Stance, ClassScore]:
    """Score pairs of what people settled and what the model said."""
    classes = {}
    for stance in Stance:
        true = sum(gold is stance for gold, _ in pairs)
        said = sum(found is stance for _, found in pairs)
        hit = sum(gold is found is stance for gold, found in pairs)
        precision = hit / said if said else 0.0
        recall = hit / true if true else 0.0
        f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
        classes[stance] = ClassScore(precision, recall, f1, true)
    return classes


def _mean_f1(classes: Mapping[Stance, ClassScore]) -> float:
    held = [score.f1 for score in classes.values() if score.count]
    return sum(held) / len(held) if held else 0.0
