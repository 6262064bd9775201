"""The weekly digest: compiled purely, reviewed by people, published once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from statistics import fmean

from monitor.domain.alerts import is_self_talk
from monitor.domain.coverage import CoverageGap
from monitor.domain.moments import week_start
from monitor.domain.stance import Stance
from monitor.domain.statement import Finding
from monitor.domain.trends import Change, WeekPoint, change_against_baseline, independent, weekly_series

BASELINE_WEEKS = 7
ENTRIES_PER_SIDE = 3


class DigestState(StrEnum):
    """Where a digest stands; only a reviewer moves it from draft to approved."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """One statement shown as evidence; `number` is what reviewers name it by.

    `relabelled` is the reviewer's stance where it differs from the classifier's.
    """

    number: int
    finding: Finding
    dropped: bool = False
    relabelled: Stance | None = None

    @property
    def stance(self) -> Stance:
        """The stance that readers see."""
        return self.relabelled or self.finding.assessment.stance


@dataclass(frozen=True, slots=True)
class TargetSection:
    """What was said of one target in the week."""

    target: str
    hostile: int
    neutral: int
    conciliatory: int
    mean_intensity: float | None
    change: Change
    series: tuple[WeekPoint, ...]
    entries: tuple[DigestEntry, ...]
    """The sharpest, then the warmest."""

    @property
    def coverage(self) -> float | None:
        """The share of the week's expected volume that was read, where readers must be told of it."""
        return self.series[-1].coverage if self.series and self.series[-1].partial else None


@dataclass(frozen=True, slots=True)
class Digest:
    """A week's digest; `week` is its Monday 00:00 on the zone's clock, in UTC."""

    week: datetime
    zone: str
    state: DigestState
    sections: tuple[TargetSection, ...]
    gaps: tuple[CoverageGap, ...]
    compiled_at: datetime
    model: str

    @property
    def entries(self) -> tuple[DigestEntry, ...]:
        """All entries in the order of their numbers."""
        found = [entry for section in self.sections for entry in section.entries]
        return tuple(sorted(found, key=lambda entry: entry.number))


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """One thing that a person did to a digest: who, when, what."""

    week: datetime
    at: datetime
    reviewer: str
    action: str
    """draft, drop, restore, relabel, approve or publish."""
    entry: int | None = None
    detail: str = ""


def compile_digest(
    findings: Sequence[Finding],
    targets: Sequence[str],
    week: datetime,
    zone: tzinfo,
    zone_name: str,
    gaps: Sequence[CoverageGap],
    uncovered: Mapping[str, frozenset[datetime]],
    now: datetime,
    coverage: Mapping[datetime, float | None] | None = None,
) -> Digest:
    """Draft the digest of the week that begins at `week` from findings of it and the weeks before.

    `uncovered` maps a target to weeks that must count as gaps, `coverage` a week to the share of the
    expected volume that was read. Sections come in the order of
    `targets`; a target of which nothing was said has a section with counts of zero.
    """
    start = week_start(week + timedelta(hours=12), zone)
    first = week_start(start - timedelta(days=7 * BASELINE_WEEKS) + timedelta(hours=12), zone)
    relevant = [f for f in independent(findings) if not is_self_talk(f)]
    sections: list[TargetSection] = []
    number = 1
    for target in targets:
        mine = [f for f in relevant if f.assessment.target == target]
        this_week = [f for f in mine if week_start(f.said_at, zone) == start]
        gone = uncovered.get(target, frozenset())
        series = weekly_series(mine, first, BASELINE_WEEKS + 1, zone, gone, coverage)
        chosen = _sharpest(this_week, Stance.HOSTILE) + _sharpest(this_week, Stance.CONCILIATORY)
        entries = tuple(DigestEntry(number + i, finding) for i, finding in enumerate(chosen))
        number += len(entries)
        sections.append(
            TargetSection(
                target=target,
                hostile=sum(f.assessment.stance is Stance.HOSTILE for f in this_week),
                neutral=sum(f.assessment.stance is Stance.NEUTRAL for f in this_week),
                conciliatory=sum(f.assessment.stance is Stance.CONCILIATORY for f in this_week),
                mean_intensity=fmean(f.assessment.intensity for f in this_week) if this_week else None,
                change=change_against_baseline(series),
                series=tuple(series),
                entries=entries,
            )
        )
    models = sorted({f.assessment.judgement.model for f in findings})
    return Digest(
        week=start,
        zone=zone_name,
        state=DigestState.DRAFT,
        sections=tuple(sections),
        gaps=tuple(gaps),
        compiled_at=now,
        model=", ".join(models),
    )


def _sharpest(findings: Sequence[Finding], stance: Stance) -> list[Finding]:
    """Return the most severe certain findings of one stance."""
    certain = [f for f in findings if f.assessment.stance is stance and not f.assessment.judgement.uncertain]
    return sorted(certain, key=lambda f: (-f.assessment.severity, f.id))[:ENTRIES_PER_SIDE]


def apply_review(digest: Digest, steps: Sequence[ReviewStep]) -> Digest:
    """Return the digest as the reviewers' steps leave it, in the order in which they were made."""
    entries = {entry.number: entry for entry in digest.entries}
    state = digest.state
    for step in steps:
        entry = entries.get(step.entry) if step.entry is not None else None
        if step.action == "approve":
            state = DigestState.APPROVED
        elif step.action == "publish":
            state = DigestState.PUBLISHED
        elif entry is not None and step.action in ("drop", "restore"):
            entries[entry.number] = replace(entry, dropped=step.action == "drop")
        elif entry is not None and step.action == "relabel":
            entries[entry.number] = replace(entry, relabelled=Stance(step.detail))
    sections = tuple(
        replace(section, entries=tuple(entries[entry.number] for entry in section.entries))
        for section in digest.sections
    )
    return replace(digest, sections=sections, state=state)
