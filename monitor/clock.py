"""The clocks of the program: the machine's, and one that runs faster for demonstrations."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time; `speed` is how many of its seconds pass in one real second."""

    @property
    def speed(self) -> float:
        """1 for the machine's clock."""

    def now(self) -> datetime:
        """Return the moment, aware of UTC."""


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock."""

    speed: float = 1.0

    def now(self) -> datetime:
        """Return the machine's time in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class AcceleratedClock:
    """Starts at `start` when made and runs `speed` times as fast as real time, up to `end`."""

    start: datetime
    speed: float
    end: datetime
    _began: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        """Return the clock's time; it stands still at its end."""
        passed = timedelta(seconds=(time.monotonic() - self._began) * self.speed)
        return min(self.start + passed, self.end)

    @property
    def finished(self) -> bool:
        """Whether the end was reached."""
        return self.now() >= self.end
