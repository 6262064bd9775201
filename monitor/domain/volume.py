"""Silent sources and collapsed ones: read without trouble, but bringing far less than they used to."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from monitor.domain.moments import hour_start
from monitor.domain.rhythm import DayShare, Rhythm, chance_of_at_most, chance_of_pause, learn_rhythm

HOUR = timedelta(hours=1)
LEAST_SILENCE = HOUR
"""A shorter pause is not looked at, however busy a source is."""
WINDOWS = tuple(timedelta(days=days) for days in (1, 2, 4, 7))
"""The stretches over which a source's volume is compared with what was to be expected."""

_LEAST_WINDOW_READ = 0.75
_TESTS_A_WEEK = 7 * sum(timedelta(days=1) / window for window in WINDOWS)
_CAUTION, _CAUTION_OF_A_DAY = 1.5, 2.5
"""Days that bring little are commoner than Gamma has it: holidays, and news that nobody covers."""
_RECOVERED = 2.0
"""How many times the collapse's share a day must bring until the collapse counts as over."""


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a source's past, hour by hour; all hours begin in UTC.

    `articles` and `moments` say how much came in an hour: a moment is a stretch of ten minutes in
    which anything came, for one upload often brings several articles. `usable` are the hours in
    which the source was read without any trouble; `read` those in which it was read at all.
    """

    zone: tzinfo
    articles: Mapping[datetime, int]
    moments: Mapping[datetime, int]
    usable: Collection[datetime]
    read: Collection[datetime]

    def learn(self, counts: Mapping[datetime, int], until: datetime) -> Rhythm:
        """Return the rhythm of the usable hours before `until`."""
        return learn_rhythm(counts, [hour for hour in self.usable if hour < until], self.zone)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """How much came of how much was expected in a stretch, and the chance of so little.

    The chance is that of seeing this anywhere within a week in a source that is well.
    """

    since: datetime
    until: datetime
    expected: float
    seen: int
    chance: float


def measure_silence(history: History, rhythm: Rhythm, last: datetime, until: datetime) -> Shortfall | None:
    """Return how long nothing came against what was expected; None where too little is known.

    `rhythm` is that of the moments before `last`. Every pause between two moments is a chance for a
    false alarm, and a week has as many as there are moments.
    """
    if not rhythm.known or until - last < LEAST_SILENCE:
        return None
    days = rhythm.by_day(_shares(history.read, last, until))
    chance = chance_of_pause(rhythm, days, rhythm.a_week)
    return Shortfall(last, until, sum(day.expected for day in days), 0, chance)


def _shares(read: Collection[datetime], since: datetime, until: datetime) -> dict[datetime, float]:
    """Return the hours of a stretch that were read, with the share of each that lies in it."""
    shares: dict[datetime, float] = {}
    hour = hour_start(since)
    while hour < until:
        if hour in read:
            shares[hour] = (min(hour + HOUR, until) - max(hour, since)) / HOUR
        hour += HOUR
    return shares


@dataclass(frozen=True, slots=True)
class WindowRhythm:
    """The rhythm of articles and of moments before a stretch, so that it teaches nothing of itself."""

    window: timedelta
    articles: Rhythm
    moments: Rhythm

    weight: float
    """How many articles a stretch of this length usually brings."""
    most: float
    """How many the busiest such stretch could be expected to bring."""


def learn_windows(history: History, until: datetime) -> tuple[WindowRhythm, ...]:
    """Return the rhythms before each of WINDOWS."""
    found = []
    for window in WINDOWS:
        begin = hour_start(until - window)
        articles, moments = history.learn(history.articles, begin), history.learn(history.moments, begin)
        weeks = window / timedelta(weeks=1)
        most = max(sum(articles.rates[day * 24 : day * 24 + 24]) for day in range(7)) * 7 * weeks
        found.append(WindowRhythm(window, articles, moments, articles.a_week * weeks, most))
    return tuple(found)


def measure_collapse(
    history: History, rhythms: Sequence[WindowRhythm], since: datetime | None, until: datetime, share: float
) -> Shortfall | None:
    """Return the most telling stretch in which less than `share` of the expected volume came.

    A stretch begins after `since`, when the last trouble ended, and must have been read for the most
    part. A stretch without any article is silence and left to that.
    """
    found: Shortfall | None = None
    for rhythm in rhythms:
        begin = hour_start(until - rhythm.window)
        if (since is not None and begin < since) or not rhythm.articles.known:
            continue
        if _count(history, begin, hour_start(until)) >= share * rhythm.most:
            continue  # the common case, told without a closer look
        shortfall = _measure(history, rhythm, begin, hour_start(until))
        if shortfall is None or not 0 < shortfall.seen < share * shortfall.expected:
            continue
        if found is None or shortfall.chance < found.chance:
            found = shortfall
    return found


def has_returned(history: History, rhythm: WindowRhythm, until: datetime, share: float) -> bool:
    """Whether the last stretch brought enough of what was expected for a collapse to be over."""
    shortfall = _measure(history, rhythm, hour_start(until - rhythm.window), hour_start(until))
    return shortfall is not None and shortfall.seen >= min(1.0, share * _RECOVERED) * shortfall.expected


def _count(history: History, begin: datetime, end: datetime) -> int:
    """Return how many articles came in a stretch of whole hours."""
    count = 0
    while begin < end:
        count += history.articles.get(begin, 0)
        begin += HOUR
    return count


def _measure(history: History, rhythm: WindowRhythm, begin: datetime, end: datetime) -> Shortfall | None:
    shares = _shares(history.read, begin, end)
    if not rhythm.articles.known or len(shares) < _LEAST_WINDOW_READ * ((end - begin) / HOUR):
        return None
    # Kinds of hour that were never read before let nothing be expected, so what came then does not count.
    shares = {hour: share for hour, share in shares.items() if rhythm.articles.at(hour) > 0}
    seen = sum(history.articles.get(hour, 0) for hour in shares)
    # Articles come several at once: so many fewer are the chances on which their number rests.
    burst = max(1.0, rhythm.articles.a_week / max(rhythm.moments.a_week, 1e-9))
    days = [DayShare(d.expected / burst, d.weekend) for d in rhythm.articles.by_day(shares)]
    caution = _CAUTION_OF_A_DAY if rhythm.window <= timedelta(days=1) else _CAUTION
    chance = chance_of_at_most(rhythm.moments, days, math.ceil(seen / burst), caution)
    expected = rhythm.articles.expected(shares)
    return Shortfall(begin, end, expected, seen, min(1.0, chance * _TESTS_A_WEEK))
