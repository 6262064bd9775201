"""How the service does, as analysts ask: what runs, what was read, what waits to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.domain.coverage import HourCoverage, find_blind, hours_between
from monitor.domain.moments import hour_start
from monitor.domain.source import FOLDER, Source
from monitor.domain.source_views import SourceView

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ServiceState:
    """What holds now; `coverage` is the share of source-hours of the last day that were read, 0 to 1."""

    running: bool
    """Whether a service collects on this store now."""
    model: str
    sources: int
    """Sources that are on."""
    blind: tuple[SourceView, ...]
    coverage: float | None
    articles: Mapping[str, int] = field(hash=False)
    outbox: Mapping[str, int] = field(hash=False)
    alerts_today: int = 0


def share_of_day(
    sources: Sequence[Source], hours: Mapping[str, Sequence[HourCoverage]], now: datetime
) -> float | None:
    """Return the share of source-hours of the last day that were read; None where none was watched.

    `hours` are those of each source, by time, from before the day on so that its rhythm shows.
    """
    end = hour_start(now)
    watched = blind = 0
    for source in sources:
        mine = hours.get(source.id, ())
        first = next((hour.hour for hour in mine if hour.visits), None)
        if not source.enabled or source.kind == FOLDER or first is None:
            continue
        watched += len(hours_between(max(first, end - DAY), end))
        blind += len(find_blind(mine, source.interval, end - DAY, end))
    return (watched - blind) / watched if watched else None
