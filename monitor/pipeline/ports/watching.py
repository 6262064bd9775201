"""What watching over sources needs: hours, visits, arrivals, extraction, and the notices so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.domain.coverage import HourCoverage, SourceRun
from monitor.domain.delivery import NewDelivery
from monitor.domain.notices import Alarm, Notice
from monitor.domain.quality import ArticleFacts, ItemFacts


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How much of one source was first seen in one hour: articles, and ten-minute stretches that had any.

    What was collected as history, by a backfill, is left out: it arrived when we asked for it.
    """

    source_id: str
    hour: datetime
    articles: int
    moments: int
    last: datetime
    """When the newest of them was first seen."""


class Watching(Protocol):
    """What the store knows of how collection goes."""

    def hours(self, since: datetime, until: datetime) -> list[HourCoverage]:
        """Return what each hour that begins in [since, until) brought, by source and time."""

    def arrivals(self, since: datetime, until: datetime) -> list[Arrivals]:
        """Return how much was first seen in each hour that begins in [since, until), by source and time."""

    def first_shown(self, source_id: str, since: datetime, until: datetime) -> list[datetime]:
        """Return when articles first seen in [since, until) were published, where they say so, by time."""

    def last_visits(self, source_ids: Sequence[str], limit: int) -> dict[str, list[SourceRun]]:
        """Return each source's last visits, the oldest of them first; missed ones are left out."""

    def troubles(self, since: datetime, until: datetime) -> dict[str, dict[str, int]]:
        """Return per source how many visits that began in [since, until) had which kind of trouble."""

    def item_troubles(self, since: datetime) -> dict[str, dict[str, int]]:
        """Return the same of visits since then whose front was read, but of whose items none was."""

    def last_articles(
        self, source_ids: Sequence[str], since: datetime, limit: int
    ) -> dict[str, list[ArticleFacts]]:
        """Return how each source's last articles first seen since then were extracted, the oldest first."""

    def failed_items(self, source_ids: Sequence[str], since: datetime) -> dict[str, list[ItemFacts]]:
        """Return each source's items first seen since then that were not collected (yet), oldest first."""

    def languages(self, since: datetime) -> dict[str, dict[str, int]]:
        """Return per source how many articles first seen since then are in which language ("" unknown)."""

    def prune_runs(self, before: datetime) -> int:
        """Forget the visits that began before then, a few at a time; returns how many.

        What their hours brought stays."""


class Notices(Protocol):
    """Which troubles last, and which are over."""

    def open(self) -> list[Notice]:
        """Return the notices of troubles that last, the oldest first."""

    def since(self, moment: datetime) -> list[Notice]:
        """Return the notices that began, ended or lasted since then, the oldest first."""

    def save(
        self,
        begun: Sequence[Alarm],
        ended: Mapping[int, datetime],
        deliveries: Sequence[NewDelivery],
        now: datetime,
    ) -> list[Notice]:
        """Begin and end notices and put what tells of them into the outbox, in one transaction.

        An alarm whose notice is open begins no second one. `ended` are numbers of notices with the
        time at which their trouble ended. Returns the notices that began or ended."""
