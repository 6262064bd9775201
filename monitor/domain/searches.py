"""Searching statements by words in any form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.domain.statement import Finding

Cursor = tuple[datetime, int]
"""Where a search goes on: after this moment and finding, going back in time."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of what was found, the newest first.

    `following` is where the next page begins, None where everything was looked through;
    `back_to` is how far back was looked where the bound on statements was reached.
    """

    hits: tuple[Finding, ...]
    scanned: int
    following: Cursor | None = None
    back_to: datetime | None = None
