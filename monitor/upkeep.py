"""Periodic work beside the visits: articles read again, sources watched, the archive kept small."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import structlog

from monitor.app import App
from monitor.domain.health import Thresholds
from monitor.domain.notices import Alarm, AlarmKind, Notice
from monitor.domain.signals import Signal
from monitor.pipeline.archive import prune_archive
from monitor.pipeline.notices import end_notice, raise_notice
from monitor.pipeline.revisit import Revisitor, RevisitReport
from monitor.pipeline.signals import SignalWatch
from monitor.pipeline.watch import HealthWatch, forget_old_visits
from monitor.schedule import PeriodicJob
from monitor.schema import HealthTable

log = structlog.get_logger(__name__)
REVISIT_EVERY = timedelta(minutes=1)
TIDY_EVERY = timedelta(days=1)
SIGNALS_EVERY = timedelta(hours=1)


def thresholds_of(table: HealthTable) -> Thresholds:
    """Return when the configuration lets a source count as in trouble."""
    return Thresholds(table.silence_chance, table.collapse_share, table.group_at)


@dataclass
class Upkeep:
    """The jobs that keep what was collected true, watched and small; settings are asked each time."""

    app: App
    revisitor: Revisitor
    wake: Callable[[], None]
    """Told when there is something new to deliver."""

    def __post_init__(self) -> None:
        monitor, store = self.app.settings.monitor, self.app.store
        self._watch = HealthWatch(
            store.watching, store.notices, thresholds_of(monitor.health), ZoneInfo(monitor.timezone)
        )
        self._signals = SignalWatch(
            store.signals, store.notices, store.watching, store.articles, ZoneInfo(monitor.timezone)
        )

    def jobs(self) -> list[PeriodicJob]:
        """Return the periodic work."""
        return [
            PeriodicJob(
                "revisits", lambda s: REVISIT_EVERY if s.monitor.revisit.enabled else None, self.revisit
            ),
            PeriodicJob(
                "health", lambda s: timedelta(minutes=s.monitor.health.check_minutes), self.check_health
            ),
            PeriodicJob("tidy", lambda _: TIDY_EVERY, self.tidy),
            PeriodicJob(
                "signals",
                lambda s: SIGNALS_EVERY if s.monitor.signals.enabled else None,
                self.look_for_signals,
            ),
        ]

    async def revisit(self) -> RevisitReport:
        """Read again the articles whose time has come, unless an operator paused collection."""
        if self.app.store.switches.paused(self.app.clock.now()):
            return RevisitReport()
        settings = self.app.settings
        return await self.revisitor.revisit_due(settings.enabled_sources, settings.monitor.revisit.plan())

    async def check_health(self) -> list[Notice]:
        """Look at every source, and tell operators what began and what ended."""
        monitor = self.app.settings.monitor
        self._watch.thresholds = thresholds_of(monitor.health)
        self._watch.zone = ZoneInfo(monitor.timezone)
        self._watch.operators = monitor.telegram.operators
        # A clock that is made to run faster would seem to jump by every delay of ours.
        ticks = time.monotonic() if self.app.clock.speed == 1 else None
        changed = await asyncio.to_thread(
            self._watch.check, self.app.settings.sources, self.app.clock.now(), ticks
        )
        self._tell(changed)
        return changed

    async def look_for_signals(self) -> list[tuple[int, Signal]]:
        """Look for shifts, divergences and silences, and tell those who want to know."""
        monitor = self.app.settings.monitor
        self._signals.thresholds = monitor.signals.build()
        self._signals.zone = ZoneInfo(monitor.timezone)
        now = self.app.clock.now()
        found = await asyncio.to_thread(
            self._signals.look,
            self.app.settings.sources,
            lambda: self.app.audiences.read(now),
            now,
        )
        for number, signal in found:
            log.info("signal", number=number, key=signal.key, severity=signal.severity)
        if found:
            self.wake()
        return found

    async def tidy(self) -> None:
        """Let go of archived answers and visits that are old enough."""
        now, store = self.app.clock.now(), self.app.store
        retention = self.app.settings.monitor.archive.build()
        for pruned in await asyncio.to_thread(prune_archive, store.archive, now, retention):
            if pruned.count:
                log.info("archive pruned", rule=pruned.rule.value, answers=pruned.count, bytes=pruned.size)
        await asyncio.to_thread(forget_old_visits, store.watching, now)

    def tell_configuration(self, alarm: Alarm | None) -> None:
        """Tell operators that the configuration broke, or (None) that it is whole again."""
        monitor, now = self.app.settings.monitor, self.app.clock.now()
        zone, operators = ZoneInfo(monitor.timezone), monitor.telegram.operators
        notices = self.app.store.notices
        if alarm is None:
            self._tell(end_notice(notices, AlarmKind.CONFIGURATION, now, zone, operators))
        else:
            self._tell(raise_notice(notices, alarm, now, zone, operators))

    def _tell(self, changed: list[Notice]) -> None:
        for notice in changed:
            log.warning(
                "trouble ended" if notice.ended_at else "trouble began",
                kind=notice.alarm.kind.value,
                source=notice.alarm.source_id,
                detail=notice.alarm.detail,
            )
        if changed:
            self.wake()
