"""Lists that come as JSON are read by paths, whatever their shape."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from monitor.collect import HttpCollector
from monitor.collect.front import Front
from monitor.collect.json_list import read_json_list
from monitor.domain.article import FeedItem, Page
from monitor.domain.source import JsonFields, Paging
from monitor.errors import FetchError, Trouble
from monitor.extract import extract_article
from monitor.pipeline.ports import Validators
from tests.collect.loopback import NOW, Reply, Request, Server, make_source

URL = "https://agency.example/userApi/categoryNewsList"
MORNING = datetime(2023, 3, 14, 8, 0, tzinfo=UTC)
NEWS = JsonFields(
    items="newsList",
    link="link",
    title="title",
    date="date",
    summary="lead",
    body='{"sectionId": 25, "limit": 20, "type": "all"}',
)
"""Fields as an agency's own list has them; the items here are ours."""
LIST = {
    "newsList": [
        {
            "id": 1501,
            "title": "Ministers discuss &quot;fishing&quot;",
            "lead": "<p>They met <b>on Tuesday</b></p>",
            "link": "/world/1501?utm_source=list",
            "date": 1678780800,
        },
        {
            "id": 1502,
            "title": "A forum opens",
            "link": "https://agency.example/world/1502",
            "date": "yesterday",
        },
        {"id": 1503, "title": "No link", "link": "", "date": None},
        "not an item",
    ]
}


def read(answer: object, fields: JsonFields, **changes: object) -> Front:
    """Read a list."""
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    source = make_source(URL, kind="json", json=fields, **changes)
    return read_json_list(
        source, Page(URL, URL, 200, {"content-type": "application/json"}, body, NOW, ""), NOW
    )


def only(item: object, fields: JsonFields, **changes: object) -> FeedItem:
    """Return the one item of a list of one."""
    (found,) = read([item], fields, **changes).items.values()
    return found


def test_items_are_read_by_paths() -> None:
    """Links are made absolute, texts plain, dates moments; what is no item is left out with a reason."""
    front = read(LIST, NEWS)
    first, second = front.items.values()
    assert first == FeedItem(
        source_id="paper",
        key="https://agency.example/world/1501",
        url="https://agency.example/world/1501",
        title='Ministers discuss "fishing"',
        published_at=MORNING,
        summary="They met on Tuesday",
    )
    assert "A forum opens" == second.title
    assert ["item 3 (No link)", "item 4 (no title)"] == [reason.split(":")[0] for reason in front.bad]


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("*", [{"u": "/1"}, {"u": "/2"}]),
        ("", [{"u": "/1"}, {"u": "/2"}]),
        ("data.*", {"data": [{"u": "/1"}, {"u": "/2"}]}),
        ("data.list", {"data": {"list": [{"u": "/1"}, {"u": "/2"}]}}),
        ("days.*.news", {"days": [{"news": [{"u": "/1"}]}, {"news": [{"u": "/2"}]}]}),
        ("byId", {"byId": {"7": {"u": "/1"}, "8": {"u": "/2"}}}),
        ("0.news", [{"news": [{"u": "/1"}, {"u": "/2"}]}]),
    ],
)
def test_list_is_found_wherever_it_stands(path: str, answer: object) -> None:
    """Under names, in lists of lists, or as the values of an object."""
    front = read(answer, JsonFields(items=path, link="u"))
    assert ["https://agency.example/1", "https://agency.example/2"] == list(front.items)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (1678780800, MORNING),
        (1678780800.9, MORNING.replace(microsecond=900_000)),
        (1678780800000, MORNING),
        ("1678780800", MORNING),
        ("2023-03-14T11:00:00+03:00", MORNING),
        ("14.03.2023 11:00", MORNING),
        (1e300, None),
        (True, None),
        (None, None),
        ("soon", None),
    ],
)
def test_date_is_read_as_number_or_text(written: object, read_as: datetime | None) -> None:
    """Seconds or thousandths of the epoch, or a date as people write it, where the source lives."""
    assert read_as == only({"u": "/1", "d": written}, JsonFields("*", "u", date="d")).published_at


@pytest.mark.parametrize(
    ("template", "link"),
    [
        ("https://example.org/news/{id}", "https://example.org/news/17"),
        ("/{meta.slug}?lang=ru", "https://agency.example/%D1%80%D1%8B%D0%B1%D0%B0/1?lang=ru"),
        (
            "https://example.org/{id}/{meta.slug}.html",
            "https://example.org/17/%D1%80%D1%8B%D0%B1%D0%B0/1.html",
        ),
        ("https://example.org/?q={odd}", "https://example.org/?q=a%20b%26c%3Fd%23e"),
    ],
)
def test_link_is_made_of_a_template(template: str, link: str) -> None:
    """A value cannot break out of its place in the address."""
    item = {"id": 17, "meta": {"slug": "рыба/1"}, "odd": "a b&c?d#e"}
    assert link == only(item, JsonFields("*", template)).url


def test_template_without_its_value_gives_no_link() -> None:
    """An address with a hole leads elsewhere."""
    front = read([{"id": None}, {"id": 2}], JsonFields("*", "/{id}"))
    assert (["https://agency.example/2"], 1) == (list(front.items), len(front.bad))


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("<p>Первый абзац текста о рыболовстве.</p><p>Второй.</p>", 2),
        ("Первый абзац текста о рыболовстве.\n\nВторой < третьего.", 2),
        ("Первый абзац текста о рыболовстве & лове.\nВторой.", 2),
        (["Первый абзац текста о рыболовстве.", "Второй."], 2),
    ],
)
def test_whole_text_needs_no_page(text: object, paragraphs: int) -> None:
    """It may be markup, lines, or a list of paragraphs."""
    path = "text.*" if isinstance(text, list) else "text"
    source = make_source(URL, kind="json")
    item = only({"u": "/1", "text": text}, JsonFields("*", "u", text=path))
    assert item.html is not None
    page = Page(item.url, item.url, 200, {}, item.html.encode(), NOW, "")
    assert paragraphs == len(extract_article(source, item, page, NOW).text.split("\n\n"))


def test_empty_list_is_a_quiet_day_and_no_list_is_an_error() -> None:
    """A list that moved must not look like silence."""
    assert {} == read({"newsList": []}, NEWS).items
    with pytest.raises(
        FetchError, match="'newsList' leads to no list; the answer holds: error, news"
    ) as caught:
        read({"error": 0, "news": []}, NEWS)
    assert Trouble.LAYOUT is caught.value.trouble


def test_items_of_another_shape_are_an_error() -> None:
    """Renamed fields are noticed at once."""
    with pytest.raises(FetchError, match=r"2 items, none usable .* check \[source\.json\]"):
        read({"newsList": [{"href": "/1"}, {"href": "/2"}]}, NEWS)


@pytest.mark.parametrize(
    "body", [b"<html>Not here</html>", b"", b"[" * 100_000, b'{"a": ' + b"9" * 5_000 + b"}"]
)
def test_what_is_no_json_is_said_to_be_none(body: bytes) -> None:
    """Nor does any of it harm."""
    with pytest.raises(FetchError, match="the answer is no JSON") as caught:
        read(body, NEWS)
    assert Trouble.MALFORMED is caught.value.trouble


async def test_list_is_asked_for_by_post_and_paged_back_in_what_is_posted(
    server: Server, make_collector: Callable[..., HttpCollector]
) -> None:
    """As scripts of such sites do; the last page is the one that has no items."""

    def answer(request: Request) -> Reply:
        page = json.loads(request.body)["page"] if request.method == "POST" else 0
        items = [{"u": f"/{page}-{n}"} for n in range(2)] if 1 <= page <= 3 else []
        return Reply(json.dumps({"list": items}).encode())

    server.routes["/list"] = answer
    fields = JsonFields("list", "u", body='{"page": {page}}')
    source = make_source(server.url("/list"), kind="json", json=fields)
    collector = make_collector()
    part = await collector.discover(source, Validators('"1"'))
    found = [item.url for item in part.items]
    while part.older:
        part = await collector.browse(source, part.older)
        found += [item.url for item in part.items]
    assert [server.url(f"/{page}-{n}") for page in (1, 2, 3) for n in (0, 1)] == found
    assert not [request for request in server.requests if "if-none-match" in request.headers]


async def test_list_is_paged_back_by_address(
    server: Server, make_collector: Callable[..., HttpCollector]
) -> None:
    """Where `[source.paging] url` says so."""
    for page, items in (("/list", ["/3"]), ("/list?page=1", ["/2"]), ("/list?page=2", [])):
        server.routes[page] = Reply(json.dumps([{"u": path} for path in items]).encode())
    source = make_source(
        server.url("/list"), kind="json", json=JsonFields("*", "u"), paging=Paging("?page={page}", first=1)
    )
    collector = make_collector()
    part = await collector.discover(source, Validators())
    while part.older:
        part = await collector.browse(source, part.older)
    assert ["/list", "/list?page=1", "/list?page=2"] == server.paths()
