"""What was read and what was not: a source that fails must never look like calm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RunOutcome(StrEnum):
    """How one visit to a source ended."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    EMPTY = "empty"
    """The source answered, but nothing that we could read stood in it."""
    BLOCKED = "blocked"
    FAILED = "failed"
    MISSED = "missed"
    """The scheduler could not start the visit in time."""


@dataclass(frozen=True, slots=True)
class SourceRun:
    """One visit to a source: when, how it ended, and how much it brought."""

    source_id: str
    started_at: datetime
    finished_at: datetime
    outcome: RunOutcome
    items_seen: int = 0
    items_new: int = 0
    articles: int = 0
    failures: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """Where a source stands now."""

    source_id: str
    last_success_at: datetime | None
    last_article_at: datetime | None
    consecutive_failures: int
    last_outcome: RunOutcome | None
    last_reason: str
    articles: int
    unread: int = 0
    """Articles in languages that the classifier does not read: counted, never judged."""


@dataclass(frozen=True, slots=True)
class CoverageGap:
    """A stretch in which a source was not read, or fell silent, and why."""

    source_id: str
    outlet: str
    since: datetime | None
    until: datetime | None
    reason: str
