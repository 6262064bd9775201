"""Putting the service together for `run`, `collect` and `bot`."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog
from rich.console import Console

from monitor.app import App
from monitor.domain.backfill import BackfillReport
from monitor.domain.coverage import READ
from monitor.domain.source import Source
from monitor.errors import ConfigurationError, Problem
from monitor.leading import Leadership
from monitor.pipeline.backfill import HistoryReader
from monitor.pipeline.collect import SourceVisitor
from monitor.pipeline.polling import VisitPlanner
from monitor.pipeline.ports import Collector, Discovery, Extractor
from monitor.pipeline.revisit import Revisitor, note_posts
from monitor.service import Service, let_go_old
from monitor.workers import ParserPool

if TYPE_CHECKING:
    from monitor.bot.application import BotApplication

log = structlog.get_logger(__name__)


@asynccontextmanager
async def open_service(app: App, console: Console | None) -> AsyncIterator[Service]:
    """Build the service with its own connections and parsers, and close them afterwards."""
    async with _open_reading(app) as (collector, extract, pool):
        yield Service(app, _make_visitor(app, collector, extract, pool), app.make_dispatcher(console))


@asynccontextmanager
async def open_watched_service(app: App, console: Console | None) -> AsyncIterator[Service]:
    """Build the service with all that keeps it true over time: rhythms, revisits, watching, reloading."""
    from monitor.reload import watching
    from monitor.sending import Sending
    from monitor.store_watch import StoreWatch
    from monitor.upkeep import Upkeep

    async with _open_reading(app) as (collector, extract, pool):
        planner = VisitPlanner(app.store.polls, app.settings.monitor.collect.polling_limits)
        visitor = _make_visitor(app, collector, extract, pool)
        service = Service(app, visitor, app.make_dispatcher(console), planner=planner)
        revisitor = Revisitor(collector, extract, app.store.articles, app.store.revisits, app.clock.now, pool)
        upkeep = Upkeep(app, revisitor, service.dispatcher.wake)
        service.jobs += [*upkeep.jobs(), *Sending(app, service.dispatcher.wake).jobs()]
        tell = partial(_tell_operators, app)
        service.store_watch = StoreWatch(app, tell, service.dispatcher.wake)
        with watching(service) as configuration:
            configuration.on_alarm = upkeep.tell_configuration
            if app.bot_application is not None:
                app.bot_services.office.reload = configuration.reload
            yield service


async def _tell_operators(app: App, text: str) -> bool:
    """Tell operators through Telegram without the outbox; returns whether all of them have it."""
    operators = app.settings.monitor.telegram.operators
    if app.bot_application is None or not operators:
        return False
    from monitor.notify.direct import tell_directly

    return await tell_directly(app.bot_application.bot, app.pacer, operators, text)


@asynccontextmanager
async def _open_reading(app: App) -> AsyncIterator[tuple[Collector, Extractor, ParserPool]]:
    """Open what reads sources and pages, and the processes in which they are parsed."""
    from monitor.extract import extract_article
    from monitor.ingest import FolderCollector, extract_document
    from monitor.pipeline.by_kind import CollectorByKind, ExtractorByPage

    monitor = app.settings.monitor
    async with ParserPool(monitor.collect.parse_workers, monitor.collect.parse_seconds) as pool:
        usual = app.make_collector(pool)
        folders = FolderCollector(monitor.ingest.max_bytes, app.clock.now)
        try:
            yield (
                CollectorByKind(usual, {"folder": folders}),
                ExtractorByPage(extract_article, extract_document),
                pool,
            )
        finally:
            await usual.aclose()


def _make_visitor(app: App, collector: Collector, extract: Extractor, pool: ParserPool) -> SourceVisitor:
    def on_front(source: Source, front: Discovery) -> None:
        if app.settings.monitor.revisit.enabled:
            note_posts(app.store.revisits, source, front, app.clock.now())

    attempts = app.settings.monitor.collect.item_attempts
    articles = app.store.articles
    return SourceVisitor(collector, extract, articles, app.clock.now, attempts, run=pool, on_front=on_front)


def stop_on_signals() -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


async def run_service(app: App, leadership: Leadership | None = None) -> None:
    """Run the live service, with the bot beside it when a token is given, until a signal comes.

    Where another process runs one on the same store, wait until that one ends.
    """
    stop = stop_on_signals()
    app.reader  # noqa: B018 - a model that cannot be loaded must stop us now, not at the first article
    leadership = leadership or Leadership(app.store.leases, app.clock.now)
    await leadership.lead(stop, partial(_serve, app))


async def _serve(app: App, stop: asyncio.Event) -> None:
    """Run the service and the bot until `stop` is set."""
    console = Console()
    app.__dict__.pop("bot_application", None)  # one that was shut down is not begun again
    async with open_watched_service(app, console) as service:
        log.info(
            "service started",
            sources=len(app.settings.enabled_sources),
            telegram=app.bot_application is not None,
        )
        jobs = [
            asyncio.create_task(service.run(stop), name="service"),
            asyncio.create_task(_serve_feeds(app, stop), name="feeds"),
        ]
        if application := app.bot_application:
            jobs.append(asyncio.create_task(_run_bot(app, application, stop), name="bot"))
        await _until_all_end(jobs, stop)


async def _run_bot(app: App, application: BotApplication, stop: asyncio.Event) -> None:
    from monitor.bot import run_bot

    await run_bot(application, stop, webhook=app.webhook)


async def _serve_feeds(app: App, stop: asyncio.Event) -> None:
    shelf, web = app.feed_shelf, app.settings.monitor.web
    if shelf is not None:
        from monitor.web.feeds import serve_feeds

        await serve_feeds(shelf, web.host, web.port, stop)


async def _until_all_end(jobs: Sequence[asyncio.Task[None]], stop: asyncio.Event) -> None:
    """Wait for the jobs; when one of them breaks, stop the others and let the error out."""
    try:
        await asyncio.gather(*jobs)
    finally:
        stop.set()
        await asyncio.gather(*jobs, return_exceptions=True)


async def collect_once(app: App, sources: list[Source]) -> int:
    """Visit the sources once, judge and alert; returns how many could not be read."""
    async with open_service(app, Console()) as service:
        runs = await service.visit_all(sources)
        await service.drain()
        counters = service.counters
    for run in runs:
        log.info(
            "visited",
            source=run.source_id,
            outcome=run.outcome.value,
            items=run.items_seen,
            new=run.articles,
            reason=run.reason,
        )
    Console(stderr=True).print(
        f"{len(runs)} sources visited, {counters.articles} articles, {counters.assessments} statements "
        f"judged, {counters.alerts} alerts, {counters.unread} articles in languages that are not read"
    )
    return sum(run.outcome not in READ for run in runs)


async def collect_history(
    app: App,
    sources: Sequence[Source],
    since: datetime,
    *,
    alerts: bool,
    on_page: Callable[[BackfillReport], None] = lambda _: None,
    on_judged: Callable[[int], None] = lambda _: None,
) -> list[BackfillReport]:
    """Read back what the sources published since then, and judge it; it alerts only where asked to.

    Returns what came of each source. Where it alerts, age is no reason not to.
    """
    if alerts:
        hours = max((app.clock.now() - since) / timedelta(hours=1), app.settings.monitor.alerts.max_age_hours)
        lifted = app.settings.monitor.alerts.model_copy(update={"max_age_hours": hours})
        monitor = app.settings.monitor.model_copy(update={"alerts": lifted})
        app = await asyncio.to_thread(app.prepare, replace(app.settings, monitor=monitor))
    async with open_service(app, Console()) as service:
        service.on_round = lambda counters: on_judged(counters.assessments)
        reader = HistoryReader(service.visitor, app.store.backfills)
        reports = await asyncio.gather(
            *(reader.read(source, since, quiet=not alerts, on_page=on_page) for source in sources)
        )
        await service.drain()
    return list(reports)


async def run_bot_only(app: App, leadership: Leadership | None = None) -> None:
    """Run the bot until a signal comes, and send what waits while no service on this store does."""
    application = app.bot_application
    if application is None:
        file = str(app.settings.directory / "monitor.toml")
        hint = "name a file that holds the bot's token"
        raise ConfigurationError((Problem(file, "telegram.token_file", hint),))
    stop = stop_on_signals()
    leadership = leadership or Leadership(app.store.leases, app.clock.now)

    async def send(stop: asyncio.Event) -> None:
        let_go_old(app)
        await app.make_dispatcher(None).run(stop)

    jobs = [
        asyncio.create_task(leadership.lead(stop, send), name="dispatcher"),
        asyncio.create_task(_run_bot(app, application, stop), name="bot"),
    ]
    await _until_all_end(jobs, stop)
