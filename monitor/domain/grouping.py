"""Which alarms people are told of now, and which together: one outage of many sources is one notice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from monitor.domain.failing import VISIT_KINDS
from monitor.domain.notices import Alarm, AlarmKind, Notice

T = TypeVar("T")

SAME_CAUSE = timedelta(hours=1)
"""Sources whose visits began to fail within this time of one another may share a cause."""
PATIENCE = timedelta(hours=2)
"""A notice does not wait longer for others to join it."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A source that may raise an alarm soon: its visits fail since then, but not yet long enough."""

    source_id: str
    kind: AlarmKind
    since: datetime


@dataclass(frozen=True, slots=True)
class Ending:
    """A notice whose trouble ended, and when."""

    notice: Notice
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """What to tell: each group in one notice."""

    begin: tuple[tuple[Alarm, ...], ...]
    end: tuple[tuple[Ending, ...], ...]


def plan_notices(
    alarms: Sequence[Alarm],
    lasting: Sequence[Notice],
    ends: Mapping[int, datetime],
    suspects: Sequence[Suspect],
    recovering: Collection[str],
    now: datetime,
    group_at: int,
) -> Plan:
    """Decide which notices begin and end now.

    `alarms` are those that hold, `lasting` the open notices, `ends` when the trouble of those that
    hold no more ended, by number. Sources are visited one after another, so that one outage shows in
    one after another: a notice waits while enough others that fail since about the same time are
    about to join, and an end while others of its group were read once again.
    """
    known = {notice.alarm.key for notice in lasting}
    new: dict[AlarmKind, list[Alarm]] = defaultdict(list)
    for alarm in alarms:
        if alarm.key not in known:
            new[alarm.kind].append(alarm)
    begin = [
        group
        for kind, mine in new.items()
        if not _must_wait(kind, mine, suspects, now, group_at)
        for group in _group(mine, group_at)
    ]
    over: dict[AlarmKind, list[Ending]] = defaultdict(list)
    for notice in lasting:
        if notice.id in ends and not _group_recovers(notice, lasting, ends, recovering, now, group_at):
            over[notice.alarm.kind].append(Ending(notice, ends[notice.id]))
    end = [group for mine in over.values() for group in _group(mine, group_at)]
    return Plan(tuple(begin), tuple(end))


def _must_wait(
    kind: AlarmKind, mine: Sequence[Alarm], suspects: Sequence[Suspect], now: datetime, group_at: int
) -> bool:
    """Whether others are about to join alarms of one kind, and enough of them."""
    if kind not in VISIT_KINDS:
        return False
    first = min(alarm.since or now for alarm in mine)
    joining = [
        s
        for s in suspects
        if s.kind is kind and abs(s.since - first) <= SAME_CAUSE and now - s.since < PATIENCE
    ]
    return bool(joining) and len(mine) + len(joining) >= group_at


def _group_recovers(
    notice: Notice,
    lasting: Sequence[Notice],
    ends: Mapping[int, datetime],
    recovering: Collection[str],
    now: datetime,
    group_at: int,
) -> bool:
    """Whether others that were told of together with the notice are about to end too."""
    together = [n for n in lasting if (n.alarm.kind, n.began_at) == (notice.alarm.kind, notice.began_at)]
    if len(together) < group_at:
        return False
    first = min(ends[n.id] for n in together if n.id in ends)
    return now - first < PATIENCE and any(
        n.id not in ends and n.alarm.source_id in recovering for n in together
    )


def _group(mine: Sequence[T], group_at: int) -> list[tuple[T, ...]]:
    return [tuple(mine)] if len(mine) >= group_at else [(one,) for one in mine]
