"""How far back sources were read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from monitor.domain.article import FeedItem
from monitor.domain.backfill import Backfill
from storage.columns import storable
from storage.engine import Database, in_batches, upsert
from storage.tables import articles, items
from storage.watch_tables import backfills

_KEY = ("source_id", "since")


class Backfills:
    """Keeps where the reading of each source's history stands."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, source_id: str, since: datetime) -> Backfill:
        """Return the backfill to go on with: one that was not finished, else a new one."""
        query = select(backfills).where(
            backfills.c.source_id == source_id,
            backfills.c.since == since,
            backfills.c.finished.is_(False),
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return Backfill(source_id, since)
        return Backfill(source_id, since, row.cursor, row.pages, row.items, row.articles)

    def save(self, backfill: Backfill, now: datetime) -> None:
        """Keep how far it went."""
        row = {name: getattr(backfill, name) for name in Backfill.__dataclass_fields__}
        with self._database.write() as connection:
            changed = [name for name in (*row, "updated_at") if name not in _KEY]
            connection.execute(
                upsert(connection, backfills, _KEY, update=changed), {**row, "updated_at": now}
            )

    def dates(self, shown: Sequence[FeedItem]) -> dict[str, datetime]:
        """Return by key when the articles of those items that are collected were published."""
        by_key = {(item.source_id, storable(item.key)): item.key for item in shown}
        found: dict[str, datetime] = {}
        with self._database.read() as connection:
            for source_id in {item.source_id for item in shown}:
                keys = [key for source, key in by_key if source == source_id]
                for some in in_batches(keys):
                    query = (
                        select(items.c.key, articles.c.published_at)
                        .join(articles, articles.c.item_id == items.c.id)
                        .where(
                            items.c.source_id == source_id,
                            items.c.key.in_(some),
                            articles.c.published_at.is_not(None),
                        )
                    )
                    for key, published_at in connection.execute(query):
                        found[by_key[source_id, key]] = published_at
        return found
