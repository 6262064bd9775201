"""Damage to the archive is found, whatever it hit, and pruning is no damage."""

from __future__ import annotations

import sqlite3
import tracemalloc
from pathlib import Path

import pytest

from monitor.domain.archive import BodyState, DamageKind, RetentionRule
from monitor.domain.article import CaptureRole
from storage import Store, open_store
from tests.builders import NOON, make_assessment
from tests.storage.builders import assess, collect, make_page
from tests.storage.test_retention import LATER, let_go

WORDS = "Минсельхоз обвинил Армению в обмане."


def fill(store: Store) -> str:
    """Save two judged articles, one unjudged one and a front; return the hash of the first one's page."""
    first = collect(store, "1", WORDS)
    assess(store, first, make_assessment())
    assess(store, collect(store, "2", f"{WORDS} Да."), make_assessment())
    assess(store, collect(store, "3", "Ни о чём."))
    store.articles.archive("agency", make_page(b"front"), CaptureRole.FRONT)
    return first.article.page_sha256


def find_damage(store: Store) -> list[DamageKind]:
    """Return what is wrong with the store."""
    bodies = [checked.damage for checked in store.archive.check_pages() if checked.damage]
    return [damage.kind for damage in (*bodies, *store.archive.check_references())]


def alter(url: str, statement: str, *values: object) -> None:
    """Change the database behind the store's back, as a broken disk or a forger would."""
    with sqlite3.connect(Path(url.removeprefix("sqlite:///"))) as connection:
        connection.execute(statement, values)
    connection.close()


def test_sound_archive_shows_no_damage(store: Store) -> None:
    """Every page is looked at once."""
    fill(store)
    assert [BodyState.SOUND] * 4 == [checked.state for checked in store.archive.check_pages()]
    assert [] == find_damage(store)


@pytest.mark.parametrize("place", [0, 5, -1])
def test_one_flipped_byte_is_found_with_address_and_hash(url: str, place: int) -> None:
    """In the compressed stream's head, data or checksum."""
    store = open_store(url, NOON)
    sha256 = fill(store)
    with sqlite3.connect(Path(url.removeprefix("sqlite:///"))) as connection:
        packed = bytearray(
            connection.execute("SELECT body FROM pages WHERE sha256 = ?", (sha256,)).fetchone()[0]
        )
        packed[place] ^= 1
        connection.execute("UPDATE pages SET body = ? WHERE sha256 = ?", (bytes(packed), sha256))
    connection.close()
    (damage,) = [checked.damage for checked in store.archive.check_pages() if checked.damage]
    assert (sha256, "https://example.org/1") == (damage.sha256, damage.url)
    assert damage.kind in (DamageKind.ALTERED, DamageKind.UNREADABLE)
    store.close()


def test_bytes_put_in_the_place_of_others_are_found(url: str) -> None:
    """A forger would compress rightly; the hash tells."""
    store = open_store(url, NOON)
    sha256 = fill(store)
    other = "UPDATE pages SET body = (SELECT body FROM pages WHERE sha256 <> ? LIMIT 1) WHERE sha256 = ?"
    alter(url, other, sha256, sha256)
    assert [DamageKind.ALTERED] == find_damage(store)
    store.close()


def test_pruned_bytes_are_no_damage_but_lost_ones_are(url: str) -> None:
    """Both are empty; only the former are on record."""
    store = open_store(url, NOON)
    sha256 = fill(store)
    assert 1 == let_go(store, RetentionRule.UNJUDGED, LATER)
    states = [checked.state for checked in store.archive.check_pages()]
    assert (1, 3) == (states.count(BodyState.PRUNED), states.count(BodyState.SOUND))
    alter(url, "UPDATE pages SET body = x'' WHERE sha256 = ?", sha256)
    assert [DamageKind.EMPTY] == find_damage(store)
    store.close()


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DELETE FROM pages WHERE url LIKE '%/1'", [DamageKind.NO_PAGE] * 7),
        ("DELETE FROM captures WHERE id = 1", [DamageKind.NO_CAPTURE]),
        ("UPDATE revisions SET text = text || '!' WHERE article_id = 1", [DamageKind.TEXT_ALTERED]),
        ("UPDATE findings SET statement_start = 1 WHERE id = 1", [DamageKind.STATEMENT_ASTRAY]),
        ("UPDATE findings SET statement_start = -1 WHERE id = 1", [DamageKind.STATEMENT_ASTRAY]),
    ],
)
def test_what_refers_to_nothing_or_to_something_else_is_found(
    url: str, statement: str, found: list[DamageKind]
) -> None:
    """A page that is gone leaves its revisions and captures; texts and statements are checked too."""
    store = open_store(url, NOON)
    fill(store)
    alter(url, statement)
    assert found == find_damage(store)
    store.close()


def test_memory_does_not_grow_with_what_is_verified(store: Store) -> None:
    """Forty pages of five megabytes are hashed within a few."""
    for number in range(40):
        page = make_page(b"%d" % number + bytes(5_000_000))
        store.articles.archive("agency", page, CaptureRole.FRONT)
    tracemalloc.start()
    assert [BodyState.SOUND] * 40 == [checked.state for checked in store.archive.check_pages()]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000
