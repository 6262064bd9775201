"""The live service over a real store and scheduler, with a hand-written site and classifier."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console
from structlog.testing import capture_logs

from monitor.app import App
from monitor.clock import SystemClock
from monitor.domain.article import FeedItem, Page
from monitor.domain.coverage import RunOutcome
from monitor.domain.drift import Shares, Shift, SourceDrift
from monitor.domain.source import Source
from monitor.domain.stance import Tier
from monitor.pipeline.collect import SourceVisitor
from monitor.pipeline.ports import Discovery, Validators
from monitor.pipeline.reading import Reader
from monitor.service import Service
from monitor.settings import Settings, load_settings
from tests.fakes.classifier import FakeClassifier
from tests.pipeline.test_collect import FakeSite, extract

TEXT = "Минсельхоз России обвинил Армению в подмене документов на партию овощей."
SOURCE = Source(
    "agency",
    "Agency",
    "rss",
    "https://example.org/rss",
    "russia",
    Tier.OUTLET,
    ("ru",),
    interval=timedelta(seconds=0.2),
)


class SlowSite(FakeSite):
    """A site whose pages take their time; `open_pages` counts those under way."""

    seconds = 0.3
    finished = 0
    on_fetch: Callable[[], None] = staticmethod(lambda: None)

    async def fetch(self, source: Source, item: FeedItem) -> Page:
        """Take a while."""
        self.on_fetch()
        await asyncio.sleep(self.seconds)
        page = await super().fetch(source, item)
        self.finished += 1
        return page


def make_site(kind: type[FakeSite] = FakeSite) -> FakeSite:
    """Return a site with one article, published now."""
    site = kind({"a": TEXT})
    original = site.discover

    async def discover(source: Source, validators: Validators) -> Discovery:
        found = await original(source, validators)
        now = SystemClock().now()
        return replace(found, items=tuple(replace(item, published_at=now) for item in found.items))

    site.discover = discover  # type: ignore[method-assign]
    return site


@pytest.fixture
def app(settings: Settings, reader: Reader, tmp_path: Path) -> Iterator[App]:
    """Return an app with one source, a store in a file and the fake classifier."""
    store = settings.monitor.store.model_copy(update={"url": f"sqlite:///{tmp_path}/monitor.db"})
    digest = settings.monitor.digest.model_copy(update={"output": str(tmp_path / "digests")})
    monitor = settings.monitor.model_copy(update={"store": store, "digest": digest})
    made = App(replace(settings, monitor=monitor, sources=(SOURCE,)))
    made.__dict__["reader"] = reader
    yield made
    made.store.close()


def make_service(app: App, site: FakeSite, console: Console) -> Service:
    """Return a service that reads the site."""
    visitor = SourceVisitor(site, extract, app.store.articles, app.clock.now, item_attempts=2)
    return Service(app, visitor, app.make_dispatcher(console))


async def run_until(service: Service, done: asyncio.Event, seconds: float = 20) -> None:
    """Run the service until `done` is set."""
    async with asyncio.timeout(seconds):
        await service.run(done)


async def test_article_becomes_an_alert_on_the_console_by_the_schedule_alone(app: App) -> None:
    """Visit, judgement, alert and sending, each by its own job; stopping drains what is left."""
    console = Console(file=io.StringIO(), width=100)
    service, stop = make_service(app, make_site(), console), asyncio.Event()
    service.on_round = lambda counters: stop.set() if counters.alerts else None
    await run_until(service, stop)
    assert 1 == service.counters.alerts
    assert "Armenia" in console.file.getvalue()  # type: ignore[attr-defined]
    assert {"console sent"} == {f"{sink} {state}" for sink, state in sent_states(app)}


def sent_states(app: App) -> list[tuple[str, str]]:
    """Return the sink and state of every delivery."""
    from sqlalchemy import text

    with app.store.database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text("select sink, state from deliveries"))]


async def test_stopping_waits_for_the_visit_under_way(app: App) -> None:
    """What was being fetched is saved, understood and sent before the service ends."""
    site = make_site(SlowSite)
    service, stop = make_service(app, site, Console(file=io.StringIO())), asyncio.Event()
    assert isinstance(site, SlowSite)
    site.on_fetch = stop.set
    await run_until(service, stop)
    assert len(site.fetched) == site.finished
    assert 1 == app.store.articles.counts()["assessed"]


async def test_visit_that_cannot_start_in_time_is_logged_and_counted_as_missed(app: App) -> None:
    """A source that takes longer than its interval: coverage shows what was not tried."""
    site = make_site(SlowSite)
    assert isinstance(site, SlowSite)
    site.seconds = 2.0
    service, stop = make_service(app, site, Console(file=io.StringIO())), asyncio.Event()
    service.on_round = lambda counters: stop.set() if counters.missed else None
    await run_until(service, stop)
    now = app.clock.now()
    runs = app.store.articles.runs(now - timedelta(minutes=30), now + timedelta(minutes=1))
    missed = [run for run in runs if run.outcome is RunOutcome.MISSED]
    assert service.counters.missed == len(missed) > 0
    assert "had not ended" in missed[0].reason


async def test_second_start_repeats_nothing(app: App) -> None:
    """The store remembers; the same article neither alerts nor is fetched again."""
    for expected in (1, 0):
        site = make_site()
        service, stop = make_service(app, site, Console(file=io.StringIO())), asyncio.Event()
        service.on_round = lambda counters, stop=stop: stop.set() if counters.visits else None  # type: ignore[misc]
        await run_until(service, stop)
        assert expected == service.counters.alerts
        assert expected == len(site.fetched)
    assert 1 == len(app.store.alerts.latest(10))


async def test_due_digest_is_drafted_by_the_service_once(app: App) -> None:
    """Last week's draft, made at the first look and not again."""
    service = make_service(app, make_site(), Console(file=io.StringIO()))
    await service.draft_digest()
    await service.draft_digest()
    assert 1 == len(app.store.digests.weeks())


def test_shipped_configuration_is_what_the_service_runs(settings: Settings) -> None:
    """Every enabled source has a kind that the collector knows."""
    from monitor.collect.kinds import KINDS

    assert settings.enabled_sources == load_settings(settings.directory, env={}).enabled_sources
    assert {source.kind for source in settings.sources} <= set(KINDS)


async def test_source_that_came_to_differ_is_logged_by_name(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last week is set against the four before it."""
    shares = Shares(0.6, 0.3, 0.1, 0.2, 150)
    asked: list[tuple[timedelta, timedelta]] = []

    def shifted(*arguments: object) -> list[SourceDrift]:
        asked.append(arguments[-2:])  # type: ignore[arg-type]
        return [SourceDrift("agency", shares, 0.91, Shift.MUCH)]

    monkeypatch.setattr("monitor.service.newly_shifted", shifted)
    service = make_service(app, make_site(), Console(file=io.StringIO()))
    assert [] == await service.watch_drift()  # the model does not tell what to compare with
    assert isinstance(app.reader.classifier, FakeClassifier)
    app.reader.classifier.expected = shares
    with capture_logs() as logs:
        await service.watch_drift()
    assert asked == [(timedelta(days=7), timedelta(days=28))]
    assert [(entry["source"], entry["index"], entry["judged"]) for entry in logs] == [("agency", 0.91, 150)]
