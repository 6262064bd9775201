"""A page at which a parser hangs costs its time, and nothing else is lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from monitor.domain.article import FeedItem, Page
from monitor.domain.coverage import RunOutcome
from monitor.errors import Trouble
from monitor.extract import extract_article
from monitor.pipeline.collect import SourceVisitor
from monitor.workers import ParserPool
from storage import Store
from tests.collect.loopback import NOW, FakeTime, Reply, Server, entry, feed, make_source
from tests.fault.hanging import extract_slowly, hang
from tests.fault.world import World

WORDS = "Пресс-секретарь ответил на вопросы журналистов о союзниках. " * 5
PAGE = Reply(f"<html><body><h1>A</h1><article><p>{WORDS}</p></article></body></html>".encode())


async def test_hung_page_is_tried_later_and_the_others_are_saved(
    world: World, server: Server, fake_time: FakeTime, store: Store
) -> None:
    """Three articles, at the second of which the extractor hangs."""
    paths = ("/one", "/hangs", "/three")
    items = [entry(n, link=server.url(path)) for n, path in enumerate(paths)]
    server.routes |= {"/": Reply(feed(*items)), **dict.fromkeys(paths, PAGE)}
    source = make_source(server.url())
    async with ParserPool(1, 2.0) as pool:
        await pool(extract_slowly, *_article(source, server, PAGE))  # so that imports take no time of others
        visitor = SourceVisitor(
            collector=world.collector(),
            extract=extract_slowly,
            articles=store.articles,
            now=fake_time.now,
            item_attempts=4,
            run=pool,
        )
        run = await visitor.visit(source)
    assert (RunOutcome.OK, 2, 1) == (run.outcome, run.articles, run.failures)
    due = store.articles.due_retries(source.id, NOW + timedelta(days=1))
    assert [server.url("/hangs")] == [item.url for item in due]


async def test_hung_front_is_a_failed_visit_of_that_kind(
    world: World, server: Server, fake_time: FakeTime, store: Store
) -> None:
    """The error names the front, and the visit is recorded with its trouble."""
    server.routes["/"] = Reply(feed(entry(1)))
    collector = world.collector()
    async with ParserPool(1, 1.0) as pool:
        collector._run = _in_place_of_the_reader(pool)
        visitor = SourceVisitor(collector, extract_article, store.articles, fake_time.now, 4, pool)
        run = await visitor.visit(make_source(server.url()))
    assert (RunOutcome.FAILED, Trouble.HUNG) == (run.outcome, run.trouble)
    assert server.url() in run.reason


def _in_place_of_the_reader(pool: ParserPool) -> Callable[..., Awaitable[Any]]:
    def run(_function: object, *args: object) -> Awaitable[Any]:
        return pool(hang, *args)

    return run


def _article(source: Any, server: Server, page: Reply) -> tuple[Any, ...]:
    """Return what the extractor is asked for an ordinary page."""
    url = server.url("/warm")
    made = Page(url, url, 200, {"content-type": "text/html"}, page.body, NOW, "")
    return source, FeedItem(source.id, url, url, "A", None), made, NOW
