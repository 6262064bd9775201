"""What operators switch off for a while; it outlives restarts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from monitor.domain.switches import COLLECTION, Pause
from storage.engine import Database, upsert
from storage.telling_tables import switches

_MINE = switches.c.name == COLLECTION


class Switches:
    """Keeps whether collection is paused."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pause(self, pause: Pause) -> None:
        """Pause collection; a pause before is replaced."""
        row = {"name": COLLECTION, "set_by": pause.by, "set_at": pause.since, "until": pause.until}
        with self._database.write() as connection:
            changed = ("set_by", "set_at", "until")
            connection.execute(upsert(connection, switches, ["name"], update=changed), row)

    def resume(self) -> Pause | None:
        """End the pause; returns the one that there was."""
        with self._database.write() as connection:
            row = connection.execute(switches.delete().where(_MINE).returning(switches)).first()
        return Pause(row.set_by, row.set_at, row.until) if row else None

    def paused(self, now: datetime) -> Pause | None:
        """Return the pause that holds."""
        with self._database.read() as connection:
            row = connection.execute(select(switches).where(_MINE)).first()
        pause = Pause(row.set_by, row.set_at, row.until) if row else None
        return pause if pause and pause.holds(now) else None
