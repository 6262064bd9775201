"""How long to wait before another try."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_RETRY_AFTER = 86_400.0
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 30.0


def read_retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, at most a day; None if it asks nothing."""
    text = (value or "").strip()
    if text.isascii() and text.isdecimal():
        return min(float(text[:10]), LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((aware - now).total_seconds(), 0.0), LONGEST_RETRY_AFTER)


def back_off(attempt: int, chance: Callable[[], float]) -> float:
    """Return the pause after the attempt, counted from 0: doubling, with half of it left to chance."""
    pause = min(_FIRST_PAUSE * 2.0**attempt, _LONGEST_PAUSE)
    return pause * (0.5 + 0.5 * chance())
