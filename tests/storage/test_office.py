"""What those who run the service decided: audit, pauses, broadcasts."""

from __future__ import annotations

from datetime import timedelta

from monitor.domain.access import Entry
from monitor.domain.delivery import DeliveryKind, NewDelivery, Urgency
from monitor.domain.switches import Pause
from storage import Store, open_store
from tests.builders import NOON

HOUR = timedelta(hours=1)


def test_audit_tells_the_newest_first_by_time_and_actor(store: Store) -> None:
    """Nothing is folded: the same twice is two."""
    entries = [
        Entry(NOON + HOUR * n, f"telegram:{n % 2}", "pause", "collection", f"step {n}") for n in range(4)
    ]
    for entry in entries:
        store.audit.add(entry)
    assert entries[::-1] == store.audit.latest(10)
    assert [entries[3]] == store.audit.latest(1)
    assert [entries[3], entries[2]] == store.audit.latest(10, since=NOON + 2 * HOUR)
    assert [entries[3], entries[1]] == store.audit.latest(10, actor="telegram:1")


def test_pause_outlives_a_restart_and_ends_by_itself(url: str) -> None:
    """The last pause counts; resuming tells which one there was."""
    store = open_store(url, NOON)
    assert store.switches.resume() is None
    store.switches.pause(Pause("telegram:1", NOON))
    pause = Pause("telegram:2", NOON, NOON + HOUR)
    store.switches.pause(pause)
    store.close()
    store = open_store(url, NOON)
    assert pause == store.switches.paused(NOON + HOUR / 2)
    assert store.switches.paused(NOON + HOUR) is None
    assert pause == store.switches.resume()
    assert store.switches.paused(NOON) is None
    store.close()


def test_broadcast_goes_into_the_outbox_once(store: Store) -> None:
    """However often it is confirmed; the text waits for that, over a restart too."""
    draft = store.broadcasts.draft("Hello", "telegram:1", NOON)
    assert (None, draft) == (draft.sent_at, store.broadcasts.get(draft.id))
    deliveries = [
        NewDelivery(DeliveryKind.BROADCAST, str(draft.id), "telegram", chat, Urgency.BULK)
        for chat in ("1", "2")
    ]
    assert store.broadcasts.send(draft.id, deliveries, NOON)
    assert not store.broadcasts.send(draft.id, [*deliveries], NOON)
    assert not store.broadcasts.send(draft.id + 1, deliveries, NOON)
    assert ["1", "2"] == [one.recipient for one in store.outbox.claim("telegram", NOON, 10)]
    assert [] == store.outbox.claim("telegram", NOON, 10)
    assert NOON == ((found := store.broadcasts.get(draft.id)) and found.sent_at)
    again = store.broadcasts.draft("Hello", "telegram:1", NOON)
    assert draft.id != again.id, "the same words may be said again"
