"""A clock that tests move; sleeping on it moves it too."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta


class FakeClock:
    """Stands still until somebody sleeps or moves it."""

    def __init__(self, now: datetime = datetime(2026, 3, 2, 9, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        """Return the moment."""
        return self._now

    def seconds(self) -> float:
        """Return the moment as seconds."""
        return self._now.timestamp()

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self._now += timedelta(seconds=seconds)

    async def sleep(self, seconds: float) -> None:
        """Let time pass, and others run."""
        self.move(seconds)
        await asyncio.sleep(0)
