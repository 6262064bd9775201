"""The live service: sources visited on a schedule, then understood, alerted and delivered."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from monitor.app import App
from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.domain.drift import SourceDrift
from monitor.domain.source import Source
from monitor.pipeline.alert import raise_alerts
from monitor.pipeline.assess import AssessReport, assess_articles
from monitor.pipeline.collect import SourceVisitor
from monitor.pipeline.drift import newly_shifted

if TYPE_CHECKING:
    from monitor.notify.dispatcher import Dispatcher

log = structlog.get_logger(__name__)
LEAST_INTERVAL = timedelta(seconds=0.5)
FIRST_VISITS_WITHIN = timedelta(seconds=30)
UNDERSTAND_EVERY = timedelta(seconds=2)
DIGEST_EVERY = timedelta(seconds=60)
DRIFT_EVERY = timedelta(days=1)
DRIFT_RECENT, DRIFT_BEFORE = timedelta(days=7), timedelta(days=28)
VISIT = "visit:"


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
    jitter: float = 0.1
    """Share of a source's interval by which visits are spread."""

    def __post_init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._random = random.Random()  # noqa: S311 - spreads load, guards nothing
        self._understanding = asyncio.Lock()
        self._jobs = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set, then finish what is under way."""
        sending = asyncio.create_task(self.dispatcher.run(stop), name="dispatcher")
        self._scheduler.add_listener(
            self._on_trouble, EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES | EVENT_JOB_ERROR
        )
        for source in self.app.settings.enabled_sources:
            self._schedule_visit(source)
        self._every("understand", UNDERSTAND_EVERY, self.understand)
        if self.app.settings.monitor.digest.enabled:
            self._every("digest", DIGEST_EVERY, self.draft_digest)
        self._every("drift", DRIFT_EVERY, self.watch_drift)
        self._scheduler.start()
        try:
            await stop.wait()
        finally:
            stop.set()
            # The scheduler's own shutdown would cancel visits under way: let them end first.
            self._scheduler.remove_all_jobs()
            await self._idle.wait()
            self._scheduler.shutdown(wait=False)
            await sending
            await self.drain()

    def _schedule_visit(self, source: Source) -> None:
        seconds = max(source.interval / self.app.clock.speed, LEAST_INTERVAL).total_seconds()
        first = self._random.uniform(0, min(seconds, FIRST_VISITS_WITHIN.total_seconds()))
        self._scheduler.add_job(
            self._visit,
            IntervalTrigger(seconds=seconds, jitter=seconds * self.jitter, timezone="UTC"),
            args=(source,),
            id=VISIT + source.id,
            next_run_time=datetime.now(self._scheduler.timezone) + timedelta(seconds=first),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=max(1, round(seconds)),
        )

    def _every(self, name: str, interval: timedelta, work: Callable[[], Awaitable[object]]) -> None:
        seconds = max(interval / self.app.clock.speed, LEAST_INTERVAL).total_seconds()
        self._scheduler.add_job(
            work,
            IntervalTrigger(seconds=seconds, timezone="UTC"),
            id=name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def _on_trouble(self, event: JobEvent) -> None:
        """Log and count what the scheduler could not run; a missed visit is a gap in coverage."""
        if event.code == EVENT_JOB_ERROR:
            log.error("job failed", job=event.job_id, error=str(event.exception))
            return
        if not event.job_id.startswith(VISIT):
            return
        self.counters.missed += 1
        source_id = event.job_id.removeprefix(VISIT)
        now = self.app.clock.now()
        reason = (
            "the visit before had not ended" if event.code == EVENT_JOB_MAX_INSTANCES else "started too late"
        )
        log.warning("visit missed", source=source_id, reason=reason)
        self.app.store.articles.record_run(SourceRun(source_id, now, now, RunOutcome.MISSED, reason=reason))

    async def _visit(self, source: Source) -> SourceRun:
        with self._busy():
            run = await self.visitor.visit(source)
        self.counters.visits += 1
        self.counters.articles += run.articles
        self.on_round(self.counters)
        return run

    @contextmanager
    def _busy(self) -> Iterator[None]:
        """Mark that a job is under way, so that stopping waits for it."""
        self._jobs += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._jobs -= 1
            if not self._jobs:
                self._idle.set()

    async def visit_all(self, sources: list[Source]) -> list[SourceRun]:
        """Visit the sources once, side by side."""
        return list(await asyncio.gather(*(self._visit(source) for source in sources)))

    async def understand(self) -> AssessReport:
        """Assess what waits and decide alerts; the classifier runs beside the event loop."""
        async with self._understanding:
            with self._busy():
                report = await asyncio.to_thread(
                    assess_articles,
                    self.app.store.findings,
                    self.app.reader,
                    self.app.settings.sources,
                    self.app.clock.now(),
                )
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
        count = 0
        while True:
            new = raise_alerts(
                store.findings,
                store.alerts,
                store.chats,
                self.app.settings.rules,
                self.app.clock.now(),
                max_age=timedelta(hours=monitor.alerts.max_age_hours),
                allowed_chats=monitor.telegram.allowed_chats,
            )
            if new is None:
                return count
            count += len(new)

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
