"""WordPress sites are read by the list of posts that they offer to programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.collect import HttpCollector
from monitor.collect.front import Front
from monitor.collect.wordpress import posts_address, read_posts
from monitor.domain.article import FeedItem, Page
from monitor.errors import BlockedError, FetchError, Trouble
from monitor.pipeline.ports import Validators
from tests.collect.loopback import NOW, Reply, Request, Server, make_source

SITE = "https://agency.example/rus/"
ENDPOINT = "https://agency.example/rus/wp-json/wp/v2/posts"
POST = {
    "id": 812,
    "date_gmt": "2023-03-14T06:00:00",
    "link": "https://agency.example/rus/2023/03/o-rybolovstve/",
    "title": {"rendered": "О рыболовстве &#171;на озере&#187;"},
    "content": {"rendered": "<p>Первый абзац.</p>\n<p>Второй.</p>", "protected": False},
    "excerpt": {"rendered": "<p>Первый абзац. Вт [&hellip;]</p>", "protected": False},
}


def read(answer: object, cursor: str = ENDPOINT, headers: dict[str, str] | None = None) -> Front:
    """Read a list of posts."""
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    page = Page(cursor, cursor, 200, {"content-type": "application/json", **(headers or {})}, body, NOW, "")
    return read_posts(make_source(SITE, kind="wordpress"), page, NOW)


def test_post_becomes_an_item_with_its_whole_text() -> None:
    """No page is fetched, and the excerpt that WordPress cuts out of the text is not taken for a lead."""
    (item,) = read([POST]).items.values()
    assert item == FeedItem(
        source_id="paper",
        key="812",
        url="https://agency.example/rus/2023/03/o-rybolovstve/",
        title="О рыболовстве «на озере»",
        published_at=datetime(2023, 3, 14, 6, 0, tzinfo=UTC),
        html="<p>Первый абзац.</p>\n<p>Второй.</p>",
    )


def test_post_behind_a_password_has_no_text() -> None:
    """What its page shows is for the page's reader to say."""
    (item,) = read([{**POST, "content": {"rendered": "", "protected": True}}]).items.values()
    assert item.html is None


def test_what_is_no_post_is_left_out() -> None:
    """Plugins put anything there."""
    front = read([{**POST, "link": None}, "x", {"link": ["a"]}, POST])
    assert (["812"], 3) == (list(front.items), len(front.bad))


@pytest.mark.parametrize(
    ("url", "starts"),
    [
        (SITE, ENDPOINT + "?"),
        (SITE.rstrip("/"), ENDPOINT + "?"),
        (ENDPOINT + "?categories=5", ENDPOINT + "?categories=5&"),
        (
            "https://agency.example/?rest_route=/wp/v2/posts",
            "https://agency.example/?rest_route=%2Fwp%2Fv2%2Fposts&",
        ),
    ],
)
def test_address_is_made_of_the_site_or_taken_as_it_is(url: str, starts: str) -> None:
    """A list that is narrowed to a category stays narrowed."""
    address = posts_address(make_source(url, kind="wordpress", max_items=500), NOW)
    assert address.startswith(starts)
    assert ["100"] == parse_qs(urlsplit(address).query)["per_page"]


@pytest.mark.parametrize(
    ("cursor", "headers", "older"),
    [
        (ENDPOINT, {"x-wp-totalpages": "3"}, ENDPOINT + "?page=2"),
        (ENDPOINT + "?page=2", {"x-wp-totalpages": "3"}, ENDPOINT + "?page=3"),
        (ENDPOINT + "?page=3", {"x-wp-totalpages": "3"}, None),
        (ENDPOINT + "?per_page=1&page=2", {}, ENDPOINT + "?per_page=1&page=3"),
        (ENDPOINT + "?per_page=2&page=2", {}, None),
    ],
)
def test_next_page_is_known_from_the_count_of_pages(
    cursor: str, headers: dict[str, str], older: str | None
) -> None:
    """Where the server hides the count, a page that is not full is the last."""
    assert older == read([POST], cursor, headers).older


@pytest.mark.parametrize(
    "answer",
    [{"code": "rest_no_route", "message": "No route was found"}, b"<html><body>Hello</body></html>", "x"],
)
def test_site_without_the_list_is_said_to_offer_none(answer: object) -> None:
    """The operator learns what to configure instead."""
    with pytest.raises(FetchError, match='offers no list of posts there; read its feed with kind = "rss"'):
        read(answer)


async def test_site_that_knows_no_such_address_is_said_to_offer_none(
    server: Server, make_collector: Callable[..., HttpCollector]
) -> None:
    """A plain 404 would leave the operator guessing."""
    source = make_source(server.url("/"), kind="wordpress")
    with pytest.raises(FetchError, match="HTTP 404: the site offers no list of posts") as caught:
        await make_collector().discover(source, Validators())
    assert Trouble.NOT_FOUND is caught.value.trouble
    address = server.paths()[0]
    server.routes[address] = Reply(status=401)
    with pytest.raises(BlockedError, match="HTTP 401"):
        await make_collector().discover(source, Validators())


async def test_posts_are_paged_back_to_the_end(
    server: Server, make_collector: Callable[..., HttpCollector]
) -> None:
    """Every post once, and nothing is asked for beyond the last page, which WordPress would refuse."""

    def answer(request: Request) -> Reply:
        number = int(parse_qs(urlsplit(request.path).query).get("page", ["1"])[0])
        post = {**POST, "id": number, "link": server.url(f"/{number}")}
        return Reply(json.dumps([post]).encode(), headers={"X-WP-TotalPages": "3"})

    source = make_source(server.url("/"), kind="wordpress")
    collector = make_collector()
    address = posts_address(source, NOW).removeprefix(server.url("").rstrip("/"))
    for path in (address, f"{address}&page=2", f"{address}&page=3"):
        server.routes[path] = answer
    part = await collector.discover(source, Validators())
    found = [item.key for item in part.items]
    while part.older:
        part = await collector.browse(source, part.older)
        found += [item.key for item in part.items]
    assert ["1", "2", "3"] == found
