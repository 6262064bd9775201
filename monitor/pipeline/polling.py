"""Keeping to each source's own rhythm, over restarts too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.domain.coverage import SourceRun
from monitor.domain.polling import HISTORY, Polling, PollingLimits, is_worth_saving, plan_next_visit
from monitor.domain.source import Source
from monitor.pipeline.ports import Polls

_LOOK_AGAIN = timedelta(hours=6)


@dataclass(slots=True)
class _Known:
    """What is remembered of a source between two visits."""

    polling: Polling
    configured: timedelta
    recent: list[datetime]
    read_at: datetime


@dataclass
class VisitPlanner:
    """Says when sources are to be visited, from how their visits went.

    `limits` are asked for each time, so that they may change while the service runs.
    """

    polls: Polls
    limits: Callable[[], PollingLimits]
    _known: dict[str, _Known] = field(default_factory=dict)
    _saved: dict[str, Polling] | None = None

    def note(self, source: Source, run: SourceRun) -> Polling:
        """Take in how a visit went; what a restart must not forget is saved."""
        known = self._known.get(source.id)
        before = known.polling if known else self._before(source.id)
        recent, read_at = self._recent(source.id, run)
        polling = plan_next_visit(source, before, run, recent, self.limits())
        self._known[source.id] = _Known(polling, source.interval, recent, read_at)
        saved = self._load()
        if is_worth_saving(saved.get(source.id), polling):
            self.polls.save(polling)
            saved[source.id] = polling
        return polling

    def next_interval(self, source: Source) -> timedelta:
        """Return the time from the beginning of the last visit to that of the next."""
        known = self._known.get(source.id)
        if known is None:
            return source.interval
        polling = known.polling
        if polling.rest_until is None and (not source.adaptive or known.configured != source.interval):
            return source.interval  # it was configured anew since the last visit
        return polling.due_at - polling.visited_at

    def first_wait(self, source: Source, now: datetime) -> timedelta:
        """Return how long a source is still to be left alone when the service starts: only if it rests."""
        polling = self._before(source.id)
        if polling is None or polling.rest_until is None:
            return timedelta(0)
        return polling.wait(now)

    def _before(self, source_id: str) -> Polling | None:
        return self._load().get(source_id)

    def _load(self) -> dict[str, Polling]:
        if self._saved is None:
            self._saved = self.polls.all()
        return self._saved

    def _recent(self, source_id: str, run: SourceRun) -> tuple[list[datetime], datetime]:
        """Return the times of the source's items: read now and then, and the new ones put beside."""
        known = self._known.get(source_id)
        # Also where the clock was set back, and what was read lies in the future.
        if known is None or not known.read_at <= run.started_at < known.read_at + _LOOK_AGAIN:
            return self.polls.recent(source_id, run.started_at - HISTORY), run.started_at
        return [*known.recent, *[run.started_at] * run.articles], known.read_at
