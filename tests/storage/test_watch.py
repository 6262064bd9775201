"""What watching over sources reads: hours, arrivals, visits, extraction, failed items."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config

from monitor.domain.coverage import HourCoverage, RunOutcome, SourceRun
from storage import Store, open_store
from storage.engine import open_database
from tests.builders import NOON
from tests.storage.builders import collect, make_item

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def visit(
    at: datetime, outcome: RunOutcome = RunOutcome.OK, source_id: str = "agency", trouble: str = ""
) -> SourceRun:
    """Return a visit that saw three new items and took two."""
    return SourceRun(source_id, at, at + MINUTE, outcome, 20, 3, 2, 1, trouble=trouble)


def record(store: Store, *runs: SourceRun) -> None:
    """Record visits."""
    for run in runs:
        store.articles.record_run(run)


def test_hours_are_kept_up_with_every_visit_and_a_repeated_one_counts_once(store: Store) -> None:
    """The same transaction that keeps the visit counts it."""
    runs = [visit(NOON), visit(NOON + 59 * MINUTE, RunOutcome.BLOCKED), visit(NOON + HOUR)]
    record(store, *runs, runs[0], visit(NOON, RunOutcome.FAILED, "daily"))
    assert [
        HourCoverage("agency", NOON, 2, 1, 1, 0, 0, 6, 4),
        HourCoverage("agency", NOON + HOUR, 1, 1, 0, 0, 0, 3, 2),
        HourCoverage("daily", NOON, 1, 0, 0, 1, 0, 3, 2),
    ] == store.watching.hours(NOON, NOON + 2 * HOUR)
    assert [] == store.watching.hours(NOON + 2 * HOUR, NOON + 9 * HOUR)


def test_trouble_of_a_visit_comes_back_with_it_and_is_counted(store: Store) -> None:
    """Also of a visit whose front was read, but none of its items."""
    record(
        store,
        visit(NOON, RunOutcome.FAILED, trouble="dns"),
        visit(NOON + MINUTE, RunOutcome.FAILED, trouble="dns"),
        visit(NOON + 2 * MINUTE, trouble="soft_404"),
        visit(NOON + 3 * MINUTE),
    )
    assert ["dns", "dns", "soft_404", ""] == [r.trouble for r in store.articles.runs(NOON, NOON + HOUR)]
    assert {"agency": {"dns": 2, "soft_404": 1}} == store.watching.troubles(NOON, NOON + HOUR)
    assert {"agency": {"dns": 1, "soft_404": 1}} == store.watching.troubles(NOON + MINUTE, NOON + HOUR)
    assert {"agency": {"soft_404": 1}} == store.watching.item_troubles(NOON)


def test_last_visits_are_the_newest_in_order_without_missed_ones(store: Store) -> None:
    """A missed visit is our own fault and says nothing of the source."""
    runs = [visit(NOON + n * MINUTE) for n in range(5)]
    record(store, *runs, visit(NOON + 9 * MINUTE, RunOutcome.MISSED))
    assert {"agency": runs[2:], "daily": []} == store.watching.last_visits(["agency", "daily"], 3)


def test_arrivals_are_counted_by_the_hour_in_which_articles_were_first_seen(store: Store) -> None:
    """Three articles of one upload are one moment; what they say of their date does not matter."""
    for n, minute in enumerate((1, 1, 2, 40, 70)):
        collect(store, str(n), f"Text {n}.", seen=NOON + minute * MINUTE, published_at=NOON - 999 * HOUR)
    first, second = store.watching.arrivals(NOON, NOON + 2 * HOUR)
    assert ("agency", NOON, 4, 2, NOON + 40 * MINUTE) == (
        first.source_id,
        first.hour,
        first.articles,
        first.moments,
        first.last,
    )
    assert (NOON + HOUR, 1) == (second.hour, second.articles)


def test_history_from_a_backfill_is_no_arrival(store: Store) -> None:
    """It came when we asked for it."""
    collect(store, "1", "One.")
    collect(store, "2", "Two.")
    store.articles.mark_quiet(make_item("2"))
    assert [1] == [arrival.articles for arrival in store.watching.arrivals(NOON, NOON + HOUR)]


def test_what_the_front_showed_first_is_told_by_its_dates(store: Store) -> None:
    """Without those that have none, and those that were first seen later or elsewhere."""
    for n, published in enumerate((NOON - 5 * HOUR, None, NOON - 9 * HOUR)):
        collect(store, str(n), f"Text {n}.", published_at=published)
    collect(store, "late", "Late.", seen=NOON + 2 * HOUR, published_at=NOON - HOUR)
    collect(store, "other", "Other.", source_id="daily", published_at=NOON - HOUR)
    shown = store.watching.first_shown("agency", NOON, NOON + HOUR)
    assert [NOON - 9 * HOUR, NOON - 5 * HOUR] == shown


def test_last_articles_tell_how_they_were_extracted_dated_and_read(store: Store) -> None:
    """The oldest of the newest first; what was not assessed yet is neither read nor unread."""
    for n in range(4):
        name = "generic, selectors found nothing" if n == 3 else "selectors"
        collect(
            store, str(n), f"Text {n}.", seen=NOON + n * MINUTE, extractor=name, date_note="odd" * (n == 2)
        )
    waiting = {saved.article.key: saved for saved in store.findings.unassessed(9)}
    store.findings.save(waiting["1"], "ru", None, [], [], NOON)
    store.findings.save(waiting["2"], "hy", None, [], [], NOON, readable=False)
    facts = store.watching.last_articles(["agency"], NOON - HOUR, 3)["agency"]
    assert [NOON + n * MINUTE for n in (1, 2, 3)] == [fact.at for fact in facts]
    assert [False, True, None] == [fact.unread for fact in facts]
    assert ["", "odd", ""] == [fact.date_note for fact in facts]
    assert facts[2].extractor.endswith("selectors found nothing")
    assert {"agency": {"": 2, "ru": 1, "hy": 1}} == store.watching.languages(NOON - HOUR)


def test_failed_items_are_those_that_wait_or_were_given_up(store: Store) -> None:
    """Each with its reason and how often it was tried."""
    store.articles.record_failure(make_item("1"), "HTTP 500", NOON, 4)
    for _ in range(2):
        store.articles.record_failure(make_item("2"), "not found", NOON + MINUTE, 2)
    collect(store, "3", "Three.")
    failed = store.watching.failed_items(["agency"], NOON - HOUR)["agency"]
    assert [("HTTP 500", 1), ("not found", 2)] == [(item.reason, item.attempts) for item in failed]
    assert {} == store.watching.failed_items(["agency"], NOON + HOUR)


def test_old_visits_are_forgotten_and_their_hours_kept(store: Store) -> None:
    """Ninety days of visits every minute are enough."""
    record(store, visit(NOON - HOUR, RunOutcome.FAILED, trouble="dns"), visit(NOON))
    assert 1 == store.watching.prune_runs(NOON)
    assert [NOON] == [run.started_at for run in store.articles.runs(NOON - 9 * HOUR, NOON + HOUR)]
    assert {} == store.watching.troubles(NOON - 9 * HOUR, NOON)
    assert [NOON - HOUR, NOON] == [hour.hour for hour in store.watching.hours(NOON - HOUR, NOON + HOUR)]


def test_hours_of_visits_before_the_upgrade_are_counted_once(url: str, tmp_path: Path) -> None:
    """A store of the version before has visits and no hours."""
    database = open_database(url)
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    database.engine.dispose()
    raw = sqlite3.connect(tmp_path / "store.db")
    start = int(NOON.timestamp()) * 1_000_000
    raw.executemany(
        "INSERT INTO source_runs VALUES ('agency', ?, ?, ?, 20, 3, 2, 1, '')",
        [(start + n * 1_500_000_000, start, o) for n, o in enumerate(("ok", "blocked", "empty", "missed"))],
    )
    raw.commit()
    raw.close()
    opened = open_store(url, NOON)
    assert [
        HourCoverage("agency", NOON, 3, 1, 1, 1, 0, 9, 6),
        HourCoverage("agency", NOON + HOUR, 1, 0, 0, 0, 1, 3, 2),
    ] == opened.watching.hours(NOON, NOON + 9 * HOUR)
    record(opened, visit(NOON + HOUR + 40 * MINUTE))
    assert 2 == opened.watching.hours(NOON + HOUR, NOON + 9 * HOUR)[0].visits
    opened.close()
