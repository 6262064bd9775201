"""Verifying and pruning a whole archive, over a real store."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from monitor.domain.archive import Damage, DamageKind, Retention, RetentionRule
from monitor.domain.article import CaptureRole
from monitor.pipeline.archive import BATCH, Pruned, prune_archive, verify_archive
from storage import Store, open_store
from storage.captures import add_capture, keep_page, pack
from tests.builders import NOON
from tests.storage.builders import assess, collect, find_one, make_page

LATER = NOON + timedelta(days=30)
ALL = Retention(timedelta(days=7), timedelta(days=7), timedelta(days=7))


def fill(store: Store, fronts: int = 0) -> None:
    """Save a judged article, one that says nothing, and fronts."""
    find_one(store, "1")
    with store.database.write() as connection:  # the builders' statement stands in no text
        connection.execute(_PLACED)
    assess(store, collect(store, "2"))
    with store.database.write() as connection:
        for number in range(fronts):
            page = make_page(b"front %d" % number)
            keep_page(connection, page, pack(page.body))
            add_capture(connection, "agency", CaptureRole.FRONT, page)


_PLACED = text("UPDATE findings SET statement_text = 'Text 1.', statement_start = 0, statement_end = 7")


def prune(store: Store, retention: Retention = ALL, *, dry_run: bool = False) -> dict[RetentionRule, int]:
    """Return how many each rule let go."""
    return {p.rule: p.count for p in prune_archive(store.archive, LATER, retention, dry_run=dry_run)}


def test_verification_counts_what_it_looked_at(store: Store) -> None:
    """A sound archive says how much of it was looked at."""
    fill(store, fronts=2)
    seen: list[int] = []
    result = verify_archive(store.archive, seen.append)
    assert (4, 0, []) == (result.sound, result.pruned, result.damages)
    assert [1, 2, 3, 4] == seen
    assert result.size > 0


def test_verification_tells_of_each_damage_as_it_is_found(store: Store) -> None:
    """In a large archive nobody wants to wait for the end."""
    fill(store)
    with store.database.write() as connection:
        connection.execute(text("UPDATE pages SET body = x'00'"))
        connection.execute(text("DELETE FROM captures WHERE id = 1"))
    told: list[Damage] = []
    result = verify_archive(store.archive, on_damage=told.append)
    assert result.damages == told
    assert [DamageKind.UNREADABLE, DamageKind.UNREADABLE, DamageKind.NO_CAPTURE] == [d.kind for d in told]


def test_pruned_archive_is_a_sound_one(store: Store) -> None:
    """What rules took is told apart from what is lost."""
    fill(store, fronts=3)
    expected = {RetentionRule.FRONTS: 3, RetentionRule.UNJUDGED: 1, RetentionRule.ARTICLES: 1}
    assert expected == prune(store)
    result = verify_archive(store.archive)
    assert (0, 2, []) == (result.sound, result.pruned, result.damages)
    assert dict.fromkeys(expected, 0) == prune(store)


def test_dry_run_tells_what_would_go_and_lets_nothing_go(store: Store) -> None:
    """Numbers and sizes are those of the run that follows."""
    fill(store, fronts=BATCH + 50)
    told = prune_archive(store.archive, LATER, ALL, dry_run=True)
    assert BATCH + 52 == store.archive.count_pages()
    done = prune_archive(store.archive, LATER, ALL)
    assert told == done
    assert all(isinstance(one, Pruned) and one.size > 0 for one in done)


def test_rule_without_an_end_keeps_for_ever(store: Store) -> None:
    """Zero days in the configuration."""
    fill(store, fronts=1)
    assert {} == prune(store, Retention(None, None, None))
    assert {RetentionRule.FRONTS: 1} == prune(store, Retention(None, None, timedelta(days=1)))


def test_others_may_write_between_two_batches(tmp_path: Path) -> None:
    """It goes by small transactions, so that whoever writes waits for one of them and not for all."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store, other = open_store(url, NOON), open_store(f"{url}?timeout=0", NOON)
    fill(store, fronts=3 * BATCH)
    left: list[int] = []

    def write(done: int) -> None:
        collect(other, str(done), f"Another text {done}.")  # refused at once while the store is locked
        left.append(other.archive.count_captures(None, None))

    prune_archive(store.archive, LATER, ALL, on_batch=write)
    assert left[0] > left[1] > left[2]
    other.close()
    store.close()
