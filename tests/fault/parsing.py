"""Scenarios of hostile pages and feeds, each with the absence of its guard."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.collect import rss
from monitor.collect.front import Front
from monitor.collect.listing import read_listing
from monitor.collect.rss import read_feed
from monitor.domain.article import Article, FeedItem, Page
from monitor.domain.source import ListingSelectors
from monitor.errors import ExtractionError, FetchError, Trouble, WorkerError
from monitor.extract import article as article_module
from monitor.extract import extract_article
from monitor.text import markup
from tests.collect.loopback import NOW, entry, feed, make_source
from tests.fault.world import Case, World, harm_if
from tests.workers import jobs

URL = "http://paper.example/"
LISTING = ListingSelectors(item="ul.news li", link="a")
LIST = "<ul class=news>" + "".join(f"<li><a href='/{n}'>Item {n}</a></li>" for n in range(30)) + "</ul>"
SECONDS = 5.0
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {x} "{f"&{y};" * 10}">' for x, y in ("ba", "cb", "dc", "ed", "fe", "gf", "hg"))
    + "]>"
)
QUADRATIC = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY h "{"ha" * 20_000}">]>'


def make_page(text: str, content_type: str = "text/html; charset=utf-8", **changes: Any) -> Page:
    """Return a page with this text."""
    plain = {"url": URL, "final_url": URL, "status": 200, "headers": {"content-type": content_type}}
    return Page(**{**plain, **changes}, body=text.encode(), fetched_at=NOW, sha256="")


async def parse(world: World, read: Any, text: str, **source: Any) -> Front | FetchError | WorkerError:
    """Return what a parser's process makes of a text within its time."""
    made = make_source(URL, **source)
    async with world.pool(1, SECONDS * world.patience) as pool:
        try:
            front = await pool(world.function(read), made, make_page(text), NOW)
        except (FetchError, WorkerError) as error:
            return error
        assert isinstance(front, Front)
        return front


async def nested_tags(world: World) -> None:
    """400,000 tags inside one another, before honest items."""
    text = f"<html><body>{'<div>' * 400_000}{LIST}</body></html>"
    front = await parse(world, read_listing, text, kind="listing", listing=LISTING)
    harm_if(not isinstance(front, Front) or len(front.items) != 30, "the honest items were lost")


async def paragraphs_without_end(world: World) -> None:
    """200,000 paragraphs after an honest list."""
    text = f"<html><body>{LIST}{'<p>x' * 200_000}</body></html>"
    front = await parse(world, read_listing, text, kind="listing", listing=LISTING)
    assert isinstance(front, Front)
    assert len(front.items) == 30


async def fifty_thousand_items(world: World) -> None:
    """A feed of 50,000 items."""
    text = feed(*(entry(n) for n in range(50_000))).decode()
    front = await parse(world, read_feed, text)
    harm_if(not isinstance(front, Front), "the parser had to be killed")
    assert isinstance(front, Front)
    assert len(front.items) == 100


async def laughs_by_the_billion(world: World) -> None:
    """Entities of entities of entities in a feed's DTD."""
    body = feed(entry(1, title="&h;")).decode().partition("?>")[2]
    front = await parse(world, read_feed, LAUGHS + body)
    harm_if(not isinstance(front, FetchError), "the entities were given to the parser")
    assert front.trouble is Trouble.MALFORMED


async def quadratic_blow_up(world: World) -> None:
    """One long entity, named a thousand times."""
    body = feed(entry(1, title="&h;" * 1_000)).decode().partition("?>")[2]
    front = await parse(world, read_feed, QUADRATIC + body)
    harm_if(not isinstance(front, FetchError), "the entities were given to the parser")
    assert front.trouble is Trouble.MALFORMED


async def parser_that_hangs(world: World) -> None:
    """A parser that does not come to an end for four seconds, where one may take."""
    started = time.monotonic()
    async with world.pool(1, 1.0) as pool:
        await pool(jobs.add, 1, 2)
        started = time.monotonic()
        with suppress(WorkerError):
            await pool(jobs.spin, 4.0)
    harm_if(time.monotonic() - started > 3, "it went on as long as it liked")


async def parser_that_eats(world: World) -> None:
    """A parser that wants 50 MB where it may have 20."""
    async with world.pool(1, SECONDS, growth=20_000_000) as pool:
        await pool(jobs.add, 1, 2)
        try:
            eaten = await pool(jobs.eat, 50_000_000)
        except WorkerError:
            eaten = 0
    harm_if(eaten, "it got its memory")


async def page_in_another_code_than_it_says(world: World) -> None:
    """A page in windows-1251 whose server says koi8-r."""
    title = "Песков назвал неловкими слова телеведущих о Казахстане"
    page = make_page("", "application/xml; charset=koi8-r")
    body = feed(entry(1, title=title)).decode().partition("?>")[2].encode("windows-1251")
    front = read_feed(make_source(URL), _with_body(page, body), NOW)
    found = [item.title for item in front.items.values()]
    harm_if(found != [title], "its words are not what was written")


async def soft_404(world: World) -> None:
    """A page that says under HTTP 200 that it is not there."""
    text = "<html><head><title>404 — страница не найдена</title></head><body><h1>404</h1><p>"
    text += "Возможно, она была удалена; вернитесь на главную страницу нашего сайта.</p></body></html>"
    result = extract(text)
    harm_if(isinstance(result, Article), "it became an article")
    assert isinstance(result, ExtractionError)
    assert result.trouble is Trouble.SOFT_404


async def date_in_the_future(world: World) -> None:
    """A page dated ten years ahead, and one of 1970."""
    words = "Пресс-секретарь ответил на вопросы журналистов о союзниках. " * 5
    for year in (2033, 1970):
        stamp = f"<time datetime='{year}-03-14T09:00:00+00:00'>"
        result = extract(
            f"<html><body><h1>A</h1>{stamp}</time><article><p>{words}</p></article></body></html>"
        )
        assert isinstance(result, Article)
        at = result.published_at
        believable = at is None or datetime(1991, 1, 1, tzinfo=UTC) < at <= NOW + timedelta(hours=1)
        harm_if(not believable, "an impossible date was believed")


def extract(text: str) -> Article | ExtractionError:
    """Return the article that a page gives, or why it gives none."""
    item = FeedItem("paper", URL + "a", URL + "a", "A title", None)
    page = make_page(text, url=URL + "a", final_url=URL + "a")
    try:
        return extract_article(make_source(URL), item, page, NOW)
    except ExtractionError as error:
        return error


def _with_body(page: Page, body: bytes) -> Page:
    return Page(page.url, page.final_url, page.status, page.headers, body, NOW, "")


def untamed_listing(*args: Any) -> Front:
    """Read a listing without taming its markup first; runs in a process that ends with its test."""
    markup.tame_markup = lambda text: text
    return read_listing(*args)


def unbounded_feed(*args: Any) -> Front:
    """Read a feed, whatever stands before its root and however long it is."""
    rss._bound_feed = lambda text, *_: text  # type: ignore[assignment]
    return read_feed(*args)


def _no_taming(world: World) -> None:
    world.function = lambda _: untamed_listing


def _no_bounds(world: World) -> None:
    world.function = lambda _: unbounded_feed


def _in_a_thread(world: World) -> None:
    from monitor.workers import ParserPool

    world.pool = lambda _workers, seconds, **more: ParserPool(0, seconds, **more)


def _no_limit_of_memory(world: World) -> None:
    from monitor.workers import ParserPool

    world.pool = lambda workers, seconds, **_: ParserPool(workers, seconds)


def _believe_the_label(world: World) -> None:
    def by_label(body: bytes, content_type: str, override: str | None) -> str:
        return body.decode(content_type.partition("charset=")[2], "replace")

    world.patch.setattr(rss, "decode_bytes", by_label)


def _everything_is_fit(world: World) -> None:
    world.patch.setattr(article_module, "_refuse_unfit", lambda *_: None)


def _believe_every_date(world: World) -> None:
    world.patch.setattr(article_module, "settle_date", lambda page, feed, _: (page.at if page else feed, ""))


CASES = (
    Case(nested_tags, _no_taming, "the honest items were lost"),
    Case(fifty_thousand_items, _no_bounds, "had to be killed"),
    Case(laughs_by_the_billion, _no_bounds, "given to the parser"),
    Case(quadratic_blow_up, _no_bounds, "given to the parser"),
    Case(parser_that_hangs, _in_a_thread, "as long as it liked"),
    Case(parser_that_eats, _no_limit_of_memory, "got its memory"),
    Case(page_in_another_code_than_it_says, _believe_the_label, "not what was written"),
    Case(soft_404, _everything_is_fit, "became an article"),
    Case(date_in_the_future, _believe_every_date, "an impossible date was believed"),
)
