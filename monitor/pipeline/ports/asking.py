"""What answers to questions need from the store: what became of articles, and what was said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.domain.fates import FoundArticle, Telling
from monitor.domain.statement import Finding


class Fates(Protocol):
    """What became of articles, findings and alerts."""

    def articles_at(self, urls: Collection[str]) -> list[FoundArticle]:
        """Return what was collected, or was to be, at any of these addresses, the newest first."""

    def findings_of(self, article_ids: Collection[int]) -> list[Finding]:
        """Return the current findings of articles in the order of their texts."""

    def decisions(self, finding_ids: Collection[int]) -> Mapping[int, tuple[bool, str | None]]:
        """Return of each finding whether an alert was decided about, and why none was raised."""

    def tellings(self, alert_key: str, recipients: Collection[str]) -> list[Telling]:
        """Return how these recipients were told of an alert or will be, each once."""

    def alerts_since(self, moment: datetime) -> int:
        """Return how many alerts were raised since then."""

    def leader_until(self, name: str) -> datetime | None:
        """Return until when a lease holds that somebody has; None where nobody has it."""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """As much of a finding as searching needs."""

    finding_id: int
    story_id: int
    said_at: datetime
    text: str


class Statements(Protocol):
    """What was said, looked for in stretches of time."""

    def dyad(
        self, since: datetime, until: datetime, blocs: Collection[str], targets: Collection[str]
    ) -> list[Finding]:
        """Return current findings said in [since, until) by speakers of these sides toward these
        targets, by time."""

    def by_speaker(self, name: str, since: datetime, until: datetime) -> list[Finding]:
        """Return current findings of one speaker said in [since, until), by time."""

    def speakers(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """Return the speakers named in [since, until) with how many findings each has."""

    def before(
        self, since: datetime, place: tuple[datetime, int] | None, limit: int
    ) -> Sequence[StatementRow]:
        """Return findings said since then and before a (moment, finding) place, the newest first."""

    def numbered(self, finding_ids: Collection[int]) -> Mapping[int, Finding]:
        """Return those findings that exist, by number."""
