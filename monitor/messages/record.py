"""An alert as data: what programs are given instead of a message."""

from __future__ import annotations

from typing import Any

from monitor.domain.alerts import Alert
from monitor.domain.statement import Finding

VERSION = 1
"""Counts up when a key changes its meaning or goes; new keys may come at any time."""


def alert_record(number: int, alert: Alert) -> dict[str, Any]:
    """Return an alert as plain JSON values; moments are ISO 8601 in UTC, texts as they were scraped."""
    first = alert.first
    return {
        "version": VERSION,
        "number": number,
        "key": alert.key,
        "kind": alert.kind.value,
        "rule": alert.rule_id,
        "created_at": alert.created_at.isoformat(),
        **_finding_record(alert.finding),
        "former": _finding_record(alert.former) if alert.former else None,
        "first": {"act": first.act.value, "before": first.before.isoformat() if first.before else None}
        if first
        else None,
    }


def _finding_record(finding: Finding) -> dict[str, Any]:
    a = finding.assessment
    p = a.judgement.probabilities
    return {
        "target": a.target,
        "stance": a.stance.value,
        "severity": a.severity,
        "intensity": round(a.intensity, 4),
        "probabilities": {
            "hostile": round(p.hostile, 4),
            "neutral": round(p.neutral, 4),
            "conciliatory": round(p.conciliatory, 4),
        },
        "acts": [act.value for act in a.judgement.acts],
        "topics": [topic.value for topic in a.topics],
        "statement": a.statement.text,
        "language": a.statement.lang,
        "mention": {"start": a.mention.start, "end": a.mention.end, "text": a.mention.surface},
        "speaker": {
            "name": a.speaker.name,
            "role": a.speaker.role,
            "tier": a.speaker.tier.value,
            "bloc": a.speaker.bloc,
        },
        "source": finding.source_id,
        "outlet": finding.outlet,
        "outlets": sorted(set(finding.outlets)),
        "url": finding.url,
        "title": finding.title,
        "said_at": finding.said_at.isoformat(),
        "model": a.judgement.model,
    }
