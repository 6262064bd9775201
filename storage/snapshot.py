"""A digest as JSON: its numbers frozen as drafted, its evidence as the ids of findings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from monitor.domain.coverage import CoverageGap
from monitor.domain.digest import Digest, DigestEntry, DigestState, TargetSection
from monitor.domain.moments import require_utc
from monitor.domain.stance import Stance
from monitor.domain.statement import Finding
from monitor.domain.trends import Change, WeekPoint

Snapshot = dict[str, Any]


def freeze(digest: Digest) -> Snapshot:
    """Return what `thaw` makes the same digest of."""
    return {
        "week": _write(digest.week),
        "zone": digest.zone,
        "state": digest.state.value,
        "sections": [_freeze_section(section) for section in digest.sections],
        "gaps": [
            {
                "source_id": gap.source_id,
                "outlet": gap.outlet,
                "since": None if gap.since is None else _write(gap.since),
                "until": None if gap.until is None else _write(gap.until),
                "reason": gap.reason,
            }
            for gap in digest.gaps
        ],
        "compiled_at": _write(digest.compiled_at),
        "model": digest.model,
    }


def _freeze_section(section: TargetSection) -> Snapshot:
    return {
        "target": section.target,
        "hostile": section.hostile,
        "neutral": section.neutral,
        "conciliatory": section.conciliatory,
        "mean_intensity": section.mean_intensity,
        "change": {
            "difference": section.change.difference,
            "sigmas": section.change.sigmas,
            "baseline_weeks": section.change.baseline_weeks,
        },
        "series": [
            {
                "start": _write(point.start),
                "count": point.count,
                "mean_intensity": point.mean_intensity,
                "covered": point.covered,
                "coverage": point.coverage,
            }
            for point in section.series
        ],
        "entries": [
            {
                "number": entry.number,
                "finding": entry.finding.id,
                "dropped": entry.dropped,
                "relabelled": None if entry.relabelled is None else entry.relabelled.value,
            }
            for entry in section.entries
        ],
    }


def name_findings(snapshot: Snapshot) -> list[int]:
    """Return the ids of the findings that `thaw` needs."""
    return [entry["finding"] for section in snapshot["sections"] for entry in section["entries"]]


def thaw(snapshot: Snapshot, findings: Mapping[int, Finding]) -> Digest:
    """Return the digest, with its evidence taken from `findings`."""
    return Digest(
        week=_read(snapshot["week"]),
        zone=snapshot["zone"],
        state=DigestState(snapshot["state"]),
        sections=tuple(_thaw_section(section, findings) for section in snapshot["sections"]),
        gaps=tuple(
            CoverageGap(
                source_id=gap["source_id"],
                outlet=gap["outlet"],
                since=None if gap["since"] is None else _read(gap["since"]),
                until=None if gap["until"] is None else _read(gap["until"]),
                reason=gap["reason"],
            )
            for gap in snapshot["gaps"]
        ),
        compiled_at=_read(snapshot["compiled_at"]),
        model=snapshot["model"],
    )


def _thaw_section(section: Snapshot, findings: Mapping[int, Finding]) -> TargetSection:
    return TargetSection(
        target=section["target"],
        hostile=section["hostile"],
        neutral=section["neutral"],
        conciliatory=section["conciliatory"],
        mean_intensity=section["mean_intensity"],
        change=Change(**section["change"]),
        series=tuple(WeekPoint(**{**point, "start": _read(point["start"])}) for point in section["series"]),
        entries=tuple(
            DigestEntry(
                number=entry["number"],
                finding=findings[entry["finding"]],
                dropped=entry["dropped"],
                relabelled=None if entry["relabelled"] is None else Stance(entry["relabelled"]),
            )
            for entry in section["entries"]
        ),
    )


def _write(moment: datetime) -> str:
    return require_utc(moment, "a moment of a digest").isoformat()


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
