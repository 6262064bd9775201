"""History read over HTTP from loopback, judged, and kept quiet unless asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.app import App
from monitor.clock import SystemClock
from monitor.domain.alerts import HISTORY
from monitor.domain.backfill import BackfillReport, Ending
from monitor.domain.source import Paging
from monitor.live import collect_history
from monitor.pipeline.reading import Reader
from monitor.settings import Settings
from tests.collect.loopback import Reply, Server, entry, feed, make_source

TEXT = "Минсельхоз России обвинил Армению в подмене документов на партию овощей номер {}."
NOW = SystemClock().now()
SINCE = NOW - timedelta(days=60)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A feed of three pages, one item a page, each a month older than the one before."""
    running = Server()
    await running.start()
    for page in range(1, 4):
        date = f"{NOW - timedelta(days=30 * page - 25):%a, %d %b %Y %H:%M:%S +0000}"
        body = entry(page, pubDate=date, description=TEXT.format(page), link=running.url(f"/{page}"))
        running.routes["/rss" if page == 1 else f"/rss?page={page}"] = Reply(feed(body))
    yield running
    await running.stop()


@pytest.fixture
def app(settings: Settings, reader: Reader, tmp_path: Path) -> Iterator[App]:
    """Return an app over a store in a file, with the fake classifier."""
    store = settings.monitor.store.model_copy(update={"url": f"sqlite:///{tmp_path}/monitor.db"})
    monitor = settings.monitor.model_copy(update={"store": store})
    made = App(replace(settings, monitor=monitor))
    made.__dict__["reader"] = reader
    assert made.store
    yield made
    made.store.close()


async def read(app: App, server: Server, *, alerts: bool) -> BackfillReport:
    """Read the feed's history of two months."""
    source = make_source(server.url("/rss"), full_text_in_feed=True, paging=Paging("?page={page}"))
    app.settings = replace(app.settings, sources=(source,))
    (report,) = await collect_history(app, [source], SINCE, alerts=alerts)
    return report


def told(app: App) -> tuple[int, list[str | None]]:
    """Return how many alerts there are, and why findings raised none."""
    findings = app.store.findings.between(SINCE, NOW)
    return len(app.store.alerts.latest(100)), [app.store.findings.skip_reason(each.id) for each in findings]


async def test_history_is_judged_and_alerts_nobody(app: App, server: Server) -> None:
    """Every finding says why; the page behind the date is read and its article is not taken."""
    report = await read(app, server, alerts=False)
    assert (Ending.END, 3, 2) == (report.ending, report.backfill.pages, report.backfill.articles)
    alerts, reasons = told(app)
    assert (0, {HISTORY}) == (alerts, set(reasons))
    assert len(reasons) >= 2


async def test_history_alerts_where_asked_however_old(app: App, server: Server) -> None:
    """The age at which news is no news any more does not count here."""
    await read(app, server, alerts=True)
    alerts, reasons = told(app)
    assert 2 == alerts
    assert None in reasons
