"""Emptying the outbox."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import select

from monitor.domain.delivery import Delivery, DeliveryKind, NewDelivery
from monitor.errors import DeliveryError, RecipientGoneError, StorageError, UndeliverableError
from monitor.notify.content import Content, ContentLoader, NoticeContent
from monitor.notify.dispatcher import Dispatcher, Patience
from monitor.notify.sink import Sink
from storage import Outbox, Store, open_store
from storage.tables import deliveries
from tests.builders import NOON
from tests.fakes.clock import FakeClock


@dataclass
class FakeSink:
    """Remembers what was sent; `trouble` decides what goes wrong with a message."""

    trouble: Callable[[str], Exception | None] = lambda _: None
    sent: list[tuple[str, str]] = field(default_factory=list)
    tries: list[str] = field(default_factory=list)
    gate: asyncio.Event | None = None
    tried: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, delivery: Delivery, content: Content) -> None:
        """Send, fail, or wait at the gate."""
        assert isinstance(content, NoticeContent)
        self.tries.append(content.text)
        self.tried.set()
        if self.gate is not None:
            await self.gate.wait()
        if error := self.trouble(content.text):
            raise error
        self.sent.append((delivery.recipient, content.text))


def put(store: Store, *texts: str, recipient: str = "1", sink: str = "telegram") -> None:
    """Put notices into the outbox."""
    store.outbox.add([NewDelivery(DeliveryKind.NOTICE, text, sink, recipient) for text in texts], NOON)


def dispatch(
    store: Store, clock: FakeClock, sinks: Mapping[str, Sink], patience: Patience | None = None
) -> Dispatcher:
    """Return a dispatcher over the store that looks often."""
    load = ContentLoader(store.alerts, store.digests, store.held, store.messages)
    return Dispatcher(store.outbox, sinks, load, clock.now, idle=0.01, sleep=clock.sleep, patience=patience)


def states(store: Store) -> dict[str, str]:
    """Return each message's state."""
    with store.database.read() as connection:
        return {row.subject: row.state for row in connection.execute(select(deliveries))}


async def test_messages_go_out_in_order_for_each_recipient(store: Store) -> None:
    """And are recorded."""
    put(store, "a", "b", "c")
    put(store, "d", recipient="2")
    sink = FakeSink()
    await dispatch(store, FakeClock(NOON), {"telegram": sink}).drain()
    assert ["a", "b", "c"] == [text for recipient, text in sink.sent if recipient == "1"]
    assert {"sent"} == set(states(store).values())
    assert 4 == len(sink.sent)


async def test_failing_sink_does_not_stop_another(store: Store) -> None:
    """Nor does one that breaks in a way nobody thought of."""
    put(store, "a", "b", sink="telegram")
    put(store, "c", "d", sink="console", recipient="-")
    broken, good = FakeSink(lambda _: RuntimeError("broken")), FakeSink()
    await dispatch(store, FakeClock(NOON), {"telegram": broken, "console": good}).drain()
    assert ["c", "d"] == [text for _, text in good.sent]
    assert {"a": "pending", "b": "pending", "c": "sent", "d": "sent"} == states(store)


@pytest.mark.parametrize("seconds", [1, 35, 3600])
async def test_wait_that_was_asked_for_holds_exactly_and_across_a_restart(store: Store, seconds: int) -> None:
    """Later messages to the same recipient wait too, others go on."""
    put(store, "a", "b")
    put(store, "c", recipient="2")
    clock = FakeClock(NOON)
    busy = FakeSink(lambda text: DeliveryError("429", retry_after=seconds) if text == "a" else None)
    await dispatch(store, clock, {"telegram": busy}).drain()
    assert [("2", "c")] == busy.sent
    for moment, expected in ((seconds - 0.001, []), (seconds, [("1", "a"), ("1", "b")])):
        restarted = FakeSink()
        clock = FakeClock(NOON + timedelta(seconds=moment))
        await dispatch(store, clock, {"telegram": restarted}).drain()
        assert expected == restarted.sent


async def test_waits_grow_and_attempts_are_bounded(store: Store) -> None:
    """In the end the message is given up with its reason."""
    put(store, "a")
    clock = FakeClock(NOON)
    sink = FakeSink(lambda _: DeliveryError("502"))
    patience = Patience(first=timedelta(seconds=5), longest=timedelta(seconds=30), attempts=6)
    moments = []
    for _ in range(200):
        before = len(sink.tries)
        await dispatch(store, clock, {"telegram": sink}, patience).drain()
        if len(sink.tries) > before:
            moments.append(round((clock.now() - NOON).total_seconds()))
        clock.move(1)
    assert [0, 5, 15, 35, 65, 95] == moments
    assert {"a": "failed"} == states(store)


async def test_asked_for_waits_are_no_failures(store: Store) -> None:
    """However often Telegram says 429, the message is not given up."""
    put(store, "a")
    clock = FakeClock(NOON)
    sink = FakeSink(lambda _: DeliveryError("429", retry_after=1) if len(sink.tries) < 20 else None)
    for _ in range(25):
        await dispatch(store, clock, {"telegram": sink}, Patience(attempts=3)).drain()
        clock.move(1)
    assert {"a": "sent"} == states(store)


async def test_recipient_that_is_gone_gets_nothing_more(store: Store) -> None:
    """Its queue is cleared; others are served."""
    put(store, "a", "b", "c")
    put(store, "d", recipient="2")
    sink = FakeSink(lambda text: RecipientGoneError("blocked") if text == "a" else None)
    await dispatch(store, FakeClock(NOON), {"telegram": sink}).drain()
    assert ["a", "d"] == sink.tries
    assert {"a": "cancelled", "b": "cancelled", "c": "cancelled", "d": "sent"} == states(store)


async def test_message_that_can_never_go_does_not_hold_up_the_next(store: Store) -> None:
    """A refusal is final for one message only."""
    put(store, "a", "b")
    sink = FakeSink(lambda text: UndeliverableError("refused") if text == "a" else None)
    await dispatch(store, FakeClock(NOON), {"telegram": sink}).drain()
    assert {"a": "failed", "b": "sent"} == states(store)


async def test_delivery_whose_alert_is_gone_is_given_up(store: Store) -> None:
    """Not tried for ever."""
    store.outbox.add([NewDelivery(DeliveryKind.ALERT, "no such key", "telegram", "1")], NOON)
    store.outbox.add([NewDelivery(DeliveryKind.DIGEST, NOON.isoformat(), "telegram", "2")], NOON)
    await dispatch(store, FakeClock(NOON), {"telegram": FakeSink()}).drain()
    assert {"failed"} == set(states(store).values())


@pytest.mark.parametrize("way", ["stop", "cancel"])
async def test_stopping_finishes_what_is_in_flight(store: Store, way: str) -> None:
    """Nothing is left half-sent, and nothing new is begun."""
    put(store, "a", "b")
    gate = asyncio.Event()
    sink = FakeSink(gate=gate)
    stop = asyncio.Event()
    running = asyncio.create_task(dispatch(store, FakeClock(NOON), {"telegram": sink}).run(stop))
    await asyncio.wait_for(sink.tried.wait(), 10)
    stop.set() if way == "stop" else running.cancel()
    await asyncio.sleep(0.02)
    assert not running.done()
    gate.set()
    await asyncio.wait([running])
    assert [("1", "a")] == sink.sent
    assert {"a": "sent", "b": "pending"} == states(store)


async def test_without_a_sink_it_runs_until_it_is_stopped(store: Store) -> None:
    """Whoever waits for it to end would otherwise stop with nothing done."""
    stop = asyncio.Event()
    running = asyncio.create_task(dispatch(store, FakeClock(NOON), {}).run(stop))
    await asyncio.sleep(0.05)
    assert not running.done()
    stop.set()
    await asyncio.wait_for(running, 5)


async def test_restart_sends_again_what_was_in_flight(store: Store) -> None:
    """It may have arrived, so it is counted as uncertain."""
    put(store, "a")
    store.outbox.claim("telegram", NOON, 10)
    sink, stop = FakeSink(), asyncio.Event()
    running = asyncio.create_task(dispatch(store, FakeClock(NOON), {"telegram": sink}).run(stop))
    await asyncio.wait_for(sink.tried.wait(), 10)
    stop.set()
    await running
    with store.database.read() as connection:
        row = connection.execute(select(deliveries)).one()
    assert ("sent", 1) == (row.state, row.uncertain)


async def test_new_message_goes_out_at_once_when_woken(store: Store) -> None:
    """Not at the next tick."""
    sink, stop = FakeSink(), asyncio.Event()
    load = ContentLoader(store.alerts, store.digests, store.held, store.messages)
    dispatcher = Dispatcher(store.outbox, {"telegram": sink}, load, FakeClock(NOON).now, idle=60)
    running = asyncio.create_task(dispatcher.run(stop))
    await asyncio.sleep(0.02)
    put(store, "a")
    dispatcher.wake()
    async with asyncio.timeout(5):
        await sink.tried.wait()
    stop.set()
    await running


class LockedOutbox(Outbox):
    """Refuses to record success the first few times."""

    refusals = 3

    def sent(self, delivery_id: int, now: object, shown: object = ()) -> None:
        """Fail like a locked store, then record."""
        self.refusals -= 1
        if self.refusals >= 0:
            raise StorageError("locked")
        super().sent(delivery_id, now, shown)


async def test_locked_store_is_asked_again_and_the_message_not_sent_twice() -> None:
    """What was sent must be recorded."""
    store = open_store("sqlite://", NOON)
    put(store, "a")
    sink, clock = FakeSink(), FakeClock(NOON)
    outbox = LockedOutbox(store.database)
    load = ContentLoader(store.alerts, store.digests, store.held, store.messages)
    await Dispatcher(outbox, {"telegram": sink}, load, clock.now, sleep=clock.sleep).drain()
    assert ([("1", "a")], {"a": "sent"}) == (sink.sent, states(store))
    store.close()
