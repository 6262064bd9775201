"""Telling which new alerts are firsts."""

from __future__ import annotations

from dataclasses import replace

from monitor.domain.alerts import Alert, Decision
from monitor.domain.firsts import acts_to_look_up, mark_first
from monitor.pipeline.ports import Firsts


def mark_firsts(decision: Decision, firsts: Firsts) -> Decision:
    """Return the decision with those alerts marked that are firsts."""
    return replace(decision, alerts=tuple(_look_up(alert, firsts) for alert in decision.alerts))


def _look_up(alert: Alert, firsts: Firsts) -> Alert:
    for act in acts_to_look_up(alert):
        marked = mark_first(alert, act, firsts.past(alert.finding, act))
        if marked.first is not None:
            return marked
    return alert
