"""Where coverage failed over a stretch of time: sources not read, not read for long, or silent."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from monitor.domain.coverage import (
    HOUR,
    READ,
    CoverageGap,
    HourCoverage,
    SourceRun,
    find_blind,
    hours_between,
)
from monitor.domain.moments import week_start
from monitor.domain.source import FOLDER, Source

LEAST_SHARE_READ = 0.5
LEAST_BLIND_HOURS = 6
"""Shorter outages are not listed as gaps: a front shows its last hours again when it is back."""
SILENCE_FACTOR = 3.0
LEAST_ARTICLES_TO_MISS = 4
NOT_VISITED = "not visited"


def find_gaps(
    sources: Sequence[Source],
    runs: Sequence[SourceRun],
    volumes: Mapping[str, Sequence[datetime]],
    since: datetime,
    until: datetime,
    hours: Sequence[HourCoverage] | None = None,
) -> list[CoverageGap]:
    """Return the enabled sources that were not read, or fell silent, in [since, until).

    A source counts as not read when fewer than half of its visits succeeded or none was made, and
    as silent when it was read but brought nothing although, by its own history in `volumes` (when
    its articles were said), at least `SILENCE_FACTOR` articles were to be expected. Where `hours`
    are given, so does one that was not read in `LEAST_BLIND_HOURS` of them, whatever its visits did.
    """
    by_source: dict[str, list[HourCoverage]] = defaultdict(list)
    for hour in hours or ():
        by_source[hour.source_id].append(hour)
    gaps: list[CoverageGap] = []
    for source in sources:
        if not source.enabled:
            continue
        mine = [run for run in runs if run.source_id == source.id and since <= run.started_at < until]
        said = sorted(volumes.get(source.id, ()))
        gap = (
            _find_unread(source, mine, since, until, any_hours=bool(by_source[source.id]))
            or _find_blind_gap(source, by_source[source.id], mine, since, until)
            or (None if not mine else _find_silence(source, said, since, until))
        )
        if gap is not None:
            gaps.append(gap)
    return gaps


def _find_unread(
    source: Source, mine: Sequence[SourceRun], since: datetime, until: datetime, *, any_hours: bool
) -> CoverageGap | None:
    """Return the gap of a source that was never visited, or failed at most visits."""
    if not mine:
        # Visits are forgotten after a while, their hours are not.
        return (
            None
            if any_hours
            else CoverageGap(source.id, source.outlet, since, until, "never visited in this time")
        )
    bad = [run for run in mine if run.outcome not in READ]
    if len(mine) - len(bad) >= LEAST_SHARE_READ * len(mine):
        return None
    reason = f"{len(bad)} of {len(mine)} visits failed: {bad[-1].outcome}: {bad[-1].reason}"
    return CoverageGap(source.id, source.outlet, bad[0].started_at, until, reason)


def _find_blind_gap(
    source: Source,
    hours: Sequence[HourCoverage],
    mine: Sequence[SourceRun],
    since: datetime,
    until: datetime,
) -> CoverageGap | None:
    """Return the gap of a source that was not read in many hours, with why and how many of each."""
    blind = find_blind(hours, source.interval, since, until) if source.kind != FOLDER else []
    if len(blind) < LEAST_BLIND_HOURS:
        return None
    whys = Counter(_tell_why(blind, hours))
    parts = ", ".join(f"{why} {count}" for why, count in whys.most_common())
    reason = f"not read in {len(blind)} of {len(hours_between(since, until))} hours: {parts}"
    if last := next((r.reason for r in reversed(mine) if r.outcome not in READ and r.reason), ""):
        reason += f"; {last}"
    return CoverageGap(source.id, source.outlet, blind[0], blind[-1] + HOUR, reason)


def _tell_why(blind: Sequence[datetime], hours: Sequence[HourCoverage]) -> list[str]:
    """Return of each blind hour why nothing was read in it.

    A source that failed is left alone for a while: the hours until the next visit are as the one
    before them was.
    """
    known = {h.hour: h for h in hours}
    whys, hour, why = [], hours[0].hour, NOT_VISITED
    wanted = set(blind)
    while hour <= blind[-1]:
        here = known.get(hour)
        if here is not None and here.visits > here.missed:
            why = NOT_VISITED if here.read else "blocked" if here.blocked >= here.failed else "failed"
        if hour in wanted:
            whys.append(why)
        hour += HOUR
    return whys


def _find_silence(
    source: Source, said: Sequence[datetime], since: datetime, until: datetime
) -> CoverageGap | None:
    """Return the gap of a source that was read but brought nothing, though it used to."""
    last = max((moment for moment in said if moment < until), default=None)
    expected = _expected(said, since, until)
    if last is None or expected < SILENCE_FACTOR or any(since <= moment < until for moment in said):
        return None
    reason = f"silent: nothing since {last:%Y-%m-%d}, about {expected:.0f} articles were expected"
    return CoverageGap(source.id, source.outlet, last, until, reason)


def _expected(said: Sequence[datetime], since: datetime, until: datetime) -> float:
    """Return how many articles the source's own rhythm before `since` lets us expect."""
    before = [moment for moment in said if moment < since]
    if len(before) < LEAST_ARTICLES_TO_MISS:
        return 0.0
    rhythm = (before[-1] - before[0]).total_seconds() / (len(before) - 1)
    return (until - since).total_seconds() / rhythm if rhythm > 0 else 0.0


def uncovered_weeks(
    runs: Sequence[SourceRun],
    first: datetime,
    end: datetime,
    zone: tzinfo,
    hours: Sequence[HourCoverage] = (),
) -> frozenset[datetime]:
    """Return the weeks in [first, end) after the first visit in which no source was read at all.

    Visits and `hours` tell it together: visits are forgotten after a while, their hours are not.
    """
    read = {week_start(run.started_at, zone) for run in runs if run.outcome in READ}
    read |= {week_start(hour.hour, zone) for hour in hours if hour.read}
    tried = [*(run.started_at for run in runs), *(hour.hour for hour in hours if hour.visits)]
    if not tried:
        return frozenset()
    begun = week_start(min(tried), zone)
    weeks: set[datetime] = set()
    week = week_start(first, zone)
    while week < end:
        if week >= begun and week not in read:
            weeks.add(week)
        week = week_start(week + timedelta(days=7, hours=12), zone)
    return frozenset(weeks)
