"""Assessments, from articles that wait to be understood to findings that wait for a decision."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, select

from monitor.domain.article import Article, SavedArticle
from monitor.domain.statement import Assessment, Finding
from storage.changes import note_revision
from storage.engine import Database
from storage.records import load_findings, load_numbered, make_row
from storage.stories import begin_story, read_candidates, replace_bands
from storage.tables import ArticleState, articles, findings, items, revisions


class Findings:
    """Keeps what was judged of articles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unassessed(self, limit: int) -> list[SavedArticle]:
        """Return articles that wait to be understood, the oldest first."""
        query = (
            select(
                articles.c.id,
                articles.c.url,
                articles.c.published_at,
                articles.c.first_seen_at,
                items.c.source_id,
                items.c.key,
                *(column for column in revisions.c if column.name != "first_seen_at"),
            )
            .join(items, items.c.id == articles.c.item_id)
            .join(
                revisions,
                (revisions.c.article_id == articles.c.id) & (revisions.c.revision == articles.c.revision),
            )
            .where(articles.c.state == ArticleState.COLLECTED)
            .order_by(articles.c.first_seen_at, articles.c.id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return [_make_saved(row) for row in connection.execute(query).mappings()]

    def story_candidates(self, bands: Sequence[str], article_id: int) -> list[tuple[int, str]]:
        """Return (story id, text) of other articles that share a band of the signature: of each
        story its first few different texts, so that the thousandth copy costs what the tenth did."""
        with self._database.read() as connection:
            return read_candidates(connection, bands, article_id)

    def save(
        self,
        saved: SavedArticle,
        lang: str | None,
        story_id: int | None,
        bands: Sequence[str],
        assessments: Sequence[Assessment],
        now: datetime,
        readable: bool = True,
    ) -> int:
        """Save what was judged of an article, and its story, in one transaction; return the story."""
        unread = not assessments and (lang is None or not readable)
        with self._database.write() as connection:
            row = connection.execute(select(articles).where(articles.c.id == saved.id)).one()
            story = row.story_id or story_id or begin_story(connection, now)
            mine = articles.update().where(articles.c.id == saved.id)
            if row.story_id is None:
                connection.execute(mine.values(story_id=story))
            known = row.state in (ArticleState.ASSESSED, ArticleState.UNREAD)
            if known or row.revision != saved.revision:
                return int(story)
            connection.execute(
                findings.update().where(findings.c.article_id == saved.id).values(superseded=True)
            )
            if assessments:
                rows = [make_row(saved.id, saved.revision, assessment, now) for assessment in assessments]
                connection.execute(findings.insert(), rows)
            replace_bands(connection, saved.id, bands)
            state = ArticleState.UNREAD if unread else ArticleState.ASSESSED
            connection.execute(mine.values(lang=lang, state=state, reason=""))
            if not unread:
                note_revision(connection, saved)
        return int(story)

    def record_failure(self, saved: SavedArticle, reason: str, now: datetime, max_attempts: int) -> bool:
        """Count a failed try to understand; True when the article is set aside now."""
        waiting = (
            articles.c.id == saved.id,
            articles.c.revision == saved.revision,
            articles.c.state == ArticleState.COLLECTED,
        )
        with self._database.write() as connection:
            attempts = connection.execute(
                articles.update()
                .where(*waiting)
                .values(attempts=articles.c.attempts + 1, reason=reason, failed_at=now)
                .returning(articles.c.attempts)
            ).scalar()
            if attempts is None or attempts < max_attempts:
                return False
            connection.execute(articles.update().where(*waiting).values(state=ArticleState.SET_ASIDE))
        return True

    def undecided(self, limit: int) -> list[Finding]:
        """Return current findings about which no alert decision was made, the oldest first."""
        with self._database.read() as connection:
            return load_findings(
                connection, findings.c.decided.is_(False), findings.c.superseded.is_(False), limit=limit
            )

    def between(
        self, since: datetime, until: datetime, targets: Collection[str] | None = None
    ) -> list[Finding]:
        """Return current findings said in [since, until), by time; None or no `targets`: of any."""
        conditions = [
            articles.c.said_at >= since,
            articles.c.said_at < until,
            findings.c.superseded.is_(False),
        ]
        if targets:
            conditions.append(findings.c.target.in_(sorted(targets)))
        with self._database.read() as connection:
            return load_findings(connection, *conditions, order=(articles.c.said_at, findings.c.id))

    def get(self, finding_id: int) -> Finding | None:
        """Return one finding, also one that a later revision superseded."""
        with self._database.read() as connection:
            return load_numbered(connection, [finding_id]).get(finding_id)

    def for_url(self, url: str) -> list[Finding]:
        """Return current findings of the articles at this address, exactly as collected."""
        there = (
            select(articles.c.id)
            .where(articles.c.url == url)
            .union(
                select(articles.c.id).join(items, items.c.id == articles.c.item_id).where(items.c.url == url)
            )
        )
        with self._database.read() as connection:
            return load_findings(
                connection, findings.c.article_id.in_(there), findings.c.superseded.is_(False)
            )

    def skip_reason(self, finding_id: int) -> str | None:
        """Return why the finding raised no alert; None if it did, or nothing was decided yet."""
        with self._database.read() as connection:
            return connection.execute(
                select(findings.c.skip_reason).where(findings.c.id == finding_id)
            ).scalar()


def _make_saved(row: RowMapping) -> SavedArticle:
    values: dict[str, Any] = {
        name: row[name]
        for name in (
            "source_id",
            "key",
            "url",
            "title",
            "text",
            "published_at",
            "first_seen_at",
            "page_sha256",
            "date_note",
            "extractor",
        )
    }
    return SavedArticle(id=row["id"], revision=row["revision"], article=Article(**values))
