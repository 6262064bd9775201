"""Asking what became of articles, over a store in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.domain.alerts import Alert, Rule, decide_alerts
from monitor.domain.fates import ArticleFate
from monitor.domain.statement import Assessment
from monitor.pipeline.alert import address
from storage import Store
from tests.bot.questions import make_audiences, make_why_not
from tests.builders import NOON
from tests.notify.builders import RULE
from tests.storage.builders import find_one

CHAT = 100
MAX_AGE = timedelta(days=3)


def ask(store: Store, url: str, now: datetime = NOON) -> ArticleFate:
    """Return what became of an article."""
    fate = make_why_not(store).explain(url, CHAT, now)
    assert fate is not None
    return fate


def decide(store: Store, rules: Sequence[Rule] = (RULE,), now: datetime = NOON) -> list[Alert]:
    """Decide about all that is undecided, as the service does, and return the alerts."""
    undecided = store.findings.undecided(100)
    known = store.alerts.known_keys({f"{f.id}" for f in undecided})
    decision = decide_alerts(undecided, rules, known, now, MAX_AGE)
    deliveries, held = address(decision.alerts, make_audiences(store).read(now), now)
    store.alerts.save_decision(decision, deliveries, now, held)
    return list(decision.alerts)


def fate_of(store: Store, assessment: Assessment, *rules: Rule, **changes: object) -> ArticleFate:
    """Judge and decide one statement and return what became of its article."""
    finding = find_one(store, "1", assessment, **changes)
    decide(store, rules or (RULE,))
    return ask(store, finding.url)
