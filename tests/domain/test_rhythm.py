"""A source's own rhythm: what is expected when, and how unlikely it is that so little came."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.domain.rhythm import DayShare, Rhythm, chance_of_at_most, chance_of_pause, learn_rhythm

MONDAY = datetime(2026, 3, 1, 21, tzinfo=UTC)
"""Monday 2 March 00:00 in Moscow."""
HOUR = timedelta(hours=1)
MOSCOW = ZoneInfo("Europe/Moscow")


def draw(rng: random.Random, mean: float) -> int:
    """Return a Poisson number."""
    count, at = 0, rng.expovariate(1.0)
    while at < mean:
        count, at = count + 1, at + rng.expovariate(1.0)
    return count


def office(at: datetime) -> float:
    """Return the rate of a ministry: four articles an hour from nine to six, none at night or at weekends."""
    local = at.astimezone(MOSCOW)
    return 4.0 if 9 <= local.hour < 18 and local.weekday() < 5 else 0.0


def steady(_: datetime) -> float:
    """Return the rate of a source that brings one article an hour, always."""
    return 1.0


def live(
    rate: Callable[[datetime], float], days: float, seed: int = 1, spread: float = 0.0
) -> tuple[dict[datetime, int], list[datetime]]:
    """Return how much came in each hour of so many days, and those hours."""
    rng = random.Random(seed)
    hours = [MONDAY + n * HOUR for n in range(round(days * 24))]
    factor = [rng.gammavariate(1 / spread, spread) if spread else 1.0 for _ in range(math.ceil(days))]
    return {hour: draw(rng, rate(hour) * factor[n // 24]) for n, hour in enumerate(hours)}, hours


def learn(rate: Callable[[datetime], float], days: float, seed: int = 1, spread: float = 0.0) -> Rhythm:
    """Return what so many days teach."""
    counts, hours = live(rate, days, seed, spread)
    return learn_rhythm(counts, hours, MOSCOW)


def day_of(rhythm: Rhythm, day: int) -> float:
    """Return what is expected on a day of the week."""
    return sum(rhythm.at(MONDAY + (day * 24 + n) * HOUR) for n in range(24))


def test_eight_weeks_teach_the_shape_of_the_week_on_the_sources_own_clock() -> None:
    """Thirty-six articles from nine to six on a workday, next to nothing at night and at weekends."""
    rhythm = learn(office, 56)
    assert day_of(rhythm, 1) == pytest.approx(36, rel=0.1)
    assert day_of(rhythm, 5) < 1
    assert rhythm.at(MONDAY + 3 * HOUR) < 0.2
    assert rhythm.at(MONDAY + 10 * HOUR) == pytest.approx(4, rel=0.3)
    assert rhythm.a_week == pytest.approx(180, rel=0.1)


def test_one_week_is_shrunk_toward_the_days_profile() -> None:
    """An hour that happened to be empty on its only Tuesday is expected to be like other days' hour."""
    counts, hours = live(office, 7)
    empty = MONDAY + 34 * HOUR
    counts[empty] = 0
    assert learn_rhythm(counts, hours, MOSCOW).at(empty) > 1.5


def test_kind_of_day_that_was_never_read_lets_nothing_be_expected() -> None:
    """Five workdays say nothing of the weekend; nor do twelve hours of a day say anything of its night."""
    rhythm = learn(steady, 5)
    assert day_of(rhythm, 5) == day_of(rhythm, 6) == 0
    assert day_of(rhythm, 4) == pytest.approx(24, rel=0.3)
    half = learn(steady, 0.5)
    assert half.at(MONDAY + 20 * HOUR) == 0
    assert not half.known


def test_blind_weeks_teach_nothing() -> None:
    """A fortnight that was not read does not halve what is expected."""
    counts, hours = live(office, 28)
    read = hours[: 14 * 24]
    rhythm = learn_rhythm({hour: counts[hour] for hour in read}, read, MOSCOW)
    assert rhythm.a_week == pytest.approx(180, rel=0.15)


def test_days_that_differ_beyond_chance_are_measured() -> None:
    """A relative variance of 0.3 is told from none."""
    wild, even = learn(steady, 56, 2, spread=0.3), learn(steady, 56, 2)
    assert wild.spread == pytest.approx(0.3, abs=0.15)
    assert even.spread < 0.06


def test_chance_of_a_pause_is_poissons_where_days_are_even_and_history_is_long() -> None:
    """And greater where days differ, little is known, or many pauses are tried."""
    many = [DayShare(2.0, weekend=False)] * 5
    sure, doubtful = learn(steady, 56), learn(steady, 3)
    pause = chance_of_pause(sure, many)
    assert math.exp(-10) < pause < 10 * math.exp(-10)
    assert chance_of_pause(doubtful, many) > 3 * pause
    assert chance_of_pause(sure, [DayShare(10.0, weekend=False)]) > pause
    assert chance_of_pause(sure, many, 20) == pytest.approx(20 * pause, rel=0.05)
    assert chance_of_pause(sure, many, 1e9) == pytest.approx(1.0, abs=0.01)


def test_doubt_about_the_rate_is_one_for_all_pauses() -> None:
    """A rate that was learnt from a day may be a tenth of it: once, not anew with every pause."""
    days = [DayShare(6.0, weekend=False)]
    doubtful, sure = learn(lambda _: 0.3, 1.5), learn(lambda _: 0.3, 56)
    shares = [chance_of_pause(r, days, 100) / chance_of_pause(r, days) for r in (doubtful, sure)]
    assert shares[0] < 0.6 * shares[1]


def test_chance_of_few_is_that_of_simulated_days() -> None:
    """The tail that alarms rest on, against 40,000 days whose rates differ by the same spread."""
    rhythm, rng = learn(steady, 56, 5, spread=0.2), random.Random(7)
    day = [DayShare(24.0, weekend=False)]
    doubt = rhythm.daily_doubt(day) + rhythm.learnt_doubt(day)
    drawn = [draw(rng, 24 * rng.gammavariate(1 / doubt, doubt)) for _ in range(40_000)]
    for count in (4, 8, 12):
        share = sum(n <= count for n in drawn) / len(drawn)
        assert chance_of_at_most(rhythm, day, count) == pytest.approx(share, rel=0.25, abs=2e-4)
    assert chance_of_at_most(rhythm, day, 4, 1.5) > 2 * chance_of_at_most(rhythm, day, 4)
    assert chance_of_at_most(rhythm, [], 0) == 1.0
