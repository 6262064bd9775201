"""robots.txt is asked first and obeyed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from monitor.collect import HttpCollector
from monitor.errors import BlockedError, FetchError
from monitor.pipeline.ports import Validators
from tests.collect.loopback import FakeTime, Reply, Server, entry, feed, make_source

Make = Callable[..., HttpCollector]
NONE = Validators()
FEED = Reply(feed(entry(1)))


def rules(text: str) -> Reply:
    """Return a robots.txt."""
    return Reply(text.encode())


async def test_forbidden_path_is_not_asked_for(server: Server, make_collector: Make) -> None:
    """A rule for everybody binds us too, and the page is never requested."""
    server.routes |= {"/robots.txt": rules("User-agent: *\nDisallow: /feed"), "/feed": FEED}
    with pytest.raises(BlockedError, match=r"robots\.txt does not allow rhetoric-monitor"):
        await make_collector().discover(make_source(server.url("/feed")), NONE)
    assert server.paths(robots=True) == ["/robots.txt"]


async def test_own_group_comes_before_that_for_everybody(server: Server, make_collector: Make) -> None:
    """We are known as rhetoric-monitor, also under a source's own user agent."""
    text = "User-agent: *\nDisallow:\n\nUser-agent: rhetoric-monitor\nDisallow: /feed\nAllow: /feed/open"
    server.routes |= {"/robots.txt": rules(text), "/feed": FEED, "/feed/open": FEED}
    collector = make_collector()
    with pytest.raises(BlockedError):
        await collector.discover(make_source(server.url("/feed"), user_agent="Something/1.0"), NONE)
    assert len((await collector.discover(make_source(server.url("/feed/open")), NONE)).items) == 1


async def test_query_strings_may_be_forbidden(server: Server, make_collector: Make) -> None:
    """Wildcards hold, as in the rules of agencies that forbid every query."""
    server.routes |= {"/robots.txt": rules("User-agent: *\nDisallow: /*?"), "/": FEED}
    collector = make_collector()
    assert (await collector.discover(make_source(server.url("/")), NONE)).items
    with pytest.raises(BlockedError):
        await collector.discover(make_source(server.url("/?page=2")), NONE)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
async def test_host_without_robots_allows_everything(
    server: Server, make_collector: Make, status: int
) -> None:
    """Any 4xx means that there are no rules."""
    server.routes |= {"/robots.txt": Reply(status=status), "/": FEED}
    assert len((await make_collector().discover(make_source(server.url()), NONE)).items) == 1


async def test_server_trouble_with_robots_forbids_everything_for_now(
    server: Server, make_collector: Make, fake_time: FakeTime
) -> None:
    """5xx is a block for some minutes; when it has passed, the host is asked again."""
    server.routes |= {"/robots.txt": Reply(status=500), "/": FEED}
    collector = make_collector(retries=0)
    for _ in range(2):
        with pytest.raises(BlockedError, match="HTTP 500"):
            await collector.discover(make_source(server.url()), NONE)
    assert server.paths(robots=True) == ["/robots.txt"]
    server.routes["/robots.txt"] = rules("")
    fake_time.moment += 301
    assert len((await collector.discover(make_source(server.url()), NONE)).items) == 1


async def test_unreachable_host_is_an_error_and_no_block(server: Server, make_collector: Make) -> None:
    """Nobody there is not the same as not being wanted."""
    url = server.url()
    await server.stop()
    with pytest.raises(FetchError, match=r"robots\.txt") as caught:
        await make_collector(retries=0).discover(make_source(url), NONE)
    assert not isinstance(caught.value, BlockedError)


async def test_rules_are_kept_for_a_day(server: Server, make_collector: Make, fake_time: FakeTime) -> None:
    """One question a day, whatever the number of pages."""
    server.routes |= {"/robots.txt": rules("User-agent: *\nDisallow: /x"), "/": FEED}
    collector = make_collector()
    for _ in range(3):
        await collector.discover(make_source(server.url()), NONE)
    fake_time.moment += 86_401
    await collector.discover(make_source(server.url()), NONE)
    assert server.paths(robots=True).count("/robots.txt") == 2


async def test_redirected_robots_is_followed_but_not_for_ever(server: Server, make_collector: Make) -> None:
    """Rules may stand elsewhere; a chain that does not end counts as no rules."""
    server.routes |= {
        "/robots.txt": Reply(status=301, headers={"Location": "/rules"}),
        "/rules": rules("User-agent: *\nDisallow: /feed"),
        "/feed": FEED,
    }
    with pytest.raises(BlockedError):
        await make_collector().discover(make_source(server.url("/feed")), NONE)
    server.routes["/rules"] = Reply(status=302, headers={"Location": "/rules"})
    assert len((await make_collector().discover(make_source(server.url("/feed")), NONE)).items) == 1


async def test_monstrous_robots_is_read_in_part(server: Server, make_collector: Make) -> None:
    """Rules within the first 512 kB hold; what comes after is not read."""
    server.routes |= {
        "/robots.txt": rules("User-agent: *\nDisallow: /feed\n" + "#" * 9_000_000),
        "/feed": FEED,
    }
    with pytest.raises(BlockedError):
        await make_collector().discover(make_source(server.url("/feed")), NONE)


async def test_rules_of_the_articles_host_count(server: Server, make_collector: Make) -> None:
    """An article elsewhere, or one that a redirect leads to, needs its own host's leave."""
    server.routes |= {
        "/robots.txt": rules("User-agent: *\nDisallow: /closed"),
        "/": Reply(feed(entry(1, link=server.url("/open")))),
        "/open": Reply(status=302, headers={"Location": "/closed"}),
        "/closed": Reply(b"<html>secret</html>"),
    }
    collector, source = make_collector(), make_source(server.url())
    item = (await collector.discover(source, NONE)).items[0]
    with pytest.raises(BlockedError, match="/closed"):
        await collector.fetch(source, item)
    assert "/closed" not in server.paths()
