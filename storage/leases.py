"""Leases: of several processes on one store, one leads."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from monitor.domain.leases import Lease, is_free
from storage.engine import Database, upsert
from storage.watch_tables import leases

_PROOF = "write-check"
"""The row that is written to see whether anything can be; nobody holds it."""


class Leases:
    """Keeps who leads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, wanted: Lease, now: datetime, stalled: Lease | None = None) -> Lease:
        """Take or renew a lease that is free, over, or one's own; returns what stands afterwards.

        `stalled` is another's lease that was seen unchanged for too long to be alive.
        """
        with self._database.write() as connection:
            row = connection.execute(select(leases).where(leases.c.name == wanted.name)).first()
            standing = None if row is None else Lease(row.name, row.holder, row.until)
            if standing is not None and not is_free(standing, wanted, now, stalled):
                return standing
            connection.execute(
                upsert(connection, leases, ["name"], update=("holder", "until")),
                {"name": wanted.name, "holder": wanted.holder, "until": wanted.until},
            )
        return wanted

    def release(self, held: Lease) -> None:
        """Give a lease back, if its holder still has it."""
        with self._database.write() as connection:
            connection.execute(
                leases.delete().where(leases.c.name == held.name, leases.c.holder == held.holder)
            )

    def prove_writable(self, now: datetime) -> None:
        """Write a row; raises StorageError where nothing can be saved now."""
        self._database.check_room()
        with self._database.write() as connection:
            connection.execute(
                upsert(connection, leases, ["name"], update=("until",)),
                {"name": _PROOF, "holder": "", "until": now},
            )
