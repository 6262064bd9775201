"""The archive in the store: what proves a statement, what may go, and whether all is as it was."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, case, func, or_, select, true

from monitor.domain.archive import CheckedBody, Damage, Evidence, Expired, RetentionRule, give_back_text
from monitor.domain.article import Capture, FeedItem
from storage import retention, verification
from storage.captures import make_capture, select_captures
from storage.engine import Database
from storage.records import load_numbered
from storage.tables import articles, findings, items, pages, revisions
from storage.watch_tables import captures

BATCH = 50
"""Captures are read in lots of this size: each may bring some megabytes."""


class Archive:
    """Proves what was read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def evidence(self, finding_id: int) -> Evidence | None:
        """Return what a finding rests on, with its page's earliest capture at the article's address."""
        with self._database.read() as connection:
            finding = load_numbered(connection, [finding_id]).get(finding_id)
            row = _read_revision(connection, finding_id)
            if finding is None or row is None:
                return None
            capture = _read_first_capture(connection, row)
            if capture is None:
                return None
            front = _read_front(connection, capture)
        item = FeedItem(
            source_id=row["source_id"],
            key=row["key"],
            url=row["item_url"],
            title=row["item_title"],
            published_at=row["published_at"],
            summary=row["summary"],
        )
        return Evidence(
            finding=finding,
            revision=row["revision"],
            title=row["title"],
            text=row["text"],
            extractor=row["extractor"],
            item=give_back_text(item, capture.page, row["extractor"]),
            capture=capture,
            front=front,
        )

    def captures(
        self, since: datetime | None, until: datetime | None, sources: Collection[str] = ()
    ) -> Iterator[Capture]:
        """Yield what was archived in [since, until), by time, bytes included."""
        wanted, after = _within(since, until, sources), None
        moment = captures.c.fetched_at
        while True:
            further = (
                true()
                if after is None
                else or_(moment > after[0], and_(moment == after[0], captures.c.id > after[1]))
            )
            query = select_captures().where(wanted, further).order_by(moment, captures.c.id).limit(BATCH)
            with self._database.read() as connection:
                rows = connection.execute(query).mappings().all()
            for row in rows:
                yield make_capture(row)
            if len(rows) < BATCH:
                return
            after = (rows[-1]["fetched_at"], rows[-1]["id"])

    def count_captures(
        self, since: datetime | None, until: datetime | None, sources: Collection[str] = ()
    ) -> int:
        """Return how many `captures` would yield."""
        query = select(func.count()).select_from(captures).where(_within(since, until, sources))
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def count_pages(self) -> int:
        """Return how many pages there are."""
        with self._database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(pages)).scalar_one())

    def check_pages(self) -> Iterator[CheckedBody]:
        """Hash every page's bytes again, by a few at a time."""
        return verification.check_pages(self._database)

    def check_references(self) -> Iterator[Damage]:
        """Look whether every revision has its page, a capture, its own text, and its statements."""
        return verification.check_references(self._database)

    def expired(self, rule: RetentionRule, before: datetime, after: int, limit: int) -> Sequence[Expired]:
        """Return what the rule lets go that was last seen before the moment."""
        with self._database.read() as connection:
            return retention.read_expired(connection, rule, before, after, limit)

    def let_go(
        self, rule: RetentionRule, before: datetime, capture_ids: Collection[int], now: datetime
    ) -> int:
        """Let go of those of the captures' pages that are still expired, in one transaction."""
        with self._database.write() as connection:
            return retention.let_go(connection, rule, before, capture_ids, now)


def _within(since: datetime | None, until: datetime | None, sources: Collection[str]) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    if since is not None:
        conditions.append(captures.c.fetched_at >= since)
    if until is not None:
        conditions.append(captures.c.fetched_at < until)
    if sources:
        conditions.append(captures.c.source_id.in_(sorted(sources)))
    return and_(*conditions)


def _read_revision(connection: Connection, finding_id: int) -> RowMapping | None:
    """Return the revision that a finding was judged from, with its article and item."""
    query = (
        select(
            revisions.c.revision,
            revisions.c.title,
            revisions.c.text,
            revisions.c.extractor,
            revisions.c.page_sha256,
            articles.c.url,
            items.c.source_id,
            items.c.key,
            items.c.url.label("item_url"),
            items.c.title.label("item_title"),
            items.c.published_at,
            items.c.summary,
        )
        .join(articles, articles.c.id == revisions.c.article_id)
        .join(items, items.c.id == articles.c.item_id)
        .join(
            findings,
            (findings.c.article_id == revisions.c.article_id) & (findings.c.revision == revisions.c.revision),
        )
        .where(findings.c.id == finding_id)
    )
    return connection.execute(query).mappings().first()


def _read_first_capture(connection: Connection, revision: RowMapping) -> Capture | None:
    """Return the earliest capture of the revision's page: its own source's and address's, if there is one."""
    own = (captures.c.source_id == revision["source_id"]) & captures.c.url.in_(
        [revision["url"], revision["item_url"]]
    )
    query = (
        select_captures()
        .where(captures.c.page_sha256 == revision["page_sha256"])
        .order_by(case((own, 0), else_=1), captures.c.fetched_at, captures.c.id)
        .limit(1)
    )
    row = connection.execute(query).mappings().first()
    return None if row is None else make_capture(row)


def _read_front(connection: Connection, capture: Capture) -> Capture | None:
    """Return the front that carried a text; of several sightings the last one before the text was taken."""
    if not capture.page.front:
        return None
    is_later = captures.c.fetched_at > capture.page.fetched_at
    query = (
        select_captures()
        .where(captures.c.page_sha256 == capture.page.front, captures.c.source_id == capture.source_id)
        .order_by(is_later, captures.c.fetched_at.desc(), captures.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).mappings().first()
    return None if row is None else make_capture(row)
