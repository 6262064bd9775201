"""Sitemaps give their newest entries, in whatever state they come."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from monitor.collect import HttpCollector
from monitor.collect.front import Front
from monitor.collect.sitemap import read_sitemap
from monitor.domain.article import Page
from monitor.errors import BlockedError, FetchError, Trouble
from monitor.pipeline.ports import Validators
from tests.budget import allow_seconds
from tests.collect.loopback import NOW, Reply, Server, make_source

URL = "https://paper.example/sitemap.xml"
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def urlset(*entries: str) -> bytes:
    """Return a sitemap of these entries."""
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {SPACES}>{"".join(entries)}</urlset>'.encode()


def link(path: str, inside: str = "") -> str:
    """Return one entry."""
    return f"<url><loc>https://paper.example/{path}</loc>{inside}</url>"


def changed(day: int) -> str:
    """Return a lastmod of March 2023."""
    return f"<lastmod>2023-03-{day:02}T08:00:00+03:00</lastmod>"


def index(base: str, *names: str) -> bytes:
    """Return an index of these sitemaps, each changed a day before the one in front of it."""
    parts = (
        f"<sitemap><loc>{base}/{name}</loc>{changed(14 - age)}</sitemap>" for age, name in enumerate(names)
    )
    return f"<sitemapindex {SPACES}>{''.join(parts)}</sitemapindex>".encode()


def read(body: bytes, cursor: str = URL, **changes: object) -> Front:
    """Read a sitemap."""
    source = make_source(URL, kind="sitemap", **changes)
    return read_sitemap(source, Page(cursor, URL, 200, {"content-type": "text/xml"}, body, NOW, ""), NOW)


def paths(front: Front) -> list[str]:
    """Return the items' paths in order."""
    return [item.url.removeprefix("https://paper.example/") for item in front.items.values()]


def test_news_entry_gives_title_and_date_and_no_picture_is_taken_for_it() -> None:
    """The news part names both; a picture's own address and title are not the article's."""
    news = """<news:news><news:publication><news:name>The Paper</news:name><news:language>ru</news:language>
      </news:publication><news:publication_date>2023-03-14T11:45:00+03:00</news:publication_date>
      <news:title>О ловле рыбы &amp;amp; о лодках</news:title></news:news>
      <image:image><image:loc>https://paper.example/1.jpg</image:loc><image:title>Лодка</image:title></image:image>"""
    (item,) = read(urlset(link("news/1?utm_source=x", news))).items.values()
    assert ("https://paper.example/news/1", "О ловле рыбы & о лодках") == (item.url, item.title)
    assert datetime(2023, 3, 14, 8, 45, tzinfo=UTC) == item.published_at


def test_newest_entries_are_taken_first_wherever_they_stand() -> None:
    """The order of a sitemap says nothing; what lies beyond the cap is the next older part."""
    body = urlset(link("old", changed(1)), link("new", changed(13)), link("undated"), link("mid", changed(7)))
    front = read(body, max_items=2)
    assert ["new", "mid"] == paths(front)
    assert front.older is not None
    older = read(body, front.older, max_items=2)
    assert ["old", "undated"] == paths(older)
    assert older.older is None


def test_both_ends_of_an_undated_sitemap_are_taken() -> None:
    """Some sites append what is new and others put it first: neither may be overlooked."""
    front = read(urlset(*(link(str(n)) for n in range(9))), max_items=4)
    assert ["0", "8", "1", "7"] == paths(front)


def test_languages_that_the_source_does_not_publish_for_us_are_passed_over() -> None:
    """One news sitemap may hold every edition of an agency."""
    entries = [
        link(
            code,
            f"<news:news><news:publication><news:language>{code}</news:language></news:publication></news:news>",
        )
        for code in ("ru", "EN-GB", "fr")
    ]
    front = read(urlset(*entries), languages=("ru", "en"))
    assert (["ru", "EN-GB"], 1, []) == (paths(front), front.passed_over, front.bad)


def test_packed_sitemap_is_unpacked() -> None:
    """Many sites offer sitemap.xml.gz, as a file and not as an encoding."""
    assert ["1"] == paths(read(gzip.compress(urlset(link("1")))))


def test_packed_bomb_is_unpacked_within_bounds() -> None:
    """What is packed a thousandfold is read as far as the bound goes, and that is said."""
    front = read(gzip.compress(urlset(link("1"), " " * 60_000_000)))
    assert ["1"] == paths(front)
    assert "longer than" in front.bad[0]


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (urlset(link("1"), link("2"))[:-40], ["1"]),
        (urlset(link("1?a=1&b=2"), link("2")), ["1?a=1&b=2", "2"]),
        (urlset(link("1"), link("2", "<lastmod>"), link("3")), ["1", "2", "3"]),
        (f"<urlset>{link('1')}<url></url>{link('2')}</urlset>".encode(), ["1", "2"]),
        (urlset(link("1"), "<url><loc>mailto:x@paper.example</loc></url>"), ["1"]),
        (f"<urlset>{link('1', '<news:title>A</news:title>')}</urlset>".encode(), ["1"]),
        (urlset(link("путь")).replace(b"UTF-8", b"windows-1251").decode().encode("windows-1251"), ["путь"]),
    ],
    ids=["cut off", "bare ampersand", "unclosed", "no namespace", "no web address", "prefix", "code"],
)
def test_broken_sitemap_gives_what_can_be_read(body: bytes, kept: list[str]) -> None:
    """As far as the parser recovers, and with whole links."""
    assert kept == sorted(paths(read(body)))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!DOCTYPE urlset [<!ENTITY a 'b'>]><urlset/>", "declares a document type or entities"),
        (b"<html><body>Not found</body></html>", "this is no sitemap but perhaps a web page"),
        (gzip.compress(urlset(), mtime=0)[:10] + b"\xff" * 20, "gzip is broken"),
    ],
)
def test_what_is_no_sitemap_is_said_to_be_none(body: bytes, reason: str) -> None:
    """Entities are never given to the parser."""
    with pytest.raises(FetchError, match=reason) as caught:
        read(body)
    assert caught.value.trouble in (Trouble.MALFORMED, Trouble.ENCODING)


@pytest.mark.parametrize(
    "flood",
    ["<a>" * 200_000, "<url>" * 200_000, link("x") * 100_000, "&" * 1_000_000, "<" * 1_000_000],
    ids=["nested", "nested entries", "entries", "ampersands", "brackets"],
)
def test_flood_costs_no_more_than_seconds(flood: str) -> None:
    """What stands before it is kept."""
    started = time.process_time()
    assert "1" in paths(read(urlset(link("1", changed(14)), flood)))
    assert time.process_time() - started < allow_seconds(5)


def test_sitemaps_of_an_index_are_ordered_by_the_dates_in_their_names() -> None:
    """Where the index itself gives none."""
    names = ("sitemap_2021.xml", "sitemap_2023-02.xml", "about.xml", "sitemap_2023.xml", "sitemap_2022_1.xml")
    body = "".join(f"<sitemap><loc>https://paper.example/{name}</loc></sitemap>" for name in names)
    front = read(f"<sitemapindex>{body}</sitemapindex>".encode())
    assert [
        "https://paper.example/sitemap_2023-02.xml",
        "https://paper.example/sitemap_2023.xml",
        "https://paper.example/sitemap_2022_1.xml",
    ] == front.further


def serve(server: Server, count: int = 5, each: int = 3) -> None:
    """Serve an index of sitemaps, each with some dated entries."""
    body = index(server.url("").rstrip("/"), *(f"{n}.xml" for n in range(count)))
    server.routes["/index.xml"] = Reply(body, headers={"ETag": '"i"'})
    for n in range(count):
        entries = (f"<url><loc>{server.url(f'/a/{n}-{k}')}</loc>{changed(14 - n)}</url>" for k in range(each))
        server.routes[f"/{n}.xml"] = Reply(urlset(*entries), headers={"ETag": '"x"'})


async def test_index_is_read_with_its_newest_sitemaps_and_no_more(
    server: Server, make_collector: Callable[..., HttpCollector]
) -> None:
    """One visit reads three; the index' own validators are not kept, for they say nothing of these."""
    serve(server)
    source = make_source(server.url("/index.xml"), kind="sitemap")
    found = await make_collector().discover(source, Validators())
    assert ["/index.xml", "/0.xml", "/1.xml", "/2.xml"] == server.paths()
    assert 9 == len(found.items)
    assert Validators() == found.validators


async def test_index_stops_at_the_cap(server: Server, make_collector: Callable[..., HttpCollector]) -> None:
    """Sitemaps whose entries would not be taken are not asked for."""
    serve(server)
    source = make_source(server.url("/index.xml"), kind="sitemap", max_items=2)
    assert 2 == len((await make_collector().discover(source, Validators())).items)
    assert ["/index.xml", "/0.xml"] == server.paths()


async def test_missing_sitemap_of_an_index_is_recorded_and_the_others_are_read(
    server: Server, make_collector: Callable[..., HttpCollector]
) -> None:
    """Only where none can be read has the visit failed."""
    serve(server)
    source = make_source(server.url("/index.xml"), kind="sitemap")
    del server.routes["/0.xml"]
    found = await make_collector().discover(source, Validators())
    assert 6 == len(found.items)
    assert "0.xml" in found.bad_entries[0]
    for name in ("/1.xml", "/2.xml"):
        server.routes[name] = Reply(status=403)
    with pytest.raises(BlockedError, match=r"2\.xml: the server answered HTTP 403"):
        await make_collector().discover(source, Validators())


async def test_index_is_walked_back_sitemap_by_sitemap_in_parts(
    server: Server, make_collector: Callable[..., HttpCollector]
) -> None:
    """Every entry is found once, though a sitemap holds more than one part may give."""
    serve(server)
    collector = make_collector()
    source = make_source(server.url("/index.xml"), kind="sitemap", max_items=2)
    cursor = (await collector.discover(source, Validators())).older
    found: list[str] = []
    while cursor is not None:
        part = await collector.browse(source, cursor)
        found += [item.url.removeprefix(server.url("/a/")) for item in part.items]
        cursor = part.older
    assert [f"{n}-{k}" for n in range(5) for k in range(3)] == found
