"""Periodic work on what is to be sent: summaries, stories that grew, and what an outage left behind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from monitor.app import App
from monitor.schedule import PeriodicJob

log = structlog.get_logger(__name__)
SUMMARISE_EVERY = timedelta(seconds=15)
UPDATE_EVERY = timedelta(minutes=1)
GROWS_FOR = timedelta(hours=48)
"""For so long a message follows its story."""
LATE_AFTER = timedelta(minutes=30)
FOLD_AT = 3
"""So many alerts that are late for one place become one message."""


@dataclass
class Sending:
    """The jobs that keep what people are sent short, whole and up to date."""

    app: App
    wake: Callable[[], None]
    """Told when there is something new to deliver."""

    def jobs(self) -> list[PeriodicJob]:
        """Return the periodic work."""
        return [
            PeriodicJob("summaries", lambda _: SUMMARISE_EVERY, self.summarise),
            PeriodicJob("updates", lambda _: UPDATE_EVERY, self.update),
        ]

    async def summarise(self) -> int:
        """Fold alerts that are late, and put what was held and is due into summaries; returns how many."""
        store, now = self.app.store, self.app.clock.now()
        folded = await asyncio.to_thread(store.held.fold, now - LATE_AFTER, now, FOLD_AT)
        if folded:
            log.warning("alerts that are late are told in summaries", alerts=folded)
        summaries = await asyncio.to_thread(store.held.release, now)
        if summaries:
            self.wake()
        return summaries

    async def update(self) -> int:
        """Show in messages how many outlets carry their story by now; returns how many messages."""
        now = self.app.clock.now()
        updates = await asyncio.to_thread(self.app.store.messages.plan_updates, now - GROWS_FOR, now)
        if updates:
            self.wake()
        return updates
