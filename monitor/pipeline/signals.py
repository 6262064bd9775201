"""Looking for signals: weeks and speakers once a day, sources each time; saved with their deliveries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.domain.coverage import HourCoverage
from monitor.domain.delivery import TELEGRAM
from monitor.domain.moments import week_start
from monitor.domain.routing import Audience, urgency_of
from monitor.domain.signal_finding import (
    BASELINE_WEEKS,
    WEEK,
    SignalThresholds,
    comparable_sources,
    find_divergences,
    find_shifts,
    week_before,
)
from monitor.domain.signal_routing import Recipient, route_signal
from monitor.domain.signal_silence import find_source_silences, find_speaker_silences
from monitor.domain.signals import Signal
from monitor.domain.source import FOLDER, Source
from monitor.domain.trends import SourceCoverage, share_covered
from monitor.pipeline.alert import CONSOLE, CONSOLE_RECIPIENT, ReadAudience
from monitor.pipeline.digest import cover_source
from monitor.pipeline.ports import Articles, Notices, Signals, Watching

SPEAKERS_FROM = 24 * WEEK
"""So far back speakers are looked at: twelve weeks of custom, and as much silence."""


@dataclass
class SignalWatch:
    """Finds what is to be told beside statements; the settings may change between two looks."""

    signals: Signals
    notices: Notices
    watching: Watching
    articles: Articles
    zone: ZoneInfo
    thresholds: SignalThresholds = field(default_factory=SignalThresholds)
    _looked: date | None = None

    def look(
        self, sources: Sequence[Source], read_audience: ReadAudience, now: datetime
    ) -> list[tuple[int, Signal]]:
        """Find and save what is new; returns it with its numbers.

        What was said is looked through once a day, after a restart at once: a week that is over
        changes only by what is collected late.
        """
        found = find_source_silences(self.notices.open(), {s.id: s.outlet for s in sources if s.enabled}, now)
        today = now.astimezone(self.zone).date()
        if today != self._looked:
            found += self._look_through(sources, now)
            self._looked = today
        known = self.signals.known_keys([signal.key for signal in found])
        new = [signal for signal in found if signal.key not in known]
        if not new:
            return []
        audience = read_audience()
        return self.signals.save(new, {s.key: address_signal(s, audience, now) for s in new}, now)

    def _look_through(self, sources: Sequence[Source], now: datetime) -> list[Signal]:
        week = week_before(now, self.zone)
        end = week_start(week + WEEK + timedelta(hours=12), self.zone)
        first = week_before(week, self.zone, BASELINE_WEEKS)
        covered = self._cover(sources, first, now)
        comparable = comparable_sources(covered, first, week, end, self.thresholds.least_coverage)
        found: list[Signal] = []
        if comparable:
            sayings = [s for s in self.signals.sayings(first, end) if s.source_id in comparable]
            coverage = self._by_week([covered[source_id] for source_id in comparable], first, end)
            told = self.signals.since(now - 3 * WEEK)
            where = (week, self.zone, comparable)
            found += find_shifts(sayings, *where, coverage, self.thresholds, now)
            found += find_divergences(sayings, *where, self.thresholds, told, now)
        spoken = self.signals.spoken(now - SPEAKERS_FROM, now)
        return found + find_speaker_silences(spoken, covered, self.thresholds, now)

    def _cover(
        self, sources: Sequence[Source], since: datetime, until: datetime
    ) -> dict[str, SourceCoverage]:
        """Return how each source was read; drop folders are not: nobody visits them."""
        by_source: dict[str, list[HourCoverage]] = defaultdict(list)
        for hour in self.watching.hours(since, until):
            by_source[hour.source_id].append(hour)
        volumes = self.articles.volumes(since, until)
        return {
            source.id: cover_source(source, by_source[source.id], volumes.get(source.id, ()), until)
            for source in sources
            if source.enabled and source.kind != FOLDER and by_source[source.id]
        }

    def _by_week(
        self, covered: Sequence[SourceCoverage], first: datetime, end: datetime
    ) -> Mapping[datetime, float | None]:
        weeks: dict[datetime, float | None] = {}
        week = first
        while week < end:
            following = week_start(week + WEEK + timedelta(hours=12), self.zone)
            weeks[week] = share_covered(covered, week, following)
            week = following
        return weeks


def address_signal(signal: Signal, audience: Audience, now: datetime) -> list[Recipient]:
    """Return where a signal goes: the console at once, and each place that wants it when it may."""
    urgency = urgency_of(signal.severity)
    places = route_signal(signal, audience, now)
    return [
        Recipient(CONSOLE, CONSOLE_RECIPIENT, now, urgency),
        *(Recipient(TELEGRAM, str(place), due, urgency) for place, due in places.items()),
    ]
