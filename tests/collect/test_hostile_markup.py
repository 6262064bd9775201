"""Markup made to hang parsers is read within seconds, and honest items in it are kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from monitor.collect.front import Front
from monitor.collect.listing import read_listing
from monitor.collect.rss import read_feed
from monitor.domain.article import Page
from monitor.domain.source import ListingSelectors
from monitor.errors import FetchError
from tests.budget import allow_seconds
from tests.collect.loopback import NOW, entry, feed, make_source

URL = "http://paper.example/"
LIMIT = 8.0
LISTING = ListingSelectors(item="ul.news li", link="a")
FLOODS = {
    "nested": "<div>" * 200_000,
    "nested in turn": "<div><b>" * 100_000,
    "nested and closed": "<div>" * 200_000 + "</div>" * 200_000,
    "paragraphs": "<p>x" * 200_000,
    "bold": "<b>x" * 100_000,
    "tables": "<table><tr><td>" * 30_000,
    "open brackets": "<" * 1_000_000,
    "ampersands": "&" * 1_000_000,
    "comments": "<!--" * 500_000 + "-->",
    "attributes": "<a " + " ".join(f"x{n}=1" for n in range(100_000)) + "></a>",
    "half tags": "<a " * 200_000 + ">",
}


@pytest.fixture
def stopwatch() -> Iterator[None]:
    """Fail the test if it took more of the processor's time than the limit."""
    started = time.process_time()
    yield
    assert time.process_time() - started < allow_seconds(LIMIT)


def page_of(text: str) -> Page:
    """Return a page with this text."""
    return Page(URL, URL, 200, {"content-type": "text/html; charset=utf-8"}, text.encode(), NOW, "")


def listing(*parts: str) -> Front:
    """Read a listing page of these parts."""
    source = make_source(URL, kind="listing", listing=LISTING)
    return read_listing(source, page_of(f"<html><body>{''.join(parts)}</body></html>"), NOW)


def items(count: int) -> str:
    """Return a list of that many items."""
    return (
        "<ul class='news'>" + "".join(f"<li><a href='/{n}'>Item {n}</a></li>" for n in range(count)) + "</ul>"
    )


@pytest.mark.usefixtures("stopwatch")
@pytest.mark.parametrize("flood", FLOODS)
def test_items_before_a_flood_are_kept(flood: str) -> None:
    """What stands before hundreds of thousands of tags is read as ever."""
    assert len(listing(items(30), FLOODS[flood]).items) == 30


@pytest.mark.usefixtures("stopwatch")
@pytest.mark.parametrize(
    "flood", ["nested", "nested in turn", "nested and closed", "paragraphs", "attributes"]
)
def test_items_after_a_flood_are_kept(flood: str) -> None:
    """And so is what stands after the usual floods."""
    assert len(listing(FLOODS[flood], items(30)).items) == 30


@pytest.mark.usefixtures("stopwatch")
def test_fifty_thousand_items_are_capped() -> None:
    """In listings and in feeds, without parsing them all."""
    assert len(listing(items(50_000)).items) == 100
    page = page_of(feed(*(entry(n) for n in range(25_000))).decode())
    started = time.process_time()
    assert len(read_feed(make_source(URL), page, NOW).items) == 100
    assert time.process_time() - started < allow_seconds(1)


@pytest.mark.usefixtures("stopwatch")
def test_items_nested_in_one_another_end_in_time() -> None:
    """Looking for a link in each of thousands of items inside one another is cut short."""
    with pytest.raises(FetchError, match="none usable"):
        listing("<ul class='news'><li>" * 30_000)


@pytest.mark.usefixtures("stopwatch")
@pytest.mark.parametrize(
    ("flood", "wrap"),
    [
        *((flood, "{}") for flood in FLOODS),
        *((flood, "<item><title>{}</title></item>") for flood in ("nested", "open brackets", "ampersands")),
        *((flood, "<item><title><![CDATA[{}]]></title></item>") for flood in ("nested", "paragraphs")),
    ],
)
def test_feed_with_a_flood_keeps_the_items_before_it(flood: str, wrap: str) -> None:
    """Bare, inside a title, and as text of a title."""
    body = feed(entry(1), wrap.format(FLOODS[flood]), entry(2)).decode()
    assert "id-1" in read_feed(make_source(URL), page_of(body), NOW).items


@pytest.mark.usefixtures("stopwatch")
@pytest.mark.parametrize("read", [read_feed, read_listing])
def test_megabytes_of_anything_end_in_time(read: Callable[..., Front]) -> None:
    """Noise, blanks and one endless word are no feed and no listing, soon."""
    source = make_source(URL, kind="listing", listing=LISTING)
    for text in (" " * 4_000_000, "x" * 4_000_000, "<rss>" + "\n" * 4_000_000, "\ufffd" * 1_000_000):
        try:
            assert {} == read(source, page_of(text), NOW).items
        except FetchError:
            continue
