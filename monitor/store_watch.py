"""Pausing while the store cannot be written, saying so on a way that needs no disk, and going on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from monitor.app import App
from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.domain.notices import Alarm, AlarmKind
from monitor.domain.source import Source
from monitor.errors import StoreBusyError, StoreUnavailableError
from monitor.pipeline.notices import end_notice, raise_notice
from monitor.schedule import PeriodicJob

log = structlog.get_logger(__name__)
LOOK_EVERY = timedelta(seconds=30)


async def tell_nobody(_: str) -> bool:
    """Tell no operator: there is no bot."""
    return False


@dataclass
class StoreWatch:
    """Stands before all that writes: where the store refuses, visits and jobs are not begun until it writes.

    A visit that the store cut short counts for nothing, so its items are seen again. A store that is
    only locked pauses nothing: what could not be written is done again at its next turn.
    """

    app: App
    tell: Callable[[str], Awaitable[bool]] = tell_nobody
    """Tells operators at once, without the outbox; returns whether all of them have it."""
    wake: Callable[[], None] = lambda: None
    look_every: timedelta = LOOK_EVERY
    _paused_at: datetime | None = None
    _reason: str = ""
    _told: bool = False
    _unvisited: dict[str, datetime] = field(default_factory=dict)
    """Since when a source could not be visited or its visit not be kept: a gap in coverage."""
    _looked: bool = False

    @property
    def is_paused(self) -> bool:
        """Whether nothing is to be begun that writes."""
        return self._paused_at is not None

    def job(self) -> PeriodicJob:
        """Return the periodic work that looks whether the store can be written again."""
        return PeriodicJob("store", lambda _: self.look_every, self.look)

    def guard(self, job: PeriodicJob) -> PeriodicJob:
        """Return the same work, left out while the store cannot be written."""

        async def work() -> None:
            if self.is_paused:
                return
            try:
                await job.work()
            except StoreUnavailableError as error:
                await self.note(error)

        return replace(job, work=work)

    async def visit(self, source: Source, visit: Callable[[Source], Awaitable[object]]) -> None:
        """Visit a source, unless nothing could be kept of it."""
        if self.is_paused:
            self.leave_out(source.id)
            return
        try:
            await visit(source)
        except StoreUnavailableError as error:
            self.leave_out(source.id)
            await self.note(error)

    def leave_out(self, source_id: str) -> None:
        """Remember that a source was not visited, to be recorded when that can be."""
        self._unvisited.setdefault(source_id, self.app.clock.now())

    async def note(self, error: StoreUnavailableError) -> None:
        """Take in that the store refused: pause, and say so once."""
        if isinstance(error, StoreBusyError):
            log.warning("the store was locked; what was to be written waits for its turn", reason=str(error))
            return
        if self.is_paused:
            return
        self._paused_at, self._reason = self.app.clock.now(), str(error)
        log.error("the store cannot be written; collecting pauses until it can", reason=self._reason)
        self._told = await self.tell(f"The store cannot be written; collecting pauses. {self._reason}")

    async def look(self) -> None:
        """Go on if the store can be written, and record what was missed; else keep waiting."""
        if self._looked and not self.is_paused and not self._unvisited:
            return
        try:
            await asyncio.to_thread(self._record)
        except StoreUnavailableError as error:
            await self.note(error)

    def _record(self) -> None:
        """Write the notice's begin and end, and the visits that were not made; any step may be repeated."""
        monitor, now, store = self.app.settings.monitor, self.app.clock.now(), self.app.store
        zone, operators = ZoneInfo(monitor.timezone), monitor.telegram.operators
        store.leases.prove_writable(now)
        if self._paused_at is not None:
            alarm = Alarm(AlarmKind.STORE, "", f"could not be written; {self._reason}", self._paused_at)
            raise_notice(store.notices, alarm, now, zone, () if self._told else operators)
        # Also the first time: a notice may stand from before a restart.
        ended = end_notice(store.notices, AlarmKind.STORE, now, zone, operators)
        for source_id, moment in list(self._unvisited.items()):
            reason = "the store could not be written"
            run = SourceRun(source_id, moment, moment, RunOutcome.MISSED, reason=reason)
            store.articles.record_run(run)
            del self._unvisited[source_id]
        if self._paused_at is not None:
            log.warning("the store can be written again; collecting goes on", since=str(self._paused_at))
        self._paused_at, self._looked = None, True
        if ended:
            self.wake()
