"""The live service: sources visited on a schedule, then understood, alerted and delivered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

import structlog

from monitor.app import App
from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.domain.drift import SourceDrift
from monitor.domain.source import Source
from monitor.errors import StoreUnavailableError
from monitor.pipeline.alert import raise_alerts, raise_change_alerts
from monitor.pipeline.assess import AssessReport, assess_articles
from monitor.pipeline.collect import SourceVisitor
from monitor.pipeline.drift import newly_shifted
from monitor.pipeline.polling import VisitPlanner
from monitor.pipeline.ports import Validators
from monitor.pipeline.revisit import record_changes
from monitor.schedule import PeriodicJob, Schedule

if TYPE_CHECKING:
    from monitor.notify.dispatcher import Dispatcher
    from monitor.store_watch import StoreWatch

log = structlog.get_logger(__name__)
UNDERSTAND_EVERY = timedelta(seconds=1)
ROUND = 50
"""Articles that are understood before alerts are decided."""
DIGEST_EVERY = timedelta(seconds=60)
DRIFT_EVERY = timedelta(days=1)
DRIFT_RECENT, DRIFT_BEFORE = timedelta(days=7), timedelta(days=28)


@dataclass
class Counters:
    """What the service did since it started, for status lines and tests."""

    visits: int = 0
    missed: int = 0
    articles: int = 0
    assessments: int = 0
    unread: int = 0
    failed: int = 0
    alerts: int = 0


def _front(source: Source) -> tuple[object, ...]:
    """Return what decides which items a visit finds."""
    narrowing = (source.include, source.exclude, source.max_items)
    return (source.kind, source.url, source.encoding, source.listing, source.json, *narrowing)


def let_go_old(app: App) -> None:
    """Cancel what has waited to be sent for longer than alerts may be old: who reads it now is misled.

    A restored backup is full of messages that went out long ago.
    """
    now = app.clock.now()
    before = now - timedelta(hours=app.settings.monitor.alerts.max_age_hours)
    if count := app.store.outbox.let_go(before, now):
        log.warning("messages older than alerts.max_age_hours are not sent", messages=count)


@dataclass
class Service:
    """Runs every stage over one store until it is told to stop.

    Every stage takes its work from the store, so that whatever a kill interrupts goes on at the
    next start.
    """

    app: App
    visitor: SourceVisitor
    dispatcher: Dispatcher
    counters: Counters = field(default_factory=Counters)
    on_round: Callable[[Counters], None] = lambda _: None
    planner: VisitPlanner | None = None
    """Says when sources are visited next; without one each keeps the interval that is configured."""
    jobs: list[PeriodicJob] = field(default_factory=list)
    """Further periodic work."""
    store_watch: StoreWatch | None = None
    """Pauses work while the store cannot be written; without one such an error is the caller's."""

    def __post_init__(self) -> None:
        self._schedule = Schedule(
            self._visit_if_kept,
            self._record_missed,
            self.planner.next_interval if self.planner else lambda source: source.interval,
            self.app.clock.speed,
        )
        if self.planner:
            planner, now = self.planner, self.app.clock.now
            self._schedule.first_wait = lambda source: planner.first_wait(source, now())
        self._understanding = asyncio.Lock()
        self._own_jobs = (
            PeriodicJob("understand", lambda _: UNDERSTAND_EVERY, self._understand_all),
            PeriodicJob(
                "digest", lambda s: DIGEST_EVERY if s.monitor.digest.enabled else None, self.draft_digest
            ),
            PeriodicJob("drift", lambda _: DRIFT_EVERY, self.watch_drift),
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set, then finish what is under way.

        Where this is cancelled, another process leads: all is broken off but messages on their way.
        """
        let_go_old(self.app)
        sending = asyncio.create_task(self.dispatcher.run(stop), name="dispatcher")
        stopping = asyncio.create_task(stop.wait(), name="stop")
        self._follow_settings()
        self._schedule.start()
        try:
            await asyncio.wait({sending, stopping}, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            stop.set()
            await self._schedule.abandon()
            await sending
            raise
        stop.set()
        await self._schedule.stop()
        await sending
        try:
            await self.drain()
        except StoreUnavailableError as error:
            log.warning("what waits is left to the next start", reason=str(error))

    def _follow_settings(self) -> None:
        settings = self.app.settings
        jobs = [*self._own_jobs, *self.jobs]
        if watch := self.store_watch:
            jobs = [*map(watch.guard, jobs), watch.job()]
        self._schedule.set_sources(settings.enabled_sources)
        self._schedule.set_jobs(jobs, settings)

    async def adopt(self, prepared: App) -> None:
        """Go on under other settings from the next round on; what was prepared comes from `App.prepare`."""
        before = {source.id: source for source in self.app.settings.sources}
        async with self._understanding:
            self.app.adopt(prepared)
        self._follow_settings()
        for source in self.app.settings.sources:
            self._ask_anew(before.get(source.id), source)

    def _ask_anew(self, was: Source | None, source: Source) -> None:
        """Forget what the server gave us last, where "not modified" would hide items wanted now."""
        if was is not None and _front(was) != _front(source):
            self.app.store.articles.save_validators(source.id, Validators())

    def _record_missed(self, source_id: str, reason: str) -> None:
        """Log and count a visit that could not be started: a gap in coverage."""
        self.counters.missed += 1
        now = self.app.clock.now()
        log.warning("visit missed", source=source_id, reason=reason)
        run = SourceRun(source_id, now, now, RunOutcome.MISSED, reason=reason)
        try:
            self.app.store.articles.record_run(run)
        except StoreUnavailableError:
            if self.store_watch is None:
                raise
            self.store_watch.leave_out(source_id)
        source = self._schedule.source(source_id)
        if self.planner and source:
            self.planner.note(source, run)

    async def _visit_if_kept(self, source: Source) -> None:
        """Visit by the schedule, unless nothing could be kept of it or an operator paused collection."""
        if self.store_watch:
            await self.store_watch.visit(source, self._visit_unless_paused)
        else:
            await self._visit_unless_paused(source)

    async def _visit_unless_paused(self, source: Source) -> None:
        if pause := self.app.store.switches.paused(self.app.clock.now()):
            self._record_missed(source.id, pause.reason)
        else:
            await self._visit(source)

    async def _visit(self, source: Source) -> SourceRun:
        run = await self.visitor.visit(source)
        if self.planner:
            self.planner.note(source, run)
        if current := self._schedule.source(source.id):
            self._ask_anew(source, current)  # changed while it was visited
        self.counters.visits += 1
        self.counters.articles += run.articles
        self.on_round(self.counters)
        return run

    async def visit_all(self, sources: list[Source]) -> list[SourceRun]:
        """Visit the sources once, side by side."""
        with self._schedule.busy():
            return list(await asyncio.gather(*(self._visit(source) for source in sources)))

    async def _understand_all(self) -> None:
        """Go on without a pause while there is more than a round takes."""
        while (await self.understand()).articles >= ROUND and not self._schedule.is_stopping:
            pass

    async def understand(self) -> AssessReport:
        """Assess what waits and decide alerts; the classifier runs beside the event loop."""
        async with self._understanding:
            report = await asyncio.to_thread(
                assess_articles,
                self.app.store.findings,
                self.app.reader,
                self.app.settings.sources,
                self.app.clock.now(),
                ROUND,
            )
            await asyncio.to_thread(self._record_changes)
            new = await asyncio.to_thread(self._raise_alerts)
        self.counters.assessments += report.assessments
        self.counters.unread += report.unread
        self.counters.failed += report.failed
        self.counters.alerts += new
        if new:
            self.dispatcher.wake()
        self.on_round(self.counters)
        return report

    def _raise_alerts(self) -> int:
        """Decide until nothing is undecided; returns how many alerts there are now more."""
        monitor, store = self.app.settings.monitor, self.app.store
        now = self.app.clock.now()
        parts = (store.alerts, cache(lambda: self.app.audiences.read(now)), self.app.settings.rules, now)
        age = timedelta(hours=monitor.alerts.max_age_hours)
        count = 0
        # Changes first: what an edit sharpened is told as that, and not a second time as said.
        while (new := raise_change_alerts(store.changes, store.revisits, *parts, max_age=age)) is not None:
            count += len(new)
        while (new := raise_alerts(store.findings, *parts, max_age=age, firsts=store.firsts)) is not None:
            count += len(new)
        return count

    def _record_changes(self) -> None:
        """Compare what was edited with what it said before."""
        while record_changes(self.app.store.changes):
            pass

    async def draft_digest(self) -> None:
        """Draft the weekly digest when it is due; the store makes sure that it happens once."""
        digest = await asyncio.to_thread(self.app.desk.draft_due, self.app.clock.now())
        if digest:
            log.info("weekly digest drafted", week=f"{digest.week:%Y-%m-%d}", entries=len(digest.entries))

    async def watch_drift(self) -> list[SourceDrift]:
        """Log the sources whose judgements came to differ much from the training corpus.

        A model that does not tell the corpus' shares is not watched.
        """
        if self.app.reader.classifier.expected is None:
            return []
        shifted = await asyncio.to_thread(
            newly_shifted,
            self.app.store.findings,
            self.app.reader.classifier,
            self.app.clock.now(),
            DRIFT_RECENT,
            DRIFT_BEFORE,
        )
        for drift in shifted:
            log.warning(
                "source drifts from what the model learnt from; see `model drift`",
                source=drift.source_id,
                index=round(drift.index, 2),
                judged=drift.shares.judged,
                uncertain=round(drift.shares.uncertain, 2),
            )
        return shifted

    async def drain(self) -> None:
        """Understand and deliver all that waits now."""
        while (report := await self.understand()).articles or report.failed:
            pass
        await self.dispatcher.drain()
