"""What users say of judgements, how much that weighs, and when a reviewer has to look."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.domain.stance import Stance
from monitor.domain.statement import Finding

PRIOR_RIGHT, PRIOR_WRONG = 3.0, 1.0
"""A user of whom nothing is known is taken to be right three times in four: Beta(3, 1)."""
ANSWERS = 4
"""What a user can say: one of three stances, or that it is not about this target at all."""
STRIFE = 0.25
"""From this share of the weight on, those who say something else make a finding doubtful."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one user says of one finding: it is right, or what it should be.

    `stance` is None for a confirmed finding, and for one that is wrong because it is about another
    target or was not said by that speaker.
    """

    finding_id: int
    user_id: int
    confirmed: bool
    stance: Stance | None
    at: datetime

    def answer(self, judged: Stance) -> Stance | None:
        """Return the stance that the user takes the finding to have; None: not about this target."""
        return judged if self.confirmed else self.stance


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a reviewer decided of a finding, once."""

    finding_id: int
    stance: Stance
    reviewer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reliability:
    """How often a user said what a reviewer ruled, and how often something else."""

    right: int = 0
    wrong: int = 0

    @property
    def share(self) -> float:
        """The expected share of right answers: the mean of the Beta distribution."""
        return (PRIOR_RIGHT + self.right) / (PRIOR_RIGHT + PRIOR_WRONG + self.right + self.wrong)

    @property
    def weight(self) -> float:
        """How much an answer counts: its log odds against guessing among all answers, never below zero.

        The weights of independent voters that make the likeliest answer win (Nitzan and Paroush 1982).
        """
        return max(0.0, math.log(self.share * (ANSWERS - 1) / (1 - self.share)))

    def plus(self, *, right: bool) -> Reliability:
        """Return it with one more answer."""
        return Reliability(self.right + right, self.wrong + (not right))


def measure_reliability(
    ruled: Iterable[tuple[Verdict, Stance, Stance]],
) -> dict[int, Reliability]:
    """Return each user's reliability from verdicts with the stance judged and the stance ruled.

    Who says "not about this target" is right where the ruling is neutral: the codebook calls a
    mention neutral toward which nothing is done.
    """
    found: dict[int, Reliability] = defaultdict(Reliability)
    for verdict, judged, stance in ruled:
        said = verdict.answer(judged) or Stance.NEUTRAL
        found[verdict.user_id] = found[verdict.user_id].plus(right=said is stance)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Fold:
    """What several users say of one finding together.

    `weights` maps each answer that was given to the weight of those who gave it; None is "not about
    this target".
    """

    weights: Mapping[Stance | None, float] = field(hash=False)

    @property
    def leading(self) -> Stance | None:
        """The answer with the most weight; of equals the more cautious one, neutral first."""
        caution = (Stance.NEUTRAL, None, Stance.HOSTILE, Stance.CONCILIATORY)
        return max(self.weights, key=lambda answer: (self.weights[answer], -caution.index(answer)))

    @property
    def share(self) -> float:
        """The leading answer's share of the weight, 0 to 1; 0 where nobody's answer weighs anything."""
        total = sum(self.weights.values())
        return self.weights[self.leading] / total if total > 0 else 0.0

    @property
    def confidence(self) -> float:
        """The probability of the leading answer, were every other one as likely to be a slip."""
        likely = {answer: math.exp(weight) for answer, weight in self.weights.items()}
        return likely[self.leading] / (sum(likely.values()) + ANSWERS - len(likely))


def fold_verdicts(
    verdicts: Sequence[Verdict], judged: Stance, reliabilities: Mapping[int, Reliability]
) -> Fold:
    """Fold the verdicts about one finding by their users' reliability; raises ValueError for none."""
    if not verdicts:
        raise ValueError("there is nothing to fold")
    weights: dict[Stance | None, float] = defaultdict(float)
    for verdict in verdicts:
        weights[verdict.answer(judged)] += reliabilities.get(verdict.user_id, Reliability()).weight
    return Fold(dict(weights))


def needs_review(fold: Fold, judged: Stance) -> bool:
    """Whether a reviewer has to look: users say something else than the model, or they differ."""
    return fold.leading is not judged or fold.share <= 1 - STRIFE


@dataclass(frozen=True, slots=True)
class DoubtfulFinding:
    """A finding that waits for a reviewer, with what users said of it and how much each weighs."""

    finding: Finding
    verdicts: tuple[Verdict, ...]
    reliabilities: Mapping[int, Reliability] = field(hash=False)

    @property
    def judged(self) -> Stance:
        """The model's stance."""
        return self.finding.assessment.stance

    @property
    def fold(self) -> Fold:
        """What users say together."""
        return fold_verdicts(self.verdicts, self.judged, self.reliabilities)

    @property
    def weight(self) -> float:
        """The weight of those who contradict the model: whose finding is looked at first."""
        return sum(weight for answer, weight in self.fold.weights.items() if answer is not self.judged)

    def weight_of(self, verdict: Verdict) -> float:
        """Return how much one of the verdicts counts."""
        return self.reliabilities.get(verdict.user_id, Reliability()).weight


def corrected_users(verdicts: Iterable[Verdict], judged: Stance, ruled: Stance) -> list[int]:
    """Return the users whose correction changed something: the ruling follows them, not the model."""
    if ruled is judged:
        return []
    return [v.user_id for v in verdicts if (v.answer(judged) or Stance.NEUTRAL) is ruled]
