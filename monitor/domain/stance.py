"""Stance, acts and topics of the codebook, and the measures built on them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Stance(StrEnum):
    """What the speaker does toward the target."""

    HOSTILE = "hostile"
    NEUTRAL = "neutral"
    CONCILIATORY = "conciliatory"


class Act(StrEnum):
    """How a hostile or conciliatory speaker does it; names follow PLOVER's verbal acts."""

    THREATEN = "threaten"
    PUNISH = "punish"
    ACCUSE = "accuse"
    DELEGITIMISE = "delegitimise"
    DERIDE = "deride"
    DEMAND = "demand"
    REJECT = "reject"
    PRAISE = "praise"
    SOLIDARITY = "solidarity"
    REASSURE = "reassure"
    OFFER = "offer"
    AGREE = "agree"
    CONCEDE = "concede"

    @property
    def stance(self) -> Stance:
        """The side that the act stands on."""
        return Stance.HOSTILE if DEFAULT_ACT_WEIGHTS[self] < 0 else Stance.CONCILIATORY


class Topic(StrEnum):
    """What a statement is about; several may hold."""

    WAR = "war"
    CONFLICT = "conflict"
    TERRITORY = "territory"
    BASES_TROOPS = "bases_troops"
    SANCTIONS_TRADE = "sanctions_trade"
    ENERGY = "energy"
    MIGRATION = "migration"
    INTEGRATION = "integration"
    WEST_TIES = "west_ties"
    DOMESTIC_POLITICS = "domestic_politics"
    HISTORY_LANGUAGE = "history_language"
    TERRORISM_CRIME = "terrorism_crime"
    OTHER = "other"


class Tier(StrEnum):
    """The kind of office that a speaker holds."""

    HEAD_OF_STATE = "head_of_state"
    GOVERNMENT = "government"
    FOREIGN_MINISTRY = "foreign_ministry"
    PARLIAMENT = "parliament"
    SECURITY = "security"
    COMMENTATOR = "commentator"
    INSTITUTION = "institution"
    OUTLET = "outlet"
    OTHER = "other"


OFFICIAL_TIERS = frozenset(
    {
        Tier.HEAD_OF_STATE,
        Tier.GOVERNMENT,
        Tier.FOREIGN_MINISTRY,
        Tier.PARLIAMENT,
        Tier.SECURITY,
        Tier.INSTITUTION,
    }
)

DEFAULT_ACT_WEIGHTS: Mapping[Act, float] = {
    Act.THREATEN: -1.0,
    Act.PUNISH: -1.0,
    Act.DELEGITIMISE: -0.8,
    Act.ACCUSE: -0.6,
    Act.DEMAND: -0.5,
    Act.DERIDE: -0.5,
    Act.REJECT: -0.4,
    Act.REASSURE: 0.5,
    Act.PRAISE: 0.5,
    Act.AGREE: 0.5,
    Act.SOLIDARITY: 0.7,
    Act.OFFER: 0.8,
    Act.CONCEDE: 1.0,
}

DEFAULT_TIER_WEIGHTS: Mapping[Tier, float] = {
    Tier.HEAD_OF_STATE: 1.0,
    Tier.GOVERNMENT: 0.9,
    Tier.FOREIGN_MINISTRY: 0.9,
    Tier.SECURITY: 0.9,
    Tier.PARLIAMENT: 0.8,
    Tier.INSTITUTION: 0.8,
    Tier.COMMENTATOR: 0.7,
    Tier.OUTLET: 0.5,
    Tier.OTHER: 0.5,
}


SELF_TALK_ODDS = 0.13
"""8 of 526 poles and 277 of 2,458 neutral pairs were found to be of the target's side."""


@dataclass(frozen=True, slots=True)
class Probabilities:
    """Calibrated probabilities of the three stances; they sum to one."""

    hostile: float
    neutral: float
    conciliatory: float

    def __post_init__(self) -> None:
        values = (self.hostile, self.neutral, self.conciliatory)
        if (
            not all(math.isfinite(v) and -1e-6 <= v <= 1 + 1e-6 for v in values)
            or abs(sum(values) - 1) > 1e-3
        ):
            raise ValueError(f"not a probability distribution: {values}")

    @property
    def stance(self) -> Stance:
        """The most probable stance; a tie goes to neutral."""
        pole, probability = (
            (Stance.HOSTILE, self.hostile)
            if self.hostile >= self.conciliatory
            else (Stance.CONCILIATORY, self.conciliatory)
        )
        return pole if probability > self.neutral else Stance.NEUTRAL

    @property
    def score(self) -> float:
        """P(conciliatory) − P(hostile), −1 to +1: which way and how surely, not how strongly."""
        return self.conciliatory - self.hostile

    def of(self, stance: Stance) -> float:
        """The probability of one stance."""
        return {
            Stance.HOSTILE: self.hostile,
            Stance.NEUTRAL: self.neutral,
            Stance.CONCILIATORY: self.conciliatory,
        }[stance]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the classifier says of one (statement, target) pair.

    `acts` are those reported, heaviest first, empty for neutral; `act_probabilities` are the
    classifier's for all thirteen acts, each between 0 and 1, not exclusive of one another;
    `uncertain` is true where the classifier abstains from alerting; `model` names the version.
    """

    probabilities: Probabilities
    acts: tuple[Act, ...]
    act_probabilities: Mapping[Act, float] = field(hash=False)
    uncertain: bool
    model: str

    @property
    def stance(self) -> Stance:
        """The stance judged, always one of the three."""
        return self.probabilities.stance


def judge_self_talk(judgement: Judgement) -> Judgement:
    """Return the judgement of a speaker whose own side is the target.

    The codebook calls what a state says of itself neutral. Attribution errs now and then, so the poles
    lose odds instead of falling: by SELF_TALK_ODDS, Bayes' factor of "the speaker is found to be of
    the target's side" over pairs read twice. Acts go where the judgement turns neutral.
    """
    p = judgement.probabilities
    poles = SELF_TALK_ODDS * (p.hostile + p.conciliatory)
    total = poles + p.neutral
    if total <= 0:
        return judgement
    share = SELF_TALK_ODDS / total
    probabilities = Probabilities(p.hostile * share, p.neutral / total, p.conciliatory * share)
    if probabilities.stance is Stance.NEUTRAL:
        return replace(judgement, probabilities=probabilities, acts=(), uncertain=False)
    return replace(judgement, probabilities=probabilities)


@dataclass(frozen=True, slots=True)
class Weights:
    """How heavy each act and each tier is; operators may change both in configuration."""

    acts: Mapping[Act, float] = field(default_factory=lambda: DEFAULT_ACT_WEIGHTS, hash=False)
    tiers: Mapping[Tier, float] = field(default_factory=lambda: DEFAULT_TIER_WEIGHTS, hash=False)


def intensity(judgement: Judgement, weights: Weights) -> float:
    """Return how strongly the speaker acts, −1 to +1: the expected weight over acts.

    Each pole's weight is the mean weight of that side's acts under the classifier's act
    probabilities, and the poles are joined by their own probabilities.
    """
    expected = 0.0
    for stance in (Stance.HOSTILE, Stance.CONCILIATORY):
        acts = [act for act in Act if act.stance is stance]
        mass = [max(judgement.act_probabilities.get(act, 0.0), 0.0) for act in acts]
        total = sum(mass)
        mean = (
            sum(m * weights.acts[act] for m, act in zip(mass, acts, strict=True)) / total
            if total > 0
            else sum(weights.acts[act] for act in acts) / len(acts)
        )
        expected += judgement.probabilities.of(stance) * mean
    return max(-1.0, min(1.0, expected))


def severity(strength: float, tier: Tier, weights: Weights) -> int:
    """Return 0–100 for ranking and thresholds: |intensity| times the tier's weight."""
    return round(100 * min(1.0, abs(strength) * weights.tiers[tier]))
