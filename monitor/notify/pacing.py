"""How fast messages may go: overall, to one recipient and to one group."""

from __future__ import annotations

import asyncio
from bisect import insort
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.errors import DeliveryError

# A little more than Telegram's own windows: messages reach its clock with jitter.
SECOND = timedelta(seconds=1.05)
MINUTE = timedelta(seconds=61)
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


class Pacer:
    """Gives turns to send; shared by all that sends through one account."""

    def __init__(self, limits: Limits, now: Callable[[], datetime], sleep: Sleep = asyncio.sleep) -> None:
        self._limits = limits
        self._now = now
        self._sleep = sleep
        self._overall: list[datetime] = []
        self._recipients: dict[str, list[datetime]] = {}

    async def take_turn(self, recipient: str, patience: timedelta = PATIENCE) -> None:
        """Wait until a message may go to the recipient.

        Where that is longer than `patience` away, DeliveryError says when, so that a message
        waits in the outbox and not half-sent.
        """
        now = self._now()
        wait = self.delay(recipient, now)
        if wait > patience:
            seconds = wait.total_seconds()
            raise DeliveryError(f"{recipient}: next turn in {seconds:.0f} s", retry_after=seconds)
        self._reserve(recipient, now + wait)
        if wait:
            await self._sleep(wait.total_seconds())

    def delay(self, recipient: str, now: datetime) -> timedelta:
        """Return how long the recipient must wait from now; zero means at once."""
        sent = self._recipients.get(recipient, [])
        limits = self._limits
        windows: list[tuple[Sequence[datetime], int | None, timedelta]] = [
            (sent, limits.recipient_per_second, SECOND),
            (self._overall, limits.overall_per_second, SECOND),
        ]
        if _is_group(recipient):
            windows.append((sent, limits.group_per_minute, MINUTE))
        return max([_wait_for_room(*window, now) for window in windows])

    def _reserve(self, recipient: str, at: datetime) -> None:
        insort(self._overall, at)
        while self._overall[0] <= at - MINUTE:
            del self._overall[0]
        turns = self._recipients.setdefault(recipient, [])
        turns.append(at)
        del turns[: -max(self._limits.group_per_minute or 1, self._limits.recipient_per_second or 1)]
        if len(self._recipients) > MANY_RECIPIENTS:
            self._recipients = {k: turns for k, turns in self._recipients.items() if turns[-1] > at - MINUTE}


def _is_group(recipient: str) -> bool:
    return recipient.startswith("-") and recipient[1:].isdigit()


def _wait_for_room(
    sent: Sequence[datetime], limit: int | None, window: timedelta, now: datetime
) -> timedelta:
    """Return how long until one more fits into the window."""
    if limit is None or len(sent) < limit:
        return timedelta(0)
    return max(timedelta(0), sent[-limit] + window - now)
