"""Finding shifts and divergences in what was said: only what chance and blind hours do not explain."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from statistics import fmean, variance

from monitor.domain.moments import week_start
from monitor.domain.signals import Divergence, Saying, Shift, Signal
from monitor.domain.stance import OFFICIAL_TIERS, Tier
from monitor.domain.trends import SourceCoverage, WeekPoint, change_against_baseline

WEEK = timedelta(days=7)
BASELINE_WEEKS = 12
DIVERGENCE_WEEKS = 2
DIVERGENCE_REST = timedelta(days=14)
LEAST_SPREAD = 0.15
"""The least standard deviation that statements of a dyad are taken to have, −1 to +1 wide."""
RESAMPLES = 400
WIDER_SIGMAS = 2.0


@dataclass(frozen=True, slots=True)
class SignalThresholds:
    """When a signal is worth telling."""

    shift_statements: int = 10
    """The least number of statements in the week."""
    shift_weeks: int = 8
    """The least number of weeks before it in which something was said and enough was read."""
    shift_sigmas: float = 4.5
    shift_difference: float = 0.15
    divergence_statements: int = 12
    """The least number of statements of officials, and of commentators."""
    divergence_sigmas: float = 4.0
    divergence_difference: float = 0.25
    silence_weeks: int = 8
    """In so many of twelve weeks a customary speaker spoke."""
    silence_chance: float = 0.001
    """How likely a false silence of one speaker may be in twelve weeks."""
    least_coverage: float = 0.8
    """The share of the time that sources must have been read."""


def week_before(now: datetime, zone: tzinfo, weeks: int = 1) -> datetime:
    """Return when the week began that lies so many weeks before the present one."""
    return week_start(week_start(now, zone) - WEEK * weeks + timedelta(hours=12), zone)


def comparable_sources(
    sources: Mapping[str, SourceCoverage], first: datetime, week: datetime, end: datetime, least: float
) -> set[str]:
    """Return the sources that were read well in the week, and watched since early in the weeks before.

    A source that fell away or came anew would look like a shift of what is said.
    """
    hours = (end - week) / timedelta(hours=1)
    return {
        source_id
        for source_id, source in sources.items()
        if source.watched_since <= first + 4 * WEEK
        and sum(week <= hour < end for hour in source.blind) <= (1 - least) * hours
    }


def find_shifts(
    sayings: Iterable[Saying],
    week: datetime,
    zone: tzinfo,
    sources: Collection[str],
    coverage: Mapping[datetime, float | None],
    thresholds: SignalThresholds,
    now: datetime,
) -> list[Signal]:
    """Return the dyads whose week that begins at `week` differs from their twelve weeks before.

    Only what came from `sources` counts; `coverage` maps each week to the share of their expected
    volume that was read.
    """
    starts = [week_before(week, zone, back) for back in range(BASELINE_WEEKS, -1, -1)]
    starts[-1] = week
    dyads: dict[tuple[str, str], dict[datetime, list[float]]] = defaultdict(lambda: defaultdict(list))
    for saying in sayings:
        if saying.source_id in sources and saying.bloc != saying.target:
            started = week_start(saying.said_at, zone)
            dyads[saying.bloc, saying.target][started].append(saying.intensity)
    found = []
    for (bloc, target), weeks in sorted(dyads.items()):
        shift = _measure_shift(weeks, starts, coverage, thresholds)
        if shift is not None:
            key = f"shift|{bloc}|{target}|{week:%Y-%m-%d}"
            severity = min(100, round(200 * abs(shift.difference)))
            found.append(Signal(key, target, bloc, severity, shift, now))
    return found


def _measure_shift(
    weeks: Mapping[datetime, Sequence[float]],
    starts: Sequence[datetime],
    coverage: Mapping[datetime, float | None],
    thresholds: SignalThresholds,
) -> Shift | None:
    points = [
        WeekPoint(
            start=start,
            count=len(weeks.get(start, ())),
            mean_intensity=fmean(weeks[start]) if weeks.get(start) else None,
            covered=coverage.get(start) is not None,
            coverage=coverage.get(start),
        )
        for start in starts
    ]
    last, change = points[-1], change_against_baseline(points)
    if (
        change.difference is None
        or last.mean_intensity is None
        or change.baseline_weeks < thresholds.shift_weeks
        or last.count < thresholds.shift_statements
        or (last.coverage or 0.0) < thresholds.least_coverage
    ):
        return None
    base = [weeks[p.start] for p in points[:-1] if p.comparable and p.count]
    sigmas = change.difference / _standard_error(base, last.count)
    if abs(sigmas) < thresholds.shift_sigmas or abs(change.difference) < thresholds.shift_difference:
        return None
    return Shift(
        week=last.start,
        mean=last.mean_intensity,
        usual=last.mean_intensity - change.difference,
        sigmas=sigmas,
        statements=last.count,
        series=tuple(p.mean_intensity if p.comparable else None for p in points),
    )


def _standard_error(base: Sequence[Sequence[float]], statements: int) -> float:
    """Return how far the mean of a week of so many statements may lie from the weeks before by chance.

    From the spread of single statements, widened where whole weeks differ by more than that
    explains (a summit, a quarrel), so that a lively dyad needs more to be told of.
    """
    everything = [value for values in base for value in values]
    whole = fmean(everything)
    spread = max(variance(everything), LEAST_SPREAD**2)
    between = sum(len(values) * (fmean(values) - whole) ** 2 for values in base) / (len(base) - 1)
    beyond = max(1.0, between / spread)
    usual = spread * sum(1 / len(values) for values in base) / len(base) ** 2
    return math.sqrt(beyond * (spread / statements + usual))


def find_divergences(
    sayings: Iterable[Saying],
    week: datetime,
    zone: tzinfo,
    sources: Collection[str],
    thresholds: SignalThresholds,
    told: Iterable[Signal],
    now: datetime,
) -> list[Signal]:
    """Return where officials and commentators of one side part ways in the two weeks that end with `week`.

    Where twelve weeks before hold enough of both, the gap must also be wider than it was then: that
    commentators are always harsher is no news. A side and target `told` of within two weeks rest.
    """
    until = week_start(week + WEEK + timedelta(hours=12), zone)
    since = week_before(week, zone, DIVERGENCE_WEEKS - 1)
    resting = {
        (s.bloc, s.target)
        for s in told
        if isinstance(s.facts, Divergence) and s.facts.until > until - DIVERGENCE_REST
    }
    sides: dict[tuple[str, str], _Sides] = defaultdict(_Sides)
    for saying in sayings:
        if saying.source_id in sources and saying.bloc != saying.target and saying.said_at < until:
            sides[saying.bloc, saying.target].add(saying, lately=saying.said_at >= since)
    found = []
    for (bloc, target), voices in sorted(sides.items()):
        if (bloc, target) in resting:
            continue
        key = f"divergence|{bloc}|{target}|{week:%Y-%m-%d}"
        parted = voices.measure(since, until, thresholds, random.Random(key))  # noqa: S311 - the same gap gives the same answer
        if parted is not None:
            severity = min(100, round(100 * abs(parted.difference)))
            found.append(Signal(key, target, bloc, severity, parted, now))
    return found


class _Sides:
    """What officials and commentators of one side said of one target, lately and before."""

    def __init__(self) -> None:
        self._said: dict[tuple[bool, bool], list[float]] = defaultdict(list)

    def add(self, saying: Saying, *, lately: bool) -> None:
        """Count what an official or a commentator said."""
        if saying.tier in OFFICIAL_TIERS or saying.tier is Tier.COMMENTATOR:
            self._said[saying.tier in OFFICIAL_TIERS, lately].append(saying.intensity)

    def measure(
        self, since: datetime, until: datetime, thresholds: SignalThresholds, chance: random.Random
    ) -> Divergence | None:
        """Return the gap where it is beyond what chance makes, and wider than before."""
        least = thresholds.divergence_statements
        officials, commentators = self._said[True, True], self._said[False, True]
        if min(len(officials), len(commentators)) < least:
            return None
        gap = fmean(officials) - fmean(commentators)
        error = _bootstrap_error(officials, commentators, chance)
        bound = thresholds.divergence_sigmas * error
        if abs(gap) < max(bound, thresholds.divergence_difference):
            return None
        before = (self._said[True, False], self._said[False, False])
        if min(map(len, before)) >= least:
            was = fmean(before[0]) - fmean(before[1])
            wider = math.copysign(1, gap) * (gap - was)
            if wider < WIDER_SIGMAS * math.hypot(error, _bootstrap_error(*before, chance)):
                return None
        return Divergence(
            since, until, fmean(officials), fmean(commentators), len(officials), len(commentators), bound
        )


def _bootstrap_error(ones: Sequence[float], others: Sequence[float], chance: random.Random) -> float:
    """Return the standard error of the difference of two means by resampling (Efron 1979).

    Corrected for the size of small samples, and never below that of the least spread.
    """
    gaps = [
        fmean(chance.choices(ones, k=len(ones))) - fmean(chance.choices(others, k=len(others)))
        for _ in range(RESAMPLES)
    ]
    smaller = min(len(ones), len(others))
    resampled = math.sqrt(variance(gaps) * smaller / (smaller - 1))
    return max(resampled, LEAST_SPREAD * math.sqrt(1 / len(ones) + 1 / len(others)))
