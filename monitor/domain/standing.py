"""Where a source stands, in figures that people read: volume, trouble, extraction, languages, hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from monitor.domain.coverage import SUCCESSES, HourCoverage, find_blind, hours_between
from monitor.domain.health import Figures
from monitor.domain.moments import hour_start
from monitor.domain.notices import Notice
from monitor.domain.volume import HOUR

DAY = timedelta(days=1)
STRIP_DAYS, CELL_HOURS = 7, 3


@dataclass(frozen=True, slots=True)
class Cell:
    """A few hours of a source: how much came, and how many of them were read, blind or not watched yet."""

    since: datetime
    articles: int
    read: int
    blind: int

    @property
    def is_blind(self) -> bool:
        """Whether more of it was blind than read."""
        return self.blind > self.read

    @property
    def is_before(self) -> bool:
        """Whether the source was not watched yet."""
        return self.read == self.blind == 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one source stands; figures that are not known are None, shares are between 0 and 1."""

    source_id: str
    outlet: str
    alarms: tuple[Notice, ...]
    last_read_at: datetime | None
    seen: int
    """Articles first seen in the last day."""
    expected: float | None
    troubles: Mapping[str, int]
    """Visits of the last day by kind of trouble."""
    text_length: float | None
    dated: float | None
    text_share: float | None
    languages: Mapping[str, int]
    unread: int
    strip: tuple[Cell, ...]


def sum_up(
    figures: Figures,
    hours: Sequence[HourCoverage],
    troubles: Mapping[str, int],
    languages: Mapping[str, int],
    last_read_at: datetime | None,
    unread: int,
) -> Standing:
    """Return where a source stands; `hours` are those of the source, by time."""
    source, now, articles = figures.source, figures.now, figures.articles
    came = figures.history.articles if figures.history else {}
    last_day = hours_between(hour_start(now) - DAY + HOUR, hour_start(now) + HOUR)
    rhythm = figures.windows[0].articles if figures.windows else None
    lengths = [a.text_length for a in articles if a.text_length is not None]
    shares = [share for a in articles if (share := a.text_share) is not None]
    read = [run.finished_at for run in figures.visits if run.outcome in SUCCESSES]
    return Standing(
        source_id=source.id,
        outlet=source.outlet,
        alarms=tuple(notice for notice in figures.notices if notice.ended_at is None),
        last_read_at=max((moment for moment in (*read, last_read_at) if moment), default=None),
        seen=sum(came.get(hour, 0) for hour in last_day),
        expected=rhythm.expected(last_day) if rhythm and rhythm.known else None,
        troubles=troubles,
        text_length=median(lengths) if lengths else None,
        dated=sum(a.dated and not a.date_note for a in articles) / len(articles) if articles else None,
        text_share=median(shares) if shares else None,
        languages=languages,
        unread=unread,
        strip=_cut_strip(source.interval, hours, came, now),
    )


def _cut_strip(
    interval: timedelta, hours: Sequence[HourCoverage], came: Mapping[datetime, int], now: datetime
) -> tuple[Cell, ...]:
    """Return the last week in cells of a few hours, the last of which ends with the present hour."""
    end = hour_start(now) + HOUR
    begin = end - STRIP_DAYS * DAY
    blind = set(find_blind(hours, interval, begin, end))
    if not hours or hours[-1].hour < hour_start(now):
        blind.discard(hour_start(now))  # it has just begun and will yet be visited
    first = next((hour.hour for hour in hours if hour.visits), end)
    cells = []
    for number in range(STRIP_DAYS * 24 // CELL_HOURS):
        since = begin + number * CELL_HOURS * HOUR
        mine = [since + n * HOUR for n in range(CELL_HOURS)]
        cells.append(
            Cell(
                since,
                sum(came.get(hour, 0) for hour in mine),
                sum(hour >= first and hour not in blind for hour in mine),
                sum(hour in blind for hour in mine),
            )
        )
    return tuple(cells)
