"""Brings a database to the tables of this program, or refuses one that it does not know."""

from __future__ import annotations

from datetime import datetime

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from monitor.errors import StorageError
from storage.engine import Database, upsert
from storage.tables import upgrades


def bring_up_to_date(database: Database, now: datetime) -> None:
    """Apply the migrations that are missing, all in one transaction, and note when it was.

    Two processes that open the same file at once take turns: the second finds nothing to do.
    """
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    scripts = ScriptDirectory.from_config(config)
    head = scripts.get_current_head()
    known = {script.revision for script in scripts.walk_revisions()}
    with database.read() as connection:
        version = _version(database.label, connection, known)
    database.use_write_ahead_log()  # only now: a file that is not ours stays as it was
    if version == head:
        return
    with database.write() as connection:
        version = _version(database.label, connection, known)
        if version != head:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.execute(
                upsert(connection, upgrades, ["version"]), [{"version": head, "applied_at": now}]
            )


def _version(label: str, connection: Connection, known: set[str]) -> str | None:
    """Return the version of the tables, None for an empty database."""
    version = MigrationContext.configure(connection).get_current_revision()
    if version is None and inspect(connection).get_table_names():
        raise StorageError(f"{label}: it holds another program's tables; name another file for the store")
    if version is not None and version not in known:
        raise StorageError(
            f"{label}: it was written by a newer version of this program (tables {version});"
            " update the program, or restore the copy made before the newer one ran"
        )
    return version
