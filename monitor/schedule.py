"""When sources are visited and periodic work is done; both may change while the service runs."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from monitor.domain.source import Source
from monitor.settings import Settings

log = structlog.get_logger(__name__)
LEAST_INTERVAL = timedelta(seconds=0.5)
FIRST_VISITS_WITHIN = timedelta(seconds=30)
VISIT = "visit:"
CLOCK_LOOK_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class PeriodicJob:
    """Work that is done again and again; an interval of None switches it off."""

    name: str
    interval: Callable[[Settings], timedelta | None]
    work: Callable[[], Awaitable[object]]


@dataclass
class Schedule:
    """Starts visits and periodic work, each at most once at a time.

    `visit` reads one source; `on_missed` is told of a visit that could not be started, with the
    reason; `next_interval` says after each visit how long to wait for the next. `speed` is how many
    seconds of the service's clock pass in one real second.
    """

    visit: Callable[[Source], Awaitable[object]]
    on_missed: Callable[[str, str], None]
    next_interval: Callable[[Source], timedelta]
    speed: float = 1.0
    jitter: float = 0.1
    """Share of a source's interval by which visits are spread."""
    first_wait: Callable[[Source], timedelta] = lambda _: timedelta(0)
    """For how long a source is still to be left alone when it is first scheduled."""
    _sources: dict[str, Source] = field(default_factory=dict)
    _begun: dict[str, datetime] = field(default_factory=dict)
    """When the last visit to each source began."""
    _visiting: set[str] = field(default_factory=set)
    _under_way: int = 0
    _stopping: bool = False

    def __post_init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_listener(
            self._on_trouble, EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES | EVENT_JOB_ERROR
        )
        self._random = random.Random()  # noqa: S311 - spreads load, guards nothing
        self._idle = asyncio.Event()
        self._idle.set()
        self._watching: asyncio.Task[None] | None = None

    @property
    def is_stopping(self) -> bool:
        """Whether nothing more is to be begun."""
        return self._stopping

    def start(self) -> None:
        """Begin; what is set afterwards takes its turn too."""
        self._scheduler.start()
        self._watching = asyncio.create_task(self._watch_clock(), name="clock")

    async def stop(self) -> None:
        """Start nothing more and wait for what is under way."""
        self._stopping = True
        # The scheduler's own shutdown would cancel visits under way: let them end first.
        self._scheduler.remove_all_jobs()
        if self._watching is not None:
            self._watching.cancel()
        await self._idle.wait()
        self._scheduler.shutdown(wait=False)

    async def abandon(self) -> None:
        """Start nothing more and break off what is under way; what it was about to save is not saved."""
        self._stopping = True
        self._scheduler.remove_all_jobs()
        if self._watching is not None:
            self._watching.cancel()
        self._scheduler.shutdown(wait=False)
        await asyncio.sleep(0)
        await self._idle.wait()

    def set_sources(self, sources: Iterable[Source]) -> None:
        """Visit exactly these sources from now on.

        One that is visited already keeps its turn; with another interval the next visit is counted
        from the beginning of the last one. A visit under way ends as it began.
        """
        if self._stopping:
            return
        wanted = {source.id: source for source in sources}
        for source_id in self._sources.keys() - wanted.keys():
            self._scheduler.remove_job(VISIT + source_id)
            del self._sources[source_id]
            self._begun.pop(source_id, None)
        for source in wanted.values():
            known = self._sources.get(source.id)
            self._sources[source.id] = source
            if known is None:
                self._add_visit(source)
            elif known != source:
                self._job(source.id).modify(args=(source,))
                self._pace(source)

    def set_jobs(self, jobs: Iterable[PeriodicJob], settings: Settings) -> None:
        """Do exactly this periodic work from now on; work whose interval did not change keeps its turn."""
        if self._stopping:
            return
        wanted = {job.name: job for job in jobs if job.interval(settings) is not None}
        standing = {job.id: job for job in self._scheduler.get_jobs() if not job.id.startswith(VISIT)}
        for name in standing.keys() - wanted.keys():
            standing[name].remove()
        for name, job in wanted.items():
            every = self._real(job.interval(settings) or LEAST_INTERVAL)
            if name in standing and standing[name].trigger.interval == every:
                continue
            self._scheduler.add_job(
                self._work,
                IntervalTrigger(seconds=every.total_seconds(), timezone="UTC"),
                args=(job,),
                id=name,
                replace_existing=True,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )

    def source(self, source_id: str) -> Source | None:
        """Return a source as it is visited now; None where it is not."""
        return self._sources.get(source_id)

    def visits(self) -> dict[str, timedelta]:
        """Return the sources that are visited, each with the real time between two of its visits."""
        return {source_id: self._job(source_id).trigger.interval for source_id in self._sources}

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Mark that work is under way, so that stopping waits for it."""
        self._under_way += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    def _real(self, interval: timedelta) -> timedelta:
        return max(interval / self.speed, LEAST_INTERVAL)

    def _job(self, source_id: str) -> Job:
        return self._scheduler.get_job(VISIT + source_id)

    def _add_visit(self, source: Source) -> None:
        seconds = self._real(self.next_interval(source)).total_seconds()
        first = self._random.uniform(0, min(seconds, FIRST_VISITS_WITHIN.total_seconds()))
        first += (self.first_wait(source) / self.speed).total_seconds()
        seconds = max(seconds, first)
        self._scheduler.add_job(
            self._visit,
            self._trigger(seconds),
            args=(source,),
            id=VISIT + source.id,
            next_run_time=datetime.now(UTC) + timedelta(seconds=first),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=max(1, round(seconds)),
        )

    def _trigger(self, seconds: float, first: datetime | None = None) -> IntervalTrigger:
        return IntervalTrigger(
            seconds=seconds, start_date=first, jitter=seconds * self.jitter, timezone="UTC"
        )

    async def _watch_clock(self) -> None:
        while True:
            await asyncio.sleep(CLOCK_LOOK_SECONDS)
            self.bound_waits(datetime.now(UTC))

    def bound_waits(self, now: datetime) -> None:
        """Let nothing wait for longer than its interval, as it would after the clock was set back.

        The scheduler knows the wall clock only. One that was set forward makes what is overdue run
        once.
        """
        for job in self._scheduler.get_jobs():
            longest = job.trigger.interval * (1 + self.jitter)
            if job.next_run_time is not None and job.next_run_time > now + longest:
                log.warning("the clock was set back", job=job.id, waits_until=job.next_run_time.isoformat())
                job.modify(next_run_time=now + job.trigger.interval)

    async def _work(self, job: PeriodicJob) -> None:
        with self.busy():
            await job.work()

    async def _visit(self, source: Source) -> None:
        self._begun[source.id] = datetime.now(UTC)
        self._visiting.add(source.id)
        try:
            with self.busy():
                await self.visit(source)
        finally:
            self._visiting.discard(source.id)
        if source.id in self._sources:
            self._pace(self._sources[source.id])

    def _pace(self, source: Source) -> None:
        """Bring the time between two visits to what it is to be now.

        Before its first visit a source has a turn soon, which stays; a visit under way does this
        itself when it ends.
        """
        job, begun = self._job(source.id), self._begun.get(source.id)
        every = self._real(self.next_interval(source))
        if job is None or begun is None or source.id in self._visiting or job.trigger.interval == every:
            return
        now = datetime.now(UTC)
        trigger = self._trigger(every.total_seconds(), max(begun + every, now))
        job.modify(
            trigger=trigger,
            next_run_time=trigger.get_next_fire_time(None, now),
            misfire_grace_time=max(1, round(every.total_seconds())),
        )

    def _on_trouble(self, event: JobEvent) -> None:
        """Log what failed; a visit that the scheduler could not start is a gap in coverage."""
        if event.code == EVENT_JOB_ERROR:
            log.error("job failed", job=event.job_id, error=str(event.exception))
        elif event.job_id.startswith(VISIT):
            late = event.code == EVENT_JOB_MISSED
            reason = "started too late" if late else "the visit before had not ended"
            self.on_missed(event.job_id.removeprefix(VISIT), reason)
