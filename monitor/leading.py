"""Of several services on one store one leads, by a lease in the store; the others wait."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from monitor.domain.leases import Lease
from monitor.errors import StorageError, StoreUnavailableError
from monitor.pipeline.ports import Leases

log = structlog.get_logger(__name__)
SERVICE = "service"
VALID = timedelta(seconds=45)
RENEW_SECONDS = 10.0
LOOK_SECONDS = 5.0
"""How often who waits looks whether its turn has come."""
Work = Callable[[asyncio.Event], Coroutine[Any, Any, None]]


def name_holder() -> str:
    """Return a name that no other process has: host, process and something random."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass
class Leadership:
    """Does work only while this process holds the lease.

    The holder renews it; whoever waits takes it over once it is released or over. It is over, too,
    when it was not renewed for as long as it is valid on the waiter's own monotonic clock, whatever
    a wall clock that was set back makes of it.
    """

    leases: Leases
    now: Callable[[], datetime]
    holder: str = field(default_factory=name_holder)
    valid: timedelta = VALID
    renew_seconds: float = RENEW_SECONDS
    look_seconds: float = LOOK_SECONDS
    ticks: Callable[[], float] = time.monotonic

    async def lead(self, stop: asyncio.Event, work: Work) -> None:
        """Wait for the lease and work under it until `stop`, then give it back.

        The work is given an event that is set when it is to end in order; where the lease is lost the
        work is cancelled instead, and its turn is waited for again.
        """
        while await self._wait(stop):
            if not await self._work(stop, work):
                return
            log.error("another process leads on this store now; all work stops here and waits")

    async def _wait(self, stop: asyncio.Event) -> bool:
        """Wait until the lease is ours; False where we were stopped before."""
        seen: Lease | None = None
        seen_at = self.ticks()
        told = ""
        while not stop.is_set():
            stalled = seen if self.ticks() - seen_at > self.valid.total_seconds() else None
            try:
                standing = await self._take(stalled)
            except StoreUnavailableError as error:
                if told != (told := "store"):
                    log.warning("the store cannot be written; waiting until it can", reason=str(error))
            else:
                if standing.holder == self.holder:
                    return True
                if standing != seen:
                    seen, seen_at = standing, self.ticks()
                if told != (told := standing.holder):
                    log.warning(
                        "another process leads on this store; waiting for its lease to end",
                        holder=standing.holder,
                        until=standing.until.isoformat(),
                    )
            await _sleep_unless(stop, self.look_seconds)
        return False

    async def _work(self, stop: asyncio.Event, work: Work) -> bool:
        """Work while the lease holds; returns whether it was lost."""
        ending = asyncio.Event()
        working = asyncio.create_task(work(ending), name="work")
        keeping = asyncio.create_task(self._keep(), name="lease")
        stopping = asyncio.create_task(_pass_on(stop, ending), name="stopping")
        try:
            await asyncio.wait({working, keeping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            if lost := keeping.done() and not working.done():
                working.cancel()
            elif not working.done():  # we ourselves are being cancelled
                ending.set()
            (outcome,) = await asyncio.gather(working, return_exceptions=True)
            keeping.cancel()
            (kept,) = await asyncio.gather(keeping, return_exceptions=True)
            if not lost:
                await self._release()
        if isinstance(kept, Exception):
            raise kept
        if isinstance(outcome, Exception):
            raise outcome
        return lost

    async def _keep(self) -> None:
        """Renew the lease until another has it; a store that cannot be written has no other taker either."""
        told = False
        wait = self.renew_seconds
        while True:
            await asyncio.sleep(wait)
            try:
                standing = await self._take()
            except StoreUnavailableError as error:
                if not told:
                    log.warning("the lease cannot be renewed now", reason=str(error))
                told, wait = True, self.renew_seconds / 5
                continue
            if standing.holder != self.holder:
                log.error("the lease was lost", holder=standing.holder, until=standing.until.isoformat())
                return
            told, wait = False, self.renew_seconds

    async def _take(self, stalled: Lease | None = None) -> Lease:
        now = self.now()
        wanted = Lease(SERVICE, self.holder, now + self.valid)
        return await asyncio.to_thread(self.leases.take, wanted, now, stalled)

    async def _release(self) -> None:
        try:
            await asyncio.to_thread(self.leases.release, Lease(SERVICE, self.holder, self.now()))
        except StorageError as error:
            log.warning("the lease was not given back; it ends by itself", reason=str(error))


async def _pass_on(stop: asyncio.Event, ending: asyncio.Event) -> None:
    await stop.wait()
    ending.set()


async def _sleep_unless(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        pass
