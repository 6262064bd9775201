"""Dyads over weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.domain.moments import require_utc, week_start
from monitor.domain.rhythm import learn_rhythm
from monitor.domain.stance import Act, Stance, Tier
from monitor.domain.trends import (
    Dyad,
    SourceCoverage,
    WeekPoint,
    change_against_baseline,
    independent,
    share_covered,
    summarise_dyads,
    weekly_series,
)
from tests.builders import NOON, make_assessment, make_finding, make_speaker

MONDAY = datetime(2024, 3, 11, tzinfo=UTC)
WEEK = timedelta(days=7)


def point(week: int, mean: float | None, count: int = 5, *, covered: bool = True) -> WeekPoint:
    """Return a week of a series."""
    return WeekPoint(MONDAY + week * WEEK, count, mean, covered)


def test_forty_copies_are_one_statement() -> None:
    """Amplification is not repetition."""
    copies = [make_finding(number, story_id=1) for number in range(1, 41)]
    assert 1 == len(independent(copies))


def test_neutral_statements_of_one_story_stay_apart() -> None:
    """Different neutral sentences are different statements; the same sentence copied is one."""
    first = make_finding(
        1, make_assessment(stance=Stance.NEUTRAL, text="Армения провела выборы."), story_id=1
    )
    second = make_finding(
        2, make_assessment(stance=Stance.NEUTRAL, text="В Армению прибыл поезд."), story_id=1
    )
    again = make_finding(
        3, make_assessment(stance=Stance.NEUTRAL, text="Армения провела выборы."), story_id=1
    )
    assert [1, 2] == [finding.id for finding in independent([first, second, again])]


def test_sharper_wording_stands_for_the_story() -> None:
    """Of two findings with one key the more severe is kept."""
    mild = make_finding(1, make_assessment(act=Act.REJECT), story_id=1)
    sharp = make_finding(2, make_assessment(act=Act.THREATEN), story_id=1)
    assert [2] == [finding.id for finding in independent([mild, sharp])]


def test_dyads_count_by_bloc_tier_and_target_without_self_talk() -> None:
    """A government about its own state is no dyad."""
    findings = [
        make_finding(1),
        make_finding(2, make_assessment(stance=Stance.CONCILIATORY)),
        make_finding(3, make_assessment(speaker=make_speaker(bloc="armenia"))),
        make_finding(4, make_assessment(target="belarus", stance=Stance.NEUTRAL)),
    ]
    summaries = summarise_dyads(findings)
    assert Dyad("russia", Tier.GOVERNMENT, "armenia") == summaries[0].dyad
    assert (1, 0, 1, 2) == (
        summaries[0].hostile,
        summaries[0].neutral,
        summaries[0].conciliatory,
        summaries[0].total,
    )
    assert ["armenia", "belarus"] == [summary.dyad.target for summary in summaries]


def test_weeks_follow_the_readers_wall_clock() -> None:
    """Sunday 22:00 UTC is Monday in Moscow."""
    sunday_night = datetime(2024, 3, 17, 22, tzinfo=UTC)
    moscow = ZoneInfo("Europe/Moscow")
    assert datetime(2024, 3, 17, 21, tzinfo=UTC) == week_start(sunday_night, moscow)
    assert MONDAY == week_start(sunday_night)


def test_weeks_are_consecutive_across_a_clock_change() -> None:
    """Eight weeks around the end of winter time are eight Mondays at midnight."""
    zone = ZoneInfo("Europe/Berlin")
    series = weekly_series([], datetime(2024, 3, 4, tzinfo=zone), 8, zone)
    assert [0] * 8 == [p.start.astimezone(zone).hour for p in series]
    assert 8 == len({p.start for p in series})


def test_series_shows_weeks_that_were_not_covered() -> None:
    """A gap is marked and never becomes a calm zero."""
    series = weekly_series([make_finding(said_at=NOON)], MONDAY - WEEK, 2, UTC, frozenset({MONDAY - WEEK}))
    assert [False, True] == [p.covered for p in series]
    assert [None, True] == [p.mean_intensity and p.mean_intensity < 0 for p in series]


def test_change_is_measured_against_the_weeks_before() -> None:
    """The difference is in intensity, the sigmas in the weeks' spread."""
    change = change_against_baseline(
        [point(0, 0.0), point(1, 0.2), point(2, 0.0), point(3, 0.2), point(4, -0.5)]
    )
    assert change.difference == pytest.approx(-0.6)
    assert change.sigmas == pytest.approx(-0.6 / 0.11547, rel=1e-3)
    assert not change.insufficient


@pytest.mark.parametrize(
    "series",
    [
        [point(0, 0.1), point(1, 0.1), point(2, 0.1), point(3, -0.5)],
        [point(0, 0.1), point(1, 0.1), point(2, 0.1), point(3, 0.1, covered=False), point(4, -0.5)],
        [point(0, 0.1), point(1, 0.1), point(2, 0.1), point(3, 0.1), point(4, None, 0)],
        [point(0, 0.1), point(1, 0.1), point(2, 0.1), point(3, 0.1), point(4, -0.5, 2)],
        [point(0, 0.1), point(1, 0.1), point(2, 0.1), point(3, 0.1), point(4, -0.5, covered=False)],
    ],
)
def test_too_little_history_is_insufficient_never_a_number(series: list[WeekPoint]) -> None:
    """Few weeks, gaps, few statements: no number."""
    assert change_against_baseline(series).insufficient


def test_steady_weeks_have_no_sigmas() -> None:
    """Without spread the change has a size but no significance."""
    change = change_against_baseline([point(i, 0.1) for i in range(4)] + [point(4, 0.3)])
    assert change.sigmas is None
    assert change.difference == pytest.approx(0.2)


def test_naive_moment_is_refused() -> None:
    """Time is always aware."""
    with pytest.raises(ValueError, match="must carry a time zone"):
        require_utc(datetime(2024, 1, 1), "published_at")  # noqa: DTZ001 - naive on purpose


def every_hour(hours: int) -> list[datetime]:
    """Return hours from Monday 11 March on."""
    return [MONDAY + timedelta(hours=n) for n in range(hours)]


def covered(blind: range, *, articles: int = 2, said: dict[datetime, int] | None = None) -> SourceCoverage:
    """Return how a source that brings so much every hour was read for four weeks."""
    hours = every_hour(4 * 168)
    rhythm = learn_rhythm(dict.fromkeys(hours, articles), hours, UTC)
    return SourceCoverage(rhythm, MONDAY, frozenset(hours[n] for n in blind), said or {})


def test_share_covered_is_that_of_the_expected_volume() -> None:
    """Sixty blind hours of 168; a source with three times the volume weighs three times as much."""
    blind, whole = covered(range(60)), covered(range(0), articles=6)
    assert share_covered([blind], MONDAY, MONDAY + WEEK) == pytest.approx(108 / 168, abs=0.01)
    assert share_covered([blind, whole], MONDAY, MONDAY + WEEK) == pytest.approx(1 - 60 / 168 / 4, abs=0.01)
    assert share_covered([blind], MONDAY + WEEK, MONDAY + 2 * WEEK) == pytest.approx(1.0)
    assert share_covered([], MONDAY, MONDAY + WEEK) is None


def test_articles_that_came_in_after_all_count_as_covered() -> None:
    """At most as many as were expected: a flood elsewhere covers nothing here."""
    said = dict.fromkeys(every_hour(30), 1) | {MONDAY + timedelta(hours=40): 99}
    share = share_covered([covered(range(60), said=said)], MONDAY, MONDAY + WEEK)
    assert share == pytest.approx((108 * 2 + 30 + 2) / 336, abs=0.01)


def test_source_that_was_never_read_counts_as_much_as_the_others() -> None:
    """The blindest source must not be the one that does not count."""
    never = SourceCoverage(learn_rhythm({}, [], UTC), MONDAY, frozenset(every_hour(168)))
    assert share_covered([covered(range(0)), never], MONDAY, MONDAY + WEEK) == pytest.approx(0.5, abs=0.01)


def test_week_of_which_less_than_half_was_read_is_not_compared() -> None:
    """Neither as the last week nor in the baseline; one of which a part was not read is marked."""
    weeks = [point(i, 0.1) for i in range(4)]
    blind = replace(point(4, -0.5), coverage=0.4)
    assert change_against_baseline([*weeks, blind]).insufficient
    assert not change_against_baseline([*weeks, replace(blind, coverage=0.62)]).insufficient
    assert change_against_baseline([*weeks[1:], replace(weeks[0], coverage=0.3), point(4, -0.5)]).insufficient
    series = weekly_series([], MONDAY, 2, UTC, coverage={MONDAY: 0.62, MONDAY + WEEK: 0.97})
    assert [(0.62, True), (0.97, False)] == [(p.coverage, p.partial) for p in series]
