"""Telling what a subscription would have sent, quickly enough for every tap on a button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Lock

from monitor.domain.alerts import Alert
from monitor.domain.estimates import SPAN, Estimate, estimate, known_span
from monitor.domain.subscriptions import Filter, Lemmas, split_words
from monitor.pipeline.ports.subscribing import PastAlerts, PastSignals

MOST_ALERTS = 10_000


class Estimator:
    """Keeps the alerts of the last 30 days in memory and reads only those that came since.

    May be called from any thread.
    """

    def __init__(
        self,
        alerts: PastAlerts,
        signals: PastSignals,
        now: Callable[[], datetime],
        lemmas: Lemmas = split_words,
    ) -> None:
        self._alerts = alerts
        self._signals = signals
        self._now = now
        self._lemmas = lemmas
        self._lock = Lock()
        self._kept: list[tuple[int, Alert]] = []

    def __call__(self, wanted: Filter) -> Estimate:
        """Return how many alerts of the last 30 days the filter would have let through."""
        with self._lock:
            now = self._now()
            self._read(now)
            span = known_span(self._alerts.known_since(), now)
            signals = self._signals.since(now - SPAN)
            return estimate(self._kept, signals, wanted, span, self._lemmas)

    def _read(self, now: datetime) -> None:
        """Take in what came since the last look, and let go of what is too old."""
        newest = self._kept[0][0] if self._kept else 0
        new = self._alerts.since(now - SPAN, after=newest, limit=MOST_ALERTS)
        kept = [pair for pair in self._kept if pair[1].created_at >= now - SPAN]
        self._kept = [*new, *kept][:MOST_ALERTS]
