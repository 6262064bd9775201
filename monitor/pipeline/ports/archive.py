"""What proving needs: the archive of raw answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from monitor.domain.archive import CheckedBody, Damage, Evidence, Expired, RetentionRule
from monitor.domain.article import Capture


class Archive(Protocol):
    """Archived answers in the store: every sighting, and the bytes once."""

    def evidence(self, finding_id: int) -> Evidence | None:
        """Return what a finding rests on: of its revision's page the earliest capture at the
        article's address."""

    def captures(
        self, since: datetime | None, until: datetime | None, sources: Collection[str] = ()
    ) -> Iterator[Capture]:
        """Yield what was archived in [since, until), by time, bytes included; None: no bound, no
        `sources`: of any."""

    def count_captures(
        self, since: datetime | None, until: datetime | None, sources: Collection[str] = ()
    ) -> int:
        """Return how many `captures` would yield."""

    def count_pages(self) -> int:
        """Return how many pages `check_pages` will look at."""

    def check_pages(self) -> Iterator[CheckedBody]:
        """Hash every page's bytes again, by a few at a time."""

    def check_references(self) -> Iterator[Damage]:
        """Look whether every revision has its page, a capture, its own text, and its statements."""

    def expired(self, rule: RetentionRule, before: datetime, after: int, limit: int) -> Sequence[Expired]:
        """Return what the rule lets go that was last seen before the moment, by `capture_id`, at most
        `limit` with a greater id than `after`.

        Nothing is let go that waits to be understood."""

    def let_go(
        self, rule: RetentionRule, before: datetime, capture_ids: Collection[int], now: datetime
    ) -> int:
        """Let go of those of the captures' pages that are still expired, in one transaction.

        Of what a revision rests on, hash, address and headers stay, and that it was pruned. The rest
        goes as a whole. Returns how many were."""
