"""Deliveries on their way."""

from __future__ import annotations

from datetime import timedelta

from monitor.domain.delivery import DeliveryKind
from storage import Store
from tests.builders import NOON
from tests.storage.builders import to_chat

MINUTE = timedelta(minutes=1)
LATER = NOON + timedelta(hours=1)


def subjects(store: Store, at: object = NOON, limit: int = 10) -> list[str]:
    """Claim what is due and return its subjects."""
    return [delivery.subject for delivery in store.outbox.claim("telegram", at, limit)]


def test_claimed_delivery_tells_all_about_itself(store: Store) -> None:
    """What was put in comes out, with its first try counted."""
    store.outbox.add([to_chat("a", "100", DeliveryKind.NOTICE)], NOON)
    (delivery,) = store.outbox.claim("telegram", LATER, 10)
    assert (DeliveryKind.NOTICE, "a", "telegram", "100") == (
        delivery.kind,
        delivery.subject,
        delivery.sink,
        delivery.recipient,
    )
    assert (1, NOON) == (delivery.attempts, delivery.created_at)


def test_same_message_is_put_in_once(store: Store) -> None:
    """Also after it was sent; another kind or recipient is another message."""
    store.outbox.add([to_chat("a"), to_chat("a")], NOON)
    (delivery,) = store.outbox.claim("telegram", NOON, 10)
    store.outbox.sent(delivery.id, NOON)
    store.outbox.add([to_chat("a"), to_chat("a", "200"), to_chat("a", kind=DeliveryKind.NOTICE)], NOON)
    assert 2 == len(store.outbox.claim("telegram", NOON, 10))


def test_nothing_to_add_is_no_error(store: Store) -> None:
    """An alert that nobody subscribed to has no deliveries."""
    store.outbox.add([], NOON)
    assert [] == subjects(store)


def test_claimed_delivery_is_not_claimed_again(store: Store) -> None:
    """Until it is put back."""
    store.outbox.add([to_chat("a")], NOON)
    assert ["a"] == subjects(store)
    assert [] == subjects(store, LATER)


def test_message_waits_for_its_time(store: Store) -> None:
    """What is due later is not sent now."""
    store.outbox.add([to_chat("a")], LATER)
    assert [] == subjects(store, NOON)
    assert ["a"] == subjects(store, LATER)


def test_each_sink_claims_its_own(store: Store) -> None:
    """The console never gets what Telegram is to send."""
    store.outbox.add([to_chat("a")], NOON)
    assert [] == store.outbox.claim("console", NOON, 10)


def test_one_message_at_a_time_to_each_recipient_in_order(store: Store) -> None:
    """A chat reads its messages in the order in which they were written."""
    store.outbox.add([to_chat("a"), to_chat("b"), to_chat("c", "200")], NOON)
    first, other = store.outbox.claim("telegram", NOON, 10)
    assert ("a", "c") == (first.subject, other.subject)
    assert [] == subjects(store)
    store.outbox.sent(first.id, NOON)
    assert ["b"] == subjects(store)


def test_limit_is_kept_and_the_oldest_go_first(store: Store) -> None:
    """A thousand waiting messages are claimed in portions."""
    store.outbox.add([to_chat("a", str(chat)) for chat in range(5)], NOON)
    claimed = store.outbox.claim("telegram", NOON, 3)
    assert ["0", "1", "2"] == [delivery.recipient for delivery in claimed]


def test_retry_holds_back_the_recipient_and_nobody_else(store: Store) -> None:
    """A 429 names a time; a later message sent before it would be another offence."""
    store.outbox.add([to_chat("a"), to_chat("b"), to_chat("c", "200")], NOON)
    first, _ = store.outbox.claim("telegram", NOON, 10)
    store.outbox.retry(first.id, NOON + MINUTE, "429")
    store.outbox.add([to_chat("d", "300")], NOON)
    assert ["d"] == subjects(store, NOON + MINUTE - timedelta(microseconds=1))
    (again,) = store.outbox.claim("telegram", NOON + MINUTE, 10)
    assert ("a", 2) == (again.subject, again.attempts)


def test_recipient_waits_even_when_the_message_that_was_refused_is_given_up(store: Store) -> None:
    """The time was named for the recipient, not for the message."""
    store.outbox.add([to_chat("a"), to_chat("b")], NOON)
    (first,) = store.outbox.claim("telegram", NOON, 10)
    store.outbox.retry(first.id, NOON + MINUTE, "429")
    store.outbox.failed(first.id, "too old", NOON)
    assert [] == subjects(store, NOON)
    assert ["b"] == subjects(store, NOON + MINUTE)


def test_shorter_wait_does_not_undo_a_longer_one(store: Store) -> None:
    """The latest of the times named holds."""
    store.outbox.add([to_chat("a"), to_chat("b")], NOON)
    (first,) = store.outbox.claim("telegram", NOON, 10)
    store.outbox.retry(first.id, LATER, "429")
    (second,) = store.outbox.claim("telegram", LATER, 10)
    store.outbox.retry(second.id, NOON + MINUTE, "clock went back")
    assert [] == subjects(store, NOON + MINUTE)
    assert ["a"] == subjects(store, LATER)


def test_failed_message_lets_the_next_one_go(store: Store) -> None:
    """One message that nobody can send does not block its recipient."""
    store.outbox.add([to_chat("a"), to_chat("b")], NOON)
    (first,) = store.outbox.claim("telegram", NOON, 10)
    store.outbox.failed(first.id, "400", NOON)
    assert ["b"] == subjects(store)


def test_gone_recipient_loses_all_that_waits(store: Store) -> None:
    """Waiting or being sent; what was sent stays sent, and others keep theirs."""
    store.outbox.add([to_chat("a"), to_chat("b"), to_chat("c"), to_chat("a", "200")], NOON)
    first, _ = store.outbox.claim("telegram", NOON, 10)
    store.outbox.sent(first.id, NOON)
    store.outbox.claim("telegram", NOON, 10)
    assert 2 == store.outbox.recipient_gone("telegram", "100", "blocked", NOON)
    assert 0 == store.outbox.recipient_gone("telegram", "100", "blocked", NOON)
    assert 1 == store.outbox.recover(NOON)


def test_cancelled_message_is_not_brought_back_by_its_sender(store: Store) -> None:
    """The chat left while the message was on its way."""
    store.outbox.add([to_chat("a")], NOON)
    (delivery,) = store.outbox.claim("telegram", NOON, 10)
    store.outbox.recipient_gone("telegram", "100", "blocked", NOON)
    store.outbox.retry(delivery.id, NOON, "timeout")
    assert [] == subjects(store, LATER)


def test_restart_puts_back_what_was_being_sent(store: Store) -> None:
    """It may arrive twice, which is better than never; what was recorded as sent stays so."""
    store.outbox.add([to_chat("a"), to_chat("b", "200"), to_chat("c", "300")], NOON)
    first, *_ = store.outbox.claim("telegram", NOON, 2)
    store.outbox.sent(first.id, NOON)
    assert 1 == store.outbox.recover(LATER)
    assert 0 == store.outbox.recover(LATER)
    assert [("b", 2), ("c", 1)] == [
        (delivery.subject, delivery.attempts) for delivery in store.outbox.claim("telegram", LATER, 10)
    ]


def test_counts_tell_what_waits_and_what_may_have_gone_out_twice(store: Store) -> None:
    """`uncertain` counts messages that were being sent when the program ended, whatever came of them."""
    assert {0} == set(store.outbox.counts().values())
    store.outbox.add([to_chat("a", chat) for chat in ("100", "200", "300", "400", "500")], NOON)
    first, second, *_ = store.outbox.claim("telegram", NOON, 4)
    store.outbox.sent(first.id, NOON)
    store.outbox.failed(second.id, "400", NOON)
    store.outbox.recipient_gone("telegram", "300", "blocked", NOON)
    store.outbox.recover(NOON)
    expected = {"pending": 2, "sending": 0, "sent": 1, "failed": 1, "cancelled": 1, "uncertain": 1}
    assert expected == store.outbox.counts()
    again, _ = store.outbox.claim("telegram", NOON, 5)
    store.outbox.sent(again.id, NOON)
    assert (2, 1) == (store.outbox.counts()["sent"], store.outbox.counts()["uncertain"])


def test_success_recorded_after_a_restart_still_counts(store: Store) -> None:
    """People have the message, whatever the store thought meanwhile."""
    store.outbox.add([to_chat("a")], NOON)
    (delivery,) = store.outbox.claim("telegram", NOON, 10)
    store.outbox.recover(NOON)
    store.outbox.sent(delivery.id, NOON)
    assert [] == subjects(store, LATER)


def test_alerts_and_notices_too_old_to_be_news_are_let_go(store: Store) -> None:
    """As a restored backup is full of; a digest is still sent, and so is what is young enough."""
    old = [to_chat("old"), to_chat("trouble", kind=DeliveryKind.NOTICE)]
    store.outbox.add([*old, to_chat("2026-W10", kind=DeliveryKind.DIGEST)], NOON - MINUTE)
    store.outbox.claim("telegram", NOON, 1)  # also what was on its way
    store.outbox.add([to_chat("young", "200")], NOON)
    assert 2 == store.outbox.let_go(NOON, LATER)
    assert 0 == store.outbox.let_go(NOON, LATER)
    assert ["2026-W10", "young"] == subjects(store, LATER)
    assert 2 == store.outbox.counts()["cancelled"]
