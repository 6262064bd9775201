"""Moments and weeks, always aware of UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import time as WallTime  # noqa: N812 - a time of day, not the module


def require_utc(moment: datetime, what: str) -> datetime:
    """Return the moment in UTC; a naive one is a programming error and raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError(f"{what} must carry a time zone, got {moment!r}")
    return moment.astimezone(UTC)


def week_start(moment: datetime, zone: tzinfo = UTC) -> datetime:
    """Return the Monday 00:00 of the moment's week on the zone's wall clock, in UTC."""
    local = require_utc(moment, "moment").astimezone(zone)
    monday = (local - timedelta(days=local.weekday())).replace(
        hour=0, minute=0, second=0, microsecond=0, fold=0
    )
    return monday.astimezone(UTC)


def hour_start(moment: datetime) -> datetime:
    """Return the beginning of the moment's hour, in UTC."""
    return require_utc(moment, "moment").replace(minute=0, second=0, microsecond=0)


def at_wall_time(day: date, at: WallTime, zone: tzinfo, *, second: bool = False) -> datetime:
    """Return when a zone's clocks show a time of a day, in UTC.

    A time that a change of the clocks leaves out counts by the clock before the change, so it comes as
    much later; of one that comes twice the first is meant, or the `second`.
    """
    return datetime.combine(day, at.replace(fold=int(second)), zone).astimezone(UTC)
