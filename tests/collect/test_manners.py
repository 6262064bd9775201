"""Redirects, retries, spacing, conditional requests, robots.txt and blocks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime

import pytest

from monitor.collect import HttpCollector
from monitor.errors import BlockedError, FetchError
from monitor.pipeline.ports import Validators
from tests.collect.loopback import NOW, FakeTime, Reply, Request, Server, entry, feed, make_source

Make = Callable[..., HttpCollector]
NONE = Validators()
FEED = Reply(feed(entry(1)))


def leading_to(location: str, status: int = 302) -> Reply:
    """Return a redirect."""
    return Reply(status=status, headers={"Location": location})


async def test_redirects_are_followed_up_to_five(server: Server, make_collector: Make) -> None:
    """Five hops are followed, the sixth is not."""
    for hop in range(5):
        server.routes[f"/{hop}"] = leading_to(f"/{hop + 1}", 301 + hop % 2)
    server.routes["/5"] = FEED
    server.routes["/-1"] = leading_to("/0")
    found = await make_collector().discover(make_source(server.url("/0")), NONE)
    assert found.page is not None
    assert server.url("/5") == found.page.final_url
    with pytest.raises(FetchError, match="more than 5 redirects"):
        await make_collector().discover(make_source(server.url("/-1")), NONE)


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "gopher://x/", "javascript:alert(1)", "http://[::1"]
)
async def test_redirect_to_no_web_address_is_refused(
    server: Server, make_collector: Make, location: str
) -> None:
    """Only http and https are followed."""
    server.routes["/"] = leading_to(location)
    with pytest.raises(FetchError, match=r"only http and https|leads to no address"):
        await make_collector().discover(make_source(server.url()), NONE)
    assert server.paths() == ["/"]


async def test_redirect_loop_ends(server: Server, make_collector: Make) -> None:
    """A page that leads to itself is asked six times and given up."""
    server.routes["/"] = leading_to("/")
    with pytest.raises(FetchError, match="redirects"):
        await make_collector().discover(make_source(server.url()), NONE)
    assert len(server.paths()) == 6


async def test_server_errors_are_tried_again_with_growing_pauses(
    server: Server, make_collector: Make, fake_time: FakeTime
) -> None:
    """500 and 503 lead to another try after 1 and 2 seconds, and then to the feed."""
    server.routes["/"] = [Reply(status=500), Reply(status=503), FEED]
    found = await make_collector().discover(make_source(server.url()), NONE)
    assert len(found.items) == 1
    assert [1.0, 2.0] == fake_time.slept


async def test_storm_of_server_errors_ends(server: Server, make_collector: Make) -> None:
    """After the configured tries the error says what the server answered."""
    server.routes["/"] = Reply(status=502)
    with pytest.raises(FetchError, match="HTTP 502"):
        await make_collector(retries=3).discover(make_source(server.url()), NONE)
    assert len(server.paths()) == 4


async def test_broken_connection_is_tried_again(server: Server, make_collector: Make) -> None:
    """A connection that breaks off before an answer is an error of the moment."""

    async def hang_up(writer: asyncio.StreamWriter) -> None:
        writer.close()

    server.routes["/"] = [hang_up, FEED]
    assert len((await make_collector().discover(make_source(server.url()), NONE)).items) == 1


@pytest.mark.parametrize("status", [429, 503])
async def test_short_retry_after_is_waited_for(
    server: Server, make_collector: Make, fake_time: FakeTime, status: int
) -> None:
    """Seconds and a date both are honoured exactly."""
    date = format_datetime(NOW + timedelta(seconds=40), usegmt=True)
    server.routes["/"] = [
        Reply(status=status, headers={"Retry-After": "7"}),
        Reply(status=status, headers={"Retry-After": date}),
        FEED,
    ]
    await make_collector().discover(make_source(server.url()), NONE)
    assert [7.0, 33.0] == fake_time.slept


async def test_long_retry_after_ends_the_visit_and_closes_the_host(
    server: Server, make_collector: Make, fake_time: FakeTime
) -> None:
    """An hour is not waited for: the error carries it, and the host is not asked again before."""
    server.routes["/"] = [Reply(status=429, headers={"Retry-After": "3600"}), FEED]
    collector, source = make_collector(), make_source(server.url())
    with pytest.raises(FetchError) as first:
        await collector.discover(source, NONE)
    fake_time.moment += 600
    with pytest.raises(FetchError) as second:
        await collector.discover(source, NONE)
    assert [3600.0, 3000.0] == [first.value.retry_after, second.value.retry_after]
    assert [] == fake_time.slept
    assert server.paths() == ["/"]
    fake_time.moment += 3_001
    assert len((await collector.discover(source, NONE)).items) == 1


async def test_absurd_retry_after_is_capped_and_nonsense_ignored(
    server: Server, make_collector: Make, fake_time: FakeTime
) -> None:
    """A year becomes a day; a word becomes the usual pause."""
    server.routes["/a"] = Reply(status=503, headers={"Retry-After": "31536000"})
    server.routes["/b"] = [Reply(status=503, headers={"Retry-After": "soon"}), FEED]
    await make_collector().discover(make_source(server.url("/b")), NONE)
    assert [1.0] == fake_time.slept
    with pytest.raises(FetchError) as caught:
        await make_collector().discover(make_source(server.url("/a")), NONE)
    assert caught.value.retry_after == 86_400


async def test_requests_to_a_host_keep_their_distance(
    server: Server, make_collector: Make, fake_time: FakeTime
) -> None:
    """With 15 s spacing three readers and robots.txt take turns; another host does not wait."""
    server.routes["/"] = FEED
    collector = make_collector()
    source = make_source(server.url(), spacing=timedelta(seconds=15))
    await asyncio.gather(*(collector.discover(source, NONE) for _ in range(3)))
    assert server.paths(robots=True) == ["/robots.txt", "/", "/", "/"]
    assert [15.0, 15.0, 15.0] == fake_time.slept
    await collector.discover(make_source(server.url(host="localhost"), spacing=timedelta(seconds=15)), NONE)
    assert len(fake_time.slept) == 4  # its robots.txt went at once


async def test_requests_in_flight_are_limited(server: Server, make_collector: Make) -> None:
    """Never more than `concurrency` at once, whatever the number of readers."""
    now = most = 0

    async def slow(writer: asyncio.StreamWriter) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.02)
        now -= 1
        writer.write(FEED.head() + FEED.body)

    server.routes["/"] = slow
    collector = make_collector(concurrency=3)
    await asyncio.gather(*(collector.discover(make_source(server.url()), NONE) for _ in range(12)))
    assert most == 3


async def test_waiting_for_a_slot_does_not_count_as_slowness(server: Server, make_collector: Make) -> None:
    """The deadline is for the server's answer, not for the line before it."""

    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.2)
        writer.write(FEED.head() + FEED.body)

    server.routes["/"] = slow
    collector = make_collector(concurrency=1, timeout_seconds=0.5)
    found = await asyncio.gather(*(collector.discover(make_source(server.url()), NONE) for _ in range(4)))
    assert [1, 1, 1, 1] == [len(discovery.items) for discovery in found]


async def test_unchanged_front_is_not_read_again(server: Server, make_collector: Make) -> None:
    """ETag and Last-Modified come back as conditions, and 304 says that nothing changed."""
    stamp = "Tue, 14 Mar 2023 06:00:00 GMT"

    def answer(request: Request) -> Reply:
        same = (
            request.headers.get("if-none-match") == '"a1"' and request.headers["if-modified-since"] == stamp
        )
        return (
            Reply(status=304) if same else Reply(FEED.body, headers={"ETag": '"a1"', "Last-Modified": stamp})
        )

    server.routes["/"] = answer
    collector, source = make_collector(), make_source(server.url())
    first = await collector.discover(source, NONE)
    assert Validators('"a1"', stamp) == first.validators
    second = await collector.discover(source, first.validators)
    assert second.not_modified
    assert second.items == ()
    assert first.validators == second.validators


@pytest.mark.parametrize("status", [401, 403, 451])
async def test_refusal_is_recorded_and_not_tried_again(
    server: Server, make_collector: Make, fake_time: FakeTime, status: int
) -> None:
    """401, 403 and 451 are blocks, asked once."""
    server.routes["/"] = Reply(b"no", status=status)
    with pytest.raises(BlockedError, match=f"HTTP {status}"):
        await make_collector().discover(make_source(server.url()), NONE)
    assert server.paths() == ["/"]
    assert fake_time.slept == []


@pytest.mark.parametrize("status", [200, 429, 503])
@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("<script>window['bobcmn'] = '1011';</script><noscript>Please enable JavaScript</noscript>", "F5"),
        ('<script src="https://servicepipe.ru/static/jsrsasign.js"></script><body></body>', "Servicepipe"),
        ("<title>Web Page Blocked</title><h1>Web Page Blocked!</h1><p>Attack ID: 20000</p>", "firewall"),
        ("<title>Just a moment...</title><div id=cf-chl-widget></div>", "Cloudflare"),
        ("<title>DDoS-Guard</title><p>Checking your browser</p>", "Cloudflare"),
        ("<script>document.cookie = 'seen=1'; location.reload();</script>", "cookie"),
        ("<h1>Подтвердите, что вы не робот</h1><form><div class='g-recaptcha'></div></form>", "captcha"),
    ],
)
async def test_challenge_page_is_a_block_whatever_its_status(
    server: Server, make_collector: Make, status: int, page: str, name: str
) -> None:
    """A page that tests the visitor is named as such and not evaded."""
    server.routes["/"] = Reply(f"<html><head>{page}</html>".encode(), status=status)
    with pytest.raises(BlockedError, match=name):
        await make_collector().discover(make_source(server.url()), NONE)
    assert server.paths() == ["/"]


async def test_article_about_captchas_is_no_challenge(server: Server, make_collector: Make) -> None:
    """Marks count only on pages with hardly any text; feeds are never challenges."""
    words = "Сервис servicepipe и капча мешают читателям. " * 60
    server.routes["/a"] = Reply(f"<html><script>window['bobcmn']=1</script><p>{words}</p></html>".encode())
    server.routes["/"] = Reply(feed(entry(1, title="captcha", link=server.url("/a"))))
    collector, source = make_collector(), make_source(server.url())
    found = await collector.discover(source, NONE)
    assert (await collector.fetch(source, found.items[0])).status == 200


async def test_no_cookie_is_kept_or_sent(server: Server, make_collector: Make) -> None:
    """Whoever sets a cookie to tell readers apart gets none back."""
    server.routes["/"] = Reply(FEED.body, headers={"Set-Cookie": "id=1; Path=/"})
    collector = make_collector()
    for _ in range(2):
        await collector.discover(make_source(server.url()), NONE)
    assert all("cookie" not in request.headers for request in server.requests)


async def test_http_client_logs_no_address(
    server: Server, make_collector: Make, caplog: pytest.LogCaptureFixture
) -> None:
    """Even at DEBUG nothing of httpx's request log is written."""
    caplog.set_level(logging.DEBUG)
    server.routes["/?key=secret"] = FEED
    await make_collector().discover(make_source(server.url("/?key=secret")), NONE)
    assert "secret" not in caplog.text
