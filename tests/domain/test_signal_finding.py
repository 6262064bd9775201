"""Shifts and divergences: what is real is found, and chance and blindness are not."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.domain.moments import week_start
from monitor.domain.rhythm import learn_rhythm
from monitor.domain.signal_finding import (
    SignalThresholds,
    comparable_sources,
    find_divergences,
    find_shifts,
)
from monitor.domain.signals import Divergence, Saying, Shift, Signal
from monitor.domain.stance import Stance, Tier
from monitor.domain.subscriptions import Kind
from monitor.domain.trends import SourceCoverage

FIRST = datetime(2024, 1, 1, tzinfo=UTC)  # a Monday
WEEK = timedelta(days=7)
USUAL = SignalThresholds()
AGENCY = frozenset({"agency"})


def poisson(chance: random.Random, rate: float) -> int:
    """Return a Poisson number (Knuth's way)."""
    bound, product, count = math.exp(-rate), chance.random(), 0
    while product > bound:
        product *= chance.random()
        count += 1
    return count


def constant(chance: random.Random, hostile: float = 0.15, warm: float = 0.1) -> float:
    """Return an intensity as the model gives them: most near nothing, some at the poles."""
    draw = chance.random()
    if draw < hostile:
        return -chance.uniform(0.3, 0.9)
    return chance.uniform(0.3, 0.7) if draw < hostile + warm else chance.gauss(0, 0.04)


def say_weekly(
    chance: random.Random,
    weeks: Iterable[int],
    rate: float,
    target: str = "armenia",
    tier: Tier = Tier.GOVERNMENT,
    how: Callable[[random.Random], float] = constant,
    source_id: str = "agency",
) -> list[Saying]:
    """Return what is said at a constant rate."""
    return [
        Saying(
            FIRST + week * WEEK + timedelta(hours=chance.uniform(0, 168)),
            source_id,
            "Ivan Petrov",
            "russia",
            tier,
            target,
            Stance.NEUTRAL,
            how(chance),
        )
        for week in weeks
        for _ in range(poisson(chance, rate))
    ]


def whole(weeks: int, but: Sequence[int] = (), share: float = 1.0) -> dict[datetime, float | None]:
    """Return a whole coverage of weeks, of some only a share."""
    return {FIRST + n * WEEK: share if n in but else 1.0 for n in range(weeks)}


def shifts_in(sayings: Sequence[Saying], week: int, coverage: dict[datetime, float | None]) -> list[Signal]:
    """Look for shifts in one week."""
    start = FIRST + week * WEEK
    return find_shifts(sayings, start, UTC, AGENCY, coverage, USUAL, start + WEEK)


def test_a_year_of_constant_noise_invents_no_shift(capsys: pytest.CaptureFixture[str]) -> None:
    """20 dyads of 5 to 60 statements a week, each looked at for 52 weeks: chance alone tells nothing."""
    chance = random.Random(52)
    found: list[Signal] = []
    looks = 0
    for dyad in range(20):
        rate = 5 * 12 ** (dyad / 19)
        sayings = say_weekly(chance, range(64), rate, target=f"target{dyad}")
        by_week = [
            [s for s in sayings if FIRST + (n - 12) * WEEK <= s.said_at < FIRST + (n + 1) * WEEK]
            for n in range(12, 64)
        ]
        for week, near in enumerate(by_week, 12):
            found += shifts_in(near, week, whole(64))
            looks += 1
    with capsys.disabled():
        print(f"\ninvented shifts: {len(found)} in {looks} weeks of constant Poisson noise")  # noqa: T201
    assert looks == 20 * 52
    assert [] == [signal.key for signal in found]


def test_noise_would_be_told_without_the_bound_on_chance() -> None:
    """The same noise does cross the least difference alone, so the bound is what keeps it away."""
    chance = random.Random(52)
    loose = replace(USUAL, shift_sigmas=0.0)
    sayings = [s for n in range(4) for s in say_weekly(chance, range(64), 12, target=f"target{n}")]
    told = [
        signal
        for week in range(12, 64)
        for signal in find_shifts(
            sayings, FIRST + week * WEEK, UTC, AGENCY, whole(64), loose, FIRST + (week + 1) * WEEK
        )
    ]
    assert len(told) >= 3


@pytest.mark.parametrize(("rate", "least"), [(40, 9), (80, 10)])
def test_real_shift_is_found_in_its_week(rate: float, least: int) -> None:
    """Hostile statements go from 15 to 70 in a hundred: of ten such dyads most are told of."""
    found = 0
    for seed in range(10):
        chance = random.Random(seed)
        before = say_weekly(chance, range(12), rate)
        after = say_weekly(chance, [12], rate, how=lambda c: constant(c, hostile=0.7))
        told = shifts_in([*before, *after], 12, whole(13))
        found += len(told)
        for signal in told:
            assert isinstance(signal.facts, Shift)
            assert (signal.kind, signal.target, signal.bloc) == (Kind.SHIFT, "armenia", "russia")
            assert signal.facts.difference < -0.15
            assert signal.facts.stance is Stance.HOSTILE
            assert signal.severity == min(100, round(-200 * signal.facts.difference))
            assert len(signal.facts.series) == 13
            assert signal.key == "shift|russia|armenia|2024-03-25"
    assert found >= least


def shifted(seed: int = 1) -> list[Saying]:
    """Return twelve usual weeks and a hostile one."""
    chance = random.Random(seed)
    after = say_weekly(chance, [12], 40, how=lambda c: constant(c, hostile=0.8))
    return [*say_weekly(chance, range(12), 40), *after]


def test_blind_weeks_raise_nothing() -> None:
    """Neither a week of which too little was read, nor one against weeks that were not read."""
    assert shifts_in(shifted(), 12, whole(13))
    assert [] == shifts_in(shifted(), 12, whole(13, [12], 0.7))
    assert [] == shifts_in(shifted(), 12, whole(13, range(5), 0.4))
    unknown: dict[datetime, float | None] = {FIRST + n * WEEK: None if n == 12 else 1.0 for n in range(13)}
    assert [] == shifts_in(shifted(), 12, unknown)


def test_few_statements_and_short_history_say_nothing() -> None:
    """Nine statements, or seven weeks before."""
    base = [s for s in shifted() if s.said_at < FIRST + 12 * WEEK]
    week = [s for s in shifted() if s.said_at >= FIRST + 12 * WEEK]
    last = sorted(week, key=lambda s: s.intensity)
    assert shifts_in([*base, *last[:10]], 12, whole(13))
    assert [] == shifts_in([*base, *last[:9]], 12, whole(13))
    assert [] == shifts_in([s for s in shifted() if s.said_at >= FIRST + 5 * WEEK], 12, whole(13))


def test_lively_dyads_need_more() -> None:
    """Where whole weeks swing by themselves, the same week is no shift."""
    chance = random.Random(3)
    swinging = [
        saying
        for week in range(12)
        for saying in say_weekly(
            chance, [week], 40, how=lambda c, week=week: constant(c, hostile=0.6 if week % 3 == 0 else 0.05)
        )
    ]
    after = say_weekly(chance, [12], 40, how=lambda c: constant(c, hostile=0.7))
    assert [] == shifts_in([*swinging, *after], 12, whole(13))


def test_a_state_about_itself_and_other_sources_do_not_count() -> None:
    """Self-talk is no dyad, and sources that cannot be compared are left out."""
    own = [replace(s, bloc="armenia") for s in shifted()]
    assert [] == shifts_in(own, 12, whole(13))
    strange = [replace(s, source_id="new") for s in shifted()]
    assert [] == shifts_in(strange, 12, whole(13))


def test_sources_that_came_anew_or_fell_away_are_not_comparable() -> None:
    """Else a new channel would look like a shift."""
    hours = [FIRST + timedelta(hours=n) for n in range(13 * 168)]
    rhythm = learn_rhythm(dict.fromkeys(hours, 1), hours, UTC)
    week = FIRST + 12 * WEEK
    blind = frozenset(hour for hour in hours if hour >= week + timedelta(days=5))
    sources = {
        "agency": SourceCoverage(rhythm, FIRST, frozenset()),
        "new": SourceCoverage(rhythm, FIRST + 5 * WEEK, frozenset()),
        "blind": SourceCoverage(rhythm, FIRST, blind),
        "blind_before": SourceCoverage(rhythm, FIRST, frozenset(h for h in hours if h < FIRST + WEEK)),
    }
    assert {"agency", "blind_before"} == comparable_sources(sources, FIRST, week, week + WEEK, 0.8)


def voices(
    seed: int, weeks: Iterable[int], rate: float, officials: float, commentators: float
) -> list[Saying]:
    """Return officials and commentators with their shares of hostile statements."""
    chance, weeks = random.Random(seed), list(weeks)
    return [
        *say_weekly(chance, weeks, rate, how=lambda c: constant(c, officials)),
        *say_weekly(chance, weeks, rate, tier=Tier.COMMENTATOR, how=lambda c: constant(c, commentators)),
    ]


def divergences_in(
    sayings: Sequence[Saying], week: int, told: Sequence[Signal] = (), **changes: float
) -> list[Signal]:
    """Look for divergences in the two weeks that end with one."""
    start = FIRST + week * WEEK
    wanted = replace(USUAL, **changes)
    return find_divergences(sayings, start, UTC, AGENCY, wanted, told, start + WEEK)


def test_officials_and_commentators_who_part_ways_are_told_of_once_in_two_weeks() -> None:
    """With both means; the next week rests, the one after may tell again."""
    said = [*voices(1, range(12), 15, 0.15, 0.15), *voices(2, range(12, 15), 25, 0.02, 0.85)]
    (signal,) = divergences_in(said, 13)
    facts = signal.facts
    assert isinstance(facts, Divergence)
    assert signal.kind is Kind.DIVERGENCE
    assert facts.difference > facts.bound
    assert facts.difference > 0.25
    assert (facts.since, facts.until) == (FIRST + 12 * WEEK, FIRST + 14 * WEEK)
    assert signal.severity == round(100 * facts.difference)
    assert [] == divergences_in(said, 14, [signal])
    assert divergences_in(said, 14)


def test_a_gap_that_was_always_there_is_no_news() -> None:
    """Commentators are harsher than officials; that is told only where it is wider than before."""
    always = voices(3, range(14), 25, 0.02, 0.85)
    assert [] == divergences_in(always, 13)
    assert divergences_in([s for s in always if s.said_at >= FIRST + 12 * WEEK], 13)


def test_a_year_of_one_voice_invents_no_divergence(capsys: pytest.CaptureFixture[str]) -> None:
    """Ten dyads in which both say the same, looked at every week of a year."""
    found: list[Signal] = []
    for dyad in range(10):
        said = voices(100 + dyad, range(64), 6 + 2 * dyad, 0.2, 0.2)
        for week in range(12, 64):
            near = [s for s in said if FIRST + (week - 14) * WEEK <= s.said_at < FIRST + (week + 1) * WEEK]
            found += divergences_in(near, week, found)
    with capsys.disabled():
        print(f"\ninvented divergences: {len(found)} in 520 weeks of constant Poisson noise")  # noqa: T201
    assert [] == [signal.key for signal in found]


def test_few_voices_say_nothing() -> None:
    """Eleven commentators are too few."""
    said = voices(2, [12, 13], 25, 0.02, 0.85)
    officials = [s for s in said if s.tier is Tier.GOVERNMENT]
    commentators = [s for s in said if s.tier is Tier.COMMENTATOR]
    assert divergences_in([*officials, *commentators], 13)
    assert [] == divergences_in([*officials, *commentators[:11]], 13)


def test_weeks_follow_the_zone() -> None:
    """The week that is looked at is the whole one before now."""
    from zoneinfo import ZoneInfo

    from monitor.domain.signal_finding import week_before

    moscow = ZoneInfo("Europe/Moscow")
    sunday_evening = datetime(2024, 3, 31, 21, 30, tzinfo=UTC)  # already Monday in Moscow
    assert week_before(sunday_evening, moscow) == week_start(datetime(2024, 3, 25, tzinfo=UTC), moscow)
    assert week_before(sunday_evening, UTC) == datetime(2024, 3, 18, tzinfo=UTC)
