"""What was read and what was not: a source that fails must never look like calm."""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.domain.moments import hour_start


class RunOutcome(StrEnum):
    """How one visit to a source ended."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    EMPTY = "empty"
    """The source answered, but nothing that we could read stood in it."""
    BLOCKED = "blocked"
    FAILED = "failed"
    MISSED = "missed"
    """The scheduler could not start the visit in time."""


READ = frozenset({RunOutcome.OK, RunOutcome.NOT_MODIFIED, RunOutcome.EMPTY})
SUCCESSES = frozenset({RunOutcome.OK, RunOutcome.NOT_MODIFIED})
"""What counts as having read a source: an empty answer is no sign that nothing was published."""


@dataclass(frozen=True, slots=True)
class SourceRun:
    """One visit to a source: when, how it ended, and how much it brought."""

    source_id: str
    started_at: datetime
    finished_at: datetime
    outcome: RunOutcome
    items_seen: int = 0
    items_new: int = 0
    articles: int = 0
    failures: int = 0
    reason: str = ""
    trouble: str = ""
    """The kind of trouble, a value of `Trouble`; empty where there was none."""
    retry_after: float | None = None
    """For how many seconds the server asked to be left alone; not kept with the visit."""


@dataclass(frozen=True, slots=True)
class HourCoverage:
    """What one hour of one source brought; `hour` is its beginning in UTC.

    Every visit counts in the hour in which it began, under one of `read`, `blocked`, `failed` (an
    empty answer too) and `missed`.
    """

    source_id: str
    hour: datetime
    visits: int
    read: int
    blocked: int
    failed: int
    missed: int
    items: int
    articles: int

    def plus(self, other: HourCoverage) -> HourCoverage:
        """Return both together."""
        return HourCoverage(
            self.source_id,
            self.hour,
            self.visits + other.visits,
            self.read + other.read,
            self.blocked + other.blocked,
            self.failed + other.failed,
            self.missed + other.missed,
            self.items + other.items,
            self.articles + other.articles,
        )


def count_hours(runs: Iterable[SourceRun]) -> list[HourCoverage]:
    """Return what each hour of each source brought, by source and time."""
    hours: dict[tuple[str, datetime], HourCoverage] = {}
    for run in runs:
        hour = HourCoverage(
            run.source_id,
            hour_start(run.started_at),
            visits=1,
            read=int(run.outcome in SUCCESSES),
            blocked=int(run.outcome is RunOutcome.BLOCKED),
            failed=int(run.outcome in (RunOutcome.FAILED, RunOutcome.EMPTY)),
            missed=int(run.outcome is RunOutcome.MISSED),
            items=run.items_new,
            articles=run.articles,
        )
        key = (run.source_id, hour.hour)
        hours[key] = hours[key].plus(hour) if key in hours else hour
    return [hours[key] for key in sorted(hours)]


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """Where a source stands now."""

    source_id: str
    last_success_at: datetime | None
    last_article_at: datetime | None
    consecutive_failures: int
    last_outcome: RunOutcome | None
    last_reason: str
    articles: int
    unread: int = 0
    """Articles in languages that the classifier does not read: counted, never judged."""


@dataclass(frozen=True, slots=True)
class CoverageGap:
    """A stretch in which a source was not read, or fell silent, and why."""

    source_id: str
    outlet: str
    since: datetime | None
    until: datetime | None
    reason: str


HOUR = timedelta(hours=1)


def hours_between(since: datetime, until: datetime) -> list[datetime]:
    """Return the beginnings of the whole hours in [since, until)."""
    first = hour_start(since + HOUR - timedelta(microseconds=1))
    return [first + HOUR * n for n in range(max(0, math.floor((until - first) / HOUR)))]


def find_blind(
    hours: Sequence[HourCoverage], interval: timedelta, since: datetime, until: datetime
) -> list[datetime]:
    """Return the hours in [since, until) in which a source was not read, from its first visit on.

    `hours` are those of one source, by time. An hour without any visit is blind too, for then we did
    not run; but a source that is visited less than once an hour was read in the hours between two
    readings, for its front shows what came since. Before the first visit there is no blindness, only
    no history.
    """
    visited = [h.hour for h in hours if h.visits]
    if not visited:
        return []
    read = [h.hour for h in hours if h.read]
    reach = _reach(visited, read, interval)
    tried = {h.hour for h in hours if h.visits and not h.read}
    blind: list[datetime] = []
    for hour in hours_between(max(since, visited[0]), until):
        place = bisect_left(read, hour)
        seen_later = place < len(read) and read[place] <= hour + reach
        # Of a source that is visited seldom the last hours are not known yet, unless a visit failed.
        pending = hour + reach >= until and reach > timedelta(0) and hour not in tried
        if not seen_later and not pending:
            blind.append(hour)
    return blind


def _reach(visited: Sequence[datetime], read: Sequence[datetime], interval: timedelta) -> timedelta:
    """Return how far back a reading shows what came: nothing beyond its hour where readings are many.

    Neither a long rest after failures nor a time in which we did not run makes visits seldom: the
    lesser of the usual steps between visits and between readings counts.
    """
    usual = min(_usual_step(visited), _usual_step(read))
    if usual <= HOUR and interval <= HOUR / 2:
        return timedelta(0)
    # One visit may be missed: the next one still shows what came meanwhile.
    return timedelta(hours=math.ceil(2.5 * max(usual, interval) / HOUR))


def _usual_step(hours: Sequence[datetime]) -> timedelta:
    steps = sorted(later - earlier for earlier, later in itertools.pairwise(hours))
    return steps[(len(steps) - 1) // 2] if steps else HOUR
