"""Watching over sources: figures from the store, alarms from figures, notices into the outbox."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from typing import TypeVar

from monitor.domain.coverage import HourCoverage, find_blind, hours_between
from monitor.domain.failing import VISIT_KINDS
from monitor.domain.grouping import Ending, Suspect, plan_notices
from monitor.domain.health import (
    LEARN_FROM,
    Figures,
    Thresholds,
    decide_alarms,
    find_end,
    is_recovering,
    make_history,
    suspect,
)
from monitor.domain.moments import hour_start
from monitor.domain.notice_words import Missed, tell_begun, tell_ended
from monitor.domain.notices import Alarm, AlarmKind, Notice
from monitor.domain.quality import ArticleFacts, ItemFacts
from monitor.domain.rhythm import Rhythm
from monitor.domain.source import Source
from monitor.domain.volume import LEAST_SILENCE, History, WindowRhythm, learn_windows
from monitor.pipeline.notices import address_notices
from monitor.pipeline.ports import Notices, Watching

T = TypeVar("T")

VISITS_LOOKED_AT = 12
ARTICLES_LOOKED_AT = 100
ARTICLES_FROM = timedelta(days=28)
ITEMS_FROM = timedelta(hours=48)
LEARN_EVERY = timedelta(hours=24)
LEARNT_WELL = 14 * 24
"""With fewer hours of history a source's rhythm is learnt anew four times as often."""
LEAST_SHARE_MISSED = 0.3
CLOCK_TOLERANCE = timedelta(minutes=5)
CLOCK_TOLD_FOR = timedelta(hours=1)


@dataclass
class _Arrived:
    """What came from one source, by hour, and when the newest was first seen."""

    articles: dict[datetime, int] = field(default_factory=dict)
    moments: dict[datetime, int] = field(default_factory=dict)
    last: datetime | None = None


@dataclass
class _Learnt:
    """What one source's past taught, and from which state of it."""

    history: History | None = None
    history_of: object = None
    windows: tuple[WindowRhythm, ...] = ()
    windows_of: object = None
    quiet: Rhythm | None = None
    quiet_of: object = None
    quiet_until: datetime | None = None


@dataclass
class HealthWatch:
    """Looks at all sources now and then, and tells operators once when a trouble begins and ends.

    What it knows of the past it reads once and then keeps up, so that a check reads little; after a
    restart it finds everything in the store again.
    """

    watching: Watching
    notices: Notices
    thresholds: Thresholds
    zone: tzinfo
    """The zone of the times in notices."""
    operators: Sequence[int] = ()
    """Chats that are told, beside the console."""
    _hours: dict[str, dict[datetime, HourCoverage]] = field(default_factory=lambda: defaultdict(dict))
    _arrivals: dict[str, _Arrived] = field(default_factory=lambda: defaultdict(_Arrived))
    _known_until: datetime | None = None
    _learnt: dict[str, _Learnt] = field(default_factory=dict)
    _ticked: tuple[datetime, float] | None = None
    _jump: Alarm | None = None

    def check(self, sources: Sequence[Source], now: datetime, ticks: float | None = None) -> list[Notice]:
        """Look at the enabled sources once; returns the notices that began or ended.

        `ticks` are seconds of a timer that nobody sets, at the speed of the clock that `now` is of:
        with them it is noticed when the clock is set anew.
        """
        figures = self.gather(sources, now)
        alarms = [alarm for one in figures for alarm in decide_alarms(one, self.thresholds)]
        alarms += self._watch_clock(figures, now, ticks)
        lasting = [n for n in self.notices.open() if n.alarm.source_id or n.alarm.kind is AlarmKind.CLOCK]
        by_id = {one.source.id: one for one in figures}
        holding = {alarm.key for alarm in alarms}
        plan = plan_notices(
            alarms,
            lasting,
            {n.id: self._end(by_id, n, now) for n in lasting if n.alarm.key not in holding},
            [Suspect(one.source.id, *found) for one in figures if (found := suspect(one))],
            {one.source.id for one in figures if is_recovering(one)},
            now,
            self.thresholds.group_at,
        )
        outlets = {source.id: source.outlet for source in sources}
        texts = [tell_begun(group, outlets, self.zone, now) for group in plan.begin]
        for ended in plan.end:
            missed = [self._measure_missed(by_id.get(one.notice.alarm.source_id), one) for one in ended]
            texts.append(tell_ended(missed, outlets, self.zone))
        return self.notices.save(
            [alarm for group in plan.begin for alarm in group],
            {one.notice.id: one.ended_at for group in plan.end for one in group},
            address_notices(texts, self.operators),
            now,
        )

    def gather(self, sources: Sequence[Source], now: datetime) -> list[Figures]:
        """Return what is known of each enabled source now."""
        self._keep_up(now)
        enabled = [source for source in sources if source.enabled]
        ids = [source.id for source in enabled]
        visits = self.watching.last_visits(ids, VISITS_LOOKED_AT)
        articles = self.watching.last_articles(ids, now - ARTICLES_FROM, ARTICLES_LOOKED_AT)
        failed = self.watching.failed_items(ids, now - ITEMS_FROM)
        troubles = self.watching.item_troubles(now - ITEMS_FROM)
        notices: dict[str, list[Notice]] = defaultdict(list)
        for notice in self.notices.since(now - LEARN_FROM):
            notices[notice.alarm.source_id].append(notice)
        return [
            self._complete(
                Figures(
                    source=source,
                    now=now,
                    visits=visits.get(source.id, ()),
                    items=_merge_items(
                        articles.get(source.id, ()), failed.get(source.id, ()), now - ITEMS_FROM
                    ),
                    articles=articles.get(source.id, ()),
                    item_troubles=troubles.get(source.id, {}),
                    last_arrival=self._arrivals[source.id].last,
                    notices=notices[source.id],
                )
            )
            for source in enabled
        ]

    def _complete(self, figures: Figures) -> Figures:
        """Add a source's past and what it teaches, learning anew only what may have changed."""
        source, now, notices = figures.source, figures.now, figures.notices
        articles, moments = self._arrivals[source.id].articles, self._arrivals[source.id].moments
        known = self._learnt.setdefault(source.id, _Learnt())
        told = (source, tuple((n.id, n.ended_at) for n in notices))
        if known.history is None or known.history_of != (told, hour_start(now)):
            known.history = make_history(source, self.hours_of(source.id), articles, moments, notices, now)
            known.history_of = (told, hour_start(now))
        history = known.history
        # Sources take turns in learning anew, so that no check learns everything.
        every = LEARN_EVERY if len(history.usable) >= LEARNT_WELL else LEARN_EVERY / 4
        turn = int((now.timestamp() + zlib.crc32(source.id.encode())) / every.total_seconds())
        if known.windows_of != (told, turn):
            known.windows, known.windows_of = learn_windows(history, now), (told, turn)
        since = figures.quiet_since
        if since is None or now - since < LEAST_SILENCE:
            return replace(figures, history=history, windows=known.windows)
        if known.quiet_of != (told, turn) or known.quiet_until is None or known.quiet_until > since:
            known.quiet, known.quiet_of = history.learn(moments, hour_start(since)), (told, turn)
            known.quiet_until = since
        quiet = known.quiet
        return replace(figures, history=history, windows=known.windows, moments=quiet)

    def hours_of(self, source_id: str) -> list[HourCoverage]:
        """Return the hours of a source as the last check knew them, by time."""
        hours = self._hours.get(source_id, {})
        return [hours[hour] for hour in sorted(hours)]

    def _keep_up(self, now: datetime) -> None:
        """Read the hours that are new or may have changed since the last check."""
        first = hour_start(now - LEARN_FROM)
        since = first if self._known_until is None else max(first, self._known_until - timedelta(hours=1))
        until = hour_start(now) + timedelta(hours=1)
        for hour in self.watching.hours(since, until):
            self._hours[hour.source_id][hour.hour] = hour
        for arrivals in self.watching.arrivals(since, until):
            arrived = self._arrivals[arrivals.source_id]
            arrived.articles[arrivals.hour] = arrivals.articles
            arrived.moments[arrivals.hour] = arrivals.moments
            arrived.last = max(arrivals.last, arrived.last or arrivals.last)
        for hours in self._hours.values():
            _forget(hours, first)
        for arrived in self._arrivals.values():
            _forget(arrived.articles, first)
            _forget(arrived.moments, first)
        self._known_until = hour_start(now)

    def _watch_clock(self, figures: Iterable[Figures], now: datetime, ticks: float | None) -> list[Alarm]:
        """Return the alarm that the machine's clock was set anew, or stands before what is recorded."""
        latest = max((run.started_at for one in figures for run in one.visits[-1:]), default=now)
        before, self._ticked = self._ticked, None if ticks is None else (now, ticks)
        if before is not None and ticks is not None:
            jump = (now - before[0]) - timedelta(seconds=ticks - before[1])
            if abs(jump) > CLOCK_TOLERANCE:
                way = "ahead" if jump > timedelta(0) else "back"
                detail = (
                    f"it jumped {way} by {abs(jump).total_seconds() / 60:.0f} minutes, or the machine slept"
                )
                self._jump = Alarm(AlarmKind.CLOCK, "", detail, now)
        if latest > now + CLOCK_TOLERANCE:
            detail = f"visits are recorded up to {latest:%Y-%m-%d %H:%M} UTC, which is still to come"
            return [Alarm(AlarmKind.CLOCK, "", detail, now)]
        since = self._jump.since if self._jump else None
        if self._jump is None or since is None or abs(now - since) > CLOCK_TOLD_FOR:
            self._jump = None
            return []
        return [self._jump]

    def _end(self, by_id: Mapping[str, Figures], notice: Notice, now: datetime) -> datetime:
        figures = by_id.get(notice.alarm.source_id)
        return find_end(figures, notice) if figures else now

    def _measure_missed(self, figures: Figures | None, ending: Ending) -> Missed:
        """Return what a trouble kept from us, as far as the source's rhythm before it tells."""
        notice, ended_at = ending.notice, ending.ended_at
        if figures is None or figures.history is None:
            return Missed(notice, ended_at, watched=not notice.alarm.source_id)
        source, history = figures.source, figures.history
        rhythm = history.learn(history.articles, notice.since)
        blind = find_blind(self.hours_of(source.id), source.interval, notice.since, ended_at)
        if notice.alarm.kind in (AlarmKind.CLOCK, AlarmKind.UNREAD):
            return Missed(notice, ended_at)
        hours = hours_between(hour_start(notice.since), ended_at)
        expected = rhythm.expected(hours) if rhythm.known else 0.0
        missed = expected - sum(history.articles.get(hour, 0) for hour in hours)
        # Less than that is the usual up and down of a source.
        told = missed if missed >= LEAST_SHARE_MISSED * expected else None
        if notice.alarm.kind is AlarmKind.LAYOUT and not blind:
            told = None  # what came was badly extracted, but it came
        return Missed(notice, ended_at, len(blind) if notice.alarm.kind in VISIT_KINDS else 0, told)


def _merge_items(
    articles: Sequence[ArticleFacts], failed: Sequence[ItemFacts], since: datetime
) -> list[ItemFacts]:
    """Return what became of the items of late, in the order in which they were first seen."""
    taken = [ItemFacts(a.at, collected=True, attempts=1) for a in articles if a.at >= since]
    return sorted([*taken, *failed], key=lambda item: item.first_seen_at)


def _forget(kept: dict[datetime, T], before: datetime) -> None:
    for hour in [hour for hour in kept if hour < before]:
        del kept[hour]


def forget_old_visits(watching: Watching, now: datetime, keep: timedelta = timedelta(days=90)) -> int:
    """Forget the visits that are older than `keep`; returns how many. Their hours stay."""
    return watching.prune_runs(now - keep)
