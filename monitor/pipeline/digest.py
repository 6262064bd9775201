"""The weekly digest's life: drafted once, reviewed by people, published once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from monitor.domain.actors import Target
from monitor.domain.coverage import CoverageGap, HourCoverage, count_hours, find_blind, hours_between
from monitor.domain.delivery import TELEGRAM, DeliveryKind, NewDelivery
from monitor.domain.digest import BASELINE_WEEKS, Digest, DigestState, ReviewStep, compile_digest
from monitor.domain.gaps import find_gaps, uncovered_weeks
from monitor.domain.moments import hour_start, week_start
from monitor.domain.rhythm import learn_rhythm
from monitor.domain.source import FOLDER, Source
from monitor.domain.stance import Stance
from monitor.domain.trends import SourceCoverage, share_covered
from monitor.errors import MonitorError
from monitor.pipeline.ports import Articles, Chats, Digests, Findings, Watching

WEEK = timedelta(days=7)
ACTIONS = ("drop", "restore", "relabel", "approve")


class ReviewError(MonitorError):
    """A step of the review cannot be made; says why and what can."""


@dataclass(frozen=True, slots=True)
class DigestDesk:
    """Drafts, reviews and publishes digests; every step is recorded with who and when."""

    findings: Findings
    articles: Articles
    digests: Digests
    chats: Chats
    sources: Sequence[Source]
    targets: Mapping[str, Target] = field(hash=False)
    zone_name: str
    weekday: int
    """The weekday of drafting, Monday is 0."""
    at: time
    write: Callable[[Digest, Sequence[ReviewStep]], Sequence[Path]]
    """Writes a digest's files and returns their paths."""
    allowed_chats: Sequence[int] = ()
    watching: Watching | None = None
    """Where the hours of all sources are kept; without it they are counted from the visits."""

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose wall clock weeks follow."""
        return ZoneInfo(self.zone_name)

    def due_week(self, now: datetime) -> datetime:
        """Return the newest week whose draft should exist by now.

        The draft of a week is due on the configured weekday and wall-clock time after it ended,
        so a service that slept through that moment still drafts it, once.
        """
        local = now.astimezone(self.zone)
        monday = local.date() - timedelta(days=local.weekday())
        moment = datetime.combine(monday + timedelta(days=self.weekday), self.at, self.zone)
        this_week = week_start(now, self.zone)
        back = 1 if local >= moment else 2
        return week_start(this_week - back * WEEK + timedelta(hours=12), self.zone)

    def draft_due(self, now: datetime) -> Digest | None:
        """Draft the due week unless that was done; returns the new draft."""
        week = self.due_week(now)
        return None if self.digests.get(week) else self.draft(week, now)

    def draft(self, week: datetime, now: datetime) -> Digest | None:
        """Compile and save the week's draft; None when there is one already."""
        start = week_start(week, self.zone)
        end = week_start(start + WEEK + timedelta(hours=12), self.zone)
        first = week_start(start - BASELINE_WEEKS * WEEK + timedelta(hours=12), self.zone)
        hours = self._hours(first, end)
        runs = self.articles.runs(start, end)
        volumes = self.articles.volumes(first, end)
        gaps = find_gaps(self.sources, runs, volumes, start, end, hours)
        digest = compile_digest(
            findings=self.findings.between(first, end),
            targets=list(self.targets),
            week=start,
            zone=self.zone,
            zone_name=self.zone_name,
            gaps=gaps,
            uncovered=dict.fromkeys(self.targets, uncovered_weeks(runs, first, end, self.zone, hours)),
            now=now,
            coverage=self._coverage(hours, volumes, first, end),
        )
        if not self.digests.save_draft(digest, now):
            return None
        self.digests.add_step(ReviewStep(digest.week, now, "rhetoric-monitor", "draft"))
        return self.show(start)

    def _hours(self, since: datetime, until: datetime) -> list[HourCoverage]:
        """Return what each hour brought: as kept, or counted from the visits where nobody keeps them."""
        if self.watching is None:
            return count_hours(self.articles.runs(since, until))
        return self.watching.hours(since, until)

    def _coverage(
        self,
        hours: Sequence[HourCoverage],
        volumes: Mapping[str, Sequence[datetime]],
        first: datetime,
        end: datetime,
    ) -> dict[datetime, float | None]:
        """Return of each week the share of the expected volume that was read."""
        by_source: dict[str, list[HourCoverage]] = defaultdict(list)
        for hour in hours:
            by_source[hour.source_id].append(hour)
        covered = [
            cover_source(source, by_source[source.id], volumes.get(source.id, ()), end)
            for source in self.sources
            if source.enabled and source.kind != FOLDER and by_source[source.id]
        ]
        weeks = dict[datetime, float | None]()
        week = first
        while week < end:
            following = week_start(week + WEEK + timedelta(hours=12), self.zone)
            weeks[week] = share_covered(covered, week, following)
            week = following
        return weeks

    def show(self, week: datetime | None = None) -> Digest:
        """Return a week's digest, the newest if none is named, with its review applied."""
        weeks = self.digests.weeks()
        if not weeks:
            raise ReviewError("there is no digest yet; `rhetoric-monitor digest draft` makes one")
        wanted = weeks[0] if week is None else week_start(week, self.zone)
        digest = self.digests.get(wanted)
        if digest is None:
            known = ", ".join(f"{w.astimezone(self.zone):%Y-%m-%d}" for w in weeks[:5])
            raise ReviewError(
                f"no digest for the week of {wanted.astimezone(self.zone):%Y-%m-%d}; there are {known}"
            )
        return digest

    def review(
        self,
        week: datetime,
        reviewer: str,
        action: str,
        now: datetime,
        entry: int | None = None,
        detail: str = "",
    ) -> Digest:
        """Record one step of a draft's review and return the digest as it then stands."""
        digest = self.show(week)
        if digest.state is not DigestState.DRAFT:
            raise ReviewError(f"the digest is {digest.state}; only a draft is reviewed")
        if action not in ACTIONS:
            raise ReviewError(f"unknown action {action!r}; one of {', '.join(ACTIONS)}")
        if action != "approve" and entry not in {e.number for e in digest.entries}:
            raise ReviewError(f"the digest has no entry {entry}; it has {len(digest.entries)}")
        if action == "relabel" and detail not in set(Stance):
            raise ReviewError(f"{detail!r} is no stance; one of {', '.join(Stance)}")
        self.digests.add_step(ReviewStep(digest.week, now, reviewer, action, entry, detail))
        return self.show(digest.week)

    def publish(self, week: datetime, reviewer: str, now: datetime) -> Sequence[Path]:
        """Write an approved digest's files and put it into the outbox of every subscriber, once."""
        digest = self.show(week)
        if digest.state is DigestState.DRAFT:
            raise ReviewError("the digest is a draft; a reviewer approves it first")
        step = ReviewStep(digest.week, now, reviewer, "publish")
        chats = dict.fromkeys(s.chat_id for s in self.chats.subscriptions())
        served = [c for c in chats if c in self.allowed_chats or self.chats.is_served(c)]
        deliveries = [
            NewDelivery(DeliveryKind.DIGEST, digest.week.isoformat(), TELEGRAM, str(chat)) for chat in served
        ]
        if digest.state is DigestState.APPROVED:
            self.digests.publish(step, deliveries)
        return self.write(self.show(digest.week), self.digests.steps(digest.week))

    def gaps(self, since: datetime, until: datetime) -> list[CoverageGap]:
        """Return where coverage failed in a stretch of time."""
        first = since - BASELINE_WEEKS * WEEK
        volumes = self.articles.volumes(first, until)
        runs = self.articles.runs(since, until)
        return find_gaps(self.sources, runs, volumes, since, until, self._hours(first, until))


def cover_source(
    source: Source, hours: Sequence[HourCoverage], said: Sequence[datetime], until: datetime
) -> SourceCoverage:
    """Return how a source was read, with its rhythm by when its articles were said.

    `hours` are those of the source, by time.
    """
    since = hours[0].hour
    blind = frozenset(find_blind(hours, source.interval, since, until))
    counts = Counter(hour_start(moment) for moment in said)
    # The first hour brings all that the front still showed.
    read = [hour for hour in hours_between(since, until)[1:] if hour not in blind]
    return SourceCoverage(learn_rhythm(counts, read, ZoneInfo(source.timezone)), since, blind, counts)
