"""Emptying the outbox: claim, send, record; network calls stay outside transactions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from monitor.domain.delivery import Delivery, Urgency
from monitor.errors import (
    DeliveryError,
    OvertakenError,
    RecipientGoneError,
    StorageError,
    UndeliverableError,
)
from monitor.notify.content import LoadContent
from monitor.notify.pacing import Sleep
from monitor.notify.sink import Sink
from monitor.pipeline.ports import Outbox

RECORD_TRIES = 6
BREATH = 0.03
"""Seconds between two looks into the outbox while sends are under way."""
SPARE = 4
"""So many critical messages may be under way beyond the usual number."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to try: the wait doubles from `first` to `longest`, `attempts` times at most.

    A wait that the other side asks for counts as no failure. The defaults outlast an outage of
    twelve hours.
    """

    first: timedelta = timedelta(seconds=5)
    longest: timedelta = timedelta(minutes=15)
    attempts: int = 60

    def wait(self, attempt: int) -> timedelta:
        """Return the wait after the given attempt, counted from one."""
        doublings = min(max(attempt - 1, 0), 20)
        return min(self.longest, self.first * float(2**doublings))


class Dispatcher:
    """Sends what is due, each sink on its own, so that a failing one never stops another."""

    def __init__(
        self,
        outbox: Outbox,
        sinks: Mapping[str, Sink],
        load: LoadContent,
        now: Callable[[], datetime],
        *,
        patience: Patience | None = None,
        in_flight: int = 30,
        idle: float = 1.0,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._outbox = outbox
        self._sinks = dict(sinks)
        self._load = load
        self._now = now
        self._patience = patience or Patience()
        self._in_flight = in_flight
        self._idle = idle
        self._sleep = sleep
        self._wakers = {name: asyncio.Event() for name in self._sinks}

    def wake(self) -> None:
        """Look into the outbox now instead of at the next tick."""
        for waker in self._wakers.values():
            waker.set()

    async def drain(self) -> None:
        """Send all that is due now; what must wait stays in the outbox."""
        await self._serve_all(None)

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; what is in flight then is finished and recorded.

        First puts back what a killed process left half-sent, so it must run only once per store.
        """
        recovered = self._outbox.recover(self._now())
        if recovered:
            log.warning("sending again what was in flight when the process ended", messages=recovered)
        await self._serve_all(stop)
        await stop.wait()  # with nothing to send to, the run is as long

    async def _serve_all(self, stop: asyncio.Event | None) -> None:
        await asyncio.gather(*(self._serve(name, sink, stop) for name, sink in self._sinks.items()))

    async def _serve(self, name: str, sink: Sink, stop: asyncio.Event | None) -> None:
        """Serve one sink until it stops or, without `stop`, until nothing is due."""
        tasks: set[asyncio.Task[None]] = set()
        try:
            while stop is None or not stop.is_set():
                claimed = self._claim_some(name, len(tasks))
                tasks |= {asyncio.create_task(self._deliver(name, sink, d)) for d in claimed}
                if stop is None and not tasks:
                    return
                if not claimed:
                    await self._pause(name, tasks, stop)
                # Sends end one after another: a look for more after each would cost more than they do.
                await asyncio.sleep(BREATH if tasks else 0)
                tasks = {task for task in tasks if not task.done()}
        finally:
            # Cancelled or stopped: what is being sent is finished, or nobody would know whether it went.
            if tasks:
                await asyncio.wait(tasks)

    async def _pause(self, name: str, tasks: set[asyncio.Task[None]], stop: asyncio.Event | None) -> None:
        """Wait until a send ends, somebody wakes us, we are stopped, or a tick has passed."""
        waker = self._wakers[name]
        signals = [asyncio.create_task(event.wait()) for event in (waker, stop) if event is not None]
        try:
            await asyncio.wait([*tasks, *signals], timeout=self._idle, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waker.clear()
            for signal in signals:
                signal.cancel()

    def _claim_some(self, name: str, under_way: int) -> list[Delivery]:
        """Claim as many as may be under way; where that is full, critical ones in a few more places."""
        if under_way < self._in_flight:
            return self._claim(name, self._in_flight - under_way)
        return self._claim(name, self._in_flight + SPARE - under_way, Urgency.CRITICAL)

    def _claim(self, name: str, room: int, least: Urgency = Urgency.BULK) -> list[Delivery]:
        """Claim what is due; a store that refuses for now is asked again at the next tick."""
        if room <= 0:
            return []
        try:
            return self._outbox.claim(name, self._now(), room, least)
        except StorageError as error:
            log.warning("the outbox cannot be read", sink=name, reason=str(error))
            return []

    async def _deliver(self, name: str, sink: Sink, delivery: Delivery) -> None:
        """Send one message and record what came of it; never raises for what a sink does."""
        try:
            shown = await sink.send(delivery, self._load(delivery))
        except RecipientGoneError as error:
            reason = str(error)
            await self._record(delivery, lambda: self._cancel_all(name, delivery, reason))
        except OvertakenError:
            await self._record(delivery, lambda: self._outbox.give_way(delivery.id))
        except UndeliverableError as error:
            await self._give_up(delivery, str(error))
        except DeliveryError as error:
            await self._try_later(delivery, str(error), error.retry_after)
        except Exception as error:
            # The per-message boundary: one message never stops another.
            log.exception("sending broke", sink=name, delivery=delivery.id)
            await self._try_later(delivery, f"{type(error).__name__}: {error}", None)
        else:
            await self._record(delivery, lambda: self._outbox.sent(delivery.id, self._now(), shown))

    def _cancel_all(self, name: str, delivery: Delivery, reason: str) -> None:
        cancelled = self._outbox.recipient_gone(name, delivery.recipient, reason, self._now())
        log.warning("recipient gone", sink=name, reason=reason, cancelled=cancelled)

    async def _try_later(self, delivery: Delivery, reason: str, retry_after: float | None) -> None:
        """Put the message back: exactly as long as asked, else with growing waits, then give up."""
        if retry_after is None and delivery.attempts >= self._patience.attempts:
            await self._give_up(delivery, f"given up after {delivery.attempts} attempts: {reason}")
            return
        asked = None if retry_after is None else timedelta(seconds=retry_after)
        at = self._now() + (self._patience.wait(delivery.attempts) if asked is None else asked)
        log.info("message waits", delivery=delivery.id, until=at.isoformat(), reason=reason)
        await self._record(delivery, lambda: self._outbox.retry(delivery.id, at, reason))

    async def _give_up(self, delivery: Delivery, reason: str) -> None:
        log.error("message not delivered", sink=delivery.sink, delivery=delivery.id, reason=reason)
        await self._record(delivery, lambda: self._outbox.failed(delivery.id, reason, self._now()))

    async def _record(self, delivery: Delivery, write: Callable[[], object]) -> None:
        """Write what happened; a locked store is asked again, for a lost record means a second send."""
        for attempt in range(1, RECORD_TRIES + 1):
            try:
                write()
            except StorageError as error:
                log.warning("outcome not recorded yet", delivery=delivery.id, reason=str(error))
                await self._sleep(2.0**attempt / 2)
            else:
                return
        log.error("outcome not recorded; a restart sends it again as uncertain", delivery=delivery.id)
