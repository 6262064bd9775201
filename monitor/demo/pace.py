"""How fast the demonstration runs: weeks of a newsroom in a minute or two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.clock import AcceleratedClock

VISITS = 36
"""How often each source is visited from the first item to the last."""
BEFORE = timedelta(hours=6)
TAIL_VISITS = 1.5
FIRST_VERSION_VISITS = 2.5


@dataclass(frozen=True, slots=True)
class Pace:
    """When the newsroom's time begins and ends, and how it runs; times are the newsroom's."""

    start: datetime
    end: datetime
    speed: float
    interval: timedelta
    """Between two visits to a source."""

    @property
    def least_life(self) -> timedelta:
        """How long the first version of an edited item must stay to be seen.

        A live service visits every ten minutes; here days pass between two visits, so an edit
        that came after an hour would always come before the first of them.
        """
        return self.interval * FIRST_VERSION_VISITS

    @property
    def max_age(self) -> timedelta:
        """How old a statement may be to alert: for the same reason, the whole of the time."""
        return self.end - self.start + self.interval


def plan_pace(first: datetime, last: datetime, seconds: float) -> Pace:
    """Return the pace at which all between the first item and the last passes in so many real seconds."""
    start = first - BEFORE
    interval = max(last - start, timedelta(hours=1)) / VISITS
    end = last + interval * TAIL_VISITS
    return Pace(start, end, (end - start).total_seconds() / seconds, interval)


class HeldClock:
    """Stands at a pace's start until it is released, so that loading a model costs no newsroom time."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._running: AcceleratedClock | None = None

    @property
    def speed(self) -> float:
        """How many of its seconds pass in one real second."""
        return self._pace.speed

    def release(self) -> None:
        """Let the time pass from now on."""
        self._running = AcceleratedClock(self._pace.start, self._pace.speed, self._pace.end)

    def now(self) -> datetime:
        """Return the newsroom's time."""
        return self._running.now() if self._running else self._pace.start

    @property
    def finished(self) -> bool:
        """Whether the end was reached."""
        return self._running is not None and self._running.finished

    @property
    def share(self) -> float:
        """How much of the time has passed, 0 to 1."""
        return (self.now() - self._pace.start) / (self._pace.end - self._pace.start)
