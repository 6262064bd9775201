"""A store that cannot be written: work pauses, operators hear of it once, and all goes on by itself."""

from __future__ import annotations

import asyncio
import io
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console
from structlog.testing import capture_logs

from monitor.app import App
from monitor.domain.coverage import RunOutcome
from monitor.domain.delivery import DeliveryKind, NewDelivery
from monitor.domain.notices import AlarmKind
from monitor.pipeline.reading import Reader
from monitor.service import Service
from monitor.settings import Settings
from monitor.store_watch import StoreWatch
from tests.builders import NOON
from tests.fault.newspaper import until
from tests.pipeline.test_collect import FakeSite
from tests.storage.builders import find_one, raise_alert
from tests.storage.test_engine import connecting_with, locked
from tests.test_service import SOURCE, make_service, make_site

OTHER = "Минсельхоз России обвинил Казахстан в том, что через границу идёт заражённое зерно."
Trouble = Callable[["Running"], AbstractContextManager[None]]


@dataclass
class Running:
    """A service at work, its site, and what its operators were told without the store."""

    app: App
    folder: Path
    site: FakeSite
    service: Service
    watch: StoreWatch
    told: list[str] = field(default_factory=list)

    async def tell(self, text: str) -> bool:
        """Tell operators."""
        self.told.append(text)
        return True

    def runs(self, outcome: RunOutcome) -> int:
        """Return how many visits ended so."""
        now = self.app.clock.now()
        hour = timedelta(hours=1)
        return sum(run.outcome is outcome for run in self.app.store.articles.runs(now - hour, now + hour))


@contextmanager
def full_disk(running: Running) -> Iterator[None]:
    """Let nothing be left on the disk."""
    filler = running.folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def read_only(running: Running) -> Iterator[None]:
    """Let SQLite refuse as it does on a disk mounted read-only."""
    engine = running.app.store.database.engine
    with connecting_with("query_only = ON"):
        engine.dispose()
        yield
    engine.dispose()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own where one may be mounted."""
    small = tmp_path / "disk"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(small)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here")
    yield small
    subprocess.run(["umount", "-l", str(small)], check=True)


@asynccontextmanager
async def at_work(
    folder: Path, settings: Settings, reader: Reader, query: str = ""
) -> AsyncIterator[Running]:
    """Run a service that has told of one article."""
    store = settings.monitor.store.model_copy(update={"url": f"sqlite:///{folder}/monitor.db{query}"})
    digest = settings.monitor.digest.model_copy(update={"enabled": False})
    monitor = settings.monitor.model_copy(update={"store": store, "digest": digest})
    app = App(replace(settings, monitor=monitor, sources=(SOURCE,)))
    app.__dict__["reader"] = reader
    site = make_site()
    service = make_service(app, site, Console(file=io.StringIO()))
    running = Running(app, folder, site, service, StoreWatch(app, look_every=timedelta(seconds=0.5)))
    running.watch.tell = running.tell
    service.store_watch = running.watch
    stop = asyncio.Event()
    working = asyncio.create_task(service.run(stop))
    await until(lambda: service.counters.alerts == 1)
    try:
        yield running
    finally:
        stop.set()
        await working
        app.store.close()


async def check_pause(running: Running, trouble: Trouble) -> None:
    """Let the store refuse, publish, and let it write again."""
    service, watch = running.service, running.watch
    with capture_logs() as logs:
        with trouble(running):
            running.site.pages["b"], running.site.etag = OTHER, '"2"'
            await until(lambda: running.told)
            visits = len(running.site.fetched)
            await asyncio.sleep(1.5)
            assert watch.is_paused
            assert visits == len(running.site.fetched), "visited although nothing could be kept"
            assert 1 == len(running.app.store.alerts.latest(5)), "what is there can be read"
        await until(lambda: service.counters.alerts == 2)
        await until(lambda: not watch.is_paused)
    assert 1 == len(running.told)
    assert "monitor.db" in running.told[0]
    assert 1 == sum("collecting pauses" in entry["event"] for entry in logs)
    now = running.app.clock.now()
    (notice,) = running.app.store.notices.since(now - timedelta(hours=1))
    assert AlarmKind.STORE is notice.alarm.kind
    assert notice.ended_at is not None
    assert 1 == running.runs(RunOutcome.MISSED), "the gap is on record"
    running.app.store.check()


async def test_full_disk_pauses_collecting_until_there_is_room(
    disk: Path, settings: Settings, reader: Reader
) -> None:
    """Nothing is damaged or lost; who operates it is told without the disk."""
    async with at_work(disk, settings, reader) as running:
        await check_pause(running, full_disk)


async def test_read_only_store_pauses_collecting_until_it_can_be_written(
    tmp_path: Path, settings: Settings, reader: Reader
) -> None:
    """The same where the disk was mounted read-only."""
    async with at_work(tmp_path, settings, reader) as running:
        await check_pause(running, read_only)


async def test_locked_store_drops_nothing_and_pauses_nothing(
    tmp_path: Path, settings: Settings, reader: Reader
) -> None:
    """What could not be written is written at its next turn, and counts no try against the article."""
    async with at_work(tmp_path, settings, reader, "?timeout=0.05") as running:
        with locked(tmp_path / "monitor.db"), capture_logs() as logs:
            running.site.pages["b"], running.site.etag = OTHER, '"2"'
            await until(lambda: any("store was locked" in entry["event"] for entry in logs))
            assert 1 == len(running.app.store.alerts.latest(5)), "reading goes on"
            assert not running.watch.is_paused
        await until(lambda: running.service.counters.alerts == 2)
        assert [] == running.told
        assert 0 == running.runs(RunOutcome.FAILED)


async def test_restored_backup_sends_nothing_that_is_old(
    tmp_path: Path, settings: Settings, reader: Reader
) -> None:
    """Neither what waited to be sent in it, nor what was not decided yet."""
    async with at_work(tmp_path, settings, reader) as running:
        pass
    store_url = running.app.settings.monitor.store.url
    app = App(running.app.settings)
    app.__dict__["reader"] = reader
    find_one(app.store, "undecided")
    raise_alert(app.store, find_one(app.store, "waiting"), "100", now=NOON)
    app.store.outbox.add([NewDelivery(DeliveryKind.NOTICE, "long ago", "console", "-")], NOON)
    sent = app.store.outbox.counts()["sent"]
    console = Console(file=io.StringIO(), width=100)
    service, stop = make_service(app, FakeSite({}), console), asyncio.Event()
    working = asyncio.create_task(service.run(stop))
    await until(lambda: service.counters.visits)
    stop.set()
    await working
    counts = app.store.outbox.counts()
    assert (2, 0, sent) == (counts["cancelled"], counts["pending"], counts["sent"]), store_url
    assert "long ago" not in console.file.getvalue()  # type: ignore[attr-defined]
    app.store.close()
