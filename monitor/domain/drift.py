"""Whether what a source's texts are judged to be still looks like what the model learnt from."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from monitor.domain.stance import Judgement, Stance

LEAST_JUDGED = 100
"""Fewer judgements of a source say nothing about shares of a few per cent."""

SOME_SHIFT, MUCH_SHIFT = 0.1, 0.25
"""The customary bounds of the population stability index."""

_HALF = 0.5
_MORE_ABSTENTIONS = 0.15


class Shift(StrEnum):
    """How far a source stands from the model's training corpus."""

    STEADY = "steady"
    SOME = "some"
    MUCH = "much"
    UNKNOWN = "too few"


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of the three stances and of abstentions among `judged` pairs, each between 0 and 1."""

    hostile: float
    neutral: float
    conciliatory: float
    uncertain: float
    judged: int

    def of(self, stance: Stance) -> float:
        """The share of one stance."""
        return float(getattr(self, stance.value))


@dataclass(frozen=True, slots=True)
class SourceDrift:
    """One source's shares, and its population stability index against the training corpus."""

    source_id: str
    shares: Shares
    index: float
    shift: Shift


def count_shares(judgements: Iterable[Judgement]) -> Shares:
    """Count the stances and abstentions of judgements; all shares are nought where there is none."""
    stances: Counter[Stance] = Counter()
    uncertain = 0
    for judgement in judgements:
        stances[judgement.stance] += 1
        uncertain += judgement.uncertain
    total = stances.total()
    hostile, neutral, conciliatory = (stances[stance] / max(1, total) for stance in Stance)
    return Shares(hostile, neutral, conciliatory, uncertain / max(1, total), total)


def stability_index(found: Shares, expected: Shares) -> float:
    """Return the population stability index over the stances: the sum of (p − q) · ln(p / q).

    Each share is smoothed by half a pair, so that a class that does not occur costs a finite amount.
    """
    total = 0.0
    for stance in Stance:
        p, q = (_smooth(shares.of(stance), shares.judged) for shares in (found, expected))
        total += (p - q) * math.log(p / q)
    return total


def measure_drift(source_id: str, judgements: Iterable[Judgement], expected: Shares) -> SourceDrift:
    """Set one source's judgements against the shares that the model's training corpus has."""
    shares = count_shares(judgements)
    index = stability_index(shares, expected)
    return SourceDrift(source_id, shares, index, _shift(shares, expected, index))


def _shift(shares: Shares, expected: Shares, index: float) -> Shift:
    if shares.judged < LEAST_JUDGED:
        return Shift.UNKNOWN
    if index >= MUCH_SHIFT or shares.uncertain >= expected.uncertain + _MORE_ABSTENTIONS:
        return Shift.MUCH
    return Shift.SOME if index >= SOME_SHIFT else Shift.STEADY


def _smooth(share: float, judged: int) -> float:
    return (share * judged + _HALF) / (judged + _HALF * len(Stance))
