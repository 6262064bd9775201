"""Every change of state by people: who, what, of what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from monitor.domain.access import Entry
from storage.engine import Database
from storage.telling_tables import audit


class Audit:
    """Keeps what people did; nothing here is ever changed but for the names of those who ask for it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, entry: Entry) -> None:
        """Keep what somebody did."""
        row = {
            "at": entry.at,
            "actor": entry.actor,
            "action": entry.action,
            "subject": entry.subject,
            "detail": entry.detail,
        }
        with self._database.write() as connection:
            connection.execute(audit.insert(), row)

    def latest(self, limit: int, since: datetime | None = None, actor: str | None = None) -> Sequence[Entry]:
        """Return what was done, the newest first."""
        query = select(audit).order_by(audit.c.id.desc()).limit(limit)
        if since is not None:
            query = query.where(audit.c.at >= since)
        if actor is not None:
            query = query.where(audit.c.actor == actor)
        with self._database.read() as connection:
            return [
                Entry(row.at, row.actor, row.action, row.subject, row.detail)
                for row in connection.execute(query)
            ]
