"""How sides speak to one another over weeks, and what a speaker said, from the store."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from monitor.domain.coverage import HourCoverage
from monitor.domain.gaps import uncovered_weeks
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
MOST_KEPT = 8


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
    _read: dict[datetime, tuple[datetime, WeeksRead]] = field(default_factory=dict)
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
        """Return which weeks were read; the hours of all sources are many, so it is kept for an hour."""
        with self._lock:
            at, kept = self._read.get(first, (None, None))
            if kept is not None and at == hour_start(now):
                return kept
            found = self._count_weeks(first, now)
            if len(self._read) > MOST_KEPT:
                self._read.clear()
            self._read[first] = (hour_start(now), found)
            return found

    def _count_weeks(self, first: datetime, now: datetime) -> WeeksRead:
        hours = self.watching.hours(first, now)
        volumes = self.articles.volumes(first, now)
        by_source: dict[str, list[HourCoverage]] = defaultdict(list)
        for hour in hours:
            by_source[hour.source_id].append(hour)
        covered = [
            cover_source(source, by_source[source.id], volumes.get(source.id, ()), hour_start(now))
            for source in self.sources
            if source.enabled and source.kind != FOLDER and by_source[source.id]
        ]
        shares = dict[datetime, float | None]()
        week = first
        while week < now:
            following = week_start(week + WEEK + timedelta(hours=12), self.zone)
            shares[week] = share_covered(covered, week, min(following, hour_start(now)))
            week = following
        uncovered = uncovered_weeks((), first, now, self.zone, hours)
        begun = week_start(now, self.zone)
        # A week that has just begun was not missed: its first visits are on their way.
        return WeeksRead(uncovered - {begun} if now - begun < JUST_BEGUN else uncovered, shares)
