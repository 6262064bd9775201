"""The demonstration: the live service, run against the local newsroom on a fast clock."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, TaskID
from rich.text import Text

from monitor.app import QUIET_LOGGERS, App
from monitor.clock import Clock, SystemClock
from monitor.demo.content import load_content
from monitor.demo.display import (
    describe_all,
    make_progress,
    show_digest,
    show_dyads,
    show_heading,
    show_report,
    show_troubles,
)
from monitor.demo.expected import Expected, load_expected
from monitor.demo.journal import log_to_file
from monitor.demo.pace import HeldClock, Pace, plan_pace
from monitor.demo.results import draw_charts, gather_results, publish_digest
from monitor.demo.server import Newsroom, packaged_newsroom, serve
from monitor.demo.sources import check_outlets, make_sources
from monitor.live import open_service
from monitor.service import Counters
from monitor.settings import OTHER_BLOCS, Settings, find_config, load_settings

TICK = 0.2
DATABASE = "demo.db"
MakeApp = Callable[[Settings, Clock], App]


async def run_demo(
    console: Console,
    newsroom: Path | None = None,
    output: Path = Path("demo-output"),
    seconds: float = 80,
    settings: Settings | None = None,
    make_app: MakeApp = App,
) -> int:
    """Run the whole job against a newsroom's folder, the shipped one if none is named.

    The newsroom's time passes in about so many real seconds. Alerts, tables and the evaluation
    go to the console; charts, the digest, the store and the log to `output`. Returns the exit
    code: 0, however the texts were judged.
    """
    began = time.monotonic()
    content = load_content(newsroom or packaged_newsroom())
    expected = load_expected(content.folder / "expected.toml", [item.id for item in content.items])
    pace = plan_pace(content.first, content.last, seconds)
    clock = HeldClock(pace)
    for name in QUIET_LOGGERS:
        logging.getLogger(name).setLevel(logging.ERROR)
    with log_to_file(output / "demo.log") as journal:
        async with serve(content, clock, least_life=pace.least_life) as running:
            adapted = _adapt(settings or load_settings(find_config(None)), running, pace, output)
            app = make_app(adapted, clock)
            try:
                await _watch(app, running, clock, console)
                _summarise(app, running, pace, expected, journal.failed_items, output, console)
            finally:
                app.store.close()
    console.print(Text(f"Log and store: {output / 'demo.log'}, {output / DATABASE}"))
    console.print(Text(f"Done in {time.monotonic() - began:.0f} seconds."))
    return 0


async def serve_newsroom(console: Console, newsroom: Path | None = None, port: int = 0) -> None:
    """Serve a newsroom with all of its items out, until cancelled."""
    async with serve(newsroom or packaged_newsroom(), SystemClock(), port=port) as running:
        console.print(Text(f"The newsroom is at {running.base_url}/ ; Ctrl-C ends it."))
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()


def _adapt(settings: Settings, running: Newsroom, pace: Pace, output: Path) -> Settings:
    """Return the settings with the newsroom's sources, a store of their own, and no Telegram."""
    check_outlets(
        running.content.outlets,
        {target.id for target in settings.targets} | OTHER_BLOCS,
        {person.name for person in settings.speakers},
        str(running.content.folder / "outlets.toml"),
    )
    for suffix in ("", "-wal", "-shm"):
        (output / f"{DATABASE}{suffix}").unlink(missing_ok=True)
    monitor = settings.monitor
    changes = {
        "store": monitor.store.model_copy(update={"url": f"sqlite:///{output / DATABASE}"}),
        "alerts": monitor.alerts.model_copy(update={"max_age_hours": pace.max_age / timedelta(hours=1)}),
        # The newsroom's pages are our own; to start processes for parsers takes weeks of its time.
        "collect": monitor.collect.model_copy(update={"parse_workers": 0}),
        # The demonstration drafts the last week itself, when all that was said is understood.
        "digest": monitor.digest.model_copy(update={"enabled": False, "output": str(output)}),
        "telegram": type(monitor.telegram)(),
    }
    return replace(
        settings,
        monitor=monitor.model_copy(update=changes),
        sources=make_sources(running, pace.interval),
        # The configured sources are not read here, so rules for single ones have nothing to match.
        rules=tuple(rule for rule in settings.rules if not rule.sources),
    )


async def _watch(app: App, running: Newsroom, clock: HeldClock, console: Console) -> None:
    """Run the service while the newsroom's time passes, with a line of progress under the alerts."""
    content = running.content
    show_heading(
        console,
        f"{len(content.items)} items of {len(content.outlets)} outlets from {content.first:%d %b %Y} "
        f"to {content.last:%d %b %Y}, served at {running.base_url}/",
    )
    with console.status("loading the model"):
        await asyncio.to_thread(lambda: app.reader)
    stop = asyncio.Event()
    async with open_service(app, console) as service:
        with make_progress(console) as progress:
            task = progress.add_task("", total=1.0, date="", articles=0, judged=0, alerts=0)
            clock.release()
            working = asyncio.create_task(service.run(stop))
            try:
                while not clock.finished and not working.done():
                    _show_progress(progress, task, clock, service.counters)
                    await asyncio.sleep(TICK)
            finally:
                stop.set()
                await working
            # Once more, so that nothing published since a source's last visit is left.
            await service.visit_all(list(app.settings.enabled_sources))
            await service.drain()
            _show_progress(progress, task, clock, service.counters)


def _show_progress(progress: Progress, task: TaskID, clock: HeldClock, counters: Counters) -> None:
    progress.update(
        task,
        completed=clock.share,
        date=f"{clock.now():%d %b %Y}",
        articles=counters.articles,
        judged=counters.assessments,
        alerts=counters.alerts,
    )


def _summarise(
    app: App,
    running: Newsroom,
    pace: Pace,
    expected: Expected | None,
    failed_items: Mapping[str, str],
    output: Path,
    console: Console,
) -> None:
    """Print and write what came of the run."""
    results = gather_results(app, expected, running.item_urls, failed_items, pace.start)
    audience = app.readers["en"]
    show_dyads(console, results.dyads, audience)
    show_troubles(console, results.troubles)
    charts = draw_charts(app, results.findings, pace.start, output)
    if published := publish_digest(app):
        show_digest(console, published, audience)
    if results.report is not None:
        show_report(console, results.report)
        (output / "evaluation.txt").write_text(describe_all(results.report), encoding="utf-8")
    show_heading(console, f"{len(results.alerts)} alerts over {len(results.findings)} judged statements")
    console.print(Text(f"Charts: {', '.join(map(str, charts)) or 'none, for nothing was judged'}"))
