"""Gaps in coverage: a source that fails must never look like calm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.domain.coverage import HourCoverage, RunOutcome, SourceRun, count_hours, find_blind
from monitor.domain.gaps import find_gaps, uncovered_weeks
from monitor.domain.source import Source
from monitor.domain.stance import Tier

MONDAY = datetime(2024, 3, 11, tzinfo=UTC)
SUNDAY = MONDAY + timedelta(days=7)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TEN_MINUTES = timedelta(minutes=10)
SOURCE = Source("agency", "Agency", "rss", "https://example.org/rss", "russia", Tier.OUTLET, ("ru",))
STEADY = [MONDAY - DAY * days for days in range(28, 0, -1)]


def run(at: datetime, outcome: RunOutcome = RunOutcome.OK, reason: str = "") -> SourceRun:
    """Return a visit."""
    return SourceRun("agency", at, at, outcome, reason=reason)


def test_source_that_is_read_and_speaks_is_no_gap() -> None:
    """The good case."""
    assert [] == find_gaps([SOURCE], [run(MONDAY)], {"agency": [*STEADY, MONDAY + DAY]}, MONDAY, SUNDAY)


def test_source_never_visited_is_a_gap() -> None:
    """Nothing was tried: nothing is known."""
    (gap,) = find_gaps([SOURCE], [run(MONDAY - DAY)], {}, MONDAY, SUNDAY)
    assert "never visited" in gap.reason


def test_source_that_mostly_fails_is_a_gap_with_its_reason() -> None:
    """The last failure's reason is shown."""
    runs = [
        run(MONDAY),
        run(MONDAY + DAY, RunOutcome.BLOCKED, "403"),
        run(MONDAY + 2 * DAY, RunOutcome.FAILED, "dns"),
    ]
    (gap,) = find_gaps([SOURCE], runs, {}, MONDAY, SUNDAY)
    assert "2 of 3 visits failed: failed: dns" in gap.reason
    assert MONDAY + DAY == gap.since


def test_source_that_fell_silent_is_a_gap_though_every_visit_succeeds() -> None:
    """Status 200 with nothing new for a week from a daily source."""
    (gap,) = find_gaps([SOURCE], [run(MONDAY)], {"agency": STEADY}, MONDAY, SUNDAY)
    assert "silent: nothing since 2024-03-10" in gap.reason


def test_rare_source_is_not_called_silent() -> None:
    """Two articles a month let nobody expect one this week."""
    rare = [MONDAY - DAY * days for days in (90, 70, 50, 30, 10)]
    assert [] == find_gaps([SOURCE], [run(MONDAY)], {"agency": rare}, MONDAY, SUNDAY)


def test_disabled_source_is_not_missed() -> None:
    """Operators who turn a source off know it."""
    off = Source("agency", "A", "rss", "https://example.org", "russia", Tier.OUTLET, ("ru",), enabled=False)
    assert [] == find_gaps([off], [], {}, MONDAY, SUNDAY)


def test_weeks_in_which_nothing_was_read_are_uncovered() -> None:
    """From the first visit on; weeks before the program ran are not gaps but no history."""
    weeks = [MONDAY + timedelta(days=7 * i) for i in range(5)]
    runs = [run(weeks[1]), run(weeks[2], RunOutcome.FAILED), run(weeks[3], RunOutcome.NOT_MODIFIED)]
    end = weeks[4] + timedelta(days=7)
    assert frozenset({weeks[2], weeks[4]}) == uncovered_weeks(runs, weeks[0], end, UTC)
    assert frozenset() == uncovered_weeks([], weeks[0], end, UTC)


def hour(n: int, **counts: int) -> HourCoverage:
    """Return what an hour of the week of 11 March brought: one good visit if nothing else is said."""
    values = {"visits": 1, "read": 1, "blocked": 0, "failed": 0, "missed": 0, "items": 0, "articles": 0}
    return HourCoverage("agency", MONDAY + n * HOUR, **{**values, **counts})


def bad(n: int, **counts: int) -> HourCoverage:
    """Return an hour in which the source was not read."""
    return hour(n, read=0, **counts)


def test_visits_are_counted_in_the_hour_in_which_they_began() -> None:
    """An empty answer is no reading, and every visit counts under one outcome."""
    outcomes = [RunOutcome.OK, RunOutcome.NOT_MODIFIED, RunOutcome.EMPTY, RunOutcome.BLOCKED]
    runs = [run(MONDAY + n * HOUR / 4, outcome) for n, outcome in enumerate([*outcomes, RunOutcome.MISSED])]
    first, second = count_hours(runs)
    assert (4, 2, 1, 1, 0) == (first.visits, first.read, first.blocked, first.failed, first.missed)
    assert (MONDAY + HOUR, 1, 1) == (second.hour, second.visits, second.missed)


def test_hours_without_a_reading_are_blind_whether_visited_or_not() -> None:
    """A blocked hour and one in which the service did not run; before the first visit there is no history."""
    hours = [hour(5), bad(6, blocked=3), hour(9)]
    blind = find_blind(hours, TEN_MINUTES, MONDAY, MONDAY + 11 * HOUR)
    assert [MONDAY + n * HOUR for n in (6, 7, 8, 10)] == blind
    assert [] == find_blind([], TEN_MINUTES, MONDAY, SUNDAY)


def test_source_visited_seldom_is_not_blind_between_its_readings() -> None:
    """Its front shows what came since, also after one visit that failed; more of them are a hole."""
    every_six = [hour(n) for n in range(0, 48, 6)]
    assert [] == find_blind(every_six, timedelta(hours=6), MONDAY, MONDAY + 48 * HOUR)
    long_out = [hour(n) if n < 12 or n > 30 else bad(n, failed=1) for n in range(0, 48, 6)]
    blind = find_blind(long_out, timedelta(hours=6), MONDAY, MONDAY + 48 * HOUR)
    assert [MONDAY + n * HOUR for n in range(7, 21)] == blind


def test_source_blocked_for_sixty_hours_is_a_gap_though_most_visits_succeeded() -> None:
    """The hours tell what a share of visits hides."""
    hours = [bad(n, blocked=1) if 20 <= n < 80 else hour(n) for n in range(168)]
    runs = [
        run(h.hour, RunOutcome.OK if h.read else RunOutcome.BLOCKED, "" if h.read else "403") for h in hours
    ]
    many = [run(MONDAY + n * HOUR / 10) for n in range(200)]
    (gap,) = find_gaps([SOURCE], [*runs, *many], {}, MONDAY, SUNDAY, hours)
    assert "not read in 60 of 168 hours: blocked 60; 403" == gap.reason
    assert (MONDAY + 20 * HOUR, MONDAY + 80 * HOUR) == (gap.since, gap.until)


def test_hours_of_rest_are_told_as_what_they_rest_from() -> None:
    """A source that blocks us is visited once in a while only."""
    hours = [hour(n) for n in range(20)] + [bad(n, blocked=1) for n in (20, 22, 30)] + [hour(40), hour(60)]
    (gap,) = find_gaps([SOURCE], [], {}, MONDAY, MONDAY + 61 * HOUR, hours)
    assert "not read in 39 of 61 hours: blocked 20, not visited 19" == gap.reason


def test_gap_is_told_from_hours_when_the_visits_are_forgotten() -> None:
    """Visits are kept for ninety days, their hours for ever."""
    hours = [hour(n) for n in range(100)] + [hour(n) for n in range(140, 168)]
    (gap,) = find_gaps([SOURCE], [], {}, MONDAY, SUNDAY, hours)
    assert "not read in 40 of 168 hours: not visited 40" == gap.reason
    assert [] == find_gaps([SOURCE], [], {}, MONDAY, SUNDAY, [hour(n) for n in range(168)])


def test_week_read_in_one_hour_only_is_known_from_hours() -> None:
    """Hours and visits tell together which weeks were not covered."""
    weeks = [MONDAY + timedelta(days=7 * i) for i in range(3)]
    hours = [hour(1), bad(170, failed=1), hour(340)]
    assert frozenset({weeks[1]}) == uncovered_weeks([], weeks[0], weeks[2] + 7 * DAY, UTC, hours)
