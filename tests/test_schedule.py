"""Visits and periodic work that change while they run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from monitor.domain.source import Source
from monitor.schedule import PeriodicJob, Schedule
from monitor.settings import Settings
from tests.collect.loopback import make_source
from tests.test_reload import until

SOON, LONG = timedelta(seconds=0.5), timedelta(hours=1)
PAPER = make_source("http://127.0.0.1/", interval=SOON)


@dataclass
class Visits:
    """Counts visits; one takes as long as `under_way` is cleared."""

    made: list[Source] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    going_on: asyncio.Event = field(default_factory=asyncio.Event)
    pace: timedelta | None = None

    async def visit(self, source: Source) -> None:
        """Visit."""
        self.made.append(source)
        await self.going_on.wait()

    def next_interval(self, source: Source) -> timedelta:
        """Return the pace set, or else the source's own."""
        return self.pace or source.interval

    def miss(self, source_id: str, _: str) -> None:
        """Take note of a visit that was not made."""
        self.missed.append(source_id)


@pytest.fixture
def visits() -> Visits:
    """Return visits that end at once."""
    made = Visits()
    made.going_on.set()
    return made


@pytest.fixture
async def schedule(visits: Visits) -> AsyncIterator[Schedule]:
    """Return a schedule that runs."""
    made = Schedule(visits.visit, visits.miss, visits.next_interval)
    made.start()
    yield made
    visits.going_on.set()
    await made.stop()


async def test_interval_is_asked_for_after_each_visit(schedule: Schedule, visits: Visits) -> None:
    """A source that fell quiet is visited less often from then on."""
    schedule.set_sources([PAPER])
    assert {"paper": SOON} == schedule.visits()
    visits.pace = LONG
    await until(lambda: schedule.visits() == {"paper": LONG})
    made = len(visits.made)
    await asyncio.sleep(1.2)
    assert made == len(visits.made) == 1


async def test_source_changed_during_a_visit_is_visited_as_it_is_now_afterwards(
    schedule: Schedule, visits: Visits
) -> None:
    """The visit under way ends as it began, and none is counted as missed."""
    visits.going_on.clear()
    schedule.set_sources([replace(PAPER, interval=timedelta(seconds=10))])
    await until(lambda: visits.made)
    renamed = replace(PAPER, outlet="The Other Paper")
    schedule.set_sources([renamed])
    assert 1 == len(visits.made)
    visits.going_on.set()
    await until(lambda: len(visits.made) > 1)
    assert renamed == visits.made[1]
    assert [] == visits.missed


async def test_source_set_again_unchanged_keeps_its_turn(schedule: Schedule, visits: Visits) -> None:
    """Reloading is no reason to visit, and none to wait longer."""
    slow = replace(PAPER, interval=LONG)
    schedule.set_sources([slow])
    turn = schedule._job("paper").next_run_time
    schedule.set_sources([slow, replace(slow, id="other")])
    assert turn == schedule._job("paper").next_run_time
    assert [] == visits.made


async def test_source_that_left_is_not_visited_again_and_its_visit_under_way_ends(
    schedule: Schedule, visits: Visits
) -> None:
    """Nothing is cut off."""
    visits.going_on.clear()
    schedule.set_sources([PAPER])
    await until(lambda: visits.made)
    schedule.set_sources([])
    visits.going_on.set()
    await asyncio.sleep(1.2)
    assert ({}, [PAPER]) == (schedule.visits(), visits.made)


async def test_periodic_work_follows_its_interval_in_the_settings(
    schedule: Schedule, settings: Settings
) -> None:
    """None switches it off; another interval applies at once; a failure does not end it."""
    times: list[str] = []

    async def work() -> None:
        times.append("done")
        raise RuntimeError("once more")

    digest = PeriodicJob("d", lambda s: SOON if s.monitor.digest.enabled else None, work)
    off = settings.monitor.digest.model_copy(update={"enabled": False})
    without = replace(settings, monitor=settings.monitor.model_copy(update={"digest": off}))
    schedule.set_jobs([digest], without)
    await asyncio.sleep(0.8)
    assert [] == times
    schedule.set_jobs([digest], settings)
    await until(lambda: len(times) > 1)
    schedule.set_jobs([digest], without)
    done = len(times)
    await asyncio.sleep(0.8)
    assert done == len(times)


async def test_stopping_waits_for_periodic_work_under_way_and_starts_nothing_more(settings: Settings) -> None:
    """What was begun is ended; sources and jobs set afterwards are left alone."""
    visits, began, ended = Visits(), asyncio.Event(), asyncio.Event()

    async def work() -> None:
        began.set()
        await asyncio.sleep(0.3)
        ended.set()

    schedule = Schedule(visits.visit, visits.miss, lambda source: source.interval)
    schedule.set_jobs([PeriodicJob("w", lambda _: SOON, work)], settings)
    schedule.start()
    await began.wait()
    await schedule.stop()
    assert ended.is_set()
    schedule.set_sources([PAPER])
    assert {} == schedule.visits()
