"""The real collector and extractor against the newsroom, with the sources made for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.collect import HttpCollector
from monitor.demo.server import Newsroom, serve
from monitor.demo.sources import check_outlets, make_sources
from monitor.domain.article import Article
from monitor.errors import ConfigurationError, ExtractionError
from monitor.extract import extract_article
from monitor.pipeline.ports import Validators
from monitor.schema import CollectTable
from tests.demo.conftest import StandingClock, write_item

HOUR = timedelta(hours=1)


@pytest.fixture
async def collector(clock: StandingClock) -> AsyncIterator[HttpCollector]:
    """A collector on the newsroom's clock."""
    opened = HttpCollector(CollectTable(), clock.now)
    yield opened
    await opened.aclose()


async def collect_all(newsroom: Newsroom, collector: HttpCollector) -> dict[str, Article | str]:
    """Return each item's article, or why there is none, by the item's id."""
    collected: dict[str, Article | str] = {}
    for source in make_sources(newsroom, HOUR):
        discovery = await collector.discover(source, Validators())
        for item in discovery.items:
            page = await collector.fetch(source, item)
            item_id = newsroom.item_urls[item.url]
            try:
                collected[item_id] = extract_article(source, item, page, newsroom.clock.now())
            except ExtractionError as error:
                collected[item_id] = error.reason
    return collected


async def test_every_kind_of_outlet_gives_its_text_and_nothing_else(
    newsroom: Newsroom, collector: HttpCollector
) -> None:
    """Menus, credits, tooltips and links to other items stay outside; titles and words are whole."""
    collected = await collect_all(newsroom, collector)
    items = {item.id: item for item in newsroom.content.items}
    assert set(items) == {item_id for item_id in collected if not item_id.endswith("/000-about")}
    for item_id, item in items.items():
        article = collected[item_id]
        assert isinstance(article, Article), f"{item_id}: {article}"
        # A channel's post has no title of its own: its first line stands for it.
        assert f"{item.lead} {item.body}".split() == article.text.split(), item_id
        assert (item.title or item.body.split("\n")[0]) == article.title
        assert article.published_at is not None
        assert abs(article.published_at - item.published) < timedelta(days=1)


async def test_listing_is_never_empty(
    newsroom: Newsroom, clock: StandingClock, collector: HttpCollector
) -> None:
    """Before its first item a listing shows an older page, so that it does not count as not read."""
    clock.moment = newsroom.content.first
    for source in make_sources(newsroom, HOUR):
        discovery = await collector.discover(source, Validators())
        shown = [newsroom.item_urls[item.url] for item in discovery.items]
        assert [f"{source.id}/000-about"] * (source.kind == "listing") == [s for s in shown if "000" in s]


async def test_second_visit_is_answered_with_not_modified(
    newsroom: Newsroom, collector: HttpCollector
) -> None:
    """Every front gives validators that work."""
    for source in make_sources(newsroom, HOUR):
        first = await collector.discover(source, Validators())
        second = await collector.discover(source, first.validators)
        assert second.not_modified, source.id


async def test_bad_entry_and_broken_page_do_not_hide_the_others(
    folder: Path, clock: StandingClock, collector: HttpCollector
) -> None:
    """The entry is reported, the page refused, and the good item collected."""
    write_item(folder, "wire-c/002-a", 5, title='"А"', bad_entry="true", bad_entry_how='"no_link"')
    write_item(folder, "wire-c/003-b", 6, title='"Б"', broken='"truncated_html"')
    async with serve(folder, clock) as newsroom:
        source = next(s for s in make_sources(newsroom, HOUR) if s.id == "wire-c")
        discovery = await collector.discover(source, Validators())
        collected = await collect_all(newsroom, collector)
    assert len(discovery.bad_entries) == 1
    assert isinstance(collected["wire-c/001-library"], Article)
    assert collected["wire-c/003-b"] == "no text was found on the page; check [source.article]"
    assert "wire-c/002-a" not in collected


def test_outlet_of_an_unknown_side_is_refused(newsroom: Newsroom) -> None:
    """Blocs and speakers must be those of the configuration."""
    with pytest.raises(ConfigurationError) as caught:
        check_outlets(newsroom.content.outlets, {"russia", "armenia"}, set(), "outlets.toml")
    assert [p.key for p in caught.value.problems] == ["outlet[secretariat].bloc"]
