"""What replaying needs: past articles as they were understood, and the alerts of the time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.domain.alerts import Alert
from monitor.domain.article import FeedItem, SavedArticle
from monitor.domain.statement import Finding


@dataclass(frozen=True, slots=True)
class PastReading:
    """One revision of an article as it was understood once, with the findings that were decided about.

    `at` is when it was understood, as far as known: else when the revision was first seen. `quiet`
    ones are history and never alert.
    """

    saved: SavedArticle
    item: FeedItem
    at: datetime
    story_id: int
    outlet: str
    quiet: bool
    findings: tuple[Finding, ...]


class History(Protocol):
    """Past articles in the store, the text of every revision with them."""

    def count(self, since: datetime, until: datetime) -> int:
        """Return how many readings there are of revisions first seen in [since, until)."""

    def readings(self, since: datetime, until: datetime) -> Iterator[PastReading]:
        """Yield the revisions first seen in [since, until) that were understood, by `at`.

        Those about which nothing was decided are left out: revised before they were understood,
        waiting still, or set aside."""

    def alerts(self, since: datetime, until: datetime) -> list[Alert]:
        """Return the alerts about statements of revisions first seen in [since, until), by number."""

    def keys_before(self, moment: datetime) -> set[str]:
        """Return the keys of alerts about revisions first seen before the moment, and of those never
        raised because an alert about a change made them needless."""
