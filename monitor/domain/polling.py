"""When a source is asked next: by its own rhythm, and not at all for a while where it keeps failing."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.domain.source import Source

HISTORY = timedelta(days=8)
"""How far back items tell of a source's rhythm."""
LONGEST_REST = timedelta(days=1)
FIRST_REST_OF_BLOCKED = timedelta(hours=1)

_DAY = timedelta(days=1)
_SAVED_EVERY = timedelta(hours=1)
_AROUND = timedelta(minutes=90)
_LEAST_ITEMS = 6
_LEAST_DAYS = 2
_SHARE = 0.25
_AFTER_NEWS = 0.5
_GROWTH, _MOST_GROWTH = 1.25, 1.5
_SERVER_TROUBLES = frozenset({"server", "throttled"})
"""A block with these troubles is a robots.txt that could not be had: an outage, and no refusal."""


@dataclass(frozen=True, slots=True)
class PollingLimits:
    """Between which intervals a source is asked, and when it is left alone."""

    least: timedelta = timedelta(seconds=60)
    most: timedelta = timedelta(minutes=30)
    failures_to_rest: int = 5
    rest: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Polling:
    """How a source is asked now: `interval` after its last visit, which began at `visited_at`.

    After `failures` failed visits in a row it may rest until `rest_until`; the visit after a rest
    tries whether it is well again, and decides over the next.
    """

    source_id: str
    interval: timedelta
    visited_at: datetime
    failures: int = 0
    rest_until: datetime | None = None

    @property
    def due_at(self) -> datetime:
        """When it is asked next."""
        usual = self.visited_at + self.interval
        return usual if self.rest_until is None else max(usual, self.rest_until)

    def wait(self, now: datetime) -> timedelta:
        """Return for how long it is still to be left alone.

        A clock that was set back makes nobody wait longer than was meant when the last visit ended,
        and one that was set forward makes the source due, once.
        """
        meant = self.due_at - self.visited_at
        return min(max(self.due_at - now, timedelta(0)), meant)


def plan_next_visit(
    source: Source,
    before: Polling | None,
    run: SourceRun,
    recent: Sequence[datetime],
    limits: PollingLimits,
) -> Polling:
    """Return how the source is asked after a visit; `recent` are the times of its items in `HISTORY`.

    What the server itself asked for (`SourceRun.retry_after`) always holds; where our own rest would
    be longer, that holds too.
    """
    known = before or Polling(source.id, source.interval, run.started_at)
    if run.outcome is RunOutcome.MISSED:
        return replace(known, visited_at=run.started_at)
    if run.outcome not in (RunOutcome.FAILED, RunOutcome.BLOCKED):
        interval = next_interval(source, recent, run, known.interval, limits)
        return Polling(source.id, interval, run.started_at)
    failures = known.failures + 1
    rests = [_own_rest(known, run, failures, limits)]
    if run.retry_after is not None:
        rests.append(timedelta(seconds=run.retry_after))
    until = run.finished_at + max(rests)
    return Polling(
        source_id=source.id,
        interval=_slower(source, known.interval, limits),
        visited_at=run.started_at,
        failures=failures,
        rest_until=until if max(rests) else None,
    )


def is_worth_saving(saved: Polling | None, polling: Polling) -> bool:
    """Say whether a restart should find this: not for every visit, most of which change next to nothing."""
    if saved is None or (saved.failures, saved.rest_until) != (polling.failures, polling.rest_until):
        return True
    apart = abs(polling.interval - saved.interval) > saved.interval / 4
    return apart or abs(polling.visited_at - saved.visited_at) >= _SAVED_EVERY


def next_interval(
    source: Source, recent: Sequence[datetime], run: SourceRun, last: timedelta, limits: PollingLimits
) -> timedelta:
    """Return the interval after a visit that read the source.

    Over sources that differ, and over the hours of one, a given number of visits finds items
    soonest when intervals follow the square root of the expected gaps; `Source.interval` is where
    both are the same. It is shorter right after news, which seldom comes alone, and grows while
    nothing comes.
    """
    if not source.adaptive:
        return source.interval
    floor, ceiling = _bounds(source, limits)
    gap = expected_gap(recent, run.started_at)
    base = source.interval if gap is None else _SHARE * _middle(gap, source.interval)
    base = min(max(base, floor), ceiling)
    if run.items_new:
        return max(base * _AFTER_NEWS, floor)
    return min(max(base, last * _GROWTH), base * _MOST_GROWTH, ceiling)


def expected_gap(recent: Sequence[datetime], now: datetime) -> timedelta | None:
    """Return the time between items to be expected at this time of day; None with too little history."""
    ordered = sorted(recent)
    past = ordered[bisect_left(ordered, now - HISTORY) : bisect_right(ordered, now)]
    days = (now - past[0]) // _DAY if past else 0
    if len(past) < _LEAST_ITEMS or days < _LEAST_DAYS:
        return None
    alike = 0
    for day in range(1, days + 1):
        middle = now - day * _DAY
        alike += bisect_right(past, middle + _AROUND) - bisect_left(past, middle - _AROUND)
    observed = days * 2 * _AROUND
    # Half an item more than was seen: a still hour is not known to be still for ever.
    return observed / (alike + 0.5)


def _middle(one: timedelta, other: timedelta) -> timedelta:
    return timedelta(seconds=math.sqrt(one.total_seconds() * other.total_seconds()))


def _bounds(source: Source, limits: PollingLimits) -> tuple[timedelta, timedelta]:
    """Return the shortest and the longest interval; a source's own long interval is an operator's wish."""
    floor = max(limits.least, source.spacing)
    return floor, max(floor, limits.most, source.interval)


def _slower(source: Source, last: timedelta, limits: PollingLimits) -> timedelta:
    """Return the interval after a failure."""
    if not source.adaptive:
        return source.interval
    floor, ceiling = _bounds(source, limits)
    return min(max(2 * last, floor), ceiling)


def _own_rest(before: Polling, run: SourceRun, failures: int, limits: PollingLimits) -> timedelta:
    """Return how long to leave the source alone for its failures; nothing while they are few."""
    refused = run.outcome is RunOutcome.BLOCKED and run.trouble not in _SERVER_TROUBLES
    if refused:
        doublings = failures - 1 if before.rest_until else 0
        first = FIRST_REST_OF_BLOCKED
    elif failures >= limits.failures_to_rest:
        doublings = failures - limits.failures_to_rest
        first = limits.rest
    else:
        return timedelta(0)
    return min(first * 2.0 ** min(doublings, 20), LONGEST_REST)
