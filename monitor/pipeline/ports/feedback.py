"""What feedback needs: users' verdicts, reviewers' rulings, and what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from monitor.domain.delivery import NewDelivery
from monitor.domain.feedback import DoubtfulFinding, Ruling, Verdict


class Verdicts(Protocol):
    """What users say of findings and what reviewers rule."""

    def save(self, verdict: Verdict) -> None:
        """Keep what a user says of a finding; the last word of a user counts."""

    def of_finding(self, finding_id: int) -> list[Verdict]:
        """Return what users say of a finding, the oldest first."""

    def of_user(self, user_id: int) -> list[Verdict]:
        """Return what a user said, the oldest first."""

    def forget(self, user_id: int) -> int:
        """Delete what a user said; returns how many verdicts. Rulings stay."""

    def doubtful(self, limit: int) -> list[DoubtfulFinding]:
        """Return findings that need a reviewer and have no ruling, those most contradicted first."""

    def spoken_of(self, since: datetime | None = None) -> list[DoubtfulFinding]:
        """Return all findings of which users spoke since then and that have no ruling, by number."""

    def ruling(self, finding_id: int) -> Ruling | None:
        """Return what a reviewer ruled of a finding."""

    def rulings(self, since: datetime | None = None) -> list[Ruling]:
        """Return the rulings made since then, the oldest first."""

    def rule(self, ruling: Ruling, deliveries: Sequence[NewDelivery], now: datetime) -> bool:
        """Record a ruling with what tells of it in one transaction; False where there is one already."""
