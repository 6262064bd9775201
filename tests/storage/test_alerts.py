"""Alerts with their deliveries, and the reasons of what raised none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.domain.alerts import Alert, Decision, SkippedFinding
from monitor.errors import StorageError
from storage import Store
from tests.builders import NOON, make_assessment, make_finding
from tests.storage.builders import assess, collect, find_one, make_alert, raise_alert, to_chat

LATER = NOON + timedelta(hours=1)


def test_alert_comes_back_by_key_number_and_finding(store: Store) -> None:
    """People know the number, deliveries the key, `/why` the finding."""
    finding = find_one(store)
    alert = raise_alert(store, finding)
    assert (1, alert) == store.alerts.by_key(alert.key)
    assert alert == store.alerts.by_number(1)
    assert (1, alert) == store.alerts.for_finding(finding.id)
    assert {alert.key} == store.alerts.known_keys({alert.key, "other' OR '1'='1"})


def test_unknown_alert_is_none(store: Store) -> None:
    """A number that somebody made up is no error."""
    assert store.alerts.by_key("x") is None
    assert store.alerts.by_number(7) is None
    assert store.alerts.for_finding(7) is None
    assert set() == store.alerts.known_keys([])


def test_alert_and_its_deliveries_are_saved_together(store: Store) -> None:
    """Each recipient gets it; nothing of it is undecided any more."""
    alert = raise_alert(store, find_one(store), "100", "200")
    claimed = store.outbox.claim("telegram", NOON, 10)
    assert [(alert.key, "100"), (alert.key, "200")] == [(d.subject, d.recipient) for d in claimed]
    assert [] == store.findings.undecided(10)


def test_nothing_is_saved_of_a_decision_that_cannot_be_saved_whole(store: Store) -> None:
    """An alert without its deliveries would never be sent."""
    good, unknown = find_one(store), make_finding(999)
    alerts = (make_alert(good), Alert("other", "rule-1", unknown, NOON))
    with pytest.raises(StorageError, match="contradicts"):
        store.alerts.save_decision(Decision(alerts, ()), [to_chat(alerts[0].key)], NOON)
    assert [] == store.alerts.latest(10)
    assert [good] == store.findings.undecided(10)
    assert [] == store.outbox.claim("telegram", NOON, 10)


def test_skipped_finding_keeps_its_reason(store: Store) -> None:
    """`/whynot` is answered from it."""
    finding = find_one(store)
    assert store.findings.skip_reason(finding.id) is None
    store.alerts.save_decision(Decision((), (SkippedFinding(finding.id, "neutral"),)), [], NOON)
    assert "neutral" == store.findings.skip_reason(finding.id)
    assert [] == store.findings.undecided(10)


def test_first_decision_of_a_finding_stands(store: Store) -> None:
    """A decision saved again after a crash does not turn an alert into a skip."""
    finding = find_one(store)
    raise_alert(store, finding)
    store.alerts.save_decision(Decision((), (SkippedFinding(finding.id, "already alerted"),)), [], LATER)
    assert store.findings.skip_reason(finding.id) is None


def test_same_key_never_alerts_twice(store: Store) -> None:
    """The second finding counts as skipped and nobody gets a second message, old subscriber or new."""
    first = find_one(store)
    copy = collect(store, "2", "Copy.")
    assess(store, copy, make_assessment(), story_id=first.story_id)
    alert = raise_alert(store, first, "100")
    (second,) = store.findings.undecided(10)
    assert alert.key == make_alert(second).key
    raise_alert(store, second, "100", "200", now=LATER)
    assert 1 == len(store.alerts.latest(10))
    assert f"already alerted as {alert.key}" == store.findings.skip_reason(second.id)
    assert ["100"] == [d.recipient for d in store.outbox.claim("telegram", LATER, 10)]


def test_alert_shows_the_outlets_of_today(store: Store) -> None:
    """Who carried the story after the alert is counted too."""
    finding = find_one(store, outlet="Wire")
    alert = raise_alert(store, finding)
    copy = collect(store, "2", "Copy.", outlet="Daily")
    assess(store, copy, make_assessment(), story_id=finding.story_id)
    found = store.alerts.by_number(1)
    assert found is not None
    assert (alert.key, ("Wire", "Daily")) == (found.key, found.finding.outlets)


def test_latest_alerts_come_newest_first_and_by_target(store: Store) -> None:
    """None and no targets mean any."""
    targets = ("armenia", "csto", "armenia")
    for number, target in enumerate(targets):
        raise_alert(store, find_one(store, str(number), make_assessment(target)))
    assert [3, 2, 1] == [number for number, _ in store.alerts.latest(10)]
    assert [3, 2] == [number for number, _ in store.alerts.latest(2, targets=())]
    assert [3, 1] == [number for number, _ in store.alerts.latest(10, targets={"armenia"})]
