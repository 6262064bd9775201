"""Notices in plain words: what began, since when and on what evidence; what ended, and what was missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from monitor.domain.notices import Alarm, AlarmKind, Notice

_BEGUN = {
    AlarmKind.DOWN: "down",
    AlarmKind.BLOCKED: "blocked: not to be read",
    AlarmKind.ANTI_BOT: "behind an anti-bot page",
    AlarmKind.SILENT: "silent",
    AlarmKind.COLLAPSED: "bringing far less than before",
    AlarmKind.SOFT_404: "answering with pages that are not there",
    AlarmKind.LAYOUT: "not extracted well any more",
    AlarmKind.CLOCK: "giving dates that are not to be believed",
    AlarmKind.UNREAD: "writing in a language that is not read",
}
_OVER = {
    AlarmKind.DOWN: "read again",
    AlarmKind.BLOCKED: "no longer blocked",
    AlarmKind.ANTI_BOT: "no longer behind an anti-bot page",
    AlarmKind.SILENT: "no longer silent",
    AlarmKind.COLLAPSED: "bringing as much as before again",
    AlarmKind.SOFT_404: "showing its articles again",
    AlarmKind.LAYOUT: "extracted well again",
    AlarmKind.CLOCK: "giving dates that can be believed again",
    AlarmKind.UNREAD: "writing in a language that is read again",
}
_SERVICE = {
    AlarmKind.CLOCK: "The machine's clock",
    AlarmKind.CONFIGURATION: "The configuration",
    AlarmKind.STORE: "The store",
}


@dataclass(frozen=True, slots=True)
class Missed:
    """A trouble that ended: how many hours were not read and how many articles never came, if known."""

    notice: Notice
    ended_at: datetime
    blind_hours: int = 0
    articles: float | None = None
    watched: bool = True
    """Whether the source is still watched; else its trouble did not end but is no longer ours."""


def tell_begun(alarms: Sequence[Alarm], outlets: Mapping[str, str], zone: tzinfo, now: datetime) -> str:
    """Return the text of one notice for alarms of one kind that begin together."""
    first = alarms[0]
    if not first.source_id:
        return f"{_SERVICE.get(first.kind, 'The service')}: {first.detail}"
    since = min(alarm.since or now for alarm in alarms)
    stamp = _stamp(since, zone)
    if len(alarms) == 1:
        return f"{_name(first, outlets)} is {_BEGUN[first.kind]} since {stamp}: {first.detail}"
    text = f"{len(alarms)} sources are {_BEGUN[first.kind]} since {stamp}: {_names(alarms, outlets)}"
    troubles = Counter(alarm.trouble for alarm in alarms if alarm.trouble)
    if troubles:
        trouble, count = troubles.most_common(1)[0]
        text += f"; common trouble: {trouble}" + ("" if count == len(alarms) else f" ({count} of them)")
    return text


def tell_ended(ended: Sequence[Missed], outlets: Mapping[str, str], zone: tzinfo) -> str:
    """Return the text of one notice for troubles of one kind that are told to have ended together."""
    alarm = ended[0].notice.alarm
    since = min(one.notice.since for one in ended)
    until = max(one.ended_at for one in ended)
    stretch = f"{_stamp(since, zone)} – {_stamp(until, zone)}, {_duration(until - since)}"
    if not alarm.source_id:
        return f"{_SERVICE.get(alarm.kind, 'The service')}: well again ({stretch})"
    if len(ended) == 1:
        name = _name(alarm, outlets)
        if not ended[0].watched:
            return f"{name} is no longer watched; it was {_BEGUN[alarm.kind]} ({stretch})"
        text = f"{name} is {_OVER[alarm.kind]} ({stretch})"
    else:
        alarms = [one.notice.alarm for one in ended]
        text = f"{len(ended)} sources are {_OVER[alarm.kind]} ({stretch}): {_names(alarms, outlets)}"
    return text + _tell_missed(ended)


def _tell_missed(ended: Sequence[Missed]) -> str:
    parts = []
    if hours := sum(one.blind_hours for one in ended):
        parts.append(f"{hours} hours were not read")
    missed = sum(one.articles or 0.0 for one in ended)
    if missed >= 0.5:
        parts.append(f"about {missed:.0f} articles that were expected did not come in that time")
    return f"; {' and '.join(parts)}" if parts else ""


def _name(alarm: Alarm, outlets: Mapping[str, str]) -> str:
    return f"{outlets.get(alarm.source_id, alarm.source_id)} ({alarm.source_id})"


def _names(alarms: Sequence[Alarm], outlets: Mapping[str, str]) -> str:
    return ", ".join(sorted(_name(alarm, outlets) for alarm in alarms))


def _stamp(moment: datetime, zone: tzinfo) -> str:
    local = moment.astimezone(zone)
    return f"{local.day} {local:%b %H:%M}"


def _duration(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
