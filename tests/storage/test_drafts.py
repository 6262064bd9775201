"""Subscriptions that somebody is choosing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from monitor.domain.subscriptions import Filter, Pace, Subscription
from storage import Store, open_store
from storage.drafts import KEPT
from tests.builders import NOON

ANNA, BORIS = 1, 2
DRAFT = Subscription(7, -100, Filter(frozenset({"armenia"}), words=frozenset({"газ"})), "Gas", Pace.DAILY, 12)


def test_draft_comes_back_with_all_that_was_chosen(store: Store) -> None:
    """Also the number of the subscription that it changes."""
    number = store.drafts.open(ANNA, DRAFT, NOON)
    assert (number, DRAFT) == store.drafts.get(-100, ANNA) == store.drafts.get(-100, ANNA, number)


def test_draft_outlives_the_process(url: str) -> None:
    """It is in the file, not in memory."""
    store = open_store(url, NOON)
    number = store.drafts.open(ANNA, DRAFT, NOON)
    store.close()
    again = open_store(url, NOON)
    assert (number, DRAFT) == again.drafts.get(-100, ANNA)
    again.close()


def test_users_and_chats_have_their_own(store: Store) -> None:
    """Two users of a group, and one user in two chats."""
    store.drafts.open(ANNA, DRAFT, NOON)
    store.drafts.open(BORIS, replace(DRAFT, id=8), NOON)
    store.drafts.open(ANNA, replace(DRAFT, id=9, chat_id=ANNA), NOON)
    found = [store.drafts.get(*where) for where in ((-100, ANNA), (-100, BORIS), (ANNA, ANNA))]
    assert [7, 8, 9] == [one[1].id for one in found if one]
    assert store.drafts.get(BORIS, BORIS) is None


def test_new_draft_takes_the_place_of_the_former_under_a_new_number(store: Store) -> None:
    """So that buttons of the former one find nothing, not even after it was dropped."""
    first = store.drafts.open(ANNA, DRAFT, NOON)
    second = store.drafts.open(ANNA, DRAFT, NOON)
    assert store.drafts.get(-100, ANNA, first) is None
    store.drafts.drop(second)
    assert store.drafts.get(-100, ANNA) is None
    third = store.drafts.open(ANNA, DRAFT, NOON)
    assert 3 == len({first, second, third})


def test_changes_are_kept(store: Store) -> None:
    """Tap by tap."""
    number = store.drafts.open(ANNA, DRAFT, NOON)
    changed = replace(DRAFT, filter=Filter(min_severity=40), pace=Pace.IMMEDIATE, name="")
    store.drafts.save(number, changed, NOON)
    assert (number, changed) == store.drafts.get(-100, ANNA)


def test_forgotten_drafts_are_dropped_in_time(store: Store) -> None:
    """When somebody begins another; what is being worked on stays."""
    old = store.drafts.open(ANNA, DRAFT, NOON)
    kept = store.drafts.open(BORIS, DRAFT, NOON)
    later = NOON + KEPT + timedelta(seconds=1)
    store.drafts.save(kept, DRAFT, later)
    store.drafts.open(3, DRAFT, later)
    assert store.drafts.get(-100, ANNA, old) is None
    assert store.drafts.get(-100, BORIS, kept) is not None
