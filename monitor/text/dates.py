"""Dates as outlets write them, in Russian and English, read as moments in UTC."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import dateparser

_LONGEST = 120
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("янв jan", "фев feb", "мар mar", "апр apr", "мая май may", "июн jun",
         "июл jul", "авг aug", "сен sep", "окт oct", "ноя nov", "дек dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = rf"({'|'.join(_MONTHS)})[a-zа-я]{{0,6}}\.?"
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|-?го)?(?:\s+of)?[\s.-]*{_MONTH}(?:[\s,.-]*(\d{{4}})\b)?"
)
_MONTH_DAY = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(\d{{4}})\b)?")
_DOTTED = re.compile(r"(?<![\d:])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d:])")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([./-])(\d{1,2})\2(\d{1,2})(?!\d)")
_TIME = re.compile(
    r"(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?![\d:])\s*(a\.?m\b\.?|p\.?m\b\.?)?\s*"
    r"\(?(z\b|(?:gmt|utc|ut)?\s*[+-]\d{1,2}(?::?\d{2})?(?!\d)|[a-zа-я]{2,4}\b)?"
)
_COMPACT = re.compile(r"\b(\d{4})(\d{2})(\d{2})t(\d{2})(\d{2})(?:\d{2})?\b")
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?$")
_AGO = re.compile(r"(\d{1,3})?\s*(мин|час|дн|день|дня|minute|hour|day)[a-zа-я]*\.?\s+(?:назад|ago)")
_UNITS = {"мин": "minutes", "minute": "minutes", "час": "hours", "hour": "hours"}
_NAMED_DAYS = (("позавчера", 2), ("вчера", 1), ("yesterday", 1), ("сегодня", 0), ("today", 0))
_MOSCOW = re.compile(r"\b(?:мск|msk|по московскому времени|moscow time)\b")
_NAMED_ZONES: dict[str, tzinfo] = {
    "z": UTC, "ut": UTC, "utc": UTC, "gmt": UTC,
    "мск": ZoneInfo("Europe/Moscow"), "msk": ZoneInfo("Europe/Moscow"),
    "est": timezone(timedelta(hours=-5)), "edt": timezone(timedelta(hours=-4)),
    "cet": timezone(timedelta(hours=1)), "cest": timezone(timedelta(hours=2)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateReading:
    """A moment in UTC, and whether the time of day was written or is midnight for want of one."""

    at: datetime
    has_time: bool


def read_date(raw: str, zone: tzinfo, now: datetime, formats: Sequence[str] = ()) -> DateReading | None:
    """Return the moment that a date as written means, or None where it means none.

    `zone` holds where the text names none; `now` is what "вчера" and a missing year count from;
    `formats` are strptime patterns that are tried before everything else.
    """
    text = " ".join(raw.split())[:_LONGEST]
    try:
        return _read(text, zone, now, formats)
    except (ValueError, OverflowError):
        # A 32nd day, a year that no calendar here reaches.
        return None


def _read(text: str, zone: tzinfo, now: datetime, formats: Sequence[str]) -> DateReading | None:
    for pattern in formats:
        try:
            parsed = datetime.strptime(text, pattern)  # noqa: DTZ007 - the zone is added below
        except ValueError:
            continue
        return _in_utc(parsed, zone, has_time="%H" in pattern or "%I" in pattern)
    if re.fullmatch(r"\d{10}(?:\d{3})?", text):
        return DateReading(datetime.fromtimestamp(int(text[:10]), UTC), has_time=True)
    lower = _COMPACT.sub(r"\1-\2-\3t\4:\5", text.lower())
    if ago := _AGO.search(lower):
        return DateReading((now - _span(ago)).astimezone(UTC), has_time=True)
    clock = _TIME.search(lower)
    if day := _find_day(lower, now.astimezone(zone).date()):
        moment = datetime.combine(day, _time_of(clock) if clock else time())
        return _in_utc(moment, (clock and _zone_of(lower, clock)) or zone, has_time=clock is not None)
    if clock and clock.group(0).strip() == lower:
        return _today_at(clock, zone, now)
    return _last_resort(text, zone, now)


def _in_utc(moment: datetime, zone: tzinfo, *, has_time: bool) -> DateReading:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return DateReading(aware.astimezone(UTC), has_time)


def _find_day(lower: str, today: date) -> date | None:
    for name, back in _NAMED_DAYS:
        if name in lower:
            return today - timedelta(days=back)
    if found := _YEAR_FIRST.search(lower):
        return date(int(found[1]), int(found[3]), int(found[4]))
    if found := _DOTTED.search(lower):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        year += 2000 if year < 100 else 0
        # Day first, as everywhere here; the American order only where nothing else is possible.
        return date(year, first, second) if second > 12 and found[2] == "/" else date(year, second, first)
    if found := _DAY_MONTH.search(lower):
        return _named_day(int(found[1]), _MONTHS[found[2]], found[3], today)
    if found := _MONTH_DAY.search(lower):
        return _named_day(int(found[2]), _MONTHS[found[1]], found[3], today)
    return None


def _named_day(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year), month, day)
    this_year = date(today.year, month, day)
    return this_year if this_year <= today + timedelta(days=1) else date(today.year - 1, month, day)


def _time_of(clock: re.Match[str]) -> time:
    hour = int(clock[1])
    if half := clock[4]:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, int(clock[2]), int(clock[3] or 0))


def _zone_of(lower: str, clock: re.Match[str]) -> tzinfo | None:
    written = (clock[5] or "").strip()
    if offset := _OFFSET.search(written):
        size = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return timezone(size if offset[1] == "+" else -size)
    if written in _NAMED_ZONES:
        return _NAMED_ZONES[written]
    return _NAMED_ZONES["msk"] if _MOSCOW.search(lower) else None


def _today_at(clock: re.Match[str], zone: tzinfo, now: datetime) -> DateReading:
    """Read a bare time of day: the last time that the clock showed it."""
    own = _zone_of(clock.group(0), clock) or zone
    moment = datetime.combine(now.astimezone(own).date(), _time_of(clock), own).astimezone(UTC)
    return DateReading(moment - timedelta(days=moment > now + timedelta(hours=1)), has_time=True)


def _span(ago: re.Match[str]) -> timedelta:
    return timedelta(**{_UNITS.get(ago[2], "days"): int(ago[1] or 1)})


def _last_resort(text: str, zone: tzinfo, now: datetime) -> DateReading | None:
    """Ask dateparser, which knows more languages; only a whole date counts."""
    if not re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text):
        return None
    found = dateparser.parse(
        _MOSCOW.sub("", text.lower()),
        languages=["ru", "en", "az", "be", "hy", "kk", "ky", "uz"],
        settings={
            "DATE_ORDER": "DMY",
            "RELATIVE_BASE": now.astimezone(zone).replace(tzinfo=None),
            "REQUIRE_PARTS": ["day", "month", "year"],
        },
    )
    return _in_utc(found, zone, has_time=":" in text) if found else None
