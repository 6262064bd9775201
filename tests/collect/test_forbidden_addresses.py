"""No packet ever goes to an address that is not permitted, however it is written or reached."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Sequence

import pytest

from monitor.collect import HttpCollector
from monitor.collect.addresses import is_permitted
from monitor.errors import FetchError
from monitor.pipeline.ports import Validators
from tests.collect.loopback import FakeTime, Reply, Server, entry, feed, make_source

Make = Callable[..., HttpCollector]
NONE = Validators()


class Names:
    """A resolver that gives its answers in turn, the last one for ever, and counts the questions."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Answer the next question."""
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1"),  # noqa: S104
        *("169.254.169.254", "192.0.2.1", "198.18.0.1", "192.88.99.1", "224.0.0.1", "240.0.0.1"),
        *(
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fe80::1%eth0",
            "fc00::1",
            "fd12::1",
            "fec0::1",
            "ff02::1",
        ),
        *("2001:db8::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1"),
        *("64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::1", "2002:808:808::1", "2001:0:7f00:1::1"),
        *("100::1", "not an address", ""),
    ],
)
def test_address_outside_the_public_network_is_not_permitted(address: str) -> None:
    """Loopback, private, link-local, special and address-in-address forms are all refused."""
    assert not is_permitted(address, allow_private=False)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2a00:1450:4010::5", "2606:4700::1111"])
def test_public_address_is_permitted(address: str) -> None:
    """Ordinary addresses of the network are where sources live."""
    assert is_permitted(address, allow_private=False)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "172.31.0.9", "192.168.0.7", "::1", "fd00::2"])
def test_private_address_is_permitted_only_by_configuration(address: str) -> None:
    """allow_private opens loopback and private networks."""
    assert is_permitted(address, allow_private=True)


@pytest.mark.parametrize(
    "address",
    ["169.254.169.254", "0.0.0.0", "::", "fe80::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"],  # noqa: S104
)
def test_allow_private_opens_no_more_than_private_networks(address: str) -> None:
    """Metadata services and disguised forms stay closed to everybody."""
    assert not is_permitted(address, allow_private=True)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.1.",
     "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"],
)  # fmt: skip
async def test_no_packet_reaches_loopback_in_any_spelling(
    server: Server, make_collector: Make, fake_time: FakeTime, host: str
) -> None:
    """A source without allow_private never connects to loopback, and the refusal is not retried."""
    with pytest.raises(FetchError, match=r"do not connect|in disguise|not a URL"):
        await make_collector().discover(make_source(server.url(host=host), allow_private=False), NONE)
    assert server.connections == 0
    assert fake_time.slept == []


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "[::ffff:127.0.0.1]"])
async def test_disguised_host_is_refused_even_where_loopback_is_allowed(
    server: Server, make_collector: Make, host: str
) -> None:
    """A number for a host is no honest address."""
    with pytest.raises(FetchError, match=r"do not connect|in disguise"):
        await make_collector().discover(make_source(server.url(host=host)), NONE)
    assert server.connections == 0


async def test_name_that_leads_to_a_forbidden_address_is_refused(
    server: Server, make_collector: Make
) -> None:
    """What counts is the resolved address, not the name."""
    for address in ("127.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "10.0.0.5"):
        source = make_source(server.url(host="news.example"), allow_private=False)
        with pytest.raises(FetchError, match="do not connect"):
            await make_collector(resolve=Names([address])).discover(source, NONE)
    assert server.connections == 0


async def test_checked_address_is_the_one_connected_to(server: Server, make_collector: Make) -> None:
    """A name is resolved once per connection: an answer that changes afterwards is never asked for."""
    server.routes["/"] = Reply(feed(entry(1)))
    server.routes["/robots.txt"] = Reply(status=404)
    names = Names(["127.0.0.1"], ["127.0.0.1"], ["169.254.169.254"])
    collector = make_collector(resolve=names)
    found = await collector.discover(make_source(server.url(host="news.example")), NONE)
    assert len(found.items) == 1
    # One for robots.txt, one for the page: the third answer was not needed.
    assert names.asked == ["news.example"] * 2
    assert server.requests[-1].headers["host"] == f"news.example:{server.port}"
    with pytest.raises(FetchError, match=r"169\.254\.169\.254"):
        await collector.discover(make_source(server.url(host="news.example")), NONE)


async def test_forbidden_address_among_others_is_passed_over(server: Server, make_collector: Make) -> None:
    """Of several addresses only permitted ones are tried, one after the other."""
    server.routes["/"] = Reply(feed(entry(1)))
    names = Names(["169.254.169.254", "::1", "127.0.0.1"])
    found = await make_collector(resolve=names).discover(make_source(server.url(host="news.example")), NONE)
    assert len(found.items) == 1


@pytest.mark.parametrize(
    "location", ["http://169.254.169.254/latest/meta-data/", "http://[::ffff:127.0.0.1]:{port}/inner",
                 "http://2130706433:{port}/inner", "http://inner.example:{port}/inner"],
)  # fmt: skip
async def test_redirect_to_a_forbidden_address_is_refused(
    server: Server, make_collector: Make, location: str
) -> None:
    """Every hop is checked like the first."""
    server.routes["/"] = Reply(status=302, headers={"Location": location.format(port=server.port)})

    async def resolve(host: str, port: int) -> Sequence[str]:
        return ["169.254.10.10"] if host == "inner.example" else ["127.0.0.1"]

    with pytest.raises(FetchError, match=r"do not connect|in disguise"):
        await make_collector(resolve=resolve).discover(make_source(server.url()), NONE)
    assert server.paths() == ["/"]


async def test_connection_of_a_private_source_is_not_lent_to_others(
    server: Server, make_collector: Make
) -> None:
    """An open connection to loopback serves only sources that may go there."""

    async def stay_open(writer: asyncio.StreamWriter) -> None:
        body = feed(entry(1))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        await writer.drain()
        await asyncio.sleep(0.3)

    server.routes["/"] = stay_open
    collector = make_collector()
    await collector.discover(make_source(server.url()), NONE)
    before = server.connections
    with pytest.raises(FetchError, match="do not connect"):
        await collector.discover(make_source(server.url(), allow_private=False), NONE)
    assert server.connections == before


async def test_tls_names_the_host_though_the_address_is_connected_to(make_collector: Make) -> None:
    """The first bytes of TLS carry the name, and a failed handshake is an ordinary error."""
    hello = bytearray()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hello.extend(await reader.read(2_000))
        writer.close()

    listener = await asyncio.start_server(listen, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    with pytest.raises(FetchError, match="the network failed"):
        await make_collector(resolve=Names(["127.0.0.1"]), retries=0).discover(
            make_source(f"https://news.example:{port}/"), NONE
        )
    listener.close()
    assert b"news.example" in hello
    assert hello[0] == 22, ssl.OPENSSL_VERSION


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://paper.example/", "http:///x", "http://user:word@127.0.0.1/", "gopher://x/",
            "http://127.0.0.1:99999/", "http://127.0.0.1/" + "a" * 3_000],
)  # fmt: skip
async def test_only_ordinary_http_addresses_are_read(make_collector: Make, url: str) -> None:
    """Other schemes, missing hosts, credentials and monstrous addresses are refused."""
    with pytest.raises(FetchError):
        await make_collector().discover(make_source(url), NONE)


async def test_name_that_does_not_resolve_is_an_ordinary_error(
    make_collector: Make, fake_time: FakeTime
) -> None:
    """It says so, after the usual tries."""

    async def resolve(host: str, port: int) -> Sequence[str]:
        raise OSError("no such name")

    with pytest.raises(FetchError, match=r"gone\.example does not resolve"):
        await make_collector(resolve=resolve).discover(make_source("http://gone.example/"), NONE)
    assert fake_time.slept == [1.0, 2.0]
