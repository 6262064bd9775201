"""Chats that are served, and their subscriptions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.domain.preferences import Preferences
from monitor.domain.stance import Stance
from monitor.domain.subscriptions import (
    MOST_SUBSCRIPTIONS,
    Filter,
    Pace,
    Subscription,
    TooManySubscriptionsError,
)
from storage import Store
from tests.builders import NOON
from tests.storage.builders import to_chat

LATER = NOON + timedelta(hours=1)
GROUP, SUPERGROUP = -4000, -1001234567890123


def make_subscription(chat_id: int = 100, *targets: str, min_severity: int = 0) -> Subscription:
    """Return a subscription that is not saved yet."""
    return Subscription(
        0, chat_id, Filter(frozenset(targets), stances=frozenset({Stance.HOSTILE}), min_severity=min_severity)
    )


def test_chat_is_served_from_its_code_until_disabled_and_again_after_start(store: Store) -> None:
    """An unknown chat is not served."""
    assert not store.chats.is_served(100)
    store.chats.serve(100, "Desk", "ru", NOON)
    assert store.chats.is_served(100)
    store.chats.disable(100, "blocked", NOON)
    assert not store.chats.is_served(100)
    store.chats.serve(100, "Desk", "en", LATER)
    assert store.chats.is_served(100)


def test_disabled_chat_gets_nothing_that_waits(store: Store) -> None:
    """`/stop` stops also what was decided a second before; others keep theirs."""
    store.chats.serve(100, "Desk", "ru", NOON)
    store.outbox.add([to_chat("a", "100"), to_chat("b", "100"), to_chat("a", "200")], NOON)
    (sending,) = store.outbox.claim("telegram", NOON, 1)
    store.chats.disable(100, "asked to stop", NOON)
    store.outbox.retry(sending.id, NOON, "timeout")
    assert ["200"] == [delivery.recipient for delivery in store.outbox.claim("telegram", LATER, 10)]


def test_disabled_groups_topics_get_nothing_that_waits_either(store: Store) -> None:
    """And a chat whose number only begins alike loses nothing."""
    for recipient in ("-7", "-7/42", "-70", "-70/42"):
        store.outbox.add([to_chat("a", recipient)], NOON)
    store.chats.disable(-7, "kicked", NOON)
    assert {"-70", "-70/42"} == {d.recipient for d in store.outbox.claim("telegram", NOON, 9)}


def test_subscription_comes_back_with_its_id(store: Store) -> None:
    """What was asked for is what is kept; two chats have two."""
    asked = make_subscription(SUPERGROUP, "armenia", "csto", min_severity=40)
    saved = store.chats.subscribe(asked, NOON)
    assert (asked.filter, Pace.IMMEDIATE, 0, NOON) == (
        saved.filter,
        saved.pace,
        saved.thread_id,
        saved.created_at,
    )
    other = store.chats.subscribe(make_subscription(200), NOON)
    assert saved.id != other.id
    assert [saved] == store.chats.subscriptions(SUPERGROUP)
    assert [saved, other] == store.chats.subscriptions()


def test_same_subscription_twice_is_one(store: Store) -> None:
    """A second tap on the button makes no second subscription; another severity does."""
    first = store.chats.subscribe(make_subscription(100, "csto", "armenia"), NOON)
    assert first == store.chats.subscribe(make_subscription(100, "armenia", "csto"), LATER)
    assert first != store.chats.subscribe(make_subscription(100, "armenia", "csto", min_severity=1), LATER)


def test_unsubscribing_removes_one_or_all_of_the_own_ones(store: Store) -> None:
    """Nobody removes a subscription of another chat by guessing its number."""
    one, two, three = (store.chats.subscribe(make_subscription(100, t), NOON) for t in ("a", "b", "c"))
    other = store.chats.subscribe(make_subscription(200), NOON)
    assert 0 == store.chats.unsubscribe(100, other.id)
    assert 1 == store.chats.unsubscribe(100, two.id)
    assert [one, three] == store.chats.subscriptions(100)
    assert 2 == store.chats.unsubscribe(100, None)
    assert [other] == store.chats.subscriptions()


def test_subscriptions_of_disabled_chats_sleep(store: Store) -> None:
    """They are kept for `/start`; a chat allowed by configuration needs no row to subscribe."""
    for chat in (100, 200):
        store.chats.subscribe(make_subscription(chat), NOON)
    store.chats.disable(100, "blocked", NOON)
    assert [200] == [subscription.chat_id for subscription in store.chats.subscriptions()]
    assert [100] == [subscription.chat_id for subscription in store.chats.subscriptions(100)]
    store.chats.serve(100, "Desk", "ru", LATER)
    assert [100, 200] == [subscription.chat_id for subscription in store.chats.subscriptions()]


def test_group_that_became_a_supergroup_takes_everything_along(store: Store) -> None:
    """Subscriptions, what waits and how long it must wait; the old id is served no more."""
    store.chats.serve(GROUP, "Desk", "ru", NOON)
    subscription = store.chats.subscribe(make_subscription(GROUP, "csto"), NOON)
    store.outbox.add([to_chat("a", str(GROUP)), to_chat("b", str(GROUP))], NOON)
    (sending,) = store.outbox.claim("telegram", NOON, 10)
    for _ in range(2):
        store.chats.migrate(GROUP, SUPERGROUP)
    assert (False, True) == (store.chats.is_served(GROUP), store.chats.is_served(SUPERGROUP))
    assert [(subscription.id, SUPERGROUP)] == [(s.id, s.chat_id) for s in store.chats.subscriptions()]
    store.outbox.retry(sending.id, LATER, "429")
    assert [] == store.outbox.claim("telegram", NOON, 10)
    (again,) = store.outbox.claim("telegram", LATER, 10)
    assert ("a", str(SUPERGROUP)) == (again.subject, again.recipient)


def test_wait_of_the_group_holds_for_the_supergroup(store: Store) -> None:
    """Telegram's time was named before the chat moved."""
    store.outbox.add([to_chat("a", str(GROUP))], NOON)
    (sending,) = store.outbox.claim("telegram", NOON, 10)
    store.outbox.retry(sending.id, LATER, "429")
    store.chats.migrate(GROUP, SUPERGROUP)
    store.outbox.add([to_chat("b", str(SUPERGROUP))], NOON)
    assert [] == store.outbox.claim("telegram", NOON, 10)


def test_what_the_supergroup_has_already_is_not_doubled(store: Store) -> None:
    """Both ids subscribed before the move: one message and one subscription remain."""
    for chat in (GROUP, SUPERGROUP):
        store.chats.serve(chat, "Desk", "ru", NOON)
        store.chats.subscribe(make_subscription(chat, "csto"), NOON)
        store.outbox.add([to_chat("a", str(chat))], NOON)
    store.chats.subscribe(make_subscription(GROUP, "armenia"), NOON)
    store.chats.migrate(GROUP, SUPERGROUP)
    moved = store.chats.subscriptions(SUPERGROUP)
    assert [{"csto"}, {"armenia"}] == [set(subscription.filter.targets) for subscription in moved]
    assert [] == store.chats.subscriptions(GROUP)
    assert [str(SUPERGROUP)] == [d.recipient for d in store.outbox.claim("telegram", NOON, 10)]


@pytest.mark.parametrize("disabled", [GROUP, SUPERGROUP])
def test_migrated_chat_is_served_if_the_old_one_was(store: Store, disabled: int) -> None:
    """A chat that works under its old id works under the new one, and none is switched off by moving."""
    for chat in (GROUP, SUPERGROUP):
        store.chats.serve(chat, "Desk", "ru", NOON)
    store.chats.disable(disabled, "blocked", NOON)
    store.chats.migrate(GROUP, SUPERGROUP)
    assert store.chats.is_served(SUPERGROUP)


def test_subscription_is_changed_in_place(store: Store) -> None:
    """Every part of it, under the same number."""
    one = store.chats.subscribe(make_subscription(100, "csto"), NOON)
    changed = replace(one, filter=Filter(min_severity=9), name="Nine", pace=Pace.WEEKLY, thread_id=4)
    assert store.chats.change(changed)
    assert [changed] == store.chats.subscriptions(100)


def test_subscription_is_not_changed_into_a_twin_nor_by_another_chat(store: Store) -> None:
    """The name alone makes no difference; another topic or pace does."""
    one, two = (store.chats.subscribe(make_subscription(100, t), NOON) for t in ("a", "b"))
    assert not store.chats.change(replace(two, filter=one.filter, name="Two"))
    assert not store.chats.change(replace(one, chat_id=200, name="Mine"))
    assert not store.chats.change(replace(one, id=999))
    assert [one, two] == store.chats.subscriptions()
    twin = replace(two, filter=one.filter, thread_id=5)
    assert store.chats.change(twin)
    assert [one, twin] == store.chats.subscriptions()


def test_served_are_all_that_are_not_disabled(store: Store) -> None:
    """One look for a whole round of alerts."""
    assert set() == store.chats.served()
    for chat in (100, 200, SUPERGROUP):
        store.chats.serve(chat, "Desk", "ru", NOON)
    store.chats.disable(200, "blocked", NOON)
    store.chats.disable(300, "never served", NOON)
    assert {100, SUPERGROUP} == store.chats.served()


def test_fifty_subscriptions_are_the_most(store: Store) -> None:
    """Of each chat; one that is there already may be asked for again."""
    for severity in range(MOST_SUBSCRIPTIONS):
        store.chats.subscribe(make_subscription(100, min_severity=severity), NOON)
    with pytest.raises(TooManySubscriptionsError):
        store.chats.subscribe(make_subscription(100, "armenia"), NOON)
    again = store.chats.subscribe(make_subscription(100, min_severity=7), LATER)
    assert (7, NOON) == (again.filter.min_severity, again.created_at)
    store.chats.subscribe(make_subscription(200), NOON)
    assert MOST_SUBSCRIPTIONS == len(store.chats.subscriptions(100))


def test_subscriptions_and_settings_are_taken_in_together(store: Store) -> None:
    """What is there stays; the chat is the one that takes in, whoever gave them out."""
    store.chats.subscribe(make_subscription(100, "a"), NOON)
    wanted = [make_subscription(5, "a"), replace(make_subscription(5, "b"), name="B", thread_id=3)]
    assert 1 == store.chats.take_in(100, wanted, Preferences(zone="UTC"), LATER)
    assert [("", 0), ("B", 3)] == [(s.name, s.thread_id) for s in store.chats.subscriptions(100)]
    assert Preferences(zone="UTC") == store.preferences.get(100)
    assert 0 == store.chats.take_in(100, wanted, None, LATER)
    assert Preferences(zone="UTC") == store.preferences.get(100)


def test_too_many_are_not_taken_in_at_all(store: Store) -> None:
    """Neither the first of them nor the settings."""
    store.chats.subscribe(make_subscription(100), NOON)
    wanted = [make_subscription(100, min_severity=n) for n in range(1, MOST_SUBSCRIPTIONS + 1)]
    with pytest.raises(TooManySubscriptionsError):
        store.chats.take_in(100, wanted, Preferences(zone="UTC"), NOON)
    assert (1, Preferences()) == (len(store.chats.subscriptions(100)), store.preferences.get(100))


def test_chats_language_is_the_one_last_said(store: Store) -> None:
    """Alerts are written in it; an unknown chat has none."""
    assert "" == store.chats.language(100)
    store.chats.serve(100, "Desk", "ru", NOON)
    store.chats.disable(100, "blocked", NOON)
    assert "ru" == store.chats.language(100)
