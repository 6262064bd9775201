"""What would have alerted under other decisions: past findings decided again, and what moved and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from monitor.domain.alerts import Alert, Decision, Rule, decide_alerts, why_not
from monitor.domain.stance import Stance
from monitor.domain.statement import Finding


@dataclass(frozen=True, slots=True)
class AlertRules:
    """What decides alerts: the rules, and how old a statement may be."""

    rules: tuple[Rule, ...]
    max_age: timedelta

    def decide(self, findings: Sequence[Finding], already: Collection[str], at: datetime) -> Decision:
        """Decide as the service would at that moment."""
        return decide_alerts(findings, self.rules, already, at, self.max_age)

    def rule(self, rule_id: str) -> Rule | None:
        """Return a rule by its id."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)


@dataclass(frozen=True, slots=True)
class Reread:
    """What one revision of an article says under the present and under the proposed configuration.

    `at` is when it was understood and decided about. `gone` says why the proposal has nothing of it.
    """

    at: datetime
    before: tuple[Finding, ...]
    after: tuple[Finding, ...]
    gone: str = ""


@dataclass(frozen=True, slots=True)
class MovedAlert:
    """An alert that only one of two configurations raises, and why."""

    alert: Alert
    reason: str


@dataclass(frozen=True, slots=True)
class ReplayedAlerts:
    """The alerts of a stretch of time under two configurations, by time."""

    before: tuple[Alert, ...]
    after: tuple[Alert, ...]
    gained: tuple[MovedAlert, ...]
    lost: tuple[MovedAlert, ...]


@dataclass(slots=True)
class _Side:
    """One configuration's alerts as they come up, each with what it was raised from."""

    rules: AlertRules
    known: set[str]
    raised: dict[str, tuple[Alert, Reread]] = field(default_factory=dict)

    def decide(
        self, batch: Sequence[Reread], at: datetime, of: Callable[[Reread], Sequence[Finding]]
    ) -> None:
        origin = {finding.id: unit for unit in batch for finding in of(unit)}
        findings = [finding for unit in batch for finding in of(unit)]
        for alert in self.rules.decide(findings, self.known, at).alerts:
            self.known.add(alert.key)
            self.raised[alert.key] = (alert, origin[alert.finding.id])

    def alerts(self) -> tuple[Alert, ...]:
        return tuple(alert for alert, _ in self.raised.values())


def replay_alerts(
    units: Iterable[Reread], before: AlertRules, after: AlertRules, known: Collection[str]
) -> ReplayedAlerts:
    """Decide past findings again under both; `units` come in order of time.

    Those of one moment were decided together. `known` are the keys of alerts from before. Findings
    of one moment and one side bear different ids.
    """
    one, other = _Side(before, set(known)), _Side(after, set(known))
    for at, group in groupby(units, key=lambda unit: unit.at):
        batch = list(group)
        one.decide(batch, at, lambda unit: unit.before)
        other.decide(batch, at, lambda unit: unit.after)
    gained = [
        MovedAlert(alert, explain_gained(alert, unit, before, after))
        for key, (alert, unit) in other.raised.items()
        if key not in one.raised
    ]
    lost = [
        MovedAlert(alert, explain_lost(alert, unit, after))
        for key, (alert, unit) in one.raised.items()
        if key not in other.raised
    ]
    return ReplayedAlerts(one.alerts(), other.alerts(), tuple(gained), tuple(lost))


def explain_gained(alert: Alert, unit: Reread, before: AlertRules, after: AlertRules) -> str:
    """Say why an alert is raised now, and what stood against it before."""
    severity, rule = alert.finding.assessment.severity, after.rule(alert.rule_id)
    least = f" ≥ {rule.min_severity}" if rule and rule.min_severity else ""
    reason = f"severity {severity}{least} under rule {alert.rule_id}"
    was = find_counterpart(alert.finding, unit.before)
    if was is None:
        return f"{reason}; before: not found"
    parts = (
        _judged_otherwise(was, alert.finding),
        _against(was, unit.at, before, alert.rule_id, "no such rule"),
    )
    return f"{reason}; before: {'; '.join(filter(None, parts))}"


def explain_lost(alert: Alert, unit: Reread, after: AlertRules) -> str:
    """Say why an alert that was raised is raised no more."""
    if unit.gone:
        return unit.gone
    now = find_counterpart(alert.finding, unit.after)
    if now is None:
        return _not_found(alert.finding, unit.after)
    no_rule = f"rule {alert.rule_id} is gone"
    parts = (_judged_otherwise(alert.finding, now), _against(now, unit.at, after, alert.rule_id, no_rule))
    return "; ".join(filter(None, parts))


def find_counterpart(finding: Finding, others: Iterable[Finding]) -> Finding | None:
    """Return the judgement of the same words toward the same target."""
    a = finding.assessment
    same = [other for other in others if other.assessment.target == a.target]
    by_words = (other for other in same if other.assessment.statement.text == a.statement.text)
    by_place = (other for other in same if other.assessment.statement.start == a.statement.start)
    return next(by_words, None) or next(by_place, None)


def _not_found(finding: Finding, others: Iterable[Finding]) -> str:
    target, text = finding.assessment.target, finding.assessment.statement.text
    if any(other.assessment.statement.text == text for other in others):
        return f"{target} is not found in the statement any more"
    return f"no statement toward {target} with these words is found any more"


def _judged_otherwise(was: Finding, now: Finding) -> str:
    """Say what differs between two judgements of the same words; empty where nothing does."""
    a, b = was.assessment, now.assessment
    parts = []
    if a.stance is not b.stance:
        parts.append(f"stance {_stance(was)} → {_stance(now)}")
    if (a.speaker.name, a.speaker.bloc) != (b.speaker.name, b.speaker.bloc):
        parts.append(f"speaker {_speaker(was)} → {_speaker(now)}")
    elif a.speaker.tier is not b.speaker.tier:
        parts.append(f"tier {a.speaker.tier} → {b.speaker.tier}")
    if a.severity != b.severity and Stance.NEUTRAL not in (a.stance, b.stance):
        parts.append(f"severity {a.severity} → {b.severity}")
    return ", ".join(parts)


def _stance(finding: Finding) -> str:
    stance = finding.assessment.stance
    return f"{stance} {finding.assessment.judgement.probabilities.of(stance):.2f}"


def _speaker(finding: Finding) -> str:
    speaker = finding.assessment.speaker
    return f"{speaker.name or 'unnamed'} ({speaker.bloc})"


def _against(finding: Finding, at: datetime, rules: AlertRules, rule_id: str, no_rule: str) -> str:
    """Say what keeps a finding from alerting as it did, by the rule that asked for it where there is one."""
    decision = rules.decide([finding], (), at)
    if decision.alerts:
        return f"alerts as {finding.assessment.stance} of {_speaker(finding)}"
    rule = rules.rule(rule_id)
    missing = no_rule if rule is None else why_not(rule, finding)
    if missing and rule is not None:
        return f"{rule_id}: {missing}"
    return missing or decision.skipped[0].reason


def count_by(alerts: Iterable[Alert], name: Callable[[Alert], str]) -> Mapping[str, int]:
    """Return how many alerts bear each name, the most frequent first."""
    return dict(Counter(map(name, alerts)).most_common())
