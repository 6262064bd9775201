"""Opening, locks, damage and full disks."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Pool, event

from monitor.errors import StorageError
from storage import Store, open_store
from tests.builders import NOON
from tests.storage.builders import collect, find_one, make_article, make_item, make_page, raise_alert, to_chat


@contextmanager
def locked(file: Path) -> Iterator[sqlite3.Connection]:
    """Hold the write lock as another process would."""
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    finally:
        connection.close()


def test_directory_is_made(tmp_path: Path) -> None:
    """A fresh machine has none."""
    store = open_store(f"sqlite:///{tmp_path}/a/b ü #1/store.db", NOON)
    collect(store)
    store.close()
    assert (tmp_path / "a" / "b ü #1" / "store.db").exists()


def test_everything_is_there_after_reopening(url: str) -> None:
    """A file outlives the program."""
    store = open_store(url, NOON)
    alert = raise_alert(store, find_one(store), "100")
    store.close()
    again = open_store(url, NOON)
    assert (1, alert) == again.alerts.by_key(alert.key)
    assert [alert.key] == [delivery.subject for delivery in again.outbox.claim("telegram", NOON, 10)]
    again.check()
    again.close()


def test_memory_store_is_shared_by_threads(store: Store) -> None:
    """Work in threads sees and adds to the same store, one transaction at a time."""

    def work(number: int) -> None:
        item = make_item(str(number))
        text = f"Text {number}."
        store.articles.save(item, make_article(item, text), make_page(text.encode()), "Agency")
        store.outbox.add([to_chat(str(number))], NOON)
        store.articles.wanted([item], NOON)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(80)))
    assert 80 == len(store.findings.unassessed(1000))


def test_two_memory_stores_are_two() -> None:
    """Tests do not meet in one."""
    first, second = open_store("sqlite://", NOON), open_store("sqlite://", NOON)
    collect(first)
    assert [] == second.findings.unassessed(10)
    first.close()
    second.close()


def test_locked_store_is_waited_for(url: str, tmp_path: Path) -> None:
    """Another process that writes for a second delays us by that second and no more."""
    store = open_store(url, NOON)
    with locked(tmp_path / "store.db") as other:
        threading.Timer(1.0, other.rollback).start()
        began = time.monotonic()
        collect(store)
        waited = time.monotonic() - began
    assert 0.8 < waited < 5
    store.close()


def test_reading_goes_on_while_another_process_writes(url: str, tmp_path: Path) -> None:
    """Also looking for due messages, when there are none."""
    store = open_store(f"{url}?timeout=0.1", NOON)
    saved = collect(store)
    with locked(tmp_path / "store.db"):
        assert [saved] == store.findings.unassessed(10)
        assert [] == store.outbox.claim("telegram", NOON, 10)
    store.close()


def test_store_locked_for_too_long_is_named_and_nothing_is_half_saved(url: str, tmp_path: Path) -> None:
    """The error says which file and what to do; afterwards all goes on."""
    store = open_store(f"{url}?timeout=0.1", NOON)
    with (
        locked(tmp_path / "store.db"),
        pytest.raises(StorageError, match=r"store\.db: another process keeps it locked; .* try again"),
    ):
        collect(store)
    assert 0 == collect(store).revision
    store.close()


@contextmanager
def connecting_with(pragma: str) -> Iterator[None]:
    """Let SQLite itself make trouble in databases opened meanwhile."""

    def set_up(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA {pragma}")

    event.listen(Pool, "connect", set_up)
    try:
        yield
    finally:
        event.remove(Pool, "connect", set_up)


def test_full_disk_is_named_and_saves_nothing_half(url: str) -> None:
    """What is there stays readable, and work goes on when there is room again."""
    with connecting_with("max_page_count = 140"):
        store = open_store(url, NOON)
        saved = collect(store)
        big = make_page(bytes(i * 7919 % 251 ^ i * 104729 % 241 for i in range(500_000)))
        item = make_item("2")
        with pytest.raises(StorageError, match=r"store\.db: the disk is full; free some space"):
            store.articles.save(item, make_article(item), big, "Agency")
        assert [saved] == store.findings.unassessed(10)
        assert [item] == store.articles.wanted([item], NOON)
        store.check()
        store.close()
    again = open_store(url, NOON)
    again.articles.save(item, make_article(item), big, "Agency")
    assert 2 == len(again.findings.unassessed(10))
    again.close()


def overwrite_header(file: Path) -> None:
    """What a text editor or a wrong file leaves."""
    file.write_bytes(b"This is not a database at all. " * 100)


def overwrite_middle(file: Path) -> None:
    """What a failing disk leaves."""
    body = bytearray(file.read_bytes())
    for start in range(4096, len(body), 8192):
        body[start : start + 600] = b"\xa5" * 600
    file.write_bytes(body)


def cut_short(file: Path) -> None:
    """What a copy that was interrupted leaves."""
    file.write_bytes(file.read_bytes()[: 4096 * 9])


@pytest.mark.parametrize("damage", [overwrite_header, overwrite_middle, cut_short])
def test_damaged_file_is_refused_and_left_as_it_is(
    url: str, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """Somebody may still rescue what is in it; the error says what to do."""
    store = open_store(url, NOON)
    for number in range(30):
        find_one(store, str(number))
    store.close()
    file = tmp_path / "store.db"
    damage(file)
    before = file.read_bytes()
    with pytest.raises(StorageError, match=r"store\.db: .*damaged.*restore a copy or move the file away"):
        open_store(url, NOON)
    assert before == file.read_bytes()


def test_log_that_a_crash_left_is_not_written_into_a_damaged_file(url: str, tmp_path: Path) -> None:
    """The original is kept, write-ahead log and all."""
    store = open_store(url, NOON)
    for number in range(30):
        find_one(store, str(number))
    store.close()
    store = open_store(url, NOON)
    find_one(store, "late")
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name in ("store.db", "store.db-wal"):
        shutil.copy(tmp_path / name, crashed / name)
    store.close()
    overwrite_middle(crashed / "store.db")
    before = {file.name: file.read_bytes() for file in crashed.iterdir()}
    with pytest.raises(StorageError, match="damaged"):
        open_store(f"sqlite:///{crashed}/store.db", NOON)
    assert before == {name: (crashed / name).read_bytes() for name in before}


def test_log_that_a_crash_left_is_taken_up(url: str, tmp_path: Path) -> None:
    """What was saved before the crash is there, whether the shared index survived or not."""
    store = open_store(url, NOON)
    finding = find_one(store)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name in ("store.db", "store.db-wal"):
        shutil.copy(tmp_path / name, crashed / name)
    store.close()
    again = open_store(f"sqlite:///{crashed}/store.db", NOON)
    assert [finding] == again.findings.undecided(10)
    again.close()


def test_check_names_a_row_that_refers_to_nothing(url: str, tmp_path: Path) -> None:
    """Somebody edited the file by hand."""
    store = open_store(url, NOON)
    raise_alert(store, find_one(store))
    connection = sqlite3.connect(tmp_path / "store.db")
    connection.execute("DELETE FROM findings")
    connection.commit()
    connection.close()
    with pytest.raises(StorageError, match="a row of alerts refers to nothing"):
        store.check()
    store.close()


def test_read_only_file_is_named(url: str) -> None:
    """Who may not write is told so, and can read what is there."""
    store = open_store(url, NOON)
    saved = collect(store)
    store.close()
    with connecting_with("query_only = ON"):
        store = open_store(url, NOON)
        with pytest.raises(StorageError, match=r"store\.db: it cannot be written; check the permissions"):
            collect(store, "2")
        assert [saved] == store.findings.unassessed(10)
        store.close()


def test_directory_in_the_way_is_named(tmp_path: Path) -> None:
    """The path of a directory is no file."""
    with pytest.raises(StorageError, match="this is a directory; name a file in it"):
        open_store(f"sqlite:///{tmp_path}", NOON)


def test_file_in_the_way_of_the_directory_is_named(tmp_path: Path) -> None:
    """A file stands where the directory should be made."""
    (tmp_path / "data").write_text("")
    with pytest.raises(StorageError, match="directory cannot be made"):
        open_store(f"sqlite:///{tmp_path}/data/store.db", NOON)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("store.db", "is no database URL"),
        ("postgresql://user:secret@host/db", "only sqlite"),
        ("sqlite://store.db", "three slashes"),
        ("sqlite:///file:store.db?mode=ro&uri=true", "write the path itself"),
    ],
)
def test_wrong_address_says_how_to_write_it(url: str, reason: str) -> None:
    """And never shows a password."""
    with pytest.raises(StorageError, match=reason) as caught:
        open_store(url, NOON)
    assert "sqlite:///path/to/file.db" in str(caught.value)
    assert "secret" not in str(caught.value)
