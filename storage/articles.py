"""Items, pages and articles in the store."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from monitor.domain.article import Article, CaptureRole, Failure, FeedItem, Page, SaveOutcome
from monitor.domain.coverage import SourceHealth, SourceRun
from monitor.pipeline.ports import Validators
from storage import visits
from storage.captures import add_capture, keep_page, knows_page, last_seen, make_page, pack
from storage.columns import storable
from storage.engine import Database
from storage.items import (
    count_failure,
    count_waiting,
    is_known,
    mark_quiet,
    read_due_retries,
    record_collected,
    select_wanted,
)
from storage.positions import save_positions
from storage.tables import ArticleState, articles, pages, revisions
from storage.watch_tables import extractions

OF_NOTHING = hashlib.sha256(b"").hexdigest()


class Articles:
    """Keeps what was collected, and where each source and item stands."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def validators(self, source_id: str) -> Validators:
        """Return what the source's server gave us last, empty at first."""
        with self._database.read() as connection:
            return visits.read_validators(connection, source_id)

    def save_validators(self, source_id: str, validators: Validators) -> None:
        """Remember them."""
        with self._database.write() as connection:
            visits.save_validators(connection, source_id, validators)

    def record_run(self, run: SourceRun) -> None:
        """Keep how a visit went; the same visit recorded twice counts once."""
        with self._database.write() as connection:
            visits.record_run(connection, run)

    def runs(self, since: datetime, until: datetime) -> list[SourceRun]:
        """Return the visits that began in [since, until), by time."""
        with self._database.read() as connection:
            return visits.read_runs(connection, since, until)

    def volumes(self, since: datetime, until: datetime) -> dict[str, list[datetime]]:
        """Return per source when its articles in [since, until) were said, by time."""
        with self._database.read() as connection:
            return visits.read_volumes(connection, since, until)

    def health(self) -> dict[str, SourceHealth]:
        """Return where each source that was ever visited stands."""
        with self._database.read() as connection:
            return visits.read_health(connection)

    def wanted(self, items: Sequence[FeedItem], now: datetime) -> list[FeedItem]:
        """Return the items to fetch now, in the given order, each key once."""
        with self._database.read() as connection:
            return select_wanted(connection, items, now)

    def due_retries(self, source_id: str, now: datetime) -> list[FeedItem]:
        """Return items to be tried again whose time has come, the longest waiting first."""
        with self._database.read() as connection:
            return read_due_retries(connection, source_id, now)

    def save(
        self,
        item: FeedItem,
        article: Article,
        page: Page,
        outlet: str,
        *,
        quiet: bool = False,
        role: CaptureRole = CaptureRole.ARTICLE,
    ) -> SaveOutcome:
        """Save page, capture, article and the item's state in one transaction."""
        body = pack(page.body)  # before the transaction, in which others wait
        with self._database.write() as connection:
            is_history = quiet and not is_known(connection, item)
            item_id, first_seen_at = record_collected(connection, item, article.first_seen_at)
            if is_history:
                mark_quiet(connection, item)
            current = _read_current(connection, item_id)
            if current is not None and _says_the_same(current, article):
                if knows_page(connection, page.sha256):
                    add_capture(connection, item.source_id, role, page)
                return SaveOutcome.UNCHANGED
            keep_page(connection, page, body)
            add_capture(connection, item.source_id, role, page)
            if current is None:
                article_id, revision = _begin(connection, item_id, article, outlet, first_seen_at), 0
            else:
                article_id, revision = _revise(connection, current, article, outlet)
            _add_revision(connection, article_id, revision, article, page)
            save_positions(connection, article_id, revision, article.positions)
        return SaveOutcome.NEW if current is None else SaveOutcome.REVISED

    def mark_quiet(self, item: FeedItem) -> None:
        """Note that the item's article is history; an item that is not known yet is left alone."""
        with self._database.write() as connection:
            mark_quiet(connection, item)

    def record_failure(
        self, item: FeedItem, reason: str, now: datetime, max_attempts: int, *, quiet: bool = False
    ) -> Failure:
        """Count a failed try; the item is tried later with growing delay, or set aside."""
        with self._database.write() as connection:
            is_history = quiet and not is_known(connection, item)
            failure = count_failure(connection, item, reason, now, max_attempts)
            if is_history:
                mark_quiet(connection, item)
        return failure

    def archive(self, source_id: str, page: Page, role: CaptureRole) -> None:
        """Keep an answer that made no article, unless it equals the last one at the same address."""
        with self._database.read() as connection:
            if last_seen(connection, source_id, role, page.url) == page.sha256:
                return
        body = pack(page.body)
        with self._database.write() as connection:
            keep_page(connection, page, body)
            add_capture(connection, source_id, role, page)

    def page(self, sha256: str) -> Page | None:
        """Return archived bytes with how they came, at their first sighting; None where they are lost."""
        with self._database.read() as connection:
            row = connection.execute(select(pages).where(pages.c.sha256 == sha256)).mappings().first()
        page = None if row is None else make_page(row)
        is_lost = page is not None and not page.body and page.sha256 != OF_NOTHING
        return None if is_lost else page

    def revisions(self, article_id: int) -> list[tuple[int, str, str, datetime]]:
        """Return (revision, title, text, first seen at) of every revision, the first one first."""
        query = (
            select(revisions.c.revision, revisions.c.title, revisions.c.text, revisions.c.first_seen_at)
            .where(revisions.c.article_id == article_id)
            .order_by(revisions.c.revision)
        )
        with self._database.read() as connection:
            return [
                (row.revision, row.title, row.text, row.first_seen_at) for row in connection.execute(query)
            ]

    def counts(self) -> dict[str, int]:
        """Return how many articles, waiting or given-up items and pages there are."""
        states = select(articles.c.state, func.count()).group_by(articles.c.state)
        with self._database.read() as connection:
            by_state: dict[str, int] = dict(connection.execute(states).all())
            archived = connection.execute(select(func.count()).select_from(pages)).scalar_one()
            return {
                **{state.value: by_state.get(state, 0) for state in ArticleState},
                **{f"items_{state}": count for state, count in count_waiting(connection).items()},
                "pages": archived,
            }


def _read_current(connection: Connection, item_id: int) -> Row[Any] | None:
    """Return the item's article with its current title and text's hash."""
    query = (
        select(articles, revisions.c.title, revisions.c.text_sha256)
        .join(
            revisions,
            (revisions.c.article_id == articles.c.id) & (revisions.c.revision == articles.c.revision),
        )
        .where(articles.c.item_id == item_id)
    )
    return connection.execute(query).first()


def _hash(text: str) -> str:
    return hashlib.sha256(storable(text).encode()).hexdigest()


def _says_the_same(current: Row[Any], article: Article) -> bool:
    return bool(current.title == storable(article.title) and current.text_sha256 == _hash(article.text))


def _begin(
    connection: Connection, item_id: int, article: Article, outlet: str, first_seen_at: datetime
) -> int:
    inserted = connection.execute(
        articles.insert().returning(articles.c.id),
        {
            "item_id": item_id,
            "url": article.url,
            "outlet": outlet,
            "published_at": article.published_at,
            "first_seen_at": first_seen_at,
            "said_at": min(article.published_at or first_seen_at, first_seen_at),
            "revision": 0,
            "state": ArticleState.COLLECTED,
            "attempts": 0,
            "reason": "",
        },
    )
    return int(inserted.scalar_one())


def _revise(connection: Connection, current: Row[Any], article: Article, outlet: str) -> tuple[int, int]:
    """Make way for the next revision; a date that the first one lacked is taken from this one."""
    published_at = current.published_at or article.published_at
    connection.execute(
        articles.update()
        .where(articles.c.id == current.id)
        .values(
            url=article.url,
            outlet=outlet,
            published_at=published_at,
            said_at=min(published_at or current.first_seen_at, current.first_seen_at),
            revision=current.revision + 1,
            state=ArticleState.COLLECTED,
            attempts=0,
            reason="",
        )
    )
    return current.id, current.revision + 1


def _add_revision(
    connection: Connection, article_id: int, revision: int, article: Article, page: Page
) -> None:
    connection.execute(
        revisions.insert(),
        {
            "article_id": article_id,
            "revision": revision,
            "title": article.title,
            "text": article.text,
            "text_sha256": _hash(article.text),
            "page_sha256": page.sha256,
            "date_note": article.date_note,
            "extractor": article.extractor,
            "first_seen_at": article.first_seen_at,
        },
    )
    connection.execute(
        extractions.insert(),
        {
            "article_id": article_id,
            "revision": revision,
            "source_id": article.source_id,
            "at": article.first_seen_at,
            "extractor": article.extractor,
            "text_length": len(article.text),
            "page_length": article.page_length,
            "dated": article.published_at is not None,
        },
    )
