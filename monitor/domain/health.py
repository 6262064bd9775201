"""What is wrong with a source now, decided from plain figures; unsaid causes never look like calm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.domain.coverage import HOUR, SUCCESSES, HourCoverage, SourceRun, find_blind, hours_between
from monitor.domain.failing import (
    VISIT_KINDS,
    failing_streak,
    kind_of_visit,
    successes_in_a_row,
    watch_items,
    watch_visits,
)
from monitor.domain.moments import hour_start
from monitor.domain.notices import Alarm, AlarmKind, Notice
from monitor.domain.quality import ArticleFacts, ItemFacts, watch_dates, watch_languages, watch_layout
from monitor.domain.rhythm import Rhythm
from monitor.domain.source import FOLDER, Source
from monitor.domain.volume import (
    History,
    WindowRhythm,
    has_returned,
    measure_collapse,
    measure_silence,
)

LEARN_FROM = timedelta(weeks=8)
NEW_NORMAL = timedelta(days=28)
"""A source that came to write less for so long is taken to have a new rhythm."""
LEAST_TO_RETURN = 20.0
SHOWN_FROM, LONGEST_PAUSE = timedelta(days=5), timedelta(hours=36)

_CAUSES = frozenset(VISIT_KINDS)
_UNTYPICAL = _CAUSES | {AlarmKind.SILENT, AlarmKind.COLLAPSED}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a source counts as in trouble; `silence_chance` is how likely a week's false alarm may be."""

    silence_chance: float = 0.001
    collapse_share: float = 0.25
    group_at: int = 5


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is known of one source at a check; sequences have the oldest first.

    `moments` is the rhythm before `quiet_since`, `windows` are those before each stretch over which
    volume is compared, `notices` those of the source in the weeks that rhythms are learnt from,
    ended ones included.
    """

    source: Source
    now: datetime
    visits: Sequence[SourceRun] = ()
    items: Sequence[ItemFacts] = ()
    articles: Sequence[ArticleFacts] = ()
    item_troubles: Mapping[str, int] = field(default_factory=dict)
    last_arrival: datetime | None = None
    history: History | None = None
    moments: Rhythm | None = None
    windows: Sequence[WindowRhythm] = ()
    notices: Sequence[Notice] = ()

    def open(self, kind: AlarmKind) -> Notice | None:
        """Return the notice of this kind that lasts."""
        return next((n for n in self.notices if n.alarm.kind is kind and n.ended_at is None), None)

    def begun(self, kind: AlarmKind) -> datetime | None:
        """Return when the trouble of this kind that lasts began."""
        notice = self.open(kind)
        return notice.since if notice else None

    @property
    def quiet_since(self) -> datetime | None:
        """When nothing began to come: after the last article, or after what explains its lack."""
        return max(self.last_arrival, self.clear_since or self.last_arrival) if self.last_arrival else None

    @property
    def clear_since(self) -> datetime | None:
        """When the last trouble that explains missing articles ended."""
        ended = [n.ended_at for n in self.notices if n.ended_at and n.alarm.kind in _UNTYPICAL]
        return max(ended, default=None)

    def sound_articles(self, kind: AlarmKind) -> list[ArticleFacts]:
        """Return the articles without those of earlier troubles of this kind, which show no custom."""
        past = [n for n in self.notices if n.alarm.kind is kind and n.ended_at is not None]
        return [a for a in self.articles if not any(n.since <= a.at <= (n.ended_at or a.at) for n in past)]


def make_history(
    source: Source,
    hours: Sequence[HourCoverage],
    articles: Mapping[datetime, int],
    moments: Mapping[datetime, int],
    notices: Sequence[Notice],
    now: datetime,
    shown_since: datetime | None = None,
) -> History:
    """Return a source's past as rhythms are learnt from it.

    `hours` are those of the source, by time. The first hour teaches nothing, for it brings all that
    the front still showed, nor does one after a blind one; nor do hours of known troubles. The
    hours from `shown_since` to the first reading are known from what the front showed then.
    """
    since = max(now - LEARN_FROM, hours[0].hour) if hours else now
    blind = set(find_blind(hours, source.interval, since, now + HOUR))
    # The hour that has just begun may not have been visited yet.
    read = {hour for hour in hours_between(since, hour_start(now) + HOUR) if hour not in blind}
    untypical = [
        (hour_start(n.since), min(n.ended_at or now, n.since + NEW_NORMAL))
        for n in notices
        if n.alarm.kind in _UNTYPICAL
    ]
    usable = [
        hour
        for hour in sorted(read)
        if hour - HOUR in read and not any(begun <= hour <= ended for begun, ended in untypical)
    ]
    if shown_since is not None and hours and shown_since < hours[0].hour:
        usable = [*hours_between(shown_since, hours[0].hour), *usable]
    return History(ZoneInfo(source.timezone), articles, moments, usable, read)


def find_shown(published: Sequence[datetime], first: datetime) -> list[datetime]:
    """Return what a source published just before its first reading, by what its front showed then.

    A front shows its newest articles without a hole, but may keep some old ones on top: so only
    back to the first long pause, and not further than a few days; the oldest only says since when
    the rest is known.
    """
    shown: list[datetime] = []
    for moment in sorted((m for m in published if m <= first), reverse=True):
        before = shown[-1] if shown else first
        if before - moment > LONGEST_PAUSE or first - moment > SHOWN_FROM:
            break
        shown.append(moment)
    return shown[::-1]


def decide_alarms(figures: Figures, thresholds: Thresholds) -> list[Alarm]:
    """Return the alarms that hold for a source now, at most one of each kind.

    A source whose visits or pages fail is not called silent too: the cause explains the silence. Nor
    is one silent that collapsed: both are one trouble.
    """
    source, found = figures.source, _watch_causes(figures)
    if source.kind == FOLDER:
        return found
    # What ends with this very check still explains what did not come.
    lasting = any(figures.open(kind) for kind in _UNTYPICAL)
    explained = lasting or bool(found) or bool(failing_streak(figures.visits))
    found += [
        alarm
        for alarm in (
            watch_dates(source.id, figures.sound_articles(AlarmKind.CLOCK), figures.begun(AlarmKind.CLOCK)),
            watch_languages(
                source.id, figures.sound_articles(AlarmKind.UNREAD), figures.begun(AlarmKind.UNREAD)
            ),
        )
        if alarm
    ]
    silent = _watch_silence(figures, thresholds, explained=explained)
    collapsed = None if silent else _watch_collapse(figures, thresholds, explained=explained)
    return [*found, *(alarm for alarm in (silent, collapsed) if alarm)]


def _watch_causes(figures: Figures) -> list[Alarm]:
    """Return the alarms that say why nothing is read, or only badly."""
    source = figures.source
    lasting = next((kind for kind in VISIT_KINDS if figures.open(kind)), None)
    visits = watch_visits(source, figures.visits, lasting)
    items = (
        None
        if visits
        else watch_items(source, figures.items, Counter(figures.item_troubles), lasting=lasting)
    )
    layout = watch_layout(
        source.id, figures.sound_articles(AlarmKind.LAYOUT), figures.begun(AlarmKind.LAYOUT)
    )
    by_kind = {alarm.kind: alarm for alarm in (layout, items, visits) if alarm}
    return list(by_kind.values())


def _watch_silence(figures: Figures, thresholds: Thresholds, *, explained: bool) -> Alarm | None:
    source, last = figures.source, figures.last_arrival
    notice = figures.open(AlarmKind.SILENT)
    if notice is not None:
        # Only a new article ends a silence: a rhythm of silence is not learnt.
        return None if last and last > notice.began_at else notice.alarm
    read = [run for run in figures.visits if run.outcome in SUCCESSES]
    since, history, moments = figures.quiet_since, figures.history, figures.moments
    if explained or since is None or history is None or moments is None or not read:
        return None
    found = measure_silence(history, moments, since, read[-1].started_at)
    if found is None or found.chance >= thresholds.silence_chance:
        return None
    detail = (
        f"it is read but brings nothing new: about {found.expected:.0f} publications were expected"
        f" since then (chance {_chance(found.chance)} a week)"
    )
    return Alarm(AlarmKind.SILENT, source.id, detail, since)


def _watch_collapse(figures: Figures, thresholds: Thresholds, *, explained: bool) -> Alarm | None:
    history, windows, now = figures.history, figures.windows, figures.now
    notice = figures.open(AlarmKind.COLLAPSED)
    if history is None or not windows:
        return notice.alarm if notice else None
    if notice is not None:
        window = next((w for w in windows if w.weight >= LEAST_TO_RETURN), windows[-1])
        back = has_returned(history, window, now, thresholds.collapse_share)
        return None if back else notice.alarm
    if explained:
        return None
    found = measure_collapse(history, windows, figures.clear_since, now, thresholds.collapse_share)
    if found is None or found.chance >= thresholds.silence_chance:
        return None
    detail = (
        f"it brought {found.seen} articles in {(found.until - found.since) / HOUR:.0f} hours, about"
        f" {found.expected:.0f} were expected (chance {_chance(found.chance)} a week)"
    )
    return Alarm(AlarmKind.COLLAPSED, figures.source.id, detail, found.since)


def _chance(chance: float) -> str:
    """Write a small chance so that nobody needs to count noughts."""
    return f"1 in {1 / chance:,.0f}" if chance > 1e-9 else "below 1 in 1,000,000,000"


def find_end(figures: Figures, notice: Notice) -> datetime:
    """Return when a trouble that holds no more ended: with what showed that it is over."""
    kind, last = notice.alarm.kind, figures.last_arrival
    good = successes_in_a_row(figures.visits)
    before = figures.visits[: len(figures.visits) - len(good)]
    if good and before and before[-1].started_at >= notice.since and kind_of_visit(before[-1]) is kind:
        return good[0].started_at
    if kind is AlarmKind.SILENT and last is not None and last > notice.since:
        return last
    return figures.now


def suspect(figures: Figures) -> tuple[AlarmKind, datetime] | None:
    """Return what a source may be about to raise: its visits fail, but not yet long enough."""
    streak = failing_streak(figures.visits)
    signs = [kind for run in streak if (kind := kind_of_visit(run)) is not None]
    return (signs[-1], streak[0].started_at) if signs else None


def is_recovering(figures: Figures) -> bool:
    """Whether the last visit succeeded."""
    return bool(successes_in_a_row(figures.visits))
