"""Feedback in the store."""

from __future__ import annotations

from datetime import timedelta

from monitor.domain.delivery import DeliveryKind
from monitor.domain.feedback import Reliability, Ruling, Verdict
from monitor.domain.stance import Stance
from storage import Store
from tests.builders import NOON
from tests.storage.builders import find_one, to_chat


def test_last_word_of_a_user_counts(store: Store) -> None:
    """One row a user and finding."""
    finding = find_one(store)
    store.verdicts.save(Verdict(finding.id, 1, True, None, NOON))
    changed = Verdict(finding.id, 1, False, Stance.NEUTRAL, NOON + timedelta(hours=1))
    store.verdicts.save(changed)
    assert [changed] == store.verdicts.of_finding(finding.id)
    assert [changed] == store.verdicts.of_user(1)
    assert store.verdicts.forget(1) == 1
    assert [] == store.verdicts.of_finding(finding.id)


def test_most_contradicted_findings_come_first_and_ruled_ones_are_gone(store: Store) -> None:
    """What all confirm is not in the queue at all."""
    fine, doubted, disputed = (find_one(store, key) for key in "abc")
    for finding, user, stance in (
        (fine, 1, None),
        (doubted, 1, Stance.NEUTRAL),
        (disputed, 1, Stance.NEUTRAL),
        (disputed, 2, Stance.NEUTRAL),
    ):
        store.verdicts.save(Verdict(finding.id, user, stance is None, stance, NOON))
    assert [disputed.id, doubted.id] == [one.finding.id for one in store.verdicts.doubtful(10)]
    assert [disputed.id] == [one.finding.id for one in store.verdicts.doubtful(1)]
    assert store.verdicts.rule(Ruling(disputed.id, Stance.NEUTRAL, "telegram:9", NOON), [], NOON)
    left = store.verdicts.doubtful(10)
    assert [doubted.id] == [one.finding.id for one in left]
    assert left[0].reliabilities == {1: Reliability(1, 0), 2: Reliability(1, 0)}
    assert [fine.id, doubted.id] == [one.finding.id for one in store.verdicts.spoken_of()]
    assert [] == store.verdicts.spoken_of(NOON + timedelta(seconds=1))


def test_a_ruling_is_made_once_with_what_tells_of_it(store: Store) -> None:
    """The second reviewer's comes too late, and nobody is told twice."""
    finding = find_one(store)
    first = Ruling(finding.id, Stance.NEUTRAL, "telegram:8", NOON)
    assert store.verdicts.rule(first, [to_chat("Your correction …", kind=DeliveryKind.NOTICE)], NOON)
    late = Ruling(finding.id, Stance.HOSTILE, "telegram:9", NOON)
    assert not store.verdicts.rule(late, [to_chat("Something else", kind=DeliveryKind.NOTICE)], NOON)
    assert store.verdicts.ruling(finding.id) == first
    assert [first] == store.verdicts.rulings()
    assert [] == store.verdicts.rulings(NOON + timedelta(seconds=1))
    assert ["Your correction …"] == [d.subject for d in store.outbox.claim("telegram", NOON, 9)]
