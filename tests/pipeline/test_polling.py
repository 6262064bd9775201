"""Visits follow each source's rhythm, over restarts and changes of configuration."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.domain.polling import PollingLimits
from monitor.pipeline.polling import VisitPlanner
from storage import Store
from tests.builders import NOON
from tests.collect.loopback import make_source
from tests.storage.builders import collect

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SOURCE = make_source("http://agency.example/", id="agency", interval=10 * MINUTE)


def make_run(at: datetime, outcome: RunOutcome = RunOutcome.OK, new: int = 0) -> SourceRun:
    """Return a visit."""
    return SourceRun(SOURCE.id, at, at, outcome, items_new=new, articles=new)


def make_planner(store: Store) -> VisitPlanner:
    """Return a planner as a fresh start of the service has it."""
    return VisitPlanner(store.polls, PollingLimits)


def test_rest_outlives_a_restart(store: Store) -> None:
    """A source that rests is not visited when the service starts again; others are, at once."""
    planner = make_planner(store)
    at = NOON
    for _ in range(6):
        at = planner.note(SOURCE, make_run(at, RunOutcome.FAILED)).due_at
    after = make_planner(store)
    assert after.first_wait(SOURCE, at - 10 * MINUTE) == 10 * MINUTE
    assert after.first_wait(SOURCE, at - timedelta(days=400)) == 30 * MINUTE
    assert after.first_wait(replace(SOURCE, id="other"), at) == timedelta(0)
    longer = after.note(SOURCE, make_run(at, RunOutcome.FAILED))
    assert longer.due_at - at == HOUR


def test_rhythm_comes_from_the_stored_articles(store: Store) -> None:
    """What was published in the days before decides, from the first visit on."""
    for day in range(1, 8):
        for n in range(-3, 4):
            collect(store, f"{day}.{n}", "Text.", published_at=NOON - timedelta(days=day) + n * 10 * MINUTE)
    planner = make_planner(store)
    planner.note(SOURCE, make_run(NOON))
    assert planner.next_interval(SOURCE) < 8 * MINUTE
    planner.note(SOURCE, make_run(NOON + 12 * HOUR))
    assert planner.next_interval(SOURCE) > 15 * MINUTE


def test_interval_configured_anew_holds_at_once(store: Store) -> None:
    """An operator's change does not wait for the next visit to count, but a rest goes on."""
    planner = make_planner(store)
    assert planner.next_interval(SOURCE) == SOURCE.interval
    planner.note(SOURCE, make_run(NOON))
    changed = replace(SOURCE, interval=3 * MINUTE)
    assert planner.next_interval(changed) == 3 * MINUTE
    assert planner.next_interval(replace(SOURCE, adaptive=False)) == SOURCE.interval
    planner.note(SOURCE, make_run(NOON, RunOutcome.BLOCKED))
    assert planner.next_interval(changed) == HOUR


def test_clock_set_back_reads_the_times_again(store: Store) -> None:
    """What was read lies in the future then and would tell nothing."""
    planner = make_planner(store)
    planner.note(SOURCE, make_run(NOON))
    back = NOON - timedelta(days=30)
    assert planner.note(SOURCE, make_run(back)).visited_at == back
    assert planner.next_interval(SOURCE) <= 15 * MINUTE


def test_visits_that_change_nothing_write_nothing(store: Store) -> None:
    """A thousand sources a minute must not be a thousand commits a minute."""
    planner = make_planner(store)
    first = planner.note(SOURCE, make_run(NOON))
    for n in range(1, 5):
        planner.note(SOURCE, make_run(NOON + n * 10 * MINUTE))
    saved = store.polls.all()[SOURCE.id]
    assert saved.visited_at <= first.visited_at + 10 * MINUTE
