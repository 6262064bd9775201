"""What operators switch off for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

COLLECTION = "collection"


@dataclass(frozen=True, slots=True)
class Pause:
    """Collection begins no visits from `since` on, until `until` or (None) until somebody resumes it."""

    by: str
    since: datetime
    until: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it is not over yet."""
        return self.until is None or now < self.until

    @property
    def reason(self) -> str:
        """Why a source was not visited meanwhile, for those who read of gaps in coverage."""
        return f"collection was paused by an operator at {self.since:%Y-%m-%d %H:%M} UTC"
