"""How often each source is asked, and until when one is left alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from monitor.domain.polling import Polling
from storage.engine import Database, upsert
from storage.tables import articles, items
from storage.watch_tables import polling as table

_KEPT = ("interval_seconds", "rest_until", "failures", "updated_at")


class Polls:
    """How sources are asked, in the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[str, Polling]:
        """Return how each source was asked when that was last saved."""
        with self._database.read() as connection:
            return {
                row.source_id: Polling(
                    source_id=row.source_id,
                    interval=timedelta(seconds=row.interval_seconds),
                    visited_at=row.updated_at,
                    failures=row.failures,
                    rest_until=row.rest_until,
                )
                for row in connection.execute(select(table).order_by(table.c.source_id))
            }

    def save(self, polling: Polling) -> None:
        """Remember it in place of what was known of the source."""
        with self._database.write() as connection:
            connection.execute(
                upsert(connection, table, ["source_id"], update=_KEPT),
                {
                    "source_id": polling.source_id,
                    "interval_seconds": polling.interval.total_seconds(),
                    "rest_until": polling.rest_until,
                    "failures": polling.failures,
                    "updated_at": polling.visited_at,
                },
            )

    def recent(self, source_id: str, since: datetime) -> list[datetime]:
        """Return when the source's articles since then were said, by time."""
        query = (
            select(articles.c.said_at)
            .join(items, items.c.id == articles.c.item_id)
            .where(items.c.source_id == source_id, articles.c.said_at >= since)
            .order_by(articles.c.said_at)
        )
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())
