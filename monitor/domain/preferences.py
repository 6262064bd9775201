"""What a chat set for itself: its clock, its quiet hours, how much it can bear, what it mutes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as WallTime  # noqa: N812 - a time of day, not the module
from enum import StrEnum
from zoneinfo import ZoneInfo

from monitor.domain.alerts import Alert
from monitor.domain.moments import at_wall_time
from monitor.domain.subscriptions import Pace


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A stretch of every day, by the wall clock; it may run past midnight."""

    begin: WallTime
    end: WallTime

    def holds(self, at: WallTime) -> bool:
        """Whether a time of day lies in it; the end does not. Equal ends are no quiet hours at all."""
        if self.begin <= self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


@dataclass(frozen=True, slots=True)
class Preferences:
    """A chat's own settings; `zone` empty means the operator's."""

    zone: str = ""
    quiet: QuietHours | None = None
    override_severity: int = 80
    """From this severity up an alert goes out in quiet hours too."""
    hourly_cap: int = 20
    """So many alerts an hour are sent one by one, the rest in one summary; 0 means no bound."""

    def to_json(self) -> dict[str, object]:
        """Return the settings as a small structure."""
        quiet = [f"{t:%H:%M}" for t in (self.quiet.begin, self.quiet.end)] if self.quiet else None
        return {
            "zone": self.zone,
            "quiet": quiet,
            "override_severity": self.override_severity,
            "hourly_cap": self.hourly_cap,
        }

    @classmethod
    def from_json(cls, given: dict[str, object]) -> Preferences:
        """Read what `to_json` wrote; raises ValueError for anything else."""
        usual = cls().to_json()
        if strange := given.keys() - usual.keys():
            raise ValueError(f"{min(strange)!r} is no setting; known are {', '.join(usual)}")
        values = {**usual, **given}
        quiet, zone = values["quiet"], str(values["zone"])
        if zone:
            read_zone(zone)
        if quiet is not None and not (isinstance(quiet, list) and len(quiet) == 2):
            raise ValueError(f'quiet: two times as ["23:00", "07:00"] are needed, not {quiet!r}')
        return cls(
            zone=zone,
            quiet=QuietHours(*(WallTime.fromisoformat(str(text)) for text in quiet)) if quiet else None,
            override_severity=_whole("override_severity", values["override_severity"], 101),
            hourly_cap=_whole("hourly_cap", values["hourly_cap"], 1000),
        )


def _whole(name: str, value: object, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError(f"{name}: a whole number from 0 to {most} is needed, not {value!r}")
    return value


def read_zone(name: str) -> ZoneInfo:
    """Return a zone of the IANA database; raises ValueError for what is none."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:
        raise ValueError(f"{name!r} is no time zone") from error


class MuteKind(StrEnum):
    """What can be muted for a while."""

    TARGET = "target"
    SPEAKER = "speaker"
    STORY = "story"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Mute:
    """A chat hears nothing of this until then; `value` is a target's id, a speaker's name or a story's
    number as text, empty for everything."""

    chat_id: int
    kind: MuteKind
    value: str
    until: datetime


def muting(mutes: Iterable[Mute], alert: Alert, now: datetime) -> Mute | None:
    """Return the mute that keeps an alert away, None if none does."""
    a = alert.ground.assessment
    values = {
        MuteKind.TARGET: a.target,
        MuteKind.SPEAKER: a.speaker.name or "",
        MuteKind.STORY: str(alert.ground.story_id),
        MuteKind.ALL: "",
    }
    return next((m for m in mutes if m.until > now and values[m.kind] == m.value), None)


def quiet_until(preferences: Preferences, zone: ZoneInfo, severity: int, now: datetime) -> datetime | None:
    """Return when the quiet hours that hold an alert back end; None where nothing holds it back.

    The wall clock counts, also where it is set forward or back in between.
    """
    quiet = preferences.quiet
    if quiet is None or severity >= preferences.override_severity:
        return None
    local = now.astimezone(zone)
    if not quiet.holds(local.time()):
        return None
    day = local.date()
    if quiet.begin > quiet.end and local.time() >= quiet.begin:
        day += timedelta(days=1)
    end = at_wall_time(day, quiet.end, zone)
    # In an hour that comes twice the first end may lie behind us while the wall clock says "still".
    return end if end > now else at_wall_time(day, quiet.end, zone, second=True)


PERIOD_HOUR = WallTime(8, 0)
"""At which time of the day, in the chat's zone, daily and weekly summaries go out; weekly on Mondays."""


def next_release(pace: Pace, zone: ZoneInfo, now: datetime) -> datetime:
    """Return when alerts of a pace are told next, after `now`; raises ValueError for the immediate one."""
    local = now.astimezone(zone)
    if pace is Pace.HOURLY:
        # By the absolute clock: zones of half hours have their own full hours.
        past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        return now - past + timedelta(hours=1)
    if pace not in (Pace.DAILY, Pace.WEEKLY):
        raise ValueError(f"{pace} is not a pace of summaries")
    for days in range(9):
        day = local.date() + timedelta(days=days)
        moment = at_wall_time(day, PERIOD_HOUR, zone)
        if moment > now and (pace is Pace.DAILY or day.weekday() == 0):
            return moment
    raise AssertionError("a week has a Monday")
