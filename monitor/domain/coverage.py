"""What was read and what was not: a source that fails must never look like calm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from monitor.domain.moments import week_start
from monitor.domain.source import Source


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


@dataclass(frozen=True, slots=True)
class HourCoverage:
    """What one hour of one source brought; `hour` is its beginning in UTC."""

    source_id: str
    hour: datetime
    visits: int
    read: int
    blocked: int
    failed: int
    missed: int
    items: int
    articles: int


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


LEAST_SHARE_READ = 0.5
SILENCE_FACTOR = 3.0
LEAST_ARTICLES_TO_MISS = 4


def find_gaps(
    sources: Sequence[Source],
    runs: Sequence[SourceRun],
    volumes: Mapping[str, Sequence[datetime]],
    since: datetime,
    until: datetime,
) -> list[CoverageGap]:
    """Return the enabled sources that were not read, or fell silent, in [since, until).

    A source counts as not read when fewer than half of its visits succeeded or none was made, and
    as silent when it was read but brought nothing although, by its own history in `volumes` (when
    its articles were said), at least `SILENCE_FACTOR` articles were to be expected.
    """
    gaps: list[CoverageGap] = []
    for source in sources:
        if not source.enabled:
            continue
        mine = [run for run in runs if run.source_id == source.id and since <= run.started_at < until]
        good = [r for r in mine if r.outcome in READ]
        said = sorted(volumes.get(source.id, ()))
        last = max((moment for moment in said if moment < until), default=None)
        if not mine:
            gaps.append(CoverageGap(source.id, source.outlet, since, until, "never visited in this time"))
        elif len(good) < LEAST_SHARE_READ * len(mine):
            bad = [r for r in mine if r.outcome not in READ]
            reason = f"{len(bad)} of {len(mine)} visits failed: {bad[-1].outcome}: {bad[-1].reason}"
            gaps.append(CoverageGap(source.id, source.outlet, bad[0].started_at, until, reason))
        elif (
            last is not None
            and (expected := _expected(said, since, until)) >= SILENCE_FACTOR
            and not any(since <= moment < until for moment in said)
        ):
            reason = f"silent: nothing since {last:%Y-%m-%d}, about {expected:.0f} articles were expected"
            gaps.append(CoverageGap(source.id, source.outlet, last, until, reason))
    return gaps


def _expected(said: Sequence[datetime], since: datetime, until: datetime) -> float:
    """Return how many articles the source's own rhythm before `since` lets us expect."""
    before = [moment for moment in said if moment < since]
    if len(before) < LEAST_ARTICLES_TO_MISS:
        return 0.0
    rhythm = (before[-1] - before[0]).total_seconds() / (len(before) - 1)
    return (until - since).total_seconds() / rhythm if rhythm > 0 else 0.0


def uncovered_weeks(
    runs: Sequence[SourceRun], first: datetime, end: datetime, zone: tzinfo
) -> frozenset[datetime]:
    """Return the weeks in [first, end) after the first visit in which no source was read at all."""
    if not runs:
        return frozenset()
    read = {week_start(run.started_at, zone) for run in runs if run.outcome in READ}
    begun = min(week_start(run.started_at, zone) for run in runs)
    weeks: set[datetime] = set()
    week = week_start(first, zone)
    while week < end:
        if week >= begun and week not in read:
            weeks.add(week)
        week = week_start(week + timedelta(days=7, hours=12), zone)
    return frozenset(weeks)
