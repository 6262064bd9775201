"""How fast messages may go: overall, to one recipient and to one group."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from monitor.errors import DeliveryError

MARGIN = 0.005
"""Seconds by which our windows are longer: clocks tick in steps."""
SECOND, MINUTE = 1 + MARGIN, 60 + MARGIN
PATIENCE = timedelta(seconds=3)
MANY_RECIPIENTS = 1000

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Limits:
    """The most messages in a sliding window; None means no limit."""

    overall_per_second: int | None = None
    recipient_per_second: int | None = None
    group_per_minute: int | None = None
    """A group is a recipient whose name is a negative number."""


TELEGRAM_LIMITS = Limits(overall_per_second=30, recipient_per_second=1, group_per_minute=20)


@dataclass(slots=True)
class _Window:
    """One limit: what is on its way, and when what went before had its answer."""

    most: int
    span: float
    under_way: int = 0
    ended: deque[float] = field(default_factory=deque)

    def delay(self, now: float) -> float | None:
        """Return how long until one more fits in; None while that hangs on what is under way."""
        while self.ended and self.ended[0] <= now - self.span:
            self.ended.popleft()
        too_many = self.under_way + len(self.ended) - self.most
        if too_many < 0:
            return 0.0
        if too_many >= len(self.ended):
            return None
        return self.ended[too_many] + self.span - now

    def end(self, now: float) -> None:
        """Let what was on its way count from now on."""
        self.under_way -= 1
        self.ended.append(now)

    @property
    def is_idle(self) -> bool:
        """Whether forgetting it changes nothing."""
        return not self.under_way and not self.ended


class Pacer:
    """Gives turns to send; shared by all that sends through one account.

    A turn counts from its begin until a window's length after its answer came. The other side counted
    the message somewhere in between, so that however late ours reach it, it never sees more of them
    in a window than the limit. Time is a monotonic clock's: a wall clock that is set back holds nothing up.
    """

    def __init__(
        self, limits: Limits, ticks: Callable[[], float] = time.monotonic, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._limits = limits
        self._ticks = ticks
        self._sleep = sleep
        self._overall = [_Window(most, SECOND) for most in (limits.overall_per_second,) if most]
        self._recipients: dict[str, list[_Window]] = {}
        self._gate = asyncio.Lock()
        self._answered = asyncio.Event()

    @asynccontextmanager
    async def turn(self, recipient: str, patience: timedelta = PATIENCE) -> AsyncIterator[None]:
        """Wait until a message may go to the recipient, and hold its place while it is being sent.

        Where that is longer than `patience` away, DeliveryError says when, so that a message
        waits in the outbox and not half-sent.
        """
        until = self._ticks() + patience.total_seconds()
        own = self._windows_of(recipient)
        await self._enter(own, recipient, until)
        try:
            # In order of arrival: nobody who waits for the account is passed by who came later.
            async with self._gate:
                await self._enter(self._overall, recipient, until)
        except BaseException:
            for window in own:
                window.under_way -= 1
            raise
        try:
            yield
        finally:
            now = self._ticks()
            for window in [*own, *self._overall]:
                window.end(now)
            self._answered.set()

    async def _enter(self, windows: Sequence[_Window], recipient: str, until: float) -> None:
        while True:
            now = self._ticks()
            delays = [window.delay(now) for window in windows]
            if any(delay is None for delay in delays):
                await self._wait_for_an_answer(recipient, until)
                continue
            wait = max((delay for delay in delays if delay), default=0.0)
            if wait <= MARGIN / 100:  # what is left by rounding would be slept for ever on a coarse clock
                for window in windows:
                    window.under_way += 1
                return
            if now + wait > until:
                raise DeliveryError(f"{recipient}: next turn in {wait:.0f} s", retry_after=wait)
            await self._sleep(wait)

    async def _wait_for_an_answer(self, recipient: str, until: float) -> None:
        self._answered.clear()
        left = until - self._ticks()
        try:
            async with asyncio.timeout(max(left, 0)):
                await self._answered.wait()
        except TimeoutError:
            raise DeliveryError(f"{recipient}: others are being sent to still", retry_after=SECOND) from None

    def _windows_of(self, recipient: str) -> list[_Window]:
        found = self._recipients.get(recipient)
        if found is None:
            if len(self._recipients) >= MANY_RECIPIENTS:
                self._forget_idle()
            limits = self._limits
            spans = [(limits.recipient_per_second, SECOND)]
            if _is_group(recipient):
                spans.append((limits.group_per_minute, MINUTE))
            found = self._recipients[recipient] = [_Window(most, span) for most, span in spans if most]
        return found

    def _forget_idle(self) -> None:
        now = self._ticks()
        for windows in self._recipients.values():
            for window in windows:
                window.delay(now)  # lets go of what is past
        self._recipients = {
            name: windows
            for name, windows in self._recipients.items()
            if not all(window.is_idle for window in windows)
        }


def _is_group(recipient: str) -> bool:
    return recipient.startswith("-") and recipient[1:].isdigit()
