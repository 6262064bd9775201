"""What a source needs on the way to it: a proxy, an authority of its own, headers, another name."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import pytest

from monitor.collect import HttpCollector
from monitor.errors import FetchError, Trouble
from monitor.pipeline.ports import Validators
from tests.collect.loopback import Reply, Request, Server, entry, feed, make_source

Make = Callable[..., HttpCollector]
NONE = Validators()
FEED = Reply(feed(entry(1)))
TLS = Path(__file__).parent / "tls"


async def resolve_to_loopback(host: str, port: int) -> Sequence[str]:
    """Know every name."""
    return ["127.0.0.1"]


async def resolve_nothing(host: str, port: int) -> Sequence[str]:
    """Know no name, as a machine that reaches the network only by a proxy may."""
    raise OSError("no such name")


class Tunnel:
    """A proxy that connects whoever asks to one server, whatever host was asked for."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.asked: list[str] = []
        self.port = 0
        self._copying: set[asyncio.Task[None]] = set()

    async def start(self) -> asyncio.Server:
        """Listen."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = int(server.sockets[0].getsockname()[1])
        return server

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        self.asked.append(head)
        if "Proxy-Authorization: Basic dXNlcjp3b3Jk" not in head:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            writer.close()
            return
        other_reader, other_writer = await asyncio.open_connection("127.0.0.1", self.target)
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        for one, other in ((reader, other_writer), (other_reader, writer)):
            task = asyncio.create_task(self._copy(one, other))
            self._copying.add(task)
            task.add_done_callback(self._copying.discard)

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()


@pytest.fixture
async def tunnel(tls_server: Server) -> AsyncIterator[Tunnel]:
    """A proxy before the server with TLS."""
    made = Tunnel(tls_server.port)
    listening = await made.start()
    yield made
    listening.close()


async def test_source_is_read_through_its_proxy(server: Server, make_collector: Make) -> None:
    """The proxy gets the whole address; no name is resolved here."""
    server.routes["http://news.example/feed"] = FEED
    source = make_source("http://news.example/feed", proxy=server.url().rstrip("/"))
    found = await make_collector(resolve=resolve_nothing).discover(source, NONE)
    assert len(found.items) == 1
    assert server.paths(robots=True) == ["http://news.example/robots.txt", "http://news.example/feed"]


async def test_source_is_read_over_tls_through_its_proxy(
    tls_server: Server, tunnel: Tunnel, make_collector: Make
) -> None:
    """The proxy connects and sees nothing; its name and password come from configuration."""
    tls_server.routes["/feed"] = FEED
    source = make_source(
        "https://news.example/feed",
        proxy=f"http://user:word@127.0.0.1:{tunnel.port}",
        ca_file=str(TLS / "authority.pem"),
    )
    found = await make_collector(resolve=resolve_nothing).discover(source, NONE)
    assert len(found.items) == 1
    assert all(head.startswith("CONNECT news.example:443 ") for head in tunnel.asked)


async def test_proxy_that_wants_a_password_is_a_matter_of_setup(
    tunnel: Tunnel, server: Server, make_collector: Make
) -> None:
    """Over TLS and without, the error says what to write where, and not what was written."""
    server.routes["http://news.example/feed"] = Reply(status=407)
    for url, proxy in (
        ("https://news.example/feed", f"http://user:wrong@127.0.0.1:{tunnel.port}"),
        ("http://news.example/feed", server.url().rstrip("/")),
    ):
        with pytest.raises(FetchError, match="name and a password") as caught:
            await make_collector().discover(make_source(url, proxy=proxy), NONE)
        assert Trouble.SETUP is caught.value.trouble
        assert "wrong" not in str(caught.value)


async def test_proxy_on_a_private_address_needs_leave(server: Server, make_collector: Make) -> None:
    """The proxy is what we connect to: its address is checked like any other."""
    source = make_source("http://news.example/feed", proxy=server.url().rstrip("/"), allow_private=False)
    with pytest.raises(FetchError, match="do not connect") as caught:
        await make_collector(resolve=resolve_to_loopback).discover(source, NONE)
    assert Trouble.ADDRESS is caught.value.trouble
    assert server.connections == 0


@pytest.mark.parametrize(
    "host",
    ["169.254.169.254", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "0.0.0.0"],  # noqa: S104
)
async def test_proxy_is_no_way_round_the_check_of_written_addresses(
    server: Server, make_collector: Make, host: str
) -> None:
    """What can be told without resolving is refused before the proxy hears of it."""
    source = make_source(f"http://{host}/feed", proxy=server.url().rstrip("/"))
    with pytest.raises(FetchError, match=r"do not connect|in disguise"):
        await make_collector().discover(source, NONE)
    assert server.connections == 0


async def test_authority_of_a_source_is_trusted_for_that_source_only(
    tls_server: Server, make_collector: Make
) -> None:
    """Beside the usual ones; another source's client does not know it."""
    tls_server.routes["/"] = FEED
    collector = make_collector(resolve=resolve_to_loopback)
    url = f"https://news.example:{tls_server.port}/"
    trusted = make_source(url, ca_file=str(TLS / "authority.pem"))
    assert len((await collector.discover(trusted, NONE)).items) == 1
    with pytest.raises(FetchError, match="not trusted") as caught:
        await collector.discover(make_source(url), NONE)
    assert Trouble.TLS is caught.value.trouble


async def test_certificate_must_be_for_the_name(tls_server: Server, make_collector: Make) -> None:
    """A trusted authority does not help the wrong host."""
    source = make_source(f"https://other.example:{tls_server.port}/", ca_file=str(TLS / "authority.pem"))
    with pytest.raises(FetchError, match="not trusted"):
        await make_collector(resolve=resolve_to_loopback).discover(source, NONE)


@pytest.mark.parametrize("content", [None, "no certificate"])
async def test_authority_file_that_cannot_be_read_is_a_matter_of_setup(
    make_collector: Make, tmp_path: Path, content: str | None
) -> None:
    """The error names the source and the file."""
    path = tmp_path / "authority.pem"
    if content:
        path.write_text(content, encoding="ascii")
    with pytest.raises(FetchError, match=r"source paper: ca_file .*authority\.pem") as caught:
        await make_collector().discover(make_source("https://news.example/", ca_file=str(path)), NONE)
    assert Trouble.SETUP is caught.value.trouble


async def test_source_says_its_own_headers_once(server: Server, make_collector: Make) -> None:
    """They replace ours of the same name, however spelt; how bodies are encoded stays with us."""
    server.routes["/"] = FEED
    source = make_source(
        server.url(),
        user_agent="Reader/1",
        headers={"accept-language": "hy", "X-Reader": "yes", "Accept-Encoding": "br"},
    )
    found = await make_collector().discover(source, NONE)
    sent = server.requests[-1].headers
    assert ("hy", "yes", "gzip", "Reader/1") == (
        sent["accept-language"],
        sent["x-reader"],
        sent["accept-encoding"],
        sent["user-agent"],
    )
    assert found.page is not None
    assert 1 == sum(name.lower() == "accept-language" for name in found.page.request)


async def test_secrets_of_a_source_stay_with_its_host(server: Server, make_collector: Make) -> None:
    """A redirect to another host takes ordinary headers along, and no credentials."""
    seen: dict[str, Request] = {}

    def remember(request: Request) -> Reply:
        seen[request.headers["host"]] = request
        moved = request.headers["host"].startswith("news.")
        return Reply(status=302, headers={"Location": server.url("/", "else.example")}) if moved else FEED

    server.routes["/"] = remember
    source = make_source(
        server.url("/", "news.example"), headers={"Authorization": "Bearer x", "Cookie": "id=1", "X-A": "1"}
    )
    await make_collector(resolve=resolve_to_loopback).discover(source, NONE)
    here, there = (seen[f"{name}.example:{server.port}"].headers for name in ("news", "else"))
    assert {"authorization", "cookie", "x-a"} <= set(here)
    assert {"x-a"} == {"authorization", "cookie", "x-a"} & set(there)


async def test_connections_are_not_lent_between_routes(server: Server, make_collector: Make) -> None:
    """A connection that a proxy holds serves only those who go through it."""
    server.routes |= {"/": FEED, server.url(): FEED}
    collector = make_collector()
    await collector.discover(make_source(server.url(), proxy=server.url().rstrip("/")), NONE)
    await collector.discover(make_source(server.url()), NONE)
    assert server.paths(robots=True) == [server.url("/robots.txt"), server.url(), "/robots.txt", "/"]
