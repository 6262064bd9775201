"""What looking at articles again needs: when each is due, and what was found to have changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.domain.article import FeedItem
from monitor.domain.changes import (
    ArticleVersions,
    ChangedArticle,
    ChangeKind,
    RevisionPair,
    StatementChange,
)
from monitor.domain.revisits import Revisit, RevisitPlan


@dataclass(frozen=True, slots=True)
class DueRevisit:
    """An article to be read again: where it stands, its item, and its current text with its page."""

    visit: Revisit
    item: FeedItem
    title: str
    text: str
    page_sha256: str


class Revisits(Protocol):
    """When articles are read again, and whether they were there."""

    def plan(self, plan: RevisitPlan, now: datetime) -> int:
        """Give every new article its first visit, or none where its text came without a page; returns
        how many articles were new."""

    def due(
        self, source_ids: Collection[str], now: datetime, limit: int, per_source: int
    ) -> list[DueRevisit]:
        """Return articles of these sources whose time has come, the longest waiting first, at most
        `per_source` of each. Articles that were collected as history are never due."""

    def posts(self, source_id: str, keys: Sequence[str]) -> dict[str, Revisit]:
        """Return where those posts of a channel stand that were collected, by key."""

    def tally(self, source_id: str, since: datetime) -> tuple[int, int]:
        """Return how many of the source's articles that were looked at since then were missing, and
        how many were looked at; those known to be taken down are in neither."""

    def control(self, source_id: str, article_id: int) -> DueRevisit | None:
        """Return the source's newest article with a page, other than this one, that was there at the
        last look; None where there is none."""

    def save(self, visit: Revisit, change: ChangeKind | None, now: datetime) -> None:
        """Save where the article stands, and that it was taken down or put back, in one transaction.
        What is taken down takes its current statements with it."""


class Changes(Protocol):
    """What became of articles and their statements."""

    def uncompared(self, limit: int) -> list[RevisionPair]:
        """Return revisions that were assessed and not yet compared with the one before, the oldest first."""

    def record(self, change_id: int, kind: ChangeKind, statements: Sequence[StatementChange]) -> None:
        """Save what a comparison found; a second time nothing."""

    def touched(self, source_id: str, since: datetime) -> int:
        """Return how many articles of the source that were looked at since then had statements
        softened, sharpened or taken out by an edit that was seen since then."""

    def undecided(self, limit: int) -> list[ChangedArticle]:
        """Return changes about which no alert decision was made, the oldest first."""

    def versions(self, url: str) -> list[ArticleVersions]:
        """Return the articles at this address with all their texts and changes."""
