"""Three weeks of a source with days and nights, asked by its rhythm and at a fixed interval."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest

from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.domain.polling import HISTORY, Polling, PollingLimits, plan_next_visit
from tests.collect.loopback import make_source

MONDAY = datetime(2023, 3, 6, tzinfo=UTC)
DAYS, LEARNING = 21, 7
FIXED = timedelta(minutes=10)
SOURCE = make_source("http://ministry.example/", interval=FIXED)
OFFICE = (*[0.2] * 7, 1, 3, 5, 6, 6, 5, 5, 6, 5, 4, 3, 2, 1, 1, 0.5, 0.3, 0.2)
"""How an office's output spreads over the hours of a day."""


def publish(a_day: int, burst: int, seed: int) -> list[datetime]:
    """Return when items appear: by chance, in bursts of so many, on weekends two fifths as many."""
    chance = random.Random(seed)
    items: list[datetime] = []
    for hour in range(DAYS * 24):
        start = MONDAY + timedelta(hours=hour)
        rate = a_day * OFFICE[start.hour] / sum(OFFICE) * (0.4 if start.weekday() >= 5 else 1.0)
        at = chance.expovariate(rate / burst)
        while at < 1:
            first = start + timedelta(hours=at)
            items += [first + timedelta(minutes=chance.expovariate(1 / 6) * n) for n in range(burst)]
            at += chance.expovariate(rate / burst)
    return sorted(items)


Wait = Callable[[SourceRun, list[datetime]], timedelta]


def watch(items: list[datetime], wait: Wait) -> tuple[float, float]:
    """Return the visits a day and the median delay in minutes, after a week of learning."""
    now, seen, visits = MONDAY, 0, 0
    delays: list[float] = []
    while now < MONDAY + timedelta(days=DAYS):
        until = bisect_right(items, now)
        new, seen = items[seen:until], until
        if now >= MONDAY + timedelta(days=LEARNING):
            visits += 1
            delays += [(now - item) / timedelta(minutes=1) for item in new]
        outcome = RunOutcome.OK if new else RunOutcome.NOT_MODIFIED
        run = SourceRun(SOURCE.id, now, now, outcome, items_new=len(new), articles=len(new))
        now += wait(run, items[bisect_left(items, now - HISTORY) : seen])
    return visits / (DAYS - LEARNING), median(delays)


def by_rhythm() -> Wait:
    """Return the waits of adaptive polling."""
    state: list[Polling] = []

    def wait(run: SourceRun, recent: list[datetime]) -> timedelta:
        state.append(plan_next_visit(SOURCE, state[-1] if state else None, run, recent, PollingLimits()))
        return state[-1].due_at - run.started_at

    return wait


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("a_day", "burst"), [(15, 1), (16, 3)])
def test_rhythm_asks_less_often_and_hears_sooner(
    a_day: int, burst: int, seed: int, record_property: Callable[[str, object], None]
) -> None:
    """An office with days and nights: fewer visits than every ten minutes, and less delay."""
    items = publish(a_day, burst, seed)
    fixed = watch(items, lambda _run, _recent: FIXED)
    rhythm = watch(items, by_rhythm())
    record_property("visits a day and median delay", (fixed, rhythm))
    assert rhythm[0] < 0.9 * fixed[0]
    assert rhythm[1] < fixed[1]


def test_seldom_source_costs_a_third() -> None:
    """Two items a day are not worth 144 visits; the longest interval bounds the delay."""
    visits, _ = watch(publish(2, 1, 1), by_rhythm())
    assert visits < 60


def test_busy_source_is_heard_within_minutes() -> None:
    """An agency with 150 items a day is asked oftener, and heard in a third of the time."""
    items = publish(150, 1, 1)
    assert watch(items, by_rhythm())[1] < watch(items, lambda _run, _recent: FIXED)[1] / 3
