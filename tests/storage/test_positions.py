"""Addresses of statements that point to the second at which they were said."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from monitor.domain.article import Article, FeedItem, Page, point_to
from monitor.domain.statement import Statement
from storage import Store
from tests.builders import NOON, make_assessment

TEXT = "Первое слово. Второе слово. Третье слово."


def save(store: Store, text: str, positions: tuple[tuple[int, int], ...]) -> None:
    """Save a recording's text."""
    body = text.encode()
    digest = hashlib.sha256(body).hexdigest()
    url = "https://video.example.org/1"
    page = Page(url, url, 200, {}, body, NOON, digest)
    article = Article("show", "1", url, "Шоу", text, NOON, NOON, digest, positions=positions)
    store.articles.save(FeedItem("show", "1", url, "Шоу", NOON), article, page, "Show")


def judge(store: Store, *starts: int) -> list[str]:
    """Save a finding at each start and return the addresses."""
    (saved,) = store.findings.unassessed(9)
    made = make_assessment()
    found = [
        replace(made, statement=Statement(n, start, start + 5, "Слово", "ru"))
        for n, start in enumerate(starts)
    ]
    store.findings.save(saved, "ru", None, [], found, NOON)
    return [finding.url for finding in store.findings.undecided(99)]


def test_statement_points_to_the_last_position_at_or_before_it(store: Store) -> None:
    """A headline, and what stands before every position, points to the whole."""
    save(store, TEXT, ((5, 3), (14, 754)))
    base = "https://video.example.org/1"
    assert [base, base, f"{base}#t=3", f"{base}#t=754", f"{base}#t=754"] == judge(store, -1, 0, 5, 14, 28)


def test_each_revision_has_its_own_positions(store: Store) -> None:
    """Corrected subtitles may be timed anew; a text without times points to the whole."""
    save(store, TEXT, ((0, 3),))
    assert ["https://video.example.org/1#t=3"] == judge(store, 0)
    save(store, TEXT + " Ещё.", ((0, 9),))
    assert "https://video.example.org/1#t=9" == judge(store, 0)[-1]
    save(store, TEXT, ())
    assert "https://video.example.org/1" == judge(store, 0)[-1]


def test_address_with_a_fragment_stays_as_it_is() -> None:
    """It points somewhere already."""
    assert "https://e.org/#!/video/1" == point_to("https://e.org/#!/video/1", 5)
    assert "https://e.org/v?a=1#t=0" == point_to("https://e.org/v?a=1", 0)
