"""Watching over sources: alarms from figures, notices into the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from monitor.domain.coverage import find_blind, hours_between
from monitor.domain.failing import VISIT_KINDS
from monitor.domain.grouping import Ending, Suspect, plan_notices
from monitor.domain.health import Figures, Thresholds, decide_alarms, find_end, is_recovering, suspect
from monitor.domain.moments import hour_start
from monitor.domain.notice_words import Missed, tell_begun, tell_ended
from monitor.domain.notices import Alarm, AlarmKind, Notice
from monitor.domain.source import Source
from monitor.pipeline.figures import FigureBook
from monitor.pipeline.notices import address_notices
from monitor.pipeline.ports import Notices, Watching

LEAST_SHARE_MISSED = 0.3
CLOCK_TOLERANCE = timedelta(minutes=5)
CLOCK_TOLD_FOR = timedelta(hours=1)


@dataclass
class HealthWatch:
    """Looks at all sources now and then, and tells operators once when a trouble begins and ends."""

    watching: Watching
    notices: Notices
    thresholds: Thresholds
    zone: tzinfo
    """The zone of the times in notices."""
    operators: Sequence[int] = ()
    """Chats that are told, beside the console."""
    _ticked: tuple[datetime, float] | None = None
    _jump: Alarm | None = None
    _book: FigureBook = field(init=False)

    def __post_init__(self) -> None:
        self._book = FigureBook(self.watching, self.notices)

    def check(self, sources: Sequence[Source], now: datetime, ticks: float | None = None) -> list[Notice]:
        """Look at the enabled sources once; returns the notices that began or ended.

        `ticks` are seconds of a timer that nobody sets, at the speed of the clock that `now` is of:
        with them it is noticed when the clock is set anew.
        """
        figures = self._book.gather(sources, now)
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
        blind = find_blind(self._book.hours_of(source.id), source.interval, notice.since, ended_at)
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


def forget_old_visits(watching: Watching, now: datetime, keep: timedelta = timedelta(days=90)) -> int:
    """Forget the visits that are older than `keep`; returns how many. Their hours stay."""
    return watching.prune_runs(now - keep)
