"""What operators tell everybody: saved before it is confirmed, sent in one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from monitor.domain.broadcasts import Broadcast
from monitor.domain.delivery import NewDelivery
from storage.engine import Database
from storage.outbox import put_in
from storage.telling_tables import broadcasts


class Broadcasts:
    """Keeps broadcasts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def draft(self, text: str, created_by: str, now: datetime) -> Broadcast:
        """Keep a text that nobody is told yet."""
        row = {"text": text, "created_by": created_by, "created_at": now, "sent_at": None}
        with self._database.write() as connection:
            made = connection.execute(broadcasts.insert().returning(broadcasts), row).one()
        return _make_broadcast(made)

    def get(self, number: int) -> Broadcast | None:
        """Return a broadcast."""
        with self._database.read() as connection:
            row = connection.execute(select(broadcasts).where(broadcasts.c.id == number)).first()
        return _make_broadcast(row) if row else None

    def send(self, number: int, deliveries: Sequence[NewDelivery], now: datetime) -> bool:
        """Put it into the outbox and mark it as sent, in one transaction; False where it was before."""
        mark = (
            broadcasts.update()
            .where(broadcasts.c.id == number, broadcasts.c.sent_at.is_(None))
            .values(sent_at=now)
        )
        with self._database.write() as connection:
            if not connection.execute(mark).rowcount:
                return False
            put_in(connection, deliveries, now)
        return True


def _make_broadcast(row: Row[Any]) -> Broadcast:
    return Broadcast(row.id, row.text, row.created_by, row.created_at, row.sent_at)
