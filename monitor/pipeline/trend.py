"""How sides speak to one another over weeks, and what a speaker said, from the store."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from monitor.domain.coverage import HourCoverage
from monitor.domain.moments import hour_start, week_start
from monitor.domain.source import FOLDER, Source
from monitor.domain.trend_lines import (
    USUAL_WEEKS,
    WEEK,
    Course,
    SpeakerProfile,
    Trend,
    first_week,
    make_trend,
    profile_speaker,
)
from monitor.domain.trends import share_covered
from monitor.pipeline.digest import cover_source
from monitor.pipeline.ports import Articles, Watching
from monitor.pipeline.ports.asking import Statements

SPEAKER_SINCE = timedelta(days=90)
JUST_BEGUN = timedelta(hours=6)
CONTEXT = timedelta(weeks=2)
WEEKS_AT_ONCE = 13
"""A hundred sources leave 17,000 hours a week."""


@dataclass(frozen=True, slots=True)
class WeekRead:
    """Whether anything of a week was read, and the share of its usual volume."""

    covered: bool
    share: float | None


@dataclass(frozen=True, slots=True)
class WeeksRead:
    """Which weeks were read: those in which nothing was, and of each the share of the usual volume."""

    uncovered: frozenset[datetime]
    shares: Mapping[datetime, float | None] = field(hash=False)


@dataclass(slots=True)
class TrendDesk:
    """Answers for dyads and speakers; reads much, so call it beside the event loop."""

    statements: Statements
    articles: Articles
    watching: Watching
    sources: Sequence[Source]
    zone: tzinfo
    """Whose wall clock weeks follow."""
    _past: dict[datetime, WeekRead] = field(default_factory=dict)
    """The weeks that were over when they were counted: nothing of them changes any more."""
    _present: tuple[datetime, WeekRead] | None = None
    """In which hour the present week was counted, and what was found."""
    _begun: datetime | None = None
    """The first visit that is known of: before it there is no history, and no gap."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def trends(self, courses: Sequence[Course], now: datetime, weeks: int = USUAL_WEEKS) -> list[Trend]:
        """Return each course over so many weeks, the present one being the last."""
        first = first_week(now, weeks, self.zone)
        read = self._weeks_read(first, now)
        return [
            make_trend(
                course,
                self.statements.dyad(first, now, course.blocs, course.targets),
                now,
                weeks,
                self.zone,
                read.uncovered,
                read.shares,
            )
            for course in courses
        ]

    def profile(self, name: str, now: datetime) -> SpeakerProfile:
        """Return what a speaker said of late."""
        since = now - SPEAKER_SINCE
        return profile_speaker(name, self.statements.by_speaker(name, since, now), since)

    def speakers(self, now: datetime) -> Mapping[str, int]:
        """Return who was named of late, with how many findings each has."""
        return self.statements.speakers(now - SPEAKER_SINCE, now)

    def _weeks_read(self, first: datetime, now: datetime) -> WeeksRead:
        """Return which weeks were read; the hours of all sources are many, so a past week counts once."""
        with self._lock:
            weeks = self._weeks(first, now)
            wanted = [week for week in weeks[:-1] if week not in self._past]
            if self._present is None or self._present[0] != hour_start(now):
                wanted.append(weeks[-1])
            for start in range(0, len(wanted), WEEKS_AT_ONCE):
                found = self._count(wanted[start : start + WEEKS_AT_ONCE], now)
                self._past |= {week: one for week, one in found.items() if week != weeks[-1]}
                if weeks[-1] in found:
                    self._present = (hour_start(now), found[weeks[-1]])
            known = {week: self._past[week] for week in weeks[:-1]}
            if self._present is not None:
                known[weeks[-1]] = self._present[1]
        uncovered = {week for week, one in known.items() if not one.covered}
        # A week that has just begun was not missed: its first visits are on their way.
        if now - weeks[-1] < JUST_BEGUN:
            uncovered.discard(weeks[-1])
        return WeeksRead(frozenset(uncovered), {week: one.share for week, one in known.items()})

    def _weeks(self, first: datetime, now: datetime) -> list[datetime]:
        weeks = [first]
        while (following := week_start(weeks[-1] + WEEK + timedelta(hours=12), self.zone)) <= now:
            weeks.append(following)
        return weeks

    def _count(self, weeks: Sequence[datetime], now: datetime) -> dict[datetime, WeekRead]:
        """Count how these weeks were read, with some weeks before them to know the rhythm."""
        since = weeks[0] - CONTEXT
        until = min(week_start(weeks[-1] + WEEK + timedelta(hours=12), self.zone), now)
        hours = self.watching.hours(since, until)
        volumes = self.articles.volumes(since, until)
        by_source: dict[str, list[HourCoverage]] = defaultdict(list)
        for hour in hours:
            by_source[hour.source_id].append(hour)
        end = hour_start(until)
        covered = [
            cover_source(source, by_source[source.id], volumes.get(source.id, ()), end)
            for source in self.sources
            if source.enabled and source.kind != FOLDER and by_source[source.id]
        ]
        read = {week_start(hour, self.zone) for hour in {one.hour for one in hours if one.read}}
        tried = min((one.hour for one in hours if one.visits), default=None)
        if tried is not None:
            self._begun = min(tried, self._begun or tried)
        found: dict[datetime, WeekRead] = {}
        for week in weeks:
            following = week_start(week + WEEK + timedelta(hours=12), self.zone)
            watched = self._begun is not None and week >= week_start(self._begun, self.zone)
            share = share_covered(covered, week, min(following, end))
            found[week] = WeekRead(week in read or not watched, share)
        return found
