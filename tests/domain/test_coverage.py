"""Gaps in coverage: a source that fails must never look like calm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.domain.coverage import RunOutcome, SourceRun, find_gaps, uncovered_weeks
from monitor.domain.source import Source
from monitor.domain.stance import Tier

MONDAY = datetime(2024, 3, 11, tzinfo=UTC)
SUNDAY = MONDAY + timedelta(days=7)
DAY = timedelta(days=1)
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
