"""When articles are read again, and whether they were there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, case, exists, func, select

from monitor.domain.article import FeedItem
from monitor.domain.changes import ChangeKind
from monitor.domain.revisits import GIVEN_TEXTS, Revisit, RevisitPlan, plan_first
from monitor.pipeline.ports import DueRevisit
from storage.changes import note_whole_article
from storage.engine import Database, in_batches
from storage.tables import articles, items, revisions
from storage.watch_tables import quiet_items, revisits

_AT_ONCE = 1_000

_CURRENT = (revisions.c.article_id == articles.c.id) & (revisions.c.revision == articles.c.revision)


class Revisits:
    """Keeps the schedule of later looks at articles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def plan(self, plan: RevisitPlan, now: datetime) -> int:
        """Give every new article its first visit, or none where its text came without a page."""
        count = 0
        while new := self._plan_some(plan, now):
            count += new
        return count

    def _plan_some(self, plan: RevisitPlan, now: datetime) -> int:
        """Plan a batch: on the first day of an old store others must be able to write in between."""
        with self._database.read() as connection:
            if connection.execute(_select_new(1)).first() is None:
                return 0
        with self._database.write() as connection:
            rows = []
            for row in connection.execute(_select_new(_AT_ONCE)):
                visit = _to_row(plan_first(row.id, row.first_seen_at, plan, now))
                has_page = not row.extractor.startswith(GIVEN_TEXTS)
                rows.append(visit if has_page else {**visit, "next_at": None})
            if rows:
                connection.execute(revisits.insert(), rows)
        return len(rows)

    def due(
        self, source_ids: Collection[str], now: datetime, limit: int, per_source: int
    ) -> list[DueRevisit]:
        """Return articles of these sources whose time has come, the longest waiting first."""
        found: list[DueRevisit] = []
        with self._database.read() as connection:
            for some in in_batches(sorted(source_ids)):
                query = _select_due(some, now, limit, per_source)
                found.extend(_make_due(row) for row in connection.execute(query).mappings())
        return sorted(found, key=lambda due: (due.visit.next_at or now, due.visit.article_id))[:limit]

    def posts(self, source_id: str, keys: Sequence[str]) -> dict[str, Revisit]:
        """Return where those posts of a channel stand that were collected, by key."""
        columns = (items.c.key, articles.c.id.label("id"), articles.c.first_seen_at, *_STANDING)
        found: dict[str, Revisit] = {}
        with self._database.read() as connection:
            for some in in_batches(keys):
                query = (
                    select(*columns)
                    .join(articles, articles.c.item_id == items.c.id)
                    # One without a row is too new; to make its row here would put `plan` out of count.
                    .join(revisits, revisits.c.article_id == articles.c.id)
                    .outerjoin(quiet_items, quiet_items.c.item_id == items.c.id)
                    .where(items.c.source_id == source_id, items.c.key.in_(some))
                    .where(quiet_items.c.item_id.is_(None))
                )
                found |= {row["key"]: _make_visit(row) for row in connection.execute(query).mappings()}
        return found

    def tally(self, source_id: str, since: datetime) -> tuple[int, int]:
        """Return how many of the source's articles that were looked at since then were missing, and
        how many were looked at."""
        query = (
            select(func.count(case((revisits.c.missing > 0, 1))), func.count())
            .select_from(revisits)
            .join(articles, articles.c.id == revisits.c.article_id)
            .join(items, items.c.id == articles.c.item_id)
            .where(items.c.source_id == source_id, revisits.c.last_at >= since, revisits.c.gone.is_(False))
        )
        with self._database.read() as connection:
            missing, visited = connection.execute(query).one()
        return missing, visited

    def control(self, source_id: str, article_id: int) -> DueRevisit | None:
        """Return the source's newest article with a page, other than this one, that was there at the
        last look; None where there is none."""
        query = (
            select(*_DUE)
            .join(revisits, revisits.c.article_id == articles.c.id)
            .join(items, items.c.id == articles.c.item_id)
            .join(revisions, _CURRENT)
            .where(items.c.source_id == source_id, articles.c.id != article_id)
            .where(revisits.c.gone.is_(False), revisits.c.missing == 0)
            .where(*(~revisions.c.extractor.startswith(name) for name in GIVEN_TEXTS))
            .order_by(articles.c.id.desc())
            .limit(1)
        )
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else _make_due(row)

    def save(self, visit: Revisit, change: ChangeKind | None, now: datetime) -> None:
        """Save where the article stands, and that it was taken down or put back, in one transaction."""
        row = _to_row(visit)
        with self._database.write() as connection:
            mine = revisits.c.article_id == visit.article_id
            connection.execute(revisits.update().where(mine).values(**row))
            if change is not None:
                note_whole_article(connection, visit.article_id, change, now)


_STANDING = (
    revisits.c.step,
    revisits.c.missing,
    revisits.c.gone,
    revisits.c.next_at,
    revisits.c.last_at,
)


_DUE = (
    articles.c.id.label("id"),
    articles.c.first_seen_at,
    *_STANDING,
    items.c.source_id,
    items.c.key,
    items.c.url,
    items.c.title,
    items.c.published_at,
    items.c.summary,
    revisions.c.title.label("title_now"),
    revisions.c.text,
    revisions.c.page_sha256,
)


def _select_new(limit: int) -> Select[Any]:
    """Select articles that came after all those that have their row: numbers only grow."""
    last = select(func.coalesce(func.max(revisits.c.article_id), 0)).scalar_subquery()
    return (
        select(articles.c.id, articles.c.first_seen_at, revisions.c.extractor)
        .join(revisions, _CURRENT)
        .where(articles.c.id > last)
        .order_by(articles.c.id)
        .limit(limit)
    )


def _select_due(source_ids: Sequence[str], now: datetime, limit: int, per_source: int) -> Select[Any]:
    turn = func.row_number().over(
        partition_by=items.c.source_id, order_by=(revisits.c.next_at, revisits.c.article_id)
    )
    waiting = (
        select(revisits.c.article_id, turn.label("turn"))
        .join(articles, articles.c.id == revisits.c.article_id)
        .join(items, items.c.id == articles.c.item_id)
        .where(revisits.c.next_at <= now, items.c.source_id.in_(source_ids))
        .where(~exists().where(quiet_items.c.item_id == items.c.id))
        .subquery()
    )
    return (
        select(*_DUE)
        .join(waiting, waiting.c.article_id == articles.c.id)
        .join(revisits, revisits.c.article_id == articles.c.id)
        .join(items, items.c.id == articles.c.item_id)
        .join(revisions, _CURRENT)
        .where(waiting.c.turn <= per_source)
        .order_by(revisits.c.next_at, articles.c.id)
        .limit(limit)
    )


def _make_visit(row: RowMapping) -> Revisit:
    return Revisit(
        article_id=row["id"],
        first_seen_at=row["first_seen_at"],
        step=row["step"],
        next_at=row["next_at"],
        missing=row["missing"],
        gone=row["gone"],
        last_at=row["last_at"],
    )


def _make_due(row: RowMapping) -> DueRevisit:
    names = ("source_id", "key", "url", "title", "published_at", "summary")
    item = FeedItem(**{name: row[name] for name in names})
    return DueRevisit(_make_visit(row), item, row["title_now"], row["text"], row["page_sha256"])


def _to_row(visit: Revisit) -> dict[str, object]:
    return {
        "article_id": visit.article_id,
        "step": visit.step,
        "missing": visit.missing,
        "gone": visit.gone,
        "next_at": visit.next_at,
        "last_at": visit.last_at,
    }
