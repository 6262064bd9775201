"""What users say of judgements, and how much it weighs."""

from __future__ import annotations

import random

import pytest

from monitor.domain.feedback import (
    Reliability,
    Verdict,
    corrected_users,
    fold_verdicts,
    measure_reliability,
    needs_review,
)
from monitor.domain.stance import Stance
from tests.builders import NOON

HOSTILE, NEUTRAL, CONCILIATORY = Stance


def right(user_id: int, finding_id: int = 1) -> Verdict:
    """Return a confirmation."""
    return Verdict(finding_id, user_id, confirmed=True, stance=None, at=NOON)


def wrong(user_id: int, stance: Stance | None = NEUTRAL, finding_id: int = 1) -> Verdict:
    """Return a correction."""
    return Verdict(finding_id, user_id, confirmed=False, stance=stance, at=NOON)


def test_unknown_user_counts_for_something_and_each_ruling_teaches() -> None:
    """Agreement raises the weight, disagreement lowers it, and a user worse than guessing has none."""
    new = Reliability()
    assert 0 < new.weight < Reliability(right=10).weight
    assert Reliability(wrong=3).weight < new.weight
    assert Reliability(wrong=100).weight == 0


def test_one_reliable_user_outweighs_two_who_are_mostly_wrong() -> None:
    """Heads are not counted."""
    known = {1: Reliability(right=40), 2: Reliability(right=2, wrong=4), 3: Reliability(right=2, wrong=4)}
    fold = fold_verdicts([wrong(1), right(2), right(3)], HOSTILE, known)
    assert fold.leading is NEUTRAL
    even = fold_verdicts([wrong(1), right(2), right(3)], HOSTILE, {})
    assert even.leading is HOSTILE


def test_reliability_compares_answers_with_rulings() -> None:
    """A confirmation means the model's stance; "not about this target" means neutral."""
    ruled = [
        (right(1), HOSTILE, HOSTILE),
        (right(1, 2), HOSTILE, NEUTRAL),
        (wrong(2, CONCILIATORY), HOSTILE, CONCILIATORY),
        (wrong(3, None), HOSTILE, NEUTRAL),
        (wrong(3, None, 2), HOSTILE, CONCILIATORY),
    ]
    found = measure_reliability(ruled)
    assert {1: Reliability(1, 1), 2: Reliability(1, 0), 3: Reliability(1, 1)} == found


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([right(1)], False),
        ([right(1), right(2), right(3), right(4), wrong(5)], False),
        ([wrong(1)], True),
        ([wrong(1, None)], True),
        ([right(1), wrong(2)], True),
        ([right(1), right(2), right(3), wrong(4)], True),
        ([wrong(1, HOSTILE)], False),
    ],
)
def test_reviewers_see_what_users_contradict_or_quarrel_over(verdicts: list[Verdict], expected: bool) -> None:
    """A quarter of the weight is enough for doubt; agreement needs no reviewer."""
    assert needs_review(fold_verdicts(verdicts, HOSTILE, {}), HOSTILE) is expected


def test_equal_weights_lead_to_the_more_cautious_answer() -> None:
    """In doubt, neutral: the codebook's rule."""
    fold = fold_verdicts([right(1), wrong(2)], HOSTILE, {})
    assert (fold.leading, fold.share) == (NEUTRAL, 0.5)


def test_worthless_users_give_no_share() -> None:
    """Nothing is divided by zero."""
    fold = fold_verdicts([right(1)], HOSTILE, {1: Reliability(wrong=50)})
    assert fold.share == 0
    assert needs_review(fold, HOSTILE)


def test_folding_nothing_is_an_error() -> None:
    """A finding of which nobody spoke has no fold."""
    with pytest.raises(ValueError, match="nothing to fold"):
        fold_verdicts([], HOSTILE, {})


def test_only_those_whom_the_ruling_follows_are_told() -> None:
    """Where the model stands nobody's correction changed anything."""
    verdicts = [right(1), wrong(2), wrong(3, CONCILIATORY), wrong(4, None)]
    assert [2, 4] == corrected_users(verdicts, HOSTILE, NEUTRAL)
    assert [3] == corrected_users(verdicts, HOSTILE, CONCILIATORY)
    assert [] == corrected_users(verdicts, HOSTILE, HOSTILE)


def test_weights_beat_counting_heads_on_simulated_users() -> None:
    """Three careless and two careful users, 60 rulings to learn from, then 400 findings."""
    chance = random.Random(7)
    skill = {1: 0.95, 2: 0.9, 3: 0.4, 4: 0.4, 5: 0.4}

    def answer(user_id: int, truth: Stance) -> Verdict:
        others = [s for s in Stance if s is not truth]
        return wrong(user_id, truth if chance.random() < skill[user_id] else chance.choice(others))

    learnt = measure_reliability(
        (answer(user, truth), HOSTILE, truth)
        for truth in chance.choices(list(Stance), k=60)
        for user in skill
    )
    truths = chance.choices(list(Stance), k=400)
    given = [[answer(user, truth) for user in skill] for truth in truths]
    weighed = sum(
        fold_verdicts(said, HOSTILE, learnt).leading is truth
        for said, truth in zip(given, truths, strict=True)
    )
    counted = sum(
        fold_verdicts(said, HOSTILE, {}).leading is truth for said, truth in zip(given, truths, strict=True)
    )
    assert weighed > counted + 40
    assert weighed >= 360
