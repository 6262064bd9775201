"""An operator pauses collection: no visits, over restarts too, and a gap that says why."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console

from monitor.app import App
from monitor.domain.coverage import RunOutcome
from monitor.domain.gaps import find_gaps
from monitor.domain.switches import Pause
from monitor.pipeline.polling import VisitPlanner
from monitor.pipeline.reading import Reader
from monitor.pipeline.revisit import Revisitor, RevisitReport
from monitor.service import Service
from monitor.settings import Settings
from monitor.upkeep import Upkeep
from tests.pipeline.test_collect import FakeSite, extract
from tests.test_service import SOURCE, make_service, make_site


@pytest.fixture
def open_app(settings: Settings, reader: Reader, tmp_path: Path) -> Iterator[Callable[[], App]]:
    """Give what opens the program anew over one store, as a restart does."""
    store = settings.monitor.store.model_copy(update={"url": f"sqlite:///{tmp_path}/monitor.db"})
    digest = settings.monitor.digest.model_copy(update={"output": str(tmp_path / "digests")})
    monitor = settings.monitor.model_copy(update={"store": store, "digest": digest})
    opened: list[App] = []

    def open_one() -> App:
        for app in opened:
            app.store.close()
        made = App(replace(settings, monitor=monitor, sources=(SOURCE,)))
        made.__dict__["reader"] = reader
        opened.append(made)
        return made

    yield open_one
    opened[-1].store.close()


async def run_until(service: Service, holds: Callable[[], object]) -> None:
    """Run the service until something holds."""
    stop = asyncio.Event()
    working = asyncio.create_task(service.run(stop))
    async with asyncio.timeout(20):
        while not holds():
            assert not working.done()
            await asyncio.sleep(0.02)
    stop.set()
    await working


def prepare(app: App) -> tuple[Service, FakeSite]:
    """Return a service that keeps rhythms, and the site that it reads."""
    site = make_site()
    service = make_service(app, site, Console(file=io.StringIO()))
    return replace(
        service, planner=VisitPlanner(app.store.polls, app.settings.monitor.collect.polling_limits)
    ), site


async def test_paused_service_visits_nothing_over_a_restart_and_goes_on_when_resumed(
    open_app: Callable[[], App],
) -> None:
    """What was not visited is on record as missed, with the operator's pause for a reason."""
    app = open_app()
    began = app.clock.now()
    app.store.switches.pause(Pause("telegram:600", began))
    for _ in range(2):
        service, site = prepare(app)
        await run_until(service, lambda s=service: s.counters.missed >= 2)
        assert (0, [], []) == (service.counters.visits, site.asked_with, site.fetched)
        app = open_app()
    runs = app.store.articles.runs(began, app.clock.now() + timedelta(seconds=1))
    assert {RunOutcome.MISSED} == {run.outcome for run in runs}
    (gap,) = find_gaps((SOURCE,), runs, {}, began, app.clock.now())
    assert "collection was paused by an operator at" in gap.reason
    app.store.switches.resume()
    service, site = prepare(app)
    await run_until(service, lambda: service.counters.alerts)
    assert site.fetched


async def test_pause_that_is_over_ends_by_itself(open_app: Callable[[], App]) -> None:
    """While the service runs: nobody has to resume."""
    app = open_app()
    began = app.clock.now()
    app.store.switches.pause(Pause("telegram:600", began, began + timedelta(seconds=1)))
    service, _ = prepare(app)
    await run_until(service, lambda: service.counters.visits)
    first = app.store.articles.runs(began, app.clock.now() + timedelta(seconds=1))[0]
    assert RunOutcome.MISSED is first.outcome


async def test_nothing_is_read_again_while_collection_is_paused(open_app: Callable[[], App]) -> None:
    """Pages are fetched for that too."""
    app = open_app()
    service, site = prepare(app)
    await run_until(service, lambda: service.counters.alerts)
    fetched = len(site.fetched)
    articles, revisits = app.store.articles, app.store.revisits
    revisits.plan(app.settings.monitor.revisit.plan(), app.clock.now())
    later = app.clock.now() + timedelta(hours=2)
    upkeep = Upkeep(app, Revisitor(site, extract, articles, revisits, lambda: later), lambda: None)
    app.store.switches.pause(Pause("telegram:600", app.clock.now()))
    assert RevisitReport() == await upkeep.revisit()
    assert fetched == len(site.fetched)
    app.store.switches.resume()
    assert 1 == (await upkeep.revisit()).visited
