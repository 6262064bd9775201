"""A source's own rhythm: how much it publishes in each hour of the week, and how surely we know it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache

HOURS_OF_DAY, DAYS = 24, 7
SATURDAY = 5

LEAST_HOURS = 18
"""Fewer hours of history say nothing of a rhythm."""
LEAST_ARTICLES = 5
LEAST_HOURS_OF_WEEKEND = 12
"""Until so much of a weekend was read nothing is expected of weekends, and of workdays likewise."""

_PROFILE_HOURS = 0.5
_DAY_ARTICLES = 10.0
_SLOT_WEEKS = 4.0
_USUAL_SPREAD, _USUAL_DAYS = 0.1, 7.0
_LEAST_SPREAD, _MOST_SPREAD = 0.02, 2.0
_HOURS_OF_A_DAY = 18
_RATES_TRIED, _HIGHEST_RATE = 80, 4.0
_WEEKEND_SHARE, _WEEKEND_ARTICLES = 0.5, 3.0


@dataclass(frozen=True, slots=True)
class Support:
    """How much history stands behind the rates of a kind of day: workdays, or weekends."""

    articles: float
    hours: float

    def doubt(self, spread: float) -> float:
        """Return the relative variance of a rate that was learnt from so few articles on so few days."""
        return 1.0 / (self.articles + 1) + spread / max(1.0, self.hours / HOURS_OF_DAY)


@dataclass(frozen=True, slots=True)
class DayShare:
    """What is expected of one day, or of a part of it."""

    expected: float
    weekend: bool


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Expected articles an hour for each hour of the week on the source's own clock, Monday 00:00 first.

    `spread` is the variance of a day's volume relative to its expectation beyond chance: real days
    differ by more than a Poisson process would.
    """

    zone: tzinfo
    rates: tuple[float, ...]
    spread: float
    workdays: Support
    weekends: Support

    @property
    def known(self) -> bool:
        """Whether there is enough history to expect anything."""
        return (
            self.workdays.hours + self.weekends.hours >= LEAST_HOURS
            and self.workdays.articles + self.weekends.articles >= LEAST_ARTICLES
        )

    @property
    def a_week(self) -> float:
        """How much a whole week brings."""
        return sum(self.rates)

    def at(self, hour: datetime) -> float:
        """Return what is expected in the hour that begins at `hour`."""
        return self.rates[place_of(hour, self.zone)[0]]

    def expected(self, hours: Iterable[datetime]) -> float:
        """Return what is expected in these hours together."""
        return sum(self.at(hour) for hour in hours)

    def by_day(self, hours: Mapping[datetime, float]) -> list[DayShare]:
        """Return what is expected of each day in these hours; each maps to the share of it that counts."""
        days: dict[tuple[int, bool], float] = defaultdict(float)
        for hour, share in hours.items():
            slot, day = place_of(hour, self.zone)
            days[day, slot >= SATURDAY * HOURS_OF_DAY] += share * self.rates[slot]
        return [DayShare(expected, weekend) for (_, weekend), expected in days.items()]

    def daily_doubt(self, days: Sequence[DayShare]) -> float:
        """Return the relative variance that days have by themselves, which evens out over several."""
        total = sum(day.expected for day in days)
        return self.spread * sum((day.expected / total) ** 2 for day in days) if total > 0 else self.spread

    def learnt_doubt(self, days: Sequence[DayShare]) -> float:
        """Return the relative variance of the rates themselves, which were learnt from so little."""
        total = sum(day.expected for day in days)
        weekend = sum(day.expected for day in days if day.weekend) / total if total > 0 else 0.0
        return (1 - weekend) ** 2 * self.workdays.doubt(self.spread) + weekend**2 * self.weekends.doubt(
            self.spread
        )


@lru_cache(maxsize=65_536)
def place_of(hour: datetime, zone: tzinfo) -> tuple[int, int]:
    """Return the hour of the week, 0 to 167, and the day's number on the zone's clock."""
    local = hour.astimezone(zone)
    return local.weekday() * HOURS_OF_DAY + local.hour, local.toordinal()


def learn_rhythm(counts: Mapping[datetime, int], hours: Collection[datetime], zone: tzinfo) -> Rhythm:
    """Learn from how much each hour brought; `hours` are those in which the source was really read.

    An hour's rate is shrunk toward the product of its hour of the day and its day of the week, and
    these toward the whole, so that one week of history gives a day's profile and eight weeks the
    week's own shape. Hours of the day and kinds of day never seen yet expect nothing.
    """
    known = [(*place_of(hour, zone), counts.get(hour, 0)) for hour in hours]
    seen = [0.0] * (DAYS * HOURS_OF_DAY)
    came = [0.0] * (DAYS * HOURS_OF_DAY)
    for slot, _, count in known:
        seen[slot] += 1
        came[slot] += count
    profile, factors = _fit_shape(seen, came)
    rates = [0.0] * (DAYS * HOURS_OF_DAY)
    for slot in range(DAYS * HOURS_OF_DAY):
        shape = profile[slot % HOURS_OF_DAY] * factors[slot // HOURS_OF_DAY]
        rates[slot] = (came[slot] + _SLOT_WEEKS * shape) / (seen[slot] + _SLOT_WEEKS)
    spread = _measure_spread(known, rates)
    workdays, weekends = (
        Support(sum(came[part]), sum(seen[part]))
        for part in (slice(SATURDAY * HOURS_OF_DAY), slice(SATURDAY * HOURS_OF_DAY, None))
    )
    return Rhythm(zone, tuple(rates), spread, workdays, weekends)


def _fit_shape(seen: Sequence[float], came: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return the rates by hour of a workday, and each day's factor against a workday."""
    factors = [1.0] * DAYS
    profile = [0.0] * HOURS_OF_DAY
    for _ in range(3):  # the two are fitted in turn; three turns change no figure that matters
        weight = [seen[slot] * factors[slot // HOURS_OF_DAY] for slot in range(DAYS * HOURS_OF_DAY)]
        whole = sum(came) / max(sum(weight), 1e-9)
        for hour in range(HOURS_OF_DAY):
            there = sum(weight[hour::HOURS_OF_DAY])
            if there > 0:
                profile[hour] = (sum(came[hour::HOURS_OF_DAY]) + _PROFILE_HOURS * whole) / (
                    there + _PROFILE_HOURS
                )
        factors = _fit_days(seen, came, profile)
    return profile, factors


def _fit_days(seen: Sequence[float], came: Sequence[float], profile: Sequence[float]) -> list[float]:
    """Return each day's factor; all days of a kind stand in for one that was not seen yet."""
    days = [slice(day * HOURS_OF_DAY, (day + 1) * HOURS_OF_DAY) for day in range(DAYS)]
    brought = [sum(came[day]) for day in days]
    likely = [sum(s * p for s, p in zip(seen[day], profile, strict=True)) for day in days]
    read = [sum(seen[day]) for day in days]
    workdays_read, weekend_read = sum(read[:SATURDAY]), sum(read[SATURDAY:])
    if workdays_read < LEAST_HOURS_OF_WEEKEND:
        workday, weekend = 0.0, 1.0
    elif weekend_read < LEAST_HOURS_OF_WEEKEND:
        workday, weekend = 1.0, 0.0
    else:
        workday = 1.0
        weekend = (sum(brought[SATURDAY:]) + _WEEKEND_ARTICLES * _WEEKEND_SHARE) / (
            sum(likely[SATURDAY:]) + _WEEKEND_ARTICLES
        )
    kinds = [workday] * SATURDAY + [weekend] * (DAYS - SATURDAY)
    return [
        (b + _DAY_ARTICLES * kind) / (e + _DAY_ARTICLES) if kind > 0 else 0.0
        for b, e, kind in zip(brought, likely, kinds, strict=True)
    ]


def _measure_spread(known: Sequence[tuple[int, int, int]], rates: Sequence[float]) -> float:
    """Return by how much days vary beyond chance, shrunk toward what is usual while days are few.

    `known` holds of each hour its place in the week, the number of its day, and how much came.
    """
    days: dict[int, list[float]] = {}
    for slot, number, count in known:
        day = days.setdefault(number, [0.0, 0.0, 0.0])
        day[0] += 1
        day[1] += count
        day[2] += rates[slot]
    whole = [(came, likely) for read, came, likely in days.values() if read >= _HOURS_OF_A_DAY]
    squares = sum(likely**2 for _, likely in whole)
    if squares <= 0:
        return _USUAL_SPREAD
    usual = _USUAL_DAYS * squares / len(whole)
    beyond = sum((came - likely) ** 2 - likely for came, likely in whole)
    spread = (_USUAL_SPREAD * usual + max(0.0, beyond)) / (usual + squares)
    return min(_MOST_SPREAD, max(_LEAST_SPREAD, spread))


def chance_of_pause(rhythm: Rhythm, days: Sequence[DayShare], pauses: float = 1.0) -> float:
    """Return the chance that any of so many pauses is one in which `days` were expected and nothing came.

    Days differ from pause to pause, so each is a chance of its own. That the rate was learnt from
    little is one doubt for all of them: the bound on the sum of their chances is taken for each rate
    that is possible, by Gamma, and at most 1 of each.
    """
    expected, daily = sum(day.expected for day in days), max(1e-6, rhythm.daily_doubt(days))
    shape = 1.0 / max(1e-6, rhythm.learnt_doubt(days))
    log_pauses, whole, chance = math.log(max(1.0, pauses)), 0.0, 0.0
    for step in range(1, _RATES_TRIED + 1):
        rate = (step / _RATES_TRIED) ** 2 * _HIGHEST_RATE  # small rates decide: they are tried closely
        weight = math.exp((shape - 0.5) * math.log(rate) - shape * rate + shape)
        whole += weight
        chance += weight * math.exp(min(0.0, log_pauses - math.log1p(expected * rate * daily) / daily))
    return chance / whole if whole > 0 else 1.0


def chance_of_at_most(rhythm: Rhythm, days: Sequence[DayShare], count: int, caution: float = 1.0) -> float:
    """Return the chance that no more than `count` come in a stretch in which `days` are expected.

    The count is negative binomial: Poisson about a rate that itself is uncertain, by Gamma;
    `caution` is by what the uncertainty is taken greater than it was measured.
    """
    expected = sum(day.expected for day in days)
    if expected <= 0:
        return 1.0
    shape = 1.0 / (caution * (rhythm.daily_doubt(days) + rhythm.learnt_doubt(days)))
    few, many = -math.log1p(expected / shape), math.log(expected) - math.log(expected + shape)
    terms = (
        math.lgamma(shape + n) - math.lgamma(shape) - math.lgamma(n + 1) + shape * few + n * many
        for n in range(count + 1)
    )
    return min(1.0, sum(math.exp(term) for term in terms))
