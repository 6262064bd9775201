"""Older parts are found where each kind of front says or is configured to have them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from monitor.collect import HttpCollector
from monitor.collect.kinds import KINDS, front_address
from monitor.collect.paging import dated_before, next_page
from monitor.domain.article import Page
from monitor.domain.source import ListingSelectors, Paging, Source
from monitor.errors import FetchError
from monitor.pipeline.ports import Validators
from tests.collect.loopback import NOW, Reply, Server, entry, feed, make_source

SITE = "https://paper.example"
LIST = ListingSelectors(item="li", link="a")
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom">{}<entry><title>A</title><id>1</id>
<link href="https://paper.example/1"/></entry></feed>"""


def older(source: Source, body: str, cursor: str | None = None) -> str | None:
    """Return where the part before this one is."""
    cursor = cursor or source.url
    page = Page(cursor, cursor, 200, {"content-type": "text/html"}, body.encode(), NOW, "")
    return KINDS[source.kind](source, page, NOW).older


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ('<link rel="next" href="/feed/page/2"/>', f"{SITE}/feed/page/2"),
        ('<link rel="next" href="/2"/><link rel="prev-archive" href="/2022/12.xml"/>', f"{SITE}/2022/12.xml"),
        ('<link rel="self" href="/feed"/><link rel="prev" href="/feed"/>', None),
        ('<link rel="next" href="javascript:x"/>', None),
        ("", None),
    ],
)
def test_feed_names_its_older_entries(links: str, expected: str | None) -> None:
    """By the relations of RFC 5005; the archive goes before the next page."""
    assert expected == older(make_source(f"{SITE}/feed"), ATOM.format(links))


def test_wordpress_feed_is_paged_back_though_it_does_not_say_how() -> None:
    """It says who made it, and every site of that making knows the parameter."""
    made = "<generator>https://wordpress.org/?v=6.1</generator>"
    body = feed(entry(1)).decode().replace("<title>t</title>", f"<title>t</title>{made}")
    source = make_source(f"{SITE}/feed/?cat=3")
    assert f"{SITE}/feed/?cat=3&paged=2" == older(source, body)
    assert f"{SITE}/feed/?cat=3&paged=5" == older(source, body, f"{SITE}/feed/?cat=3&paged=4")


@pytest.mark.parametrize(
    ("template", "first", "cursor", "expected"),
    [
        ("?page={page}", 2, None, f"{SITE}/news?page=2"),
        ("?page={page}", 1, None, f"{SITE}/news?page=1"),
        ("?page={page}", 2, f"{SITE}/news?page=9", f"{SITE}/news?page=10"),
        ("/ru/list/{page}/", 2, f"{SITE}/ru/list/2/", f"{SITE}/ru/list/3/"),
        ("https://archive.example/{page}.html", 0, None, "https://archive.example/0.html"),
        ("?page=2", 2, None, None),
        ("", 2, None, None),
    ],
)
def test_template_counts_the_pages(
    template: str, first: int, cursor: str | None, expected: str | None
) -> None:
    """Against the source's address; the number of the page at hand is read off its own."""
    source = make_source(f"{SITE}/news", paging=Paging(template, first))
    assert expected == next_page(source, cursor or source.url)


def test_template_holds_for_feeds_and_listings() -> None:
    """And goes before what the page itself says."""
    paging = Paging("?PAGEN_1={page}")
    body = "<ul><li><a href='/1'>A</a></li></ul>"
    listing = make_source(f"{SITE}/news/", kind="listing", listing=LIST, paging=paging)
    assert f"{SITE}/news/?PAGEN_1=2" == older(listing, body)
    links = '<link rel="next" href="/2"/>'
    assert f"{SITE}/feed?PAGEN_1=2" == older(make_source(f"{SITE}/feed", paging=paging), ATOM.format(links))


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("a.next", f"{SITE}/news/page/2"),
        ("li.next", f"{SITE}/news/page/2"),
        ("a.gone", None),
        ("span", None),
    ],
)
def test_listing_follows_the_configured_link(selector: str, expected: str | None) -> None:
    """The selector may point at the link or at what stands around it."""
    body = """<ul class="n"><li class="i"><a href="/1">A</a></li></ul><span>x</span>
      <ul><li class="next"><a class="next" href="page/2">Ещё</a></li></ul>"""
    selectors = ListingSelectors(item="li.i", link="a")
    source = make_source(f"{SITE}/news/", kind="listing", listing=selectors, paging=Paging(next=selector))
    assert expected == older(source, body)


def test_link_selector_that_is_no_css_names_the_source() -> None:
    """The operator learns what to mend."""
    source = make_source(SITE, kind="listing", listing=LIST, paging=Paging(next="a[["))
    with pytest.raises(FetchError, match=r"source paper: paging\.next is not valid CSS"):
        older(source, "<li><a href='/1'>A</a></li>")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ('<a class="tme_messages_more" data-before="812" href="/s/gardener?before=812"></a>', "?before=812"),
        ('<a class="tme_messages_more" data-after="830"></a>', None),
        ('<a class="tme_messages_more" data-before="x&y"></a>', None),
        ("", None),
    ],
)
def test_channel_names_the_post_to_go_on_before(more: str, expected: str | None) -> None:
    """The same kind of link leads forwards too, by another attribute."""
    source = make_source("https://t.me/s/gardener", kind="telegram_channel")
    body = f'<section class="tgme_channel_history">{more}</section>'
    assert (f"https://t.me/s/gardener{expected}" if expected else None) == older(source, body)
    later = older(source, body, "https://t.me/s/gardener?before=830")
    assert (f"https://t.me/s/gardener{expected}" if expected else None) == later


@pytest.mark.parametrize(
    ("template", "now", "today", "before"),
    [
        ("/sitemap-{year}.xml", (2023, 3), "/sitemap-2023.xml", "/sitemap-2022.xml"),
        ("/{year}/{month}.xml", (2023, 1), "/2023/01.xml", "/2022/12.xml"),
        ("/{year}-{month}-{day}.xml", (2024, 3), "/2024-03-01.xml", "/2024-02-29.xml"),
        ("/{year}/{year}-{month}.xml", (2023, 3), "/2023/2023-03.xml", "/2023/2023-02.xml"),
        ("/all.xml", (2023, 3), "/all.xml", None),
    ],
)
def test_address_made_of_dates_goes_back_by_the_calendar(
    template: str, now: tuple[int, int], today: str, before: str | None
) -> None:
    """By the smallest part that it names."""
    source = make_source(SITE + template, kind="sitemap")
    address = front_address(source, datetime(*now, 1, 12, tzinfo=UTC))
    assert SITE + today == address
    assert (SITE + before if before else None) == dated_before(source, address)


def test_date_of_an_address_is_that_of_where_the_source_lives() -> None:
    """In Moscow the year begins three hours before it does in Greenwich."""
    source = make_source(SITE + "/{year}.xml", kind="sitemap")
    assert f"{SITE}/2023.xml" == front_address(source, datetime(2022, 12, 31, 21, 30, tzinfo=UTC))


async def test_front_is_read_at_its_dated_address(
    server: Server, make_collector: Callable[..., HttpCollector]
) -> None:
    """The configured address itself is never asked for."""
    for year in (2022, 2023):
        link = f"<url><loc>{server.url(f'/{year}/1')}</loc></url>"
        server.routes[f"/sitemap-{year}.xml"] = Reply(f"<urlset>{link}</urlset>".encode())
    source = make_source(server.url("/sitemap-{year}.xml"), kind="sitemap")
    collector = make_collector()
    part = await collector.discover(source, Validators())
    assert part.older is not None
    before = await collector.browse(source, part.older)
    assert [server.url("/2022/1")] == [item.url for item in before.items]
    assert ["/sitemap-2023.xml", "/sitemap-2022.xml"] == server.paths()
