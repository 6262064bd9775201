"""Weekly digests: drafted once, reviewed, published once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.domain.coverage import CoverageGap
from monitor.domain.delivery import DeliveryKind
from monitor.domain.digest import Digest, DigestEntry, DigestState, ReviewStep, TargetSection
from monitor.domain.moments import week_start
from monitor.domain.stance import Stance
from monitor.domain.trends import Change, WeekPoint
from monitor.errors import StorageError
from storage import Store
from tests.builders import NOON, make_assessment, make_finding
from tests.storage.builders import find_one, to_chat

WEEK = week_start(NOON)
LATER = NOON + timedelta(hours=1)


def make_digest(store: Store, key: str = "1") -> Digest:
    """Return a digest with every kind of field filled."""
    hostile = find_one(store, f"{key}-h")
    warm = find_one(store, f"{key}-c", make_assessment(stance=Stance.CONCILIATORY))
    section = TargetSection(
        target="armenia",
        hostile=1,
        neutral=0,
        conciliatory=1,
        mean_intensity=-0.1 + 0.3,
        change=Change(difference=0.25, sigmas=None, baseline_weeks=5),
        series=(
            WeekPoint(WEEK - timedelta(days=7), 0, None, covered=False),
            WeekPoint(WEEK, 2, 0.2, covered=True),
        ),
        entries=(DigestEntry(1, hostile), DigestEntry(2, warm)),
    )
    empty = TargetSection("csto", 0, 0, 0, None, Change(None, None, 0), (), ())
    gaps = (CoverageGap("agency", "Агентство", WEEK, None, "blocked"),)
    return Digest(WEEK, "Europe/Moscow", DigestState.DRAFT, (section, empty), gaps, NOON, "test-1")


def make_step(action: str, entry: int | None = None, detail: str = "") -> ReviewStep:
    """Return a step of the week's review."""
    return ReviewStep(WEEK, NOON, "anna", action, entry, detail)


def test_digest_comes_back_as_it_was_drafted(store: Store) -> None:
    """Every number, gap and piece of evidence."""
    digest = make_digest(store)
    assert store.digests.save_draft(digest, NOON)
    assert digest == store.digests.get(WEEK)
    assert store.digests.get(WEEK + timedelta(days=7)) is None


def test_week_has_one_draft(store: Store) -> None:
    """A second scheduler, or a restart, drafts no second one."""
    digest = make_digest(store)
    assert store.digests.save_draft(digest, NOON)
    assert not store.digests.save_draft(replace(digest, model="other"), LATER)
    assert digest == store.digests.get(WEEK)


def test_draft_with_unknown_evidence_is_refused(store: Store) -> None:
    """It could not be shown later."""
    digest = make_digest(store)
    stranger = replace(digest.sections[0], entries=(DigestEntry(1, make_finding(999)),))
    with pytest.raises(StorageError, match="999"):
        store.digests.save_draft(replace(digest, sections=(stranger,)), NOON)
    assert [] == store.digests.weeks()


def test_numbers_of_a_draft_do_not_move(store: Store) -> None:
    """What is collected later belongs to no draft that exists."""
    digest = make_digest(store)
    store.digests.save_draft(digest, NOON)
    find_one(store, "late")
    assert digest == store.digests.get(WEEK)


def test_review_is_applied_in_order_and_kept(store: Store) -> None:
    """Who did what when; the draft below stays what it was."""
    store.digests.save_draft(make_digest(store), NOON)
    steps = [
        make_step("drop", 1),
        make_step("relabel", 2, "neutral"),
        make_step("restore", 1),
        make_step("approve"),
    ]
    for step in steps:
        store.digests.add_step(step)
    digest = store.digests.get(WEEK)
    assert digest is not None
    assert steps == store.digests.steps(WEEK)
    assert DigestState.APPROVED == digest.state
    assert [False, False] == [entry.dropped for entry in digest.entries]
    assert [Stance.HOSTILE, Stance.NEUTRAL] == [entry.stance for entry in digest.entries]


def test_same_step_twice_is_one(store: Store) -> None:
    """A repeated tap, delivered twice by Telegram."""
    store.digests.save_draft(make_digest(store), NOON)
    for _ in range(2):
        store.digests.add_step(make_step("approve"))
    assert [make_step("approve")] == store.digests.steps(WEEK)


def test_review_of_no_digest_is_refused(store: Store) -> None:
    """Nothing is recorded of a week that has none."""
    with pytest.raises(StorageError, match="draft it first"):
        store.digests.add_step(make_step("approve"))
    with pytest.raises(StorageError, match="draft it first"):
        store.digests.publish(make_step("publish"), [])
    assert [] == store.digests.steps(WEEK)


def test_digest_is_published_once_with_its_deliveries(store: Store) -> None:
    """Two reviewers press the button: subscribers get one."""
    store.digests.save_draft(make_digest(store), NOON)
    store.digests.add_step(make_step("approve"))
    message = to_chat(WEEK.isoformat(), kind=DeliveryKind.DIGEST)
    assert store.digests.publish(make_step("publish"), [message])
    second = replace(make_step("publish"), reviewer="boris", at=LATER)
    assert not store.digests.publish(second, [message, replace(message, recipient="200")])
    assert ["100"] == [d.recipient for d in store.outbox.claim("telegram", LATER, 10)]
    assert ["approve", "publish"] == [step.action for step in store.digests.steps(WEEK)]
    digest = store.digests.get(WEEK)
    assert digest is not None
    assert DigestState.PUBLISHED == digest.state


def test_publication_cannot_be_recorded_as_a_mere_step(store: Store) -> None:
    """It would look published although nobody was sent anything."""
    store.digests.save_draft(make_digest(store), NOON)
    with pytest.raises(ValueError, match="publish"):
        store.digests.add_step(make_step("publish"))


def test_weeks_come_newest_first(store: Store) -> None:
    """Each with a digest of its own."""
    digest = make_digest(store)
    for week in (WEEK, WEEK + timedelta(days=14), WEEK + timedelta(days=7)):
        store.digests.save_draft(replace(digest, week=week), NOON)
    assert [WEEK + timedelta(days=d) for d in (14, 7, 0)] == store.digests.weeks()
