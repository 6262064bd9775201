"""Deciding alerts over saved findings and changes, and putting them into the outbox with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from monitor.domain.alerts import Alert, Rule, alert_key, decide_alerts
from monitor.domain.change_alerts import decide_change_alerts, possible_keys
from monitor.domain.changes import ChangedArticle
from monitor.domain.delivery import TELEGRAM, DeliveryKind, NewDelivery
from monitor.domain.revisits import OF_LATE, is_sitewide
from monitor.domain.routing import Audience, Held, Router, urgency_of
from monitor.pipeline.firsts import mark_firsts
from monitor.pipeline.ports import Alerts, Changes, Findings, Firsts, Revisits

log = structlog.get_logger(__name__)
CONSOLE = "console"
CONSOLE_RECIPIENT = "-"
ReadAudience = Callable[[], Audience]
"""Called only where there is something to tell: thousands of subscriptions take a while to read."""


def raise_alerts(
    findings: Findings,
    alerts: Alerts,
    audience: ReadAudience,
    rules: Sequence[Rule],
    now: datetime,
    *,
    max_age: timedelta,
    limit: int = 500,
    firsts: Firsts | None = None,
) -> list[Alert] | None:
    """Decide about undecided findings and save alerts with their deliveries.

    Returns the new ones, or None where nothing was undecided.
    """
    undecided = findings.undecided(limit)
    if not undecided:
        return None
    already = alerts.known_keys({alert_key(finding) for finding in undecided})
    decision = decide_alerts(undecided, rules, already, now, max_age)
    if firsts is not None:
        decision = mark_firsts(decision, firsts)
    deliveries, held = _address(decision.alerts, audience, now)
    alerts.save_decision(decision, deliveries, now, held)
    return list(decision.alerts)


def raise_change_alerts(
    changes: Changes,
    revisits: Revisits,
    alerts: Alerts,
    audience: ReadAudience,
    rules: Sequence[Rule],
    now: datetime,
    *,
    max_age: timedelta,
    limit: int = 100,
) -> list[Alert] | None:
    """Decide about undecided changes and save alerts with their deliveries.

    Call it before `raise_alerts`, so that a statement which an edit sharpened is told as that and
    not a second time as said. Returns the new alerts, or None where nothing was undecided.
    """
    undecided = changes.undecided(limit)
    if not undecided:
        return None
    doubtful = _find_sitewide(undecided, changes, revisits)
    believed = [changed for changed in undecided if changed.change.id not in doubtful]
    already = alerts.known_keys(possible_keys(believed))
    told = decide_change_alerts(believed, rules, already, now, max_age)
    deliveries, held = _address([change.alert for change in told], audience, now)
    alerts.save_changes(told, [changed.change.id for changed in undecided], deliveries, now, held)
    return [change.alert for change in told]


def _find_sitewide(undecided: Sequence[ChangedArticle], changes: Changes, revisits: Revisits) -> set[int]:
    """Return the edits that were seen while most of a source's articles seemed to lose statements.

    A site that shows other headlines beside each text, or a new layout, is no newsroom that takes
    back what it said. Such edits stay on record.
    """
    found: set[int] = set()
    for changed in undecided:
        if not changed.change.is_edit:
            continue
        source_id = changed.statements[0].finding.source_id
        since = changed.change.seen_at - OF_LATE
        if is_sitewide(changes.touched(source_id, since), revisits.tally(source_id, since)[1]):
            log.warning("edits all over a source raise no alerts", source=source_id)
            found.add(changed.change.id)
    return found


def _address(
    alerts: Sequence[Alert], audience: ReadAudience, now: datetime
) -> tuple[list[NewDelivery], list[Held]]:
    return address(alerts, audience(), now) if alerts else ([], [])


def address(
    alerts: Sequence[Alert], audience: Audience, now: datetime
) -> tuple[list[NewDelivery], list[Held]]:
    """Return where alerts go now (the console, and each place whose subscription wants them) and later."""
    router = Router(audience, now)
    deliveries: list[NewDelivery] = []
    later: list[Held] = []
    for alert in alerts:
        places, held = router.route(alert)
        urgency = urgency_of(alert.ground.assessment.severity)
        later += held
        to = [(CONSOLE, CONSOLE_RECIPIENT), *((TELEGRAM, str(place)) for place in places)]
        to += [(forward.kind.value, forward.id) for forward in router.forwards(alert)]
        deliveries += [NewDelivery(DeliveryKind.ALERT, alert.key, *where, urgency) for where in to]
    return deliveries, later
