"""What the database's own errors mean to an operator, and what to do about each."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from monitor.errors import StorageError, StoreBusyError, StoreUnavailableError

RESTORE = "restore a copy or move the file away; it was left as it is"

_ADVICE = {
    sqlite3.SQLITE_BUSY: "another process keeps it locked; stop that process or try again",
    sqlite3.SQLITE_LOCKED: "another connection keeps it locked; try again",
    sqlite3.SQLITE_FULL: "the disk is full; free some space, what was being written was taken back",
    sqlite3.SQLITE_READONLY: "it cannot be written; check the permissions of the file and its directory,"
    " and whether the disk is mounted read-only",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; check its path and the permissions of its directory",
    sqlite3.SQLITE_PERM: "it cannot be opened; check the permissions of the file and its directory",
    sqlite3.SQLITE_IOERR: "the disk does not answer as it should; check the disk and its free space",
    sqlite3.SQLITE_CORRUPT: f"it is damaged; {RESTORE}",
    sqlite3.SQLITE_NOTADB: f"it is no database, or a damaged one; {RESTORE}",
    sqlite3.SQLITE_CONSTRAINT: "what was to be saved contradicts what is there; nothing was saved",
}


_KINDS: dict[int, type[StorageError]] = {
    **dict.fromkeys((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED), StoreBusyError),
    **dict.fromkeys(
        (
            sqlite3.SQLITE_FULL,
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_PERM,
            sqlite3.SQLITE_IOERR,
        ),
        StoreUnavailableError,
    ),
}
"""What passes by itself or by an operator's hand, so that the same work is tried again; all else does not."""


def explain(label: str, error: BaseException) -> StorageError:
    """Return the error that names the file and says what to do; the original stays its cause."""
    if isinstance(error, PoolTimeoutError):
        return StoreBusyError(f"{label}: too many readers and writers at once; try again ({error})")
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # extended codes keep the primary one below
    advice = _ADVICE.get(code, "the database refused")
    return _KINDS.get(code, StorageError)(f"{label}: {advice} ({error})")


def translate(label: str, error: SQLAlchemyError) -> Exception:
    """Return what to raise instead of a database library's error.

    A value that could not be bound (a naive datetime, not-a-number) is our own mistake, so the
    plain error comes out, not one that sends an operator to look at a disk.
    """
    if isinstance(error, DBAPIError) and error.orig is not None:
        return explain(label, error.orig)
    original = getattr(error, "orig", None)
    if isinstance(original, (ValueError, TypeError)):
        return original
    return explain(label, error)
