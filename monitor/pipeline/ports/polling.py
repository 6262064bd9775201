"""What adaptive polling needs: how each source is asked, kept over restarts, and when it published."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from monitor.domain.polling import Polling


class Polls(Protocol):
    """How sources are asked, in the store."""

    def all(self) -> dict[str, Polling]:
        """Return how each source was asked when that was last saved."""

    def save(self, polling: Polling) -> None:
        """Remember it in place of what was known of the source."""

    def recent(self, source_id: str, since: datetime) -> list[datetime]:
        """Return when the source's articles since then were said, by time."""
