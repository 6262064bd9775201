"""The weekly digest's life over a real store."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from monitor.domain.article import Article, FeedItem, Page, SavedArticle
from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.domain.digest import Digest, DigestState, ReviewStep
from monitor.domain.source import Source
from monitor.domain.stance import Act, Tier
from monitor.domain.subscriptions import Subscription
from monitor.pipeline.digest import DigestDesk, ReviewError
from monitor.settings import Settings
from storage import Store
from tests.builders import make_assessment

MONDAY = datetime(2024, 3, 10, 21, tzinfo=UTC)
"""Monday 11 March 00:00 in Moscow."""
WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
AGENCY = Source("agency", "Agency", "rss", "https://example.org/a", "russia", Tier.OUTLET, ("ru",))


def make_desk(store: Store, settings: Settings, written: list[Digest] | None = None) -> DigestDesk:
    """Return a desk that drafts on Mondays at 09:00 in Moscow."""

    def write(digest: Digest, steps: Sequence[ReviewStep]) -> Sequence[Path]:
        (written if written is not None else []).append(digest)
        return (Path(f"{digest.state}-{len(steps)}.md"),)

    return DigestDesk(
        findings=store.findings,
        articles=store.articles,
        digests=store.digests,
        chats=store.chats,
        sources=[AGENCY],
        targets={target.id: target for target in settings.targets},
        zone_name="Europe/Moscow",
        weekday=0,
        at=time(9),
        write=write,
    )


def save_threat(store: Store, key: str, said_at: datetime) -> None:
    """Save an article with one assessed threat toward Armenia."""
    url = f"https://example.org/a/{key}"
    digest = hashlib.sha256(key.encode()).hexdigest()
    page = Page(url, url, 200, {}, key.encode(), said_at, digest)
    article = Article("agency", key, url, key, f"Текст {key}.", said_at, said_at, digest)
    store.articles.save(FeedItem("agency", key, url, key, said_at), article, page, "Agency")
    (saved,) = store.findings.unassessed(10)
    assert isinstance(saved, SavedArticle)
    store.findings.save(saved, "ru", None, [], [make_assessment(act=Act.THREATEN)], said_at)


@pytest.mark.parametrize(
    ("now", "week"),
    [
        (MONDAY + WEEK + timedelta(hours=9), MONDAY),
        (MONDAY + WEEK + timedelta(hours=8, minutes=59), MONDAY - WEEK),
        (MONDAY + WEEK + timedelta(days=6, hours=23), MONDAY),
    ],
)
def test_last_weeks_draft_is_due_from_the_configured_moment(
    store: Store, settings: Settings, now: datetime, week: datetime
) -> None:
    """Before Monday 09:00 the week before last is still the newest due."""
    assert week == make_desk(store, settings).due_week(now)


def test_draft_is_made_once_even_across_restarts(store: Store, settings: Settings) -> None:
    """A second desk over the same store finds it there."""
    save_threat(store, "one", MONDAY + timedelta(days=2))
    now = MONDAY + WEEK + timedelta(hours=9)
    draft = make_desk(store, settings).draft_due(now)
    assert draft is not None
    assert (MONDAY, DigestState.DRAFT) == (draft.week, draft.state)
    assert make_desk(store, settings).draft_due(now + timedelta(minutes=1)) is None
    assert ["draft"] == [step.action for step in store.digests.steps(MONDAY)]


def test_service_that_slept_through_the_moment_still_drafts(store: Store, settings: Settings) -> None:
    """Wednesday's start drafts what Monday missed."""
    assert make_desk(store, settings).draft_due(MONDAY + WEEK + timedelta(days=2)) is not None


def test_draft_stays_as_it_was_when_more_is_collected(store: Store, settings: Settings) -> None:
    """Reviewers sign what they saw."""
    save_threat(store, "one", MONDAY + timedelta(days=2))
    desk = make_desk(store, settings)
    desk.draft(MONDAY, MONDAY + WEEK)
    save_threat(store, "two", MONDAY + timedelta(days=3))
    shown = desk.show()
    assert 1 == len(shown.entries)
    assert 1 == next(s.hostile for s in shown.sections if s.target == "armenia")


def test_source_that_failed_is_a_gap_in_the_digest(store: Store, settings: Settings) -> None:
    """Readers see where nothing was read."""
    store.articles.record_run(
        SourceRun("agency", MONDAY + WEEK / 2, MONDAY + WEEK / 2, RunOutcome.BLOCKED, reason="HTTP 403")
    )
    draft = make_desk(store, settings).draft(MONDAY, MONDAY + WEEK)
    assert draft is not None
    assert ["agency"] == [gap.source_id for gap in draft.gaps]
    assert "HTTP 403" in draft.gaps[0].reason


def test_blocked_hours_are_shown_and_the_week_is_marked(store: Store, settings: Settings) -> None:
    """Blocked for 60 of 168 hours, though most visits succeeded; told from the hours that are kept."""
    save_threat(store, "one", MONDAY + timedelta(days=2))
    for n in range(-168, 168):
        blocked = 20 <= n < 80
        at = MONDAY + n * HOUR
        if not blocked and n % 3 == 0:
            save_threat(store, f"h{n}", at)
        for visit in range(1 if blocked else 3):
            outcome = RunOutcome.BLOCKED if blocked else RunOutcome.OK
            started = at + visit * timedelta(minutes=20)
            store.articles.record_run(SourceRun("agency", started, started, outcome, reason="403" * blocked))
    desk = replace(make_desk(store, settings), watching=store.watching)
    store.watching.prune_runs(MONDAY)
    draft = desk.draft(MONDAY, MONDAY + WEEK)
    assert draft is not None
    assert ["not read in 60 of 168 hours: blocked 60; 403"] == [gap.reason for gap in draft.gaps]
    section = next(s for s in draft.sections if s.target == "armenia")
    assert section.coverage == pytest.approx(108 / 168, abs=0.05)
    assert [None, False, True] == [
        p.coverage and p.partial for p in section.series[-4::2] + section.series[-1:]
    ]


def test_review_then_approval_then_publication_each_recorded(store: Store, settings: Settings) -> None:
    """Only an approved digest is published, once, to subscribers and files."""
    store.chats.serve(10, "chat", "en", MONDAY)
    store.chats.subscribe(Subscription(0, 10), MONDAY)
    save_threat(store, "one", MONDAY + timedelta(days=2))
    written: list[Digest] = []
    desk = make_desk(store, settings, written)
    now = MONDAY + WEEK
    desk.draft(MONDAY, now)
    with pytest.raises(ReviewError, match="a reviewer approves it first"):
        desk.publish(MONDAY, "anna", now)
    assert desk.review(MONDAY, "anna", "drop", now, 1).entries[0].dropped
    desk.review(MONDAY, "boris", "restore", now, 1)
    desk.review(MONDAY, "anna", "relabel", now, 1, "neutral")
    desk.review(MONDAY, "anna", "approve", now)
    with pytest.raises(ReviewError, match="only a draft is reviewed"):
        desk.review(MONDAY, "anna", "drop", now, 1)
    assert [Path("published-6.md")] == list(desk.publish(MONDAY, "anna", now))
    desk.publish(MONDAY, "anna", now)
    steps = [(s.reviewer, s.action) for s in store.digests.steps(MONDAY)]
    assert [
        ("rhetoric-monitor", "draft"),
        ("anna", "drop"),
        ("boris", "restore"),
        ("anna", "relabel"),
        ("anna", "approve"),
        ("anna", "publish"),
    ] == steps
    assert 1 == len(store.outbox.claim("telegram", now, 10))
    assert DigestState.PUBLISHED is written[0].state


@pytest.mark.parametrize(
    ("action", "entry", "detail", "message"),
    [
        ("drop", 99, "", "no entry 99"),
        ("relabel", 1, "angry", "'angry' is no stance"),
        ("burn", 1, "", "unknown action 'burn'"),
    ],
)
def test_step_that_makes_no_sense_is_refused_without_a_trace(
    store: Store, settings: Settings, action: str, entry: int, detail: str, message: str
) -> None:
    """The reason says what can be done."""
    save_threat(store, "one", MONDAY + timedelta(days=2))
    desk = make_desk(store, settings)
    desk.draft(MONDAY, MONDAY + WEEK)
    with pytest.raises(ReviewError, match=message):
        desk.review(MONDAY, "anna", action, MONDAY + WEEK, entry, detail)
    assert 1 == len(store.digests.steps(MONDAY))


def test_asking_for_a_digest_that_is_not_there_names_those_that_are(store: Store, settings: Settings) -> None:
    """First there is none at all, then another week's."""
    desk = make_desk(store, settings)
    with pytest.raises(ReviewError, match="digest draft"):
        desk.show()
    desk.draft(MONDAY, MONDAY + WEEK)
    with pytest.raises(ReviewError, match="there are 2024-03-11"):
        desk.show(MONDAY - WEEK)
