"""History: items that were collected to fill the past are marked, and how far back was read is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.domain.alerts import HISTORY, Rule, decide_alerts
from monitor.domain.article import ItemState
from storage import Store
from tests.builders import NOON, make_assessment
from tests.storage.builders import make_article, make_item, make_page

RULES = (Rule("all"),)


def judge(store: Store) -> list[bool]:
    """Judge all that waits, and return whether each finding is history, in order."""
    for saved in store.findings.unassessed(10):
        store.findings.save(saved, "ru", None, (), [make_assessment()], NOON)
    return [finding.quiet for finding in store.findings.undecided(10)]


def test_item_seen_first_by_backfill_is_history_for_good(store: Store) -> None:
    """Its article is judged and never alerts, also after an edit that an ordinary visit sees."""
    item = make_item()
    store.articles.save(item, make_article(item), make_page(), "Agency", quiet=True)
    assert [True] == judge(store)
    store.articles.save(item, make_article(item, "Other text."), make_page(b"other"), "Agency")
    assert [True] == judge(store)
    decision = decide_alerts(store.findings.undecided(10), RULES, (), NOON, timedelta(days=1))
    assert ((), [HISTORY]) == (decision.alerts, [skipped.reason for skipped in decision.skipped])


def test_item_seen_before_keeps_its_standing(store: Store) -> None:
    """What the service collected today still alerts, though a backfill comes across it."""
    known, waiting = make_item("1"), make_item("2")
    store.articles.save(known, make_article(known), make_page(), "Agency")
    store.articles.record_failure(waiting, "HTTP 500", NOON, 4)
    for item in (known, waiting):
        store.articles.save(item, make_article(item, "Edited."), make_page(b"new"), "Agency", quiet=True)
    assert [False, False] == judge(store)


def test_item_that_a_backfill_could_not_read_is_history_when_it_is_read_later(store: Store) -> None:
    """The next visit tries it again and knows nothing of backfills."""
    item = make_item()
    failure = store.articles.record_failure(item, "HTTP 500", NOON, 4, quiet=True)
    assert ItemState.TRY_LATER is failure.state
    store.articles.save(item, make_article(item), make_page(), "Agency")
    assert [True] == judge(store)


@pytest.mark.parametrize("quiet", [False, True])
def test_only_history_is_kept_from_alerting(store: Store, quiet: bool) -> None:
    """The same finding alerts where its article is news."""
    item = make_item()
    store.articles.save(item, make_article(item), make_page(), "Agency", quiet=quiet)
    judge(store)
    decision = decide_alerts(store.findings.undecided(10), RULES, (), NOON, timedelta(days=1))
    assert (0 if quiet else 1) == len(decision.alerts)
