"""Scenarios of servers that want patience, or not to be read, each with the absence of its guard."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from http.cookiejar import CookieJar

import httpx

from monitor.collect import HttpCollector, fetcher, transport
from monitor.collect.exchange import Exchange
from monitor.collect.pacing import Pacing
from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.domain.polling import Polling, PollingLimits, plan_next_visit
from monitor.errors import BlockedError
from monitor.schema import CollectTable
from tests.collect.loopback import NOW, Reply, entry, feed, make_source
from tests.fault.world import Case, World, harm_if

FEED = Reply(feed(entry(1)))


async def server_asks_for_time(world: World) -> None:
    """429 with an hour of Retry-After, and a second visit after ten minutes."""
    world.server.routes["/"] = Reply(status=429, headers={"Retry-After": "3600"})
    collector = world.collector()
    await world.visit(collector, world.server.url())
    world.time.moment += 600
    await world.visit(collector, world.server.url())
    harm_if(len(world.server.paths()) > 1, "it was asked again within the hour")


async def storm_of_server_errors(world: World) -> None:
    """503 to every request."""
    world.server.routes["/"] = Reply(status=503)
    await world.visit(world.collector(retries=4), world.server.url())
    assert len(world.server.paths()) == 5
    pauses = world.time.slept
    harm_if(pauses != [1, 2, 4, 8], "the tries followed one another without pause")


async def source_that_is_down_for_a_day(world: World) -> None:
    """Every visit of a day fails."""
    limits = PollingLimits(**({"failures_to_rest": 10**6} if "no rest" in world.settings else {}))
    source, at, visits = make_source("http://paper.example/"), NOW, 0
    state: Polling | None = None
    while at < NOW + timedelta(days=1):
        visits += 1
        run = SourceRun(source.id, at, at, RunOutcome.FAILED, trouble="network")
        state = plan_next_visit(source, state, run, [], limits)
        at = state.due_at
    harm_if(visits > 15, "it was asked dozens of times in vain")


async def rules_against_robots(world: World) -> None:
    """robots.txt forbids what a source is configured to read."""
    world.server.routes |= {"/robots.txt": Reply(b"User-agent: *\nDisallow: /closed"), "/closed": FEED}
    await world.visit(world.collector(), world.server.url("/closed"))
    harm_if("/closed" in world.server.paths(), "a forbidden page was asked for")


async def refusal_by_status(world: World) -> None:
    """403 is a refusal and no ordinary failure."""
    world.server.routes["/"] = Reply(status=403)
    error = await world.visit(world.collector(), world.server.url())
    harm_if(not isinstance(error, BlockedError), "the block was not seen as one")


async def anti_bot_page_with_status_200(world: World) -> None:
    """A challenge comes in the place of an article."""
    world.server.routes["/a"] = Reply(b"<html><script>window['bobcmn'] = '1011';</script></html>")
    page = await world.fetch(world.collector(), world.server.url("/a"))
    harm_if(not isinstance(page, BlockedError), "the challenge was handed on as a page")


async def requests_in_a_row(world: World) -> None:
    """Several readers of one host that wants 15 seconds between requests."""
    world.server.routes["/"] = FEED
    collector = world.collector()
    spacing = timedelta(seconds=15)
    await asyncio.gather(*(world.visit(collector, world.server.url(), spacing=spacing) for _ in range(3)))
    harm_if(world.time.slept != [15, 15, 15], "requests came without their distance")


async def cookie_to_know_us_by(world: World) -> None:
    """A server tells readers apart by a cookie."""
    world.server.routes["/"] = Reply(FEED.body, headers={"Set-Cookie": "id=1; Path=/"})
    collector = world.collector()
    for _ in range(2):
        await world.visit(collector, world.server.url())
    harm_if(any("cookie" in request.headers for request in world.server.requests), "the cookie came back")


async def clock_set_back(world: World) -> None:
    """Between two requests of one host the machine's clock is set back by a day."""
    world.server.routes["/"] = FEED
    collector = world.collector()
    spacing = timedelta(seconds=15)
    await world.visit(collector, world.server.url(), spacing=spacing)
    world.patch.setitem(world.settings, "wall", -86_400.0)
    await world.visit(collector, world.server.url(), spacing=spacing)
    harm_if(max(world.time.slept) > 15, "it waited for a day")


def _deaf_to_retry_after(world: World) -> None:
    world.patch.setattr(fetcher, "read_retry_after", lambda *_: None)


def _no_pause(world: World) -> None:
    world.patch.setattr(fetcher, "back_off", lambda *_: 0.0)


def _no_rest(world: World) -> None:
    world.settings["no rest"] = True


def _no_robots(world: World) -> None:
    class Open:
        async def check(self, *_: object) -> None:
            return

    world.change = lambda collector: setattr(collector._fetcher, "_robots", Open())


def _no_status_forbids(world: World) -> None:
    world.patch.setattr(fetcher, "_FORBIDDEN", frozenset())


def _no_challenge_is_seen(world: World) -> None:
    world.patch.setattr(fetcher, "find_challenge", lambda _: None)


def _no_spacing(world: World) -> None:
    class Hasty(Pacing):
        def turn(self, url: httpx.URL, spacing: float) -> AbstractAsyncContextManager[None]:
            return super().turn(url, 0.0)

    def hurry(collector: HttpCollector) -> None:
        hasty = Hasty(30, world.time.clock, world.time.sleep)
        collector._fetcher._exchange = Exchange(
            CollectTable().user_agent, hasty, collector._fetcher._exchange._clients._resolve, 30
        )

    world.change = hurry


def _keep_cookies(world: World) -> None:
    world.patch.setattr(transport, "_forgetful_jar", CookieJar)


def _wall_clock(world: World) -> None:
    world.clock = lambda: world.time.moment + float(world.settings.get("wall", 0.0))


CASES = (
    Case(server_asks_for_time, _deaf_to_retry_after, "asked again within the hour"),
    Case(storm_of_server_errors, _no_pause, "without pause"),
    Case(source_that_is_down_for_a_day, _no_rest, "dozens of times in vain"),
    Case(rules_against_robots, _no_robots, "a forbidden page was asked for"),
    Case(refusal_by_status, _no_status_forbids, "not seen as one"),
    Case(anti_bot_page_with_status_200, _no_challenge_is_seen, "handed on as a page"),
    Case(requests_in_a_row, _no_spacing, "without their distance"),
    Case(cookie_to_know_us_by, _keep_cookies, "the cookie came back"),
    Case(clock_set_back, _wall_clock, "waited for a day"),
)
