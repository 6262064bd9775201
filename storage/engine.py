"""Opens the database and hands out transactions; all that is peculiar to one dialect is here."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, Insert, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from monitor.errors import StorageError, StoreUnavailableError
from storage.faults import RESTORE, explain, translate

LOCK_TIMEOUT = 30.0
"""Seconds that a transaction waits for another's; `?timeout=` in the URL says otherwise."""

LEAST_ROOM = 4_000_000
"""Bytes that the disk must have free before work goes on after it was full."""

T = TypeVar("T")

_WRITES = "storage_writes"


@dataclass(frozen=True, slots=True)
class Database:
    """An open database; `label` is its file as operators know it, `path` None for one in memory."""

    engine: Engine
    label: str
    path: Path | None = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a transaction in which every query sees the same state of the database."""
        with self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give the one transaction that may write now: all of it is saved at the end, or nothing."""
        with self._transaction(writes=True) as connection:
            yield connection

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        try:
            with self.engine.connect() as connection:
                connection.execution_options(**{_WRITES: writes})
                with connection.begin():
                    yield connection
        except SQLAlchemyError as error:
            raise translate(self.label, error) from error

    def use_write_ahead_log(self) -> None:
        """Let readers go on while one writes; the file remembers it."""
        if self.path is None:
            return
        try:
            _switch_to_write_ahead_log(self.path)
        except sqlite3.Error as error:
            raise explain(self.label, error) from error

    def check_room(self) -> None:
        """Raise StoreUnavailableError where the disk has too little room for work to go on."""
        if self.path is not None and (free := shutil.disk_usage(self.path.parent).free) < LEAST_ROOM:
            left = f"{free / 1e6:.1f} MB are left, {LEAST_ROOM / 1e6:.0f} MB are needed"
            raise StoreUnavailableError(f"{self.label}: the disk is full; free some space ({left})")

    def check(self) -> None:
        """Raise StorageError where the database is damaged or a row refers to nothing."""
        with self.read() as connection:
            if connection.dialect.name != "sqlite":
                return
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
            if found != "ok":
                raise StorageError(f"{self.label}: it is damaged; {RESTORE} ({found})")
            orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if orphan is not None:
                raise StorageError(f"{self.label}: a row of {orphan[0]} refers to nothing; {RESTORE}")


def upsert(connection: Connection, table: Table, key: Sequence[str], update: Sequence[str] = ()) -> Insert:
    """Return an insert that leaves a row with the same key as it is, but for the columns `update`."""
    on_sqlite = connection.dialect.name == "sqlite"
    statement = sqlite.insert(table) if on_sqlite else postgresql.insert(table)
    if not update:
        return statement.on_conflict_do_nothing(index_elements=list(key))
    return statement.on_conflict_do_update(
        index_elements=list(key), set_={name: statement.excluded[name] for name in update}
    )


def in_batches(values: Iterable[T]) -> Iterator[list[T]]:
    """Cut values for an IN list into lists far below every database's limit of parameters."""
    left = list(values)
    for start in range(0, len(left), 500):
        yield left[start : start + 500]


def open_database(url: str) -> Database:
    """Open the database without a look at its tables; a damaged file is refused untouched."""
    parsed = _parse(url)
    if parsed.database in (None, "", ":memory:"):
        return Database(_connect_memory(parsed), "the store in memory")
    path = Path(str(parsed.database))
    try:
        if path.is_dir():
            raise StorageError(f"{path}: this is a directory; name a file in it")
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            _refuse_damaged(path)
    except OSError as error:
        raise StorageError(f"{path}: its directory cannot be made or read ({error})") from error
    except sqlite3.Error as error:
        raise explain(str(path), error) from error
    engine = create_engine(
        parsed, connect_args={} if "timeout" in parsed.query else {"timeout": LOCK_TIMEOUT}
    )
    _prepare(engine)
    return Database(engine, str(path), path)


def database_exists(url: str) -> bool:
    """Say whether opening would find something: not so in memory, nor where the file is not there.

    Opening would make the file; raises StorageError for what is no database's URL.
    """
    parsed = _parse(url)
    return parsed.database not in (None, "", ":memory:") and Path(str(parsed.database)).is_file()


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StorageError(f"{url!r} is no database URL; write sqlite:///path/to/file.db") from error
    if parsed.get_backend_name() != "sqlite":
        raise StorageError(f"{parsed.render_as_string()}: only sqlite:///path/to/file.db is supported so far")
    if parsed.username or parsed.password or parsed.host:
        raise StorageError(
            f"{parsed.render_as_string()}: a file takes three slashes, sqlite:///path/to/file.db"
        )
    if str(parsed.database).startswith("file:"):
        raise StorageError(f"{parsed}: write the path itself, sqlite:///path/to/file.db")
    return parsed


def _connect_memory(url: URL) -> Engine:
    """Open a database that lives in one connection; threads take turns with it."""
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=LOCK_TIMEOUT,
        connect_args={"check_same_thread": False},
    )
    _prepare(engine)
    return engine


def _refuse_damaged(path: Path) -> None:
    """Look through the file before anything may write to it, for the original must stay.

    An ordinary connection would, when it closes, copy a write-ahead log that a crash left behind
    into the damaged file. A read-only one cannot; only where the file needs a roll-back before it
    can be read at all (a crash in its first moments) an ordinary one must look.
    """
    try:
        found = _quick_check(path, "ro")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            raise
        found = _quick_check(path, "rw")
    if found != "ok":
        raise StorageError(f"{path}: it is damaged; {RESTORE} ({found})")


def _quick_check(path: Path, mode: str) -> str:
    location = f"file:{quote(str(path.absolute()))}?mode={mode}"
    with closing(sqlite3.connect(location, uri=True, timeout=LOCK_TIMEOUT)) as connection:
        return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])


def _switch_to_write_ahead_log(path: Path) -> None:
    """Switch the file's journal, waiting for others.

    Unlike other statements this one does not wait for a lock, so that two processes which open a
    new file at once would get in each other's way.
    """
    deadline = time.monotonic() + LOCK_TIMEOUT
    with closing(sqlite3.connect(path, timeout=LOCK_TIMEOUT, isolation_level=None)) as connection:
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
            else:
                return


def _prepare(engine: Engine) -> None:
    """Set up each connection, and begin transactions ourselves.

    Python's driver begins a transaction only before the first write: reads before it would not
    belong to it, and a reader that turns writer may be refused at once instead of waiting. Hence
    BEGIN IMMEDIATE where something is to be written.
    """

    @event.listens_for(engine, "connect")
    def set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        # With NORMAL a power cut may take back the last commits of a write-ahead log: a message
        # that was sent would be pending again, and nobody could tell that it goes out twice. FULL
        # costs a sync for each commit, and we commit a few times a second at most.
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
