"""Past articles as they were understood, for replaying."""

from __future__ import annotations

from datetime import timedelta

from monitor.domain.alerts import Decision, SkippedFinding
from storage import Store
from tests.builders import NOON, make_assessment
from tests.storage.builders import assess, collect, find_one, make_item, raise_alert

BEFORE, AFTER = NOON - timedelta(days=1), NOON + timedelta(days=1)


def decide(store: Store, *, now_hours: float = 0) -> None:
    """Skip all that waits for a decision."""
    skipped = [SkippedFinding(finding.id, "neutral") for finding in store.findings.undecided(100)]
    store.alerts.save_decision(Decision((), tuple(skipped)), [], NOON + timedelta(hours=now_hours))


def seen(store: Store) -> list[tuple[str, int, int]]:
    """Return the key, the revision and the number of findings of every reading."""
    found = store.history.readings(BEFORE, AFTER)
    return [(past.saved.article.key, past.saved.revision, len(past.findings)) for past in found]


def test_readings_come_in_the_order_in_which_they_were_understood(store: Store) -> None:
    """Not in that of collection: a later article may have been understood first."""
    late, early = collect(store, "late", "First text."), collect(store, "early", "Second text.")
    assess(store, early, make_assessment(), now=NOON + timedelta(minutes=1))
    assess(store, late, make_assessment(), now=NOON + timedelta(minutes=2))
    decide(store)
    found = list(store.history.readings(BEFORE, AFTER))
    assert ["early", "late"] == [past.saved.article.key for past in found]
    assert [NOON + timedelta(minutes=n) for n in (1, 2)] == [past.at for past in found]
    assert ["Second text.", "First text."] == [past.saved.article.text for past in found]


def test_every_revision_that_was_decided_about_is_there_with_its_own_findings(store: Store) -> None:
    """The superseded ones alerted in their time."""
    assess(store, collect(store, text="First."), make_assessment(), make_assessment("belarus"))
    decide(store)
    assess(store, collect(store, text="Second."), make_assessment(), now=NOON + timedelta(hours=1))
    decide(store)
    assert [("1", 0, 2), ("1", 1, 1)] == seen(store)


def test_what_was_never_decided_about_is_left_out(store: Store) -> None:
    """Superseded before the decision, waiting for it, or waiting to be understood."""
    assess(store, collect(store, text="First."), make_assessment())
    assess(store, collect(store, text="Second."), make_assessment(), now=NOON + timedelta(hours=1))
    collect(store, "waiting", "Third.")
    assert [] == seen(store)
    decide(store)
    assert [("1", 1, 1)] == seen(store)


def test_article_without_a_finding_is_there_for_other_targets_may_be_in_it(store: Store) -> None:
    """Understood, and nothing watched was mentioned."""
    assess(store, collect(store, text="On the weather."))
    (past,) = store.history.readings(BEFORE, AFTER)
    assert ((), NOON, 1) == (past.findings, past.at, store.history.count(BEFORE, AFTER))


def test_time_is_when_the_revision_was_first_seen(store: Store) -> None:
    """From the first moment on, without the last."""
    assess(store, collect(store, text="Text."))
    assert 1 == store.history.count(NOON, AFTER)
    assert 0 == store.history.count(BEFORE, NOON)


def test_history_article_is_marked_as_such(store: Store) -> None:
    """It never alerted, and would not."""
    saved = collect(store, text="Text.")
    store.articles.mark_quiet(make_item("1"))
    assess(store, saved, make_assessment())
    decide(store)
    (past,) = store.history.readings(BEFORE, AFTER)
    assert (True, True) == (past.quiet, past.findings[0].quiet)


def test_alerts_and_keys_are_told_apart_by_when_the_revision_was_seen(store: Store) -> None:
    """Also where the decision came later."""
    old = raise_alert(store, find_one(store, "old", seen=NOON - timedelta(days=3)), now=NOON)
    new = raise_alert(store, find_one(store, "new"), now=AFTER)
    assert [new.key] == [alert.key for alert in store.history.alerts(BEFORE, AFTER)]
    assert {old.key} == store.history.keys_before(BEFORE)
