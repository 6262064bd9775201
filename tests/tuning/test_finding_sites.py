"""`sources add` over HTTP: sites of twenty-one structures, each with what should be found on it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable

import pytest

from monitor.domain.stance import Tier
from monitor.errors import BlockedError, FetchError, Trouble
from monitor.pipeline.looking import Looking
from monitor.pipeline.scout import Found, Wishes, scout_source
from monitor.schema import SourcesFile
from tests.collect.loopback import NOW, Reply, Server
from tests.tuning.fronts import FRONTS, feed_in_head, rss
from tests.tuning.measuring import measure
from tests.tuning.sites import Site
from tests.tuning.structures import LISTINGS, cards, pictures
from tests.tuning.structures_later import LATER

OWN = Wishes(allow_private=True)


async def find(looking: Looking, server: Server, site: Site, wishes: Wishes = OWN) -> Found:
    """Serve a site and look at it."""
    site.serve(server)
    return await scout_source(looking, server.url(site.front), wishes)


@pytest.mark.parametrize("make", [*LISTINGS, *LATER, *FRONTS], ids=lambda make: make.__name__)
async def test_site_is_found_out(make: Callable[[], Site], looking: Looking, server: Server) -> None:
    """Kind, every article's link, title and day, and the text without what stands around it."""
    site = make()
    found = await find(looking, server, site)
    score = measure(site, server.url(""), found.way.items, found.articles)
    assert site.kind == found.source.kind
    assert (1.0, 1.0) == (score.precision, score.recall)
    if site.kind != "telegram_channel":  # a post has no title of its own
        assert 1.0 == score.titles
    if site.dated or site.kind != "listing":
        assert 1.0 == score.days
    assert score.text >= 0.97
    assert (site.stories[0].language,) == found.source.languages


@pytest.mark.parametrize("make", [pictures, *FRONTS], ids=lambda make: make.__name__)
async def test_block_loads_as_the_source_that_was_found(
    make: Callable[[], Site], looking: Looking, server: Server
) -> None:
    """What is written is what was tried: disabled, and marked as a guess."""
    found = await find(looking, server, make())
    block = found.block("the address", NOW)
    (read,) = SourcesFile.model_validate(tomllib.loads(block)).source
    assert found.source == read.build()
    assert ("guessed", False) == (read.evidence, read.enabled)


async def test_other_ways_in_are_named(looking: Looking, server: Server) -> None:
    """The feed is taken; the list that the page shows stands in a comment with what it gave."""
    found = await find(looking, server, feed_in_head())
    block = found.block("the address", NOW)
    assert "/feed/" in found.source.url
    assert f"# - listing {server.url('/news/')} by 'article': 12 items, 12 with a date" in block
    assert "comments" not in block


async def test_feed_of_another_section_is_no_substitute_for_the_page_given(
    looking: Looking, server: Server
) -> None:
    """An operator who names a section wants it: a feed that shows none of its articles comes after."""
    site = feed_in_head()
    other = Site("other", "rss", "/", site.stories[:4], dict.fromkeys(map(site.path, site.stories[:4]), b""))
    site.pages["/feed/"] = rss(other.stories, lambda story: f"/sport/{story.number}")
    found = await find(looking, server, site)
    assert "listing" == found.source.kind
    assert "rss" in {way.source.kind for way in found.others}


async def test_stale_feed_comes_after_a_living_page(looking: Looking, server: Server) -> None:
    """Feeds outlive their care: one without news for a year is not what a source should read."""
    site = feed_in_head()
    site.pages["/feed/"] = site.pages["/feed/"].replace(b"2023", b"2021")
    found = await find(looking, server, site)
    assert "listing" == found.source.kind


async def test_operators_words_hold(looking: Looking, server: Server) -> None:
    """What is said on the command line is not guessed, and has no comment that says "check"."""
    wishes = Wishes(
        "mine", "Вестник", "armenia", Tier.GOVERNMENT, "listing", ("ru",), "Asia/Yerevan", None, True
    )
    found = await find(looking, server, feed_in_head(), wishes)
    source = found.source
    assert ("mine", "Вестник", "armenia", Tier.GOVERNMENT) == (
        source.id,
        source.outlet,
        source.bloc,
        source.tier,
    )
    assert ("listing", ("ru",), "Asia/Yerevan") == (source.kind, source.languages, source.timezone)
    assert "check" not in found.block("the address", NOW)


async def test_encoding_is_named_where_it_is_no_unicode(looking: Looking, server: Server) -> None:
    """All pages of the site agree, so that nothing need be guessed again at each visit."""
    found = await find(looking, server, LISTINGS[1]())
    assert "windows-1251" == found.source.encoding


async def test_robots_are_asked_before_anything_is_read(looking: Looking, server: Server) -> None:
    """A site that does not want to be read is not looked at."""
    site = cards()
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /\n"
    with pytest.raises(BlockedError) as caught:
        await find(looking, server, site)
    assert Trouble.ROBOTS is caught.value.trouble
    assert ["/robots.txt"] == [request.path for request in server.requests]


async def test_own_network_is_read_only_when_the_operator_says_so(looking: Looking, server: Server) -> None:
    """Without --allow-private an address on loopback gets no packet."""
    cards().serve(server)
    with pytest.raises(FetchError) as caught:
        await scout_source(looking, server.url("/news/"), Wishes())
    assert Trouble.ADDRESS is caught.value.trouble
    assert 0 == server.connections


async def test_page_without_articles_is_refused_with_what_was_tried(looking: Looking, server: Server) -> None:
    """A page of two links is no list; the error says that no way in was found."""
    server.routes["/"] = Reply(
        b"<html><body><p>Hello <a href='/a'>one</a> <a href='/b'>two</a></body></html>"
    )
    with pytest.raises(FetchError, match="no feed, list or sitemap was found"):
        await scout_source(looking, server.url("/"), OWN)


async def test_scraped_names_cannot_write_configuration(looking: Looking, server: Server) -> None:
    """A title with line ends, quotes and control characters stays a comment and a string."""
    site = feed_in_head()
    evil = 'x"\n[[source]]\nid = "evil"\n#\x07\u202e'
    feed = site.pages["/feed/"].decode().replace(site.stories[0].title, evil.replace("\x07", ""))
    site.pages["/feed/"] = feed.encode()
    page = site.pages[site.front].decode().replace('content="Вестник посёлка"', f"content='{evil}'")
    site.pages[site.front] = page.encode()
    found = await find(looking, server, site)
    block = found.block('x"\nid = "evil"', NOW)
    (read,) = SourcesFile.model_validate(tomllib.loads(block)).source
    assert "evil" != read.id
    assert all(char.isprintable() or char == "\n" for char in block)
