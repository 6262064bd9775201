"""When a source is asked next, decided on figures alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.domain.polling import Polling, PollingLimits, expected_gap, is_worth_saving, plan_next_visit
from tests.collect.loopback import make_source

NOON = datetime(2023, 3, 14, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LIMITS = PollingLimits()
SOURCE = make_source("http://paper.example/", interval=10 * MINUTE)
OFFICE_HOURS = [NOON - day * DAY + n * 30 * MINUTE for day in range(1, 8) for n in range(-8, 9)]
"""Two items an hour from 8 to 16 h, on seven days."""


def make_run(
    outcome: RunOutcome = RunOutcome.NOT_MODIFIED,
    at: datetime = NOON,
    *,
    new: int = 0,
    trouble: str = "",
    retry_after: float | None = None,
) -> SourceRun:
    """Return a visit that took no time."""
    return SourceRun(
        SOURCE.id, at, at, outcome, items_new=new, articles=new, trouble=trouble, retry_after=retry_after
    )


def fail_often(times: int, trouble: str = "server", outcome: RunOutcome = RunOutcome.FAILED) -> list[Polling]:
    """Return how the source is asked after each of so many failed visits, each made when it was due."""
    states: list[Polling] = []
    at = NOON
    for _ in range(times):
        before = states[-1] if states else None
        states.append(plan_next_visit(SOURCE, before, make_run(outcome, at, trouble=trouble), [], LIMITS))
        at = states[-1].due_at
    return states


def test_source_of_unknown_rhythm_keeps_its_interval() -> None:
    """With hardly any items nothing is known; the configured interval holds, and grows a little."""
    first = plan_next_visit(SOURCE, None, make_run(), [], LIMITS)
    assert SOURCE.interval <= first.interval <= 1.5 * SOURCE.interval
    assert first.interval == plan_next_visit(SOURCE, None, make_run(), OFFICE_HOURS[-5:], LIMITS).interval


def test_more_items_mean_shorter_intervals() -> None:
    """Four times as many items at this time of day halve the interval."""
    many = sorted(OFFICE_HOURS * 4)
    usual = plan_next_visit(SOURCE, None, make_run(new=1), OFFICE_HOURS, LIMITS).interval
    busy = plan_next_visit(SOURCE, None, make_run(new=1), many, LIMITS).interval
    assert usual / busy == pytest.approx(2.0, rel=0.05)


def test_nights_are_slower_than_days() -> None:
    """What never publishes at this hour is asked as seldom as limits allow."""
    day = plan_next_visit(SOURCE, None, make_run(), OFFICE_HOURS, LIMITS)
    night = plan_next_visit(SOURCE, None, make_run(at=NOON - 12 * HOUR), OFFICE_HOURS, LIMITS)
    assert day.interval < 15 * MINUTE < night.interval <= LIMITS.most


def test_interval_is_shorter_right_after_news_and_grows_while_nothing_comes() -> None:
    """News seldom comes alone; the growth ends at half as much again."""
    news = plan_next_visit(SOURCE, None, make_run(new=1), OFFICE_HOURS, LIMITS)
    still = [news]
    for n in range(1, 9):
        run = make_run(at=NOON + n * MINUTE)
        still.append(plan_next_visit(SOURCE, still[-1], run, OFFICE_HOURS, LIMITS))
    intervals = [state.interval for state in still]
    assert sorted(intervals) == intervals
    assert intervals[1] >= 1.9 * intervals[0]
    assert intervals[-1] <= 1.6 * intervals[1]


def test_limits_hold_whatever_the_rhythm() -> None:
    """Never oftener than the least interval or the source's spacing, never seldomer than the most."""
    flood = sorted(OFFICE_HOURS * 1_000)
    assert plan_next_visit(SOURCE, None, make_run(new=9), flood, LIMITS).interval == LIMITS.least
    spaced = replace(SOURCE, spacing=5 * MINUTE)
    assert plan_next_visit(spaced, None, make_run(new=9), flood, LIMITS).interval == 5 * MINUTE
    night = make_run(at=NOON - 12 * HOUR)
    long = Polling(SOURCE.id, DAY, NOON)
    assert plan_next_visit(SOURCE, long, night, OFFICE_HOURS, LIMITS).interval == LIMITS.most


def test_long_interval_that_an_operator_wants_is_no_limit_to_go_below() -> None:
    """A source configured for every two hours may be asked as seldom as that."""
    seldom = replace(SOURCE, interval=2 * HOUR)
    night = make_run(at=NOON - 12 * HOUR)
    assert plan_next_visit(seldom, None, night, OFFICE_HOURS, LIMITS).interval == 2 * HOUR


def test_source_that_is_not_adaptive_keeps_its_interval_but_rests_too() -> None:
    """The circuit breaker is no matter of rhythm."""
    steady = replace(SOURCE, adaptive=False)
    assert plan_next_visit(steady, None, make_run(new=5), OFFICE_HOURS, LIMITS).interval == steady.interval
    before = Polling(steady.id, steady.interval, NOON, failures=4)
    after = plan_next_visit(steady, before, make_run(RunOutcome.FAILED), [], LIMITS)
    assert (steady.interval, NOON + LIMITS.rest) == (after.interval, after.rest_until)


def test_failing_source_rests_longer_and_longer_up_to_a_day() -> None:
    """Four failures slow down, the fifth rests; each probe that fails doubles the rest."""
    states = fail_often(14)
    rests = [state.rest_until - state.visited_at if state.rest_until else None for state in states]
    assert [None] * 4 == rests[:4]
    assert [15 * MINUTE * 2**n for n in range(7)] == rests[4:11]
    assert [DAY] * 3 == rests[11:]


def test_rest_ends_with_one_visit_that_decides() -> None:
    """A probe that reads the source ends it all; there is one probe to a rest."""
    resting = fail_often(6)[-1]
    assert resting.due_at == resting.rest_until
    well = plan_next_visit(SOURCE, resting, make_run(at=resting.due_at), [], LIMITS)
    assert (0, None) == (well.failures, well.rest_until)
    again = plan_next_visit(SOURCE, resting, make_run(RunOutcome.FAILED, resting.due_at), [], LIMITS)
    assert again.due_at - resting.due_at == 2 * (resting.due_at - resting.visited_at)


@pytest.mark.parametrize("trouble", ["robots", "forbidden", "anti_bot"])
def test_block_means_hours_of_rest_at_once(trouble: str) -> None:
    """Whoever does not want to be read is left alone from the first time on."""
    states = fail_often(6, trouble, RunOutcome.BLOCKED)
    assert [1, 2, 4, 8, 16, 24] == [(state.due_at - state.visited_at) / HOUR for state in states]


def test_robots_that_cannot_be_had_are_an_outage_and_no_refusal() -> None:
    """The visit is blocked by rule, but the server is merely ill."""
    assert fail_often(1, "server", RunOutcome.BLOCKED)[0].rest_until is None


@pytest.mark.parametrize("outcome", [RunOutcome.FAILED, RunOutcome.BLOCKED])
def test_time_that_the_server_asked_for_always_holds(outcome: RunOutcome) -> None:
    """Three hours are three hours, for a first failure and for a block."""
    run = make_run(outcome, trouble="throttled", retry_after=10_800)
    for source in (SOURCE, replace(SOURCE, adaptive=False)):
        assert plan_next_visit(source, None, run, [], LIMITS).rest_until == NOON + 3 * HOUR
    tired = Polling(SOURCE.id, SOURCE.interval, NOON, failures=30)
    short = replace(run, retry_after=1)
    assert plan_next_visit(SOURCE, tired, short, [], LIMITS).rest_until == NOON + DAY


def test_visit_that_we_missed_ourselves_says_nothing_of_the_source() -> None:
    """No failure of its own, no news."""
    before = Polling(SOURCE.id, 7 * MINUTE, NOON - HOUR, failures=3)
    after = plan_next_visit(SOURCE, before, make_run(RunOutcome.MISSED), [], LIMITS)
    assert (7 * MINUTE, 3, None) == (after.interval, after.failures, after.rest_until)


def test_clock_that_jumps_neither_stalls_nor_repeats() -> None:
    """Set back by a year, nobody waits longer than was meant; set forward, the source is due once."""
    polling = Polling(SOURCE.id, 10 * MINUTE, NOON, failures=5, rest_until=NOON + HOUR)
    assert polling.wait(NOON + 20 * MINUTE) == 40 * MINUTE
    assert polling.wait(NOON - 365 * DAY) == HOUR
    late = NOON + 365 * DAY
    assert polling.wait(late) == timedelta(0)
    after = plan_next_visit(SOURCE, polling, make_run(at=late), [], LIMITS)
    assert after.due_at > late


def test_items_ahead_of_the_clock_or_long_past_tell_nothing() -> None:
    """Only what lies in the days before counts."""
    ahead = [NOON + n * MINUTE for n in range(1, 50)]
    past = [NOON - 30 * DAY + n * HOUR for n in range(50)]
    assert expected_gap([*ahead, *past], NOON) is None


def test_only_what_a_restart_must_know_is_saved() -> None:
    """A rest always; a slightly other interval not, until an hour has passed."""
    saved = Polling(SOURCE.id, 10 * MINUTE, NOON)
    assert is_worth_saving(None, saved)
    assert not is_worth_saving(saved, replace(saved, interval=11 * MINUTE, visited_at=NOON + MINUTE))
    assert is_worth_saving(saved, replace(saved, interval=20 * MINUTE))
    assert is_worth_saving(saved, replace(saved, visited_at=NOON + HOUR))
    assert is_worth_saving(saved, replace(saved, failures=1))
    assert is_worth_saving(saved, replace(saved, rest_until=NOON))
