"""Chats that are served, and their subscriptions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.domain.stance import Stance
from monitor.domain.subscriptions import Filter, Pace, Subscription
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


def test_chats_language_is_the_one_last_said(store: Store) -> None:
    """Alerts are written in it; an unknown chat has none."""
    assert "" == store.chats.language(100)
    store.chats.serve(100, "Desk", "ru", NOON)
    store.chats.disable(100, "blocked", NOON)
    assert "ru" == store.chats.language(100)
