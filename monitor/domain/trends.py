"""Dyads over time: how one side speaks to another, and how that changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from statistics import fmean, stdev

from monitor.domain.alerts import is_self_talk
from monitor.domain.moments import week_start
from monitor.domain.stance import Stance, Tier
from monitor.domain.statement import Finding

LEAST_BASELINE_WEEKS = 4
LEAST_STATEMENTS = 3


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
    """One week of a series; `mean_intensity` is None where nothing was said or nothing was read."""

    start: datetime
    count: int
    mean_intensity: float | None
    covered: bool


def weekly_series(
    findings: Iterable[Finding],
    first_week: datetime,
    weeks: int,
    zone: tzinfo,
    uncovered: frozenset[datetime] = frozenset(),
) -> list[WeekPoint]:
    """Return `weeks` consecutive weeks from `first_week`; `uncovered` weeks are gaps, never calm."""
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
    """Compare the last week with the mean of the covered weeks before it that hold statements."""
    *before, last = series
    base = [w.mean_intensity for w in before if w.covered and w.mean_intensity is not None]
    if (
        len(base) < LEAST_BASELINE_WEEKS
        or last.mean_intensity is None
        or not last.covered
        or last.count < LEAST_STATEMENTS
    ):
        return Change(None, None, len(base))
    spread = stdev(base)
    difference = last.mean_intensity - fmean(base)
    return Change(difference, difference / spread if spread > 1e-9 else None, len(base))
