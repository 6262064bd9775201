"""Weekly lines of who speaks how toward whom: counts of both sides, mean intensity, what was not read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from monitor.domain.actors import RUSSIA
from monitor.domain.alerts import is_self_talk
from monitor.domain.moments import week_start
from monitor.domain.stance import Stance
from monitor.domain.statement import Finding
from monitor.domain.trends import (
    Change,
    WeekPoint,
    change_against_baseline,
    independent,
    weekly_series,
)

USUAL_WEEKS = 12
LEAST_WEEKS, MOST_WEEKS = 2, 26
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Course:
    """One direction: any speaker of these sides toward any of these targets."""

    blocs: frozenset[str]
    targets: frozenset[str]


@dataclass(frozen=True, slots=True)
class TrendWeek:
    """One week of a course: its mean, and how much of either side was said."""

    point: WeekPoint
    hostile: int
    conciliatory: int


@dataclass(frozen=True, slots=True)
class Trend:
    """A course over weeks, the last of which may not be over yet.

    `change` compares the last whole week with the weeks before it.
    """

    course: Course
    weeks: tuple[TrendWeek, ...]
    change: Change

    @property
    def hostile(self) -> int:
        """All hostile statements."""
        return sum(week.hostile for week in self.weeks)

    @property
    def conciliatory(self) -> int:
        """All conciliatory statements."""
        return sum(week.conciliatory for week in self.weeks)

    @property
    def total(self) -> int:
        """All statements, the neutral ones too."""
        return sum(week.point.count for week in self.weeks)

    @property
    def points(self) -> tuple[WeekPoint, ...]:
        """The weeks without their counts of sides."""
        return tuple(week.point for week in self.weeks)


def courses_of(target: str, states: Collection[str]) -> tuple[Course, Course]:
    """Return how Moscow speaks to a target and how that speaks back; of Moscow itself, the partners."""
    if target == RUSSIA:
        partners = frozenset(states) - {RUSSIA}
        return Course(partners, frozenset({RUSSIA})), Course(frozenset({RUSSIA}), partners)
    moscow, other = frozenset({RUSSIA}), frozenset({target})
    return Course(moscow, other), Course(other, moscow)


def first_week(now: datetime, weeks: int, zone: tzinfo) -> datetime:
    """Return the beginning of the first of so many weeks, the present one being the last."""
    return week_start(week_start(now, zone) - (weeks - 1) * WEEK + timedelta(hours=12), zone)


def make_trend(
    course: Course,
    findings: Iterable[Finding],
    now: datetime,
    weeks: int,
    zone: tzinfo,
    uncovered: frozenset[datetime] = frozenset(),
    coverage: Mapping[datetime, float | None] | None = None,
) -> Trend:
    """Return a course's weeks from the findings of it; what a state says of itself is left out."""
    mine = [finding for finding in independent(findings) if not is_self_talk(finding)]
    start = first_week(now, weeks, zone)
    points = weekly_series(mine, start, weeks, zone, uncovered, coverage)
    counts: dict[tuple[datetime, Stance], int] = {}
    for finding in mine:
        key = (week_start(finding.said_at, zone), finding.assessment.stance)
        counts[key] = counts.get(key, 0) + 1
    whole = tuple(
        TrendWeek(
            point,
            counts.get((point.start, Stance.HOSTILE), 0),
            counts.get((point.start, Stance.CONCILIATORY), 0),
        )
        for point in points
    )
    return Trend(course, whole, change_against_baseline(points[:-1]))


@dataclass(frozen=True, slots=True)
class TargetTally:
    """What a speaker said of one target."""

    target: str
    hostile: int
    neutral: int
    conciliatory: int
    mean_intensity: float


@dataclass(frozen=True, slots=True)
class SpeakerProfile:
    """What one speaker said in a stretch of time: by target, the most spoken of first, and the last."""

    name: str
    since: datetime
    tallies: tuple[TargetTally, ...]
    last: tuple[Finding, ...]


def profile_speaker(
    name: str, findings: Sequence[Finding], since: datetime, count: int = 5
) -> SpeakerProfile:
    """Sum up a speaker's findings; a story told by many outlets counts once."""
    said = [finding for finding in independent(findings) if not is_self_talk(finding)]
    by_target: dict[str, list[Finding]] = {}
    for finding in said:
        by_target.setdefault(finding.assessment.target, []).append(finding)

    def tally(target: str, mine: Sequence[Finding]) -> TargetTally:
        stances = [finding.assessment.stance for finding in mine]
        mean = sum(finding.assessment.intensity for finding in mine) / len(mine)
        counts = (stances.count(Stance.HOSTILE), stances.count(Stance.NEUTRAL))
        return TargetTally(target, *counts, stances.count(Stance.CONCILIATORY), mean)

    tallies = [tally(target, mine) for target, mine in by_target.items()]
    ranked = sorted(tallies, key=lambda t: (-(t.hostile + t.conciliatory), -t.neutral, t.target))
    # One sentence may name two targets: it is shown once.
    sentences = {(f.story_id, f.assessment.statement.text): f for f in said}
    newest = sorted(sentences.values(), key=lambda f: (f.said_at, f.id), reverse=True)
    return SpeakerProfile(name, since, tuple(ranked), tuple(newest[:count]))
