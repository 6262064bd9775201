"""Deciding alerts over saved findings, and putting them into the outbox in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.domain.alerts import Alert, Rule, alert_key, decide_alerts, wants
from monitor.domain.delivery import DeliveryKind, NewDelivery
from monitor.pipeline.ports import Alerts, Chats, Findings

CONSOLE = "console"
TELEGRAM = "telegram"
CONSOLE_RECIPIENT = "-"


def raise_alerts(
    findings: Findings,
    alerts: Alerts,
    chats: Chats,
    rules: Sequence[Rule],
    now: datetime,
    *,
    max_age: timedelta,
    allowed_chats: Sequence[int] = (),
    limit: int = 500,
) -> list[Alert] | None:
    """Decide about undecided findings and save alerts with their deliveries.

    Returns the new ones, or None where nothing was undecided.
    """
    undecided = findings.undecided(limit)
    if not undecided:
        return None
    already = alerts.known_keys({alert_key(finding) for finding in undecided})
    decision = decide_alerts(undecided, rules, already, now, max_age)
    deliveries = [delivery for alert in decision.alerts for delivery in address(alert, chats, allowed_chats)]
    alerts.save_decision(decision, deliveries, now)
    return list(decision.alerts)


def address(alert: Alert, chats: Chats, allowed_chats: Sequence[int]) -> list[NewDelivery]:
    """Return where an alert goes: the console, and each served chat whose subscription wants it."""
    recipients = dict.fromkeys(
        subscription.chat_id
        for subscription in chats.subscriptions()
        if wants(subscription, alert)
        and (subscription.chat_id in allowed_chats or chats.is_served(subscription.chat_id))
    )
    console = NewDelivery(DeliveryKind.ALERT, alert.key, CONSOLE, CONSOLE_RECIPIENT)
    return [
        console,
        *(NewDelivery(DeliveryKind.ALERT, alert.key, TELEGRAM, str(chat)) for chat in recipients),
    ]
