"""A jump of the machine's clock neither stalls visits nor makes up for those that it passed over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.domain.source import Source
from monitor.schedule import FIRST_VISITS_WITHIN, VISIT, Schedule
from tests.collect.loopback import make_source

HOUR = timedelta(hours=1)
SOURCE = make_source("http://paper.example/", interval=HOUR)


class Visits:
    """Counts the visits to each source."""

    def __init__(self) -> None:
        self.made: list[str] = []

    async def __call__(self, source: Source) -> None:
        """Visit."""
        self.made.append(source.id)


@pytest.fixture
async def start() -> AsyncIterator[Callable[..., Schedule]]:
    """Start schedules that are stopped afterwards."""
    started: list[Schedule] = []

    def begin(visits: Visits, **changes: object) -> Schedule:
        schedule = Schedule(visits, lambda *_: None, lambda source: source.interval, **changes)
        schedule.start()
        schedule.set_sources([SOURCE])
        started.append(schedule)
        return schedule

    yield begin
    for schedule in started:
        await schedule.stop()


def next_visit(schedule: Schedule) -> datetime:
    """Return when the source's turn is."""
    moment = schedule._scheduler.get_job(VISIT + SOURCE.id).next_run_time
    assert isinstance(moment, datetime)
    return moment


async def test_clock_set_back_makes_nobody_wait_longer_than_usual(start: Callable[..., Schedule]) -> None:
    """By a day or a year: the next visit is within an interval of the new time."""
    schedule = start(Visits())
    for back in (timedelta(days=1), timedelta(days=365)):
        then = datetime.now(UTC) - back
        schedule.bound_waits(then)
        assert then <= next_visit(schedule) <= then + HOUR


async def test_clock_set_forward_makes_what_is_overdue_run_once(start: Callable[..., Schedule]) -> None:
    """A hundred intervals that the clock jumped over are one visit, not a hundred."""
    visits = Visits()
    schedule = start(visits)
    job = schedule._scheduler.get_job(VISIT + SOURCE.id)
    job.modify(next_run_time=datetime.now(UTC) - 100 * HOUR, misfire_grace_time=None)
    schedule.bound_waits(datetime.now(UTC))
    for _ in range(50):
        await asyncio.sleep(0.02)
    assert [SOURCE.id] == visits.made
    assert next_visit(schedule) > datetime.now(UTC)


async def test_ordinary_waits_are_left_alone(start: Callable[..., Schedule]) -> None:
    """Looking at the clock moves nothing that is as it should be."""
    schedule = start(Visits())
    before = next_visit(schedule)
    schedule.bound_waits(datetime.now(UTC))
    assert before == next_visit(schedule)


async def test_source_that_rests_is_not_visited_when_the_service_starts(
    start: Callable[..., Schedule],
) -> None:
    """Its rest goes on, and is not taken for a clock that was set back; others begin within seconds."""
    schedule = start(Visits(), first_wait=lambda source: 5 * HOUR if source.id == SOURCE.id else HOUR * 0)
    schedule.set_sources([SOURCE, replace(SOURCE, id="other")])
    schedule.bound_waits(datetime.now(UTC))
    assert next_visit(schedule) - datetime.now(UTC) > 4.9 * HOUR
    other = schedule._scheduler.get_job(VISIT + "other").next_run_time
    assert other - datetime.now(UTC) <= FIRST_VISITS_WITHIN
