"""Every way in which a visit fails is named by its kind of trouble."""

from __future__ import annotations

import ast
import asyncio
import ssl
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from monitor.collect import HttpCollector
from monitor.errors import BlockedError, FetchError, Trouble
from monitor.pipeline.ports import Validators
from tests.collect.loopback import Reply, Server, Stream, entry, feed, make_source

Make = Callable[..., HttpCollector]
NONE = Validators()
ROOT = Path(__file__).parents[2]
TLS = Path(__file__).parent / "tls"
"""A certificate for news.example and an authority made for it; no key of the authority was kept."""
CHALLENGE = b"<html><script>window['bobcmn'] = '1011';</script></html>"


async def visit(collector: HttpCollector, url: str, **changes: object) -> FetchError:
    """Return the error that a visit ends in."""
    with pytest.raises(FetchError) as caught:
        await collector.discover(make_source(url, **changes), NONE)
    return caught.value


def writes(raw: bytes) -> Stream:
    """Return an answer of these very bytes."""

    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(raw)

    return write


@pytest.mark.parametrize(
    ("reply", "trouble"),
    [
        (Reply(status=404), Trouble.NOT_FOUND),
        (Reply(status=410), Trouble.NOT_FOUND),
        (Reply(status=418), Trouble.HTTP),
        (Reply(status=500), Trouble.SERVER),
        (Reply(status=503), Trouble.SERVER),
        (Reply(status=503, headers={"Retry-After": "3600"}), Trouble.THROTTLED),
        (Reply(status=429), Trouble.THROTTLED),
        (Reply(status=401), Trouble.FORBIDDEN),
        (Reply(status=403), Trouble.FORBIDDEN),
        (Reply(CHALLENGE), Trouble.ANTI_BOT),
        (Reply(CHALLENGE, status=503), Trouble.ANTI_BOT),
        (Reply(b"x" * 20_000), Trouble.TOO_LARGE),
        (Reply(headers={"Content-Length": "90000"}, length=False), Trouble.TOO_LARGE),
        (Reply(b"", headers={"Content-Encoding": "br"}), Trouble.ENCODING),
        (Reply(b"", headers={"Content-Encoding": "gzip, gzip"}), Trouble.ENCODING),
        (Reply(b"no", headers={"Content-Encoding": "gzip"}), Trouble.ENCODING),
        (Reply(status=302, headers={"Location": "/"}), Trouble.REDIRECTS),
        (Reply(status=302, headers={"Location": "http://[::1"}), Trouble.REDIRECTS),
        (Reply(status=302, headers={"Location": "file:///etc/passwd"}), Trouble.ADDRESS),
        (Reply(status=302, headers={"Location": "http://169.254.169.254/"}), Trouble.ADDRESS),
        (writes(b"SSH-2.0-OpenSSH\r\n\r\n"), Trouble.HTTP),
        (writes(b""), Trouble.HTTP),
        (writes(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nx"), Trouble.HTTP),
        (Reply(b"<html>A page</html>"), Trouble.MALFORMED),
        (Reply(b"<!DOCTYPE x [<!ENTITY a 'b'>]><rss/>"), Trouble.MALFORMED),
        (Reply(b"<rss><channel><title>t"), Trouble.MALFORMED),
    ],
)
async def test_answer_names_its_trouble(
    server: Server, make_collector: Make, reply: Reply | Stream, trouble: Trouble
) -> None:
    """Statuses, bodies, redirects and what is no HTTP at all."""
    server.routes["/"] = reply
    error = await visit(make_collector(retries=0, max_bytes=10_000), server.url())
    assert trouble is error.trouble
    blocked = trouble in (Trouble.FORBIDDEN, Trouble.ANTI_BOT)
    assert blocked is isinstance(error, BlockedError)


async def test_forbidden_by_robots_is_named_so(server: Server, make_collector: Make) -> None:
    """A block like any other, but one that we found out ourselves."""
    server.routes["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /")
    assert Trouble.ROBOTS is (await visit(make_collector(), server.url("/x"))).trouble


@pytest.mark.parametrize(
    ("reply", "trouble", "kind"),
    [
        (Reply(status=500), Trouble.SERVER, BlockedError),
        (Reply(status=429, headers={"Retry-After": "900"}), Trouble.THROTTLED, BlockedError),
        (Reply(CHALLENGE, status=503), Trouble.ANTI_BOT, BlockedError),
        (Reply(b"", headers={"Content-Encoding": "br"}), Trouble.ENCODING, FetchError),
    ],
)
async def test_trouble_with_robots_passes_for_the_visits(
    server: Server, make_collector: Make, reply: Reply, trouble: Trouble, kind: type[FetchError]
) -> None:
    """What kept us from reading the rules is what keeps us from reading."""
    server.routes |= {"/robots.txt": reply, "/": Reply(feed(entry(1)))}
    error = await visit(make_collector(retries=0), server.url())
    assert (trouble, kind) == (error.trouble, type(error))
    assert server.paths() == []


async def test_host_that_asked_for_rest_is_throttled_until_then(server: Server, make_collector: Make) -> None:
    """The second visit is refused by ourselves, for the same reason."""
    server.routes["/"] = Reply(status=429, headers={"Retry-After": "3600"})
    collector = make_collector()
    errors = [await visit(collector, server.url()) for _ in range(2)]
    assert [Trouble.THROTTLED] * 2 == [error.trouble for error in errors]
    assert len(server.paths()) == 1


async def test_silent_server_is_a_matter_of_time(server: Server, make_collector: Make) -> None:
    """Nothing comes within the total deadline."""

    async def say_nothing(_: asyncio.StreamWriter) -> None:
        await asyncio.sleep(1)

    server.routes["/"] = say_nothing
    assert Trouble.TIMEOUT is (await visit(make_collector(timeout_seconds=0.2), server.url())).trouble


async def test_nobody_listening_is_a_matter_of_the_network(server: Server, make_collector: Make) -> None:
    """The connection is refused."""
    url = server.url()
    await server.stop()
    assert Trouble.NETWORK is (await visit(make_collector(retries=0), url)).trouble


async def test_name_without_address_is_named_so(make_collector: Make) -> None:
    """The resolver fails, as for a domain that lapsed."""

    async def resolve(host: str, port: int) -> Sequence[str]:
        raise OSError("no such name")

    error = await visit(make_collector(resolve=resolve, retries=0), "http://gone.example/")
    assert Trouble.NAME is error.trouble


async def test_certificate_that_is_not_trusted_is_named_and_not_tried_again(
    make_collector: Make, tls_server: Server
) -> None:
    """A server whose authority nobody knows; asking again would not change it."""
    error = await visit(make_collector(retries=2), tls_server.url().replace("http:", "https:"))
    assert Trouble.TLS is error.trouble
    assert "ca_file" in error.reason
    assert tls_server.connections <= 1


async def test_server_without_tls_is_a_matter_of_tls(server: Server, make_collector: Make) -> None:
    """Plain HTTP where TLS was to be."""
    error = await visit(make_collector(retries=0), server.url().replace("http:", "https:"))
    assert Trouble.TLS is error.trouble


async def test_dead_selector_is_a_matter_of_layout(server: Server, make_collector: Make) -> None:
    """A listing in which nothing is found."""
    server.routes["/"] = Reply(b"<html><body><p>Nothing here</p></body></html>")
    from monitor.domain.source import ListingSelectors

    listing = {"kind": "listing", "listing": ListingSelectors(item="ul.news li")}
    assert Trouble.LAYOUT is (await visit(make_collector(), server.url(), **listing)).trouble


async def test_unknown_kind_is_a_matter_of_setup(server: Server, make_collector: Make) -> None:
    """Nothing is asked of the server."""
    assert Trouble.SETUP is (await visit(make_collector(), server.url(), kind="telex")).trouble
    assert server.connections == 0


def calls_of(path: Path) -> list[ast.Call]:
    """Return the calls in a file."""
    return [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    ]


@pytest.mark.parametrize("part", ["collect", "extract"])
def test_no_error_is_raised_without_its_kind(part: str) -> None:
    """Whoever adds an error says what kind of trouble it is; the source itself is read."""
    bare = [
        f"{path.name}:{call.lineno}"
        for path in sorted((ROOT / "monitor" / part).glob("*.py"))
        for call in calls_of(path)
        if isinstance(call.func, ast.Name)
        and call.func.id in ("FetchError", "BlockedError", "ExtractionError")
        if "trouble" not in {keyword.arg for keyword in call.keywords}
    ]
    assert [] == bare


def test_certificate_of_these_tests_holds() -> None:
    """It must be the missing trust that makes the test above fail, not the certificate."""
    context = ssl.create_default_context(cafile=TLS / "authority.pem")
    assert context.cert_store_stats()["x509_ca"] == 1
