"""Dyads over time: how one side speaks to another, and how that changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from statistics import fmean, median, stdev

from monitor.domain.alerts import is_self_talk
from monitor.domain.coverage import hours_between
from monitor.domain.moments import week_start
from monitor.domain.rhythm import Rhythm
from monitor.domain.stance import Stance, Tier
from monitor.domain.statement import Finding

LEAST_BASELINE_WEEKS = 4
LEAST_STATEMENTS = 3
WHOLE_COVERAGE, LEAST_COVERAGE = 0.9, 0.5
HOURS_OF_WEEK = 168


@dataclass(frozen=True, slots=True)
class Dyad:
    """Who toward whom: the speaker's bloc and tier, and the target."""

    bloc: str
    tier: Tier
    target: str


@dataclass(frozen=True, slots=True)
class DyadSummary:
    """Counts and mean intensity of one dyad; a story told by many outlets counts once."""

    dyad: Dyad
    hostile: int
    neutral: int
    conciliatory: int
    mean_intensity: float

    @property
    def total(self) -> int:
        """All statements of the dyad."""
        return self.hostile + self.neutral + self.conciliatory


def independent(findings: Iterable[Finding]) -> list[Finding]:
    """Keep one finding per story, speaker, target and stance: the most severe.

    A wire copied by forty outlets is one statement with an amplification of forty. Headlines
    repeat the body, so they fold in too.
    """
    best: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        a = finding.assessment
        text = "" if a.stance is not Stance.NEUTRAL else a.statement.text
        key = (finding.story_id, a.target, a.stance, a.speaker.name, a.speaker.bloc, text)
        kept = best.get(key)
        if kept is None or _worth(finding) > _worth(kept):
            best[key] = finding
    return sorted(best.values(), key=lambda finding: (finding.said_at, finding.id))


def _worth(finding: Finding) -> tuple[int, bool, int]:
    return (finding.assessment.severity, not finding.assessment.statement.is_headline, -finding.id)


def summarise_dyads(findings: Iterable[Finding]) -> list[DyadSummary]:
    """Sum up independent findings by dyad, the most spoken of first; self-talk is left out."""
    groups: dict[Dyad, list[Finding]] = defaultdict(list)
    for finding in independent(findings):
        a = finding.assessment
        if not is_self_talk(finding):
            groups[Dyad(a.speaker.bloc, a.speaker.tier, a.target)].append(finding)
    summaries = [
        DyadSummary(
            dyad=dyad,
            hostile=_count(group, Stance.HOSTILE),
            neutral=_count(group, Stance.NEUTRAL),
            conciliatory=_count(group, Stance.CONCILIATORY),
            mean_intensity=fmean(f.assessment.intensity for f in group),
        )
        for dyad, group in groups.items()
    ]
    return sorted(
        summaries, key=lambda s: (-(s.hostile + s.conciliatory), -s.total, s.dyad.bloc, s.dyad.target)
    )


def _count(findings: Sequence[Finding], stance: Stance) -> int:
    return sum(finding.assessment.stance is stance for finding in findings)


@dataclass(frozen=True, slots=True)
class WeekPoint:
    """One week of a series; `mean_intensity` is None where nothing was said or nothing was read.

    `coverage` is the share of the expected volume that was read, None where that is not known.
    """

    start: datetime
    count: int
    mean_intensity: float | None
    covered: bool
    coverage: float | None = None

    @property
    def partial(self) -> bool:
        """Whether so much was not read that readers must be told."""
        return self.covered and self.coverage is not None and self.coverage < WHOLE_COVERAGE

    @property
    def comparable(self) -> bool:
        """Whether enough was read for the week to be set against others."""
        return self.covered and (self.coverage is None or self.coverage >= LEAST_COVERAGE)


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """What is known of how a source was read: its rhythm, and the hours in which it was not.

    `watched_since` is its first visit: before it there is no history. `said` is how many articles
    that were collected after all were said in an hour.
    """

    rhythm: Rhythm
    watched_since: datetime
    blind: frozenset[datetime]
    said: Mapping[datetime, int] = field(default_factory=dict)


def share_covered(sources: Sequence[SourceCoverage], since: datetime, until: datetime) -> float | None:
    """Return the share of the expected volume of [since, until) that was read; None where none was expected.

    What a front still showed when it was read again counts as read. A source whose rhythm is not
    known, because it was hardly ever read, is taken to publish as much as the median of the others:
    else it would be the blindest sources that do not count.
    """
    known = [source.rhythm.a_week / HOURS_OF_WEEK for source in sources if source.rhythm.known]
    usual = median(known) if known else 0.0
    expected = covered = 0.0
    for source in sources:
        for hour in hours_between(max(since, source.watched_since), until):
            likely = source.rhythm.at(hour) if source.rhythm.known else usual
            expected += likely
            covered += min(likely, source.said.get(hour, 0)) if hour in source.blind else likely
    return covered / expected if expected > 0 else None


def weekly_series(
    findings: Iterable[Finding],
    first_week: datetime,
    weeks: int,
    zone: tzinfo,
    uncovered: frozenset[datetime] = frozenset(),
    coverage: Mapping[datetime, float | None] | None = None,
) -> list[WeekPoint]:
    """Return `weeks` consecutive weeks from `first_week`; `uncovered` weeks are gaps, never calm.

    `coverage` says of each week's beginning what share of the expected volume was read.
    """
    by_week: dict[datetime, list[float]] = defaultdict(list)
    for finding in independent(findings):
        by_week[week_start(finding.said_at, zone)].append(finding.assessment.intensity)
    starts = [week_start(first_week + timedelta(days=7 * i, hours=12), zone) for i in range(weeks)]
    return [
        WeekPoint(
            start=start,
            count=len(by_week[start]),
            mean_intensity=fmean(by_week[start]) if by_week[start] else None,
            covered=start not in uncovered,
            coverage=(coverage or {}).get(start),
        )
        for start in starts
    ]


@dataclass(frozen=True, slots=True)
class Change:
    """This week against the weeks before; both None when history is insufficient.

    `difference` is in units of intensity; `sigmas` is that over the weeks' standard deviation,
    None where the weeks before did not vary.
    """

    difference: float | None
    sigmas: float | None
    baseline_weeks: int

    @property
    def insufficient(self) -> bool:
        """Whether there is too little history to say anything."""
        return self.difference is None


def change_against_baseline(series: Sequence[WeekPoint]) -> Change:
    """Compare the last week with the mean of the weeks before it that hold statements.

    Weeks of which less than half was read are left out, and such a last week is not compared.
    """
    *before, last = series
    base = [w.mean_intensity for w in before if w.comparable and w.mean_intensity is not None]
    if (
        len(base) < LEAST_BASELINE_WEEKS
        or last.mean_intensity is None
        or not last.comparable
        or last.count < LEAST_STATEMENTS
    ):
        return Change(None, None, len(base))
    spread = stdev(base)
    difference = last.mean_intensity - fmean(base)
    return Change(difference, difference / spread if spread > 1e-9 else None, len(base))
