"""Reading zones, quiet hours and durations as people type them."""

from __future__ import annotations

import re
from datetime import time as WallTime  # noqa: N812 - a time of day, not the module
from datetime import timedelta
from functools import cache
from zoneinfo import available_timezones

from monitor.bot.phrases_settings import CITIES
from monitor.bot.vocabulary import fold_word
from monitor.domain.preferences import QuietHours, read_zone

OFF = frozenset({"off", "no", "none", "выкл", "нет", "выключить"})
LONGEST_MUTE = timedelta(days=366)
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
_HOURS = re.compile(rf"(?:from |с )?{_TIME}\s*(?:-|–|—|to|until|до)\s*{_TIME}")
_DURATION = re.compile(r"(\d{1,4})\s*([^\W\d_]+)\.?", re.IGNORECASE)
_UNITS: dict[timedelta, str] = {
    timedelta(minutes=1): "m min minute minutes м мин минута минуты минут",
    timedelta(hours=1): "h hour hours ч час часа часов",
    timedelta(days=1): "d day days д день дня дней сутки суток",
    timedelta(weeks=1): "w week weeks н нед неделя недели недель неделю",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}


def parse_zone(text: str) -> str | None:
    """Return the IANA name of a zone that is given by it, or by its city in English or, of common ones,
    in Russian; None where there is none."""
    wanted = fold_word(text)
    if (known := _zones().get(wanted)) is not None:
        read_zone(known)
        return known
    return None


def zone_names() -> list[str]:
    """Return every way to write a zone, folded."""
    return list(_zones())


@cache
def _zones() -> dict[str, str]:
    names = sorted(name for name in available_timezones() if "/" in name or name == "UTC")
    plain = {fold_word(name): name for name in names}
    cities = {fold_word(name.rpartition("/")[2]): name for name in names if not name.startswith("Etc/")}
    common = {fold_word(city): name for cities_in in CITIES.values() for name, city in cities_in.items()}
    return {**cities, **common, **plain}


def parse_quiet(text: str) -> QuietHours | None:
    """Return the hours of "23:00-07:00" or "с 23 до 7", None for "off"; raises ValueError for what is
    neither."""
    folded = " ".join(text.casefold().split())
    if folded in OFF:
        return None
    found = _HOURS.fullmatch(folded)
    if found is None:
        raise ValueError(f"{text!r} are no hours")
    begin, end = (
        WallTime(int(found[at]) % 24 if found[at] == "24" else int(found[at]), int(found[at + 1] or 0))
        for at in (1, 3)
    )
    return QuietHours(begin, end) if begin != end else None


def split_duration(text: str, usual: timedelta) -> tuple[str, timedelta]:
    """Return what stands before a duration at the end ("armenia 1d", "армения 12 часов"), and it; where
    there is none, the text and the usual one. Raises ValueError for one of no length, or over a year."""
    stripped = text.strip()
    for found in _DURATION.finditer(stripped):
        unit = _UNIT_OF.get(found[2].casefold())
        if unit is None or found.end() != len(stripped):
            continue
        length = int(found[1]) * unit
        if not timedelta() < length <= LONGEST_MUTE:
            raise ValueError(f"{found[0]!r} is no duration")
        return stripped[: found.start()].strip(), length
    return stripped, usual
