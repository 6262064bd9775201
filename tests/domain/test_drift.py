"""Shares of judgements against those of the training corpus."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.drift import Shares, Shift, count_shares, measure_drift, stability_index
from monitor.domain.stance import Judgement, Stance
from tests.builders import make_judgement

CORPUS = Shares(hostile=0.05, neutral=0.8, conciliatory=0.15, uncertain=0.2, judged=1000)


def judged(hostile: int, neutral: int, conciliatory: int, uncertain: int = 0) -> list[Judgement]:
    """Return so many judgements of each stance, the first ones uncertain."""
    counts = zip(Stance, (hostile, neutral, conciliatory), strict=True)
    stances = [stance for stance, count in counts for _ in range(count)]
    return [make_judgement(stance, uncertain=i < uncertain) for i, stance in enumerate(stances)]


def test_shares_count_stances_and_abstentions() -> None:
    """Each share is of all judgements."""
    assert count_shares(judged(1, 7, 2, uncertain=4)) == Shares(0.1, 0.7, 0.2, 0.4, 10)


def test_no_judgement_gives_no_shares() -> None:
    """Nothing judged is no error."""
    assert count_shares([]) == Shares(0, 0, 0, 0, 0)


def test_index_is_the_populations_known_value() -> None:
    """(p − q) · ln(p / q) summed, up to the smoothing of a class by half a pair."""
    found = Shares(0.2, 0.6, 0.2, 0.2, 1_000_000)
    expected = Shares(0.1, 0.8, 0.1, 0.2, 1_000_000)
    known = 2 * 0.1 * math.log(2) + 0.2 * math.log(0.8 / 0.6)
    assert stability_index(found, expected) == pytest.approx(known, abs=1e-4)


@given(st.tuples(*[st.integers(0, 400)] * 3), st.tuples(*[st.integers(1, 400)] * 3))
def test_index_is_symmetric_and_never_negative(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    """Either may be called the expected one; equal shares differ by nothing."""
    left, right = count_shares(judged(*one)), count_shares(judged(*other))
    assert stability_index(left, right) == pytest.approx(stability_index(right, left))
    assert stability_index(left, right) >= 0
    assert stability_index(left, left) == 0


@pytest.mark.parametrize(
    ("counts", "uncertain", "shift"),
    [
        ((10, 160, 30), 40, Shift.STEADY),
        ((30, 140, 30), 40, Shift.SOME),
        ((80, 100, 20), 40, Shift.MUCH),
        ((10, 160, 30), 120, Shift.MUCH),
        ((40, 20, 10), 0, Shift.UNKNOWN),
    ],
)
def test_shift_is_named(counts: tuple[int, int, int], uncertain: int, shift: Shift) -> None:
    """Other shares or many more abstentions are a shift; few judgements say nothing."""
    assert measure_drift("tass", judged(*counts, uncertain=uncertain), CORPUS).shift is shift
