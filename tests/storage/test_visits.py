"""Visits to sources, for coverage and health."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.pipeline.ports import Validators
from storage import Store
from tests.builders import NOON
from tests.storage.builders import collect

HOUR = timedelta(hours=1)


def make_run(
    outcome: RunOutcome = RunOutcome.OK, at: datetime = NOON, source_id: str = "agency", reason: str = ""
) -> SourceRun:
    """Return a visit that took a minute."""
    return SourceRun(source_id, at, at + timedelta(minutes=1), outcome, 20, 3, 2, 1, reason)


def test_validators_are_empty_until_saved_and_then_the_last_ones(store: Store) -> None:
    """They are per source; a server may stop sending one."""
    assert Validators() == store.articles.validators("agency")
    store.articles.save_validators("agency", Validators('"a"', "Wed"))
    store.articles.save_validators("daily", Validators('"d"'))
    store.articles.save_validators("agency", Validators('"b"'))
    assert Validators('"b"') == store.articles.validators("agency")


def test_visits_do_not_disturb_validators(store: Store) -> None:
    """Both are kept of one source, each on its own."""
    store.articles.save_validators("agency", Validators('"a"'))
    store.articles.record_run(make_run(RunOutcome.FAILED))
    store.articles.save_validators("agency", Validators('"b"'))
    assert Validators('"b"') == store.articles.validators("agency")
    assert 1 == store.articles.health()["agency"].consecutive_failures


def test_runs_are_returned_by_time_with_the_end_left_out(store: Store) -> None:
    """The stretch is [since, until)."""
    early, late, after = (make_run(at=NOON + n * HOUR, reason=str(n)) for n in range(3))
    for run in (after, late, early):
        store.articles.record_run(run)
    assert [early, late] == store.articles.runs(NOON, NOON + 2 * HOUR)


def test_same_visit_counts_once(store: Store) -> None:
    """A visit recorded again after a crash is no second failure."""
    for _ in range(2):
        store.articles.record_run(make_run(RunOutcome.FAILED))
    assert 1 == len(store.articles.runs(NOON, NOON + HOUR))
    assert 1 == store.articles.health()["agency"].consecutive_failures


def test_failures_add_up_until_a_success(store: Store) -> None:
    """Empty and blocked visits are failures, a missed one is our own fault, 304 is a success."""
    outcomes = [RunOutcome.NOT_MODIFIED, RunOutcome.FAILED, RunOutcome.MISSED, RunOutcome.EMPTY]
    outcomes.append(RunOutcome.BLOCKED)
    for n, outcome in enumerate(outcomes):
        store.articles.record_run(make_run(outcome, NOON + n * HOUR, reason=outcome.value))
    health = store.articles.health()["agency"]
    assert (3, RunOutcome.BLOCKED, "blocked") == (
        health.consecutive_failures,
        health.last_outcome,
        health.last_reason,
    )
    assert NOON + timedelta(minutes=1) == health.last_success_at
    store.articles.record_run(make_run(RunOutcome.OK, NOON + 9 * HOUR))
    assert 0 == store.articles.health()["agency"].consecutive_failures


def test_visit_recorded_late_does_not_change_where_the_source_stands(store: Store) -> None:
    """What happened before the newest visit is history."""
    store.articles.record_run(make_run(RunOutcome.OK, NOON + HOUR))
    store.articles.record_run(make_run(RunOutcome.FAILED, NOON))
    health = store.articles.health()["agency"]
    assert (0, RunOutcome.OK) == (health.consecutive_failures, health.last_outcome)


def test_health_counts_articles_and_those_that_nobody_reads(store: Store) -> None:
    """A source in an unread language must not look calm."""
    store.articles.record_run(make_run(source_id="agency"))
    store.articles.record_run(make_run(source_id="daily"))
    collect(store, "1", "One.")
    unread = collect(store, "2", "Two.", seen=NOON + HOUR)
    store.findings.save(unread, "hy", None, (), (), NOON, readable=False)
    health = store.articles.health()
    assert ["agency", "daily"] == list(health)
    agency = health["agency"]
    assert (2, 1, NOON + HOUR) == (agency.articles, agency.unread, agency.last_article_at)
    assert (0, None) == (health["daily"].articles, health["daily"].last_article_at)


def test_volumes_tell_when_each_source_spoke(store: Store) -> None:
    """By the time of the words, with the end left out."""
    collect(store, "1", "One.", published_at=NOON - HOUR)
    collect(store, "2", "Two.", published_at=NOON - 2 * HOUR)
    collect(store, "3", "Three.", source_id="daily", seen=NOON + HOUR, published_at=NOON + HOUR)
    expected = {"agency": [NOON - 2 * HOUR, NOON - HOUR]}
    assert expected == store.articles.volumes(NOON - 2 * HOUR, NOON + HOUR)
