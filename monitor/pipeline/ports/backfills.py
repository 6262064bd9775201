"""What going back in time needs: where each source's history stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from monitor.domain.article import FeedItem
from monitor.domain.backfill import Backfill


class Backfills(Protocol):
    """How far back sources were read, in the store."""

    def begin(self, source_id: str, since: datetime) -> Backfill:
        """Return the backfill to go on with: one that was not finished, else a new one, not saved yet."""

    def save(self, backfill: Backfill, now: datetime) -> None:
        """Keep how far it went; called only after everything of a page is saved."""

    def dates(self, shown: Sequence[FeedItem]) -> dict[str, datetime]:
        """Return by key when the articles of those items that are collected were published."""
