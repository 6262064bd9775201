"""Figures of sources from the store: read once, then kept up, so that a check reads little."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from monitor.domain.coverage import HourCoverage, SourceHealth
from monitor.domain.health import LEARN_FROM, Figures, find_shown, make_history
from monitor.domain.moments import hour_start
from monitor.domain.notices import Notice
from monitor.domain.quality import ArticleFacts, ItemFacts
from monitor.domain.rhythm import Rhythm
from monitor.domain.source import Source
from monitor.domain.standing import Standing, sum_up
from monitor.domain.volume import LEAST_SILENCE, History, WindowRhythm, learn_windows
from monitor.pipeline.ports import Notices, Watching

T = TypeVar("T")

VISITS_LOOKED_AT = 12
ARTICLES_LOOKED_AT = 100
ARTICLES_FROM = timedelta(days=28)
ITEMS_FROM = timedelta(hours=48)
SHOWN_COUNTS_FOR = timedelta(days=21)
LEARN_EVERY = timedelta(hours=24)
LEARNT_WELL = 14 * 24
"""With fewer hours of history a source's rhythm is learnt anew four times as often."""


@dataclass
class _Arrived:
    """What came from one source, by hour, and when the newest was first seen."""

    articles: dict[datetime, int] = field(default_factory=dict)
    moments: dict[datetime, int] = field(default_factory=dict)
    last: datetime | None = None
    shown: bool = False
    shown_since: datetime | None = None
    """Since when it is known, from what the front showed at the first reading, what was published."""


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
class FigureBook:
    """Everything that alarms are decided from; after a restart it finds all of it in the store again."""

    watching: Watching
    notices: Notices
    _hours: dict[str, dict[datetime, HourCoverage]] = field(default_factory=lambda: defaultdict(dict))
    _arrivals: dict[str, _Arrived] = field(default_factory=lambda: defaultdict(_Arrived))
    _known_until: datetime | None = None
    _learnt: dict[str, _Learnt] = field(default_factory=dict)

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

    def stand(
        self, sources: Sequence[Source], known: Mapping[str, SourceHealth], now: datetime
    ) -> list[Standing]:
        """Return where each enabled source stands; `known` is the store's own account of them."""
        figures = self.gather(sources, now)
        troubles = self.watching.troubles(now - timedelta(days=1), now)
        languages = self.watching.languages(now - ARTICLES_FROM)
        return [
            sum_up(
                one,
                self.hours_of(one.source.id),
                troubles.get(one.source.id, {}),
                languages.get(one.source.id, {}),
                health.last_success_at if (health := known.get(one.source.id)) else None,
                health.unread if health else 0,
            )
            for one in figures
        ]

    def _complete(self, figures: Figures) -> Figures:
        """Add a source's past and what it teaches, learning anew only what may have changed."""
        source, now, notices = figures.source, figures.now, figures.notices
        articles, moments = self._arrivals[source.id].articles, self._arrivals[source.id].moments
        self._learn_shown(source.id, now)
        known = self._learnt.setdefault(source.id, _Learnt())
        told = (source, tuple((n.id, n.ended_at) for n in notices))
        if known.history is None or known.history_of != (told, hour_start(now)):
            hours, since = self.hours_of(source.id), self._arrivals[source.id].shown_since
            known.history = make_history(source, hours, articles, moments, notices, now, since)
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

    def _learn_shown(self, source_id: str, now: datetime) -> None:
        """Take what the front showed at its first reading for history, while there is little other."""
        arrived = self._arrivals[source_id]
        first = None if arrived.shown else next((h for h in self.hours_of(source_id) if h.read), None)
        if first is None:
            return
        arrived.shown = True
        if first.hour < now - SHOWN_COUNTS_FOR:
            return
        published = self.watching.first_shown(source_id, first.hour, first.hour + timedelta(hours=1))
        shown = find_shown(published, first.hour)
        for moment in shown[1:]:
            hour = hour_start(moment)
            arrived.articles[hour] = arrived.articles.get(hour, 0) + 1
        for hour, count in Counter(
            hour_start(moment) for moment in {int(m.timestamp()) // 600: m for m in shown[1:]}.values()
        ).items():
            arrived.moments[hour] = count
        arrived.shown_since = shown[0] if shown else None

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


def _merge_items(
    articles: Sequence[ArticleFacts], failed: Sequence[ItemFacts], since: datetime
) -> list[ItemFacts]:
    """Return what became of the items of late, in the order in which they were first seen."""
    taken = [ItemFacts(a.at, collected=True, attempts=1) for a in articles if a.at >= since]
    return sorted([*taken, *failed], key=lambda item: item.first_seen_at)


def _forget(kept: dict[datetime, T], before: datetime) -> None:
    for hour in [hour for hour in kept if hour < before]:
        del kept[hour]
