"""The tables' history."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from monitor.errors import StorageError
from storage import open_store
from storage.engine import open_database
from storage.tables import metadata
from tests.builders import NOON


def read_schema(file: Path) -> dict[str, list[str]]:
    """Return what made each table and index, its constraints in a fixed order."""
    connection = sqlite3.connect(file)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    evened = {name: re.sub(r"\s+", " ", sql).replace(" ,", ",").removesuffix(" )") for name, sql in rows}
    return {name: sorted(re.split(", (?=CONSTRAINT)", sql)) for name, sql in evened.items()}


def test_migrations_lead_to_the_tables_that_the_program_uses(url: str) -> None:
    """Whoever changes tables.py must write a migration."""
    open_store(url, NOON).close()
    database = open_database(url)
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert [] == compare_metadata(context, metadata)
    database.engine.dispose()


def test_migrated_tables_are_those_that_would_be_made_anew(url: str, tmp_path: Path) -> None:
    """Also what the comparison does not see: automatic numbers, key order, tables without row ids."""
    open_store(url, NOON).close()
    engine = create_engine(f"sqlite:///{tmp_path}/anew.db")
    metadata.create_all(engine)
    engine.dispose()
    migrated = read_schema(tmp_path / "store.db")
    del migrated["alembic_version"]
    assert read_schema(tmp_path / "anew.db") == migrated


def test_opening_notes_when_the_tables_were_made_and_then_changes_nothing(url: str, tmp_path: Path) -> None:
    """A second opening finds nothing to do."""
    for _ in range(2):
        open_store(url, NOON).close()
    connection = sqlite3.connect(tmp_path / "store.db")
    noted = connection.execute("SELECT version, applied_at FROM upgrades").fetchall()
    connection.close()
    assert [("0003", int(NOON.timestamp() * 1_000_000))] == noted


def test_store_of_a_newer_program_is_refused(url: str, tmp_path: Path) -> None:
    """An older program would misread it."""
    open_store(url, NOON).close()
    connection = sqlite3.connect(tmp_path / "store.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(StorageError, match=r"store\.db: .*newer version of this program \(tables 9999\)"):
        open_store(url, NOON)


def test_another_programs_database_is_refused_and_left_as_it_is(url: str, tmp_path: Path) -> None:
    """A wrong path in configuration must not put our tables among others'."""
    file = tmp_path / "store.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE bookmarks (id INTEGER PRIMARY KEY)")
    connection.commit()
    connection.close()
    before = file.read_bytes()
    with pytest.raises(StorageError, match="another program's tables"):
        open_store(url, NOON)
    assert before == file.read_bytes()


def test_interrupted_migration_leaves_no_half_made_tables(url: str, tmp_path: Path) -> None:
    """All tables are made in one transaction: a name that is taken in the last step undoes the first."""
    open_store(url, NOON).close()
    connection = sqlite3.connect(tmp_path / "store.db")
    connection.execute("DELETE FROM alembic_version")
    connection.execute("DROP TABLE alerts")
    connection.commit()
    connection.close()
    with pytest.raises(StorageError):
        open_store(url, NOON)
    assert "alerts" not in read_schema(tmp_path / "store.db")
