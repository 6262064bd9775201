"""`sources check` over HTTP: what is healthy, what is wrong, and suggestions that work."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from monitor.domain.source import ArticleSelectors, ListingSelectors, Source
from monitor.errors import WorkerError
from monitor.pipeline.looking import Looking
from monitor.pipeline.ports import Validators
from monitor.pipeline.probe import check_source, check_sources
from monitor.pipeline.source_check import SourceCheck, Suggestion
from monitor.workers import run_in_thread
from tests.collect.loopback import Reply, Server, make_source
from tests.tuning.fronts import feed_in_head, rss
from tests.tuning.measuring import measure
from tests.tuning.sites import Site
from tests.tuning.structures import (
    bare_paragraphs,
    built_classes,
    cards,
    day_groups,
    headlines,
    pictures,
    plain_list,
    table_rows,
    whole_anchors,
)

LISTING = ListingSelectors(".list-item", "a.list-item__title", "", ".list-item__day, .list-item__time")
ARTICLE = ArticleSelectors(
    title="h1.article__title", body=".article__text", date=".article__info", drop=(".article__aside",)
)


def source_of(site: Site, server: Server, **changes: object) -> Source:
    """Return the source that reads the site `pictures` as it was first built."""
    plain = {"id": site.name, "kind": "listing", "listing": LISTING, "article": ARTICLE, **changes}
    return make_source(server.url(site.front), **plain)


def rename(site: Site, names: Mapping[str, str]) -> Site:
    """Return the site after a redesign: its classes have other names."""
    for path, body in site.pages.items():
        text = body.decode(site.encoding)
        for old, new in names.items():
            text = text.replace(old, new)
        site.pages[path] = text.encode(site.encoding)
    return site


def apply(source: Source, suggestion: Suggestion) -> Source:
    """Return the source with the suggested lines in its block; they say what was tried."""
    tables = tomllib.loads(suggestion.toml)["source"]
    listing = ListingSelectors(**tables["listing"]) if "listing" in tables else source.listing
    article = source.article
    if "article" in tables:
        article = ArticleSelectors(**{**tables["article"], "drop": tuple(tables["article"].get("drop", ()))})
    healed = replace(source, listing=listing, article=article)
    assert (suggestion.healed.listing if "listing" in tables else suggestion.healed.article) == (
        healed.listing if "listing" in tables else healed.article
    )
    return healed


async def test_healthy_source_is_described(looking: Looking, server: Server) -> None:
    """Items, dates, age, length, language, robots, selectors: all there, nothing complained of."""
    site = pictures()
    site.serve(server)
    check = await check_source(looking, source_of(site, server))
    assert () == check.complaints
    assert (True, "allowed", False, 12, 12) == (
        check.reachable,
        check.robots,
        check.anti_bot,
        check.items,
        check.dated,
    )
    assert check.newest is not None
    assert timedelta(hours=16) < check.newest < timedelta(hours=18)
    assert 3 == len(check.lengths)
    assert (("ru",), ("selectors",), ()) == (check.languages, check.extractors, check.suggestions)
    found = {each.key: (each.nodes, each.matched, each.pages) for each in check.selectors}
    assert (12, 1, 1) == found["listing.item"]
    assert (24, 1, 1) == found["listing.date"]
    assert (3, 3, 3) == found["article.title"]
    assert 9 <= found["article.body"][0] <= 12


async def test_dead_listing_selector_yields_one_that_works(looking: Looking, server: Server) -> None:
    """After a redesign the first suggestion reads every article, title and day again."""
    site = rename(pictures(), {"list-item": "feed-card"})
    site.serve(server)
    source = source_of(site, server)
    check = await check_source(looking, source)
    assert not check.healthy
    assert "layout" == check.trouble
    again = apply(source, check.suggestions[0])
    discovery = await looking.collector.discover(again, Validators())
    score = measure(site, server.url(""), discovery.items, ())
    assert (1.0, 1.0, 1.0, 1.0) == (score.precision, score.recall, score.titles, score.days)


async def test_dead_date_of_a_list_is_complained_of(looking: Looking, server: Server) -> None:
    """The items are still found; that their dates are gone is said, with the selector that finds them."""
    site = rename(pictures(), {"list-item__day": "list-item__when", "list-item__time": "list-item__clock"})
    site.serve(server)
    source = source_of(site, server)
    check = await check_source(looking, source)
    assert ["listing.date"] == [each.key for each in check.selectors if each.is_dead]
    assert any("0 of 12 items have a date" in text for text in check.complaints)
    again = apply(source, check.suggestions[0])
    discovery = await looking.collector.discover(again, Validators())
    assert all(item.published_at for item in discovery.items)


async def test_dead_article_selectors_yield_some_that_work(looking: Looking, server: Server) -> None:
    """Title, date and text are found again, without what stands between the paragraphs."""
    names = {"article__text": "story-par", "article__title": "story-head", "article__info": "story-meta"}
    site = rename(pictures(), names)
    site.serve(server)
    source = source_of(site, server)
    check = await check_source(looking, source)
    assert {"article.body", "article.title", "article.date"} == {
        each.key for each in check.selectors if each.is_dead
    }
    again = await check_source(looking, apply(source, check.suggestions[0]))
    assert () == again.complaints
    assert ("selectors",) == again.extractors
    discovery = await looking.collector.discover(source, Validators())
    read = await looking.articles(apply(source, check.suggestions[0]), discovery.items[:3])
    assert measure(site, server.url(""), discovery.items, read.articles).text >= 0.97


@pytest.mark.parametrize(
    "make",
    [
        cards,
        table_rows,
        whole_anchors,
        day_groups,
        built_classes,
        bare_paragraphs,
        pictures,
        plain_list,
        headlines,
    ],
)
async def test_first_suggestions_work_on_every_structure(
    make: Callable[[], Site], looking: Looking, server: Server
) -> None:
    """Selectors of another site find nothing here: what one check proposes in their place reads all of it."""
    site = make()
    site.serve(server)
    dead = source_of(
        site, server, listing=ListingSelectors("div.gone"), article=ArticleSelectors(body="div.gone-too")
    )
    check = await check_source(looking, dead)
    healed = apply(dead, check.suggestions[0])
    article = next(each for each in check.suggestions if "[source.article]" in each.toml)
    healed = apply(healed, article)
    discovery = await looking.collector.discover(healed, Validators())
    read = await looking.articles(healed, discovery.items[:3])
    score = measure(site, server.url(""), discovery.items, read.articles)
    assert (1.0, 1.0, 1.0) == (score.precision, score.recall, score.titles)
    assert score.text >= 0.97


async def test_body_that_finds_the_lead_alone_is_noticed(looking: Looking, server: Server) -> None:
    """A selector that still finds something, but far less than the page has, is as bad as a dead one."""
    site = pictures()
    site.serve(server)
    narrow = ArticleSelectors(body="h2.article__second-title")
    check = await check_source(looking, source_of(site, server, article=narrow))
    assert any("article.body finds" in text for text in check.complaints)
    assert check.suggestions


async def test_moved_feed_is_found_again(looking: Looking, server: Server) -> None:
    """Where the feed's address answers 404, the feed that the first page names is tried and suggested."""
    site = feed_in_head()
    site.pages["/"] = site.pages[site.front]
    site.serve(server)
    check = await check_source(looking, make_source(server.url("/old.rss"), id="moved"))
    assert "not_found" == check.trouble
    assert [f'kind = "rss"\nurl = "{server.url("/feed/")}"'] == [each.toml for each in check.suggestions]


async def test_forbidden_site_is_said_to_be_and_not_asked_again(looking: Looking, server: Server) -> None:
    """robots.txt forbids: one request for it, none for anything else, no suggestion to get round it."""
    site = pictures()
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /\n"
    site.serve(server)
    check = await check_source(looking, source_of(site, server))
    assert ("forbidden", "robots", ()) == (check.robots, check.trouble, check.suggestions)
    assert [] == server.paths()


async def test_anti_bot_page_is_told_apart(looking: Looking, server: Server) -> None:
    """A challenge under HTTP 200 is no empty list and no dead selector."""
    server.routes["/news/"] = Reply(b"<html><script>window['bobcmn'] = 1</script></html>")
    check = await check_source(looking, make_source(server.url("/news/"), kind="listing", listing=LISTING))
    assert (True, "anti_bot", ()) == (check.anti_bot, check.trouble, check.suggestions)


async def test_unreachable_host_is_said_to_be(looking: Looking) -> None:
    """Nothing listens: not reachable, and what robots.txt says is not known."""
    check = await check_source(looking, make_source("http://127.0.0.1:9/rss"))
    assert (False, "unknown") == (check.reachable, check.robots)
    assert check.complaints


async def test_other_language_and_old_news_are_complained_of(looking: Looking, server: Server) -> None:
    """A feed in Russian where English was configured, with nothing new for months."""
    site = cards()
    site.pages["/feed/"] = rss(site.stories, site.path).replace(b" 2023 ", b" 2022 ")
    for path, body in site.pages.items():
        site.pages[path] = body.replace(b"2023-", b"2022-")
    site.serve(server)
    check = await check_source(looking, make_source(server.url("/feed/"), languages=("en",)))
    assert any("texts are in ru, not in en" in text for text in check.complaints)
    assert any("nothing new for 365 days" in text for text in check.complaints)


async def test_page_that_hangs_a_guess_leaves_the_check_whole(looking: Looking, server: Server) -> None:
    """What is wrong is still said where the search for a suggestion had to be stopped."""
    site = pictures()
    site.serve(server)

    async def run(function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        if function in (looking.propose_listings, looking.propose_articles):
            raise WorkerError("the parser was stopped")
        return await run_in_thread(function, *args, **kwargs)

    source = source_of(site, server, article=ArticleSelectors(body=".gone"))
    check = await check_source(replace(looking, run=run), source)
    assert (12, ("article.body = '.gone' finds nothing",), ()) == (
        check.items,
        check.complaints,
        check.suggestions,
    )
    dead = await check_source(replace(looking, run=run), replace(source, listing=ListingSelectors(".gone")))
    assert ("layout", ()) == (dead.trouble, dead.suggestions)


async def test_sources_are_checked_side_by_side(looking: Looking, server: Server) -> None:
    """One that fails leaves the others be; who asked hears how many are done."""
    site = pictures()
    site.serve(server)
    heard: list[int] = []
    sources = [make_source("http://127.0.0.1:9/rss", id="dead"), source_of(site, server)]
    checks: list[SourceCheck] = await check_sources(looking, sources, heard.append)
    assert [("dead", False), ("pictures", True)] == [(c.source_id, c.healthy) for c in checks]
    assert [1, 2] == heard
