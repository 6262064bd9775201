"""Which findings deserve an alert: a pure decision over rules and what was already alerted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.domain.actors import RUSSIA
from monitor.domain.changes import ChangeEvidence
from monitor.domain.stance import Act, Stance, Tier, Topic
from monitor.domain.statement import Finding


class AlertKind(StrEnum):
    """What an alert tells: something was said, or something said was changed."""

    STATEMENT = "statement"
    SOFTENED = "softened"
    SHARPENED = "sharpened"
    REMOVED = "removed"


class Direction(StrEnum):
    """Between which sides words go."""

    ANY = "any"
    FROM_RUSSIA = "from_russia"
    TO_RUSSIA = "to_russia"
    BETWEEN_PARTNERS = "between_partners"
    TO_INSTITUTIONS = "to_institutions"
    THIRD_PARTIES = "third_parties"


INSTITUTIONS = frozenset({"csto", "eaeu", "cis", "union_state"})
"""The blocs among the targets."""
THIRD_PARTIES = frozenset({"west", "ukraine", "other", "outlet", "unknown"})
"""Speakers' sides that are neither Moscow nor a target."""

CHANGES = frozenset({AlertKind.SOFTENED, AlertKind.SHARPENED, AlertKind.REMOVED})
"""The kinds of alert that an edit or a deletion raises."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When to alert; an empty collection of a field means "any".

    `runs` says which dyads a direction takes in.
    """

    id: str
    title: str = ""
    targets: frozenset[str] = frozenset()
    blocs: frozenset[str] = frozenset()
    direction: Direction = Direction.ANY
    stances: frozenset[Stance] = frozenset({Stance.HOSTILE, Stance.CONCILIATORY})
    acts: frozenset[Act] = frozenset()
    topics: frozenset[Topic] = frozenset()
    tiers: frozenset[Tier] = frozenset()
    sources: frozenset[str] = frozenset()
    min_severity: int = 0
    min_probability: float = 0.0
    changes: frozenset[AlertKind] = CHANGES
    """The changes of a statement that are told too, where the rule asks for the statement."""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class FirstOfItsKind:
    """An act that its speaker had not done toward the target for as long as `watched` says.

    `before` is when it was done last, None where that was never since `watched` began.
    """

    act: Act
    watched: timedelta
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing worth telling people: the finding that stands for it and the rule that asked.

    `key` identifies it for ever: the same story, target, stance and speaker never alert twice.
    """

    key: str
    rule_id: str
    finding: Finding
    created_at: datetime
    kind: AlertKind = AlertKind.STATEMENT
    former: Finding | None = None
    """The statement as it was before the edit, where the alert is about one."""
    evidence: ChangeEvidence | None = None
    """What proves the edit or the deletion, where the alert is about one."""
    first: FirstOfItsKind | None = None
    """Set where the speaker had not acted so toward the target for long."""
    ruled: Stance | None = None
    """What a reviewer ruled after users had doubted the judgement."""

    @property
    def ground(self) -> Finding:
        """The finding for which a rule asked: of what was softened or removed, the statement as it was."""
        if self.former is not None and self.kind in (AlertKind.SOFTENED, AlertKind.REMOVED):
            return self.former
        return self.finding


@dataclass(frozen=True, slots=True)
class SkippedFinding:
    """A finding that raised no alert, and why: what `/whynot` is answered from."""

    finding_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What came of a batch of findings."""

    alerts: tuple[Alert, ...]
    skipped: tuple[SkippedFinding, ...]


HISTORY = "history: collected by backfill"
"""Why a finding of an article that was collected to fill the past raises no alert."""


def alert_key(finding: Finding) -> str:
    """Return what makes two findings the same news."""
    speaker = finding.assessment.speaker
    who = speaker.name or f"({speaker.bloc})"
    return f"{finding.story_id}|{finding.assessment.target}|{finding.assessment.stance}|{who}"


def is_self_talk(finding: Finding) -> bool:
    """Whether the speaker's own side is the target: a state about itself is no signal."""
    return finding.assessment.speaker.bloc == finding.assessment.target


def why_not(rule: Rule, finding: Finding) -> str | None:
    """Return the first reason why the rule does not ask for this finding, or None if it does."""
    a = finding.assessment
    speaker = a.speaker
    probability = a.judgement.probabilities.of(a.stance)
    checks: tuple[tuple[bool, str], ...] = (
        (rule.enabled, "rule is off"),
        (a.stance in rule.stances, f"stance is {a.stance}"),
        (not rule.targets or a.target in rule.targets, f"target {a.target} is not watched"),
        (not rule.blocs or speaker.bloc in rule.blocs, f"speaker's bloc is {speaker.bloc}"),
        (runs(rule.direction, speaker.bloc, a.target), f"direction is {speaker.bloc} → {a.target}"),
        (not rule.tiers or speaker.tier in rule.tiers, f"speaker's tier is {speaker.tier}"),
        (not rule.acts or bool(rule.acts.intersection(a.judgement.acts)), "acts are others"),
        (not rule.topics or bool(rule.topics.intersection(a.topics)), "topics are others"),
        (not rule.sources or finding.source_id in rule.sources, f"source is {finding.source_id}"),
        (a.severity >= rule.min_severity, f"severity {a.severity} < {rule.min_severity}"),
        (
            probability >= rule.min_probability,
            f"probability {probability:.2f} < {rule.min_probability:.2f}",
        ),
    )
    return next((reason for holds, reason in checks if not holds), None)


def runs(direction: Direction, bloc: str, target: str) -> bool:
    """Whether words of a bloc about a target go in a direction.

    Third parties are speakers that are neither Moscow nor a state or institution that the rules know as
    its partner: the West, Ukraine, others and those whose side is unknown.
    """
    outsiders = bloc in THIRD_PARTIES
    return {
        Direction.ANY: True,
        Direction.FROM_RUSSIA: bloc == RUSSIA and target != RUSSIA,
        Direction.TO_RUSSIA: target == RUSSIA and bloc != RUSSIA,
        Direction.BETWEEN_PARTNERS: RUSSIA not in (bloc, target),
        Direction.TO_INSTITUTIONS: target in INSTITUTIONS,
        Direction.THIRD_PARTIES: outsiders,
    }[direction]


def decide_alerts(
    findings: Sequence[Finding],
    rules: Sequence[Rule],
    already: Collection[str],
    now: datetime,
    max_age: timedelta,
) -> Decision:
    """Decide which findings alert; `already` are the keys of alerts that exist.

    Of several findings with one key the most severe speaks for all. A finding older than
    `max_age` (after an outage or a restored backup) is recorded but not sent.
    """
    alerts: dict[str, Alert] = {}
    skipped: list[SkippedFinding] = []
    for finding in sorted(findings, key=_rank):
        key = alert_key(finding)
        reason = _reason_to_skip(finding, now, max_age)
        rule = None if reason else _first_match(rules, finding)
        if reason is None and rule is None:
            reason = _nearest_miss(rules, finding)
        elif reason is None and (key in already or key in alerts):
            reason = f"already alerted as {key}"
        if reason is None and rule is not None:
            alerts[key] = Alert(key=key, rule_id=rule.id, finding=finding, created_at=now)
        else:
            skipped.append(SkippedFinding(finding.id, reason or ""))
    ordered = sorted(alerts.values(), key=lambda alert: (alert.finding.said_at, alert.finding.id))
    return Decision(tuple(ordered), tuple(skipped))


def _rank(finding: Finding) -> tuple[int, bool, int]:
    """The most severe first; of equals a sentence before a headline, for its evidence is fuller."""
    return (-finding.assessment.severity, finding.assessment.statement.is_headline, finding.id)


def _reason_to_skip(finding: Finding, now: datetime, max_age: timedelta) -> str | None:
    a = finding.assessment
    if finding.quiet:
        return HISTORY
    if a.stance is Stance.NEUTRAL:
        return "neutral"
    if a.judgement.uncertain:
        return "uncertain: the classifier abstains"
    if is_self_talk(finding):
        return f"{a.target} speaks of itself"
    if now - finding.said_at > max_age:
        return f"older than {max_age}"
    return None


def _first_match(rules: Iterable[Rule], finding: Finding) -> Rule | None:
    return next((rule for rule in rules if why_not(rule, finding) is None), None)


def _nearest_miss(rules: Iterable[Rule], finding: Finding) -> str:
    reasons = [f"{rule.id}: {why_not(rule, finding)}" for rule in rules if rule.enabled]
    return "; ".join(reasons) or "no rule is on"
