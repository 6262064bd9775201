"""Scenarios of hostile servers, each with the absence of its guard."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

import httpx

from monitor.collect import fetcher, transport
from monitor.collect.addresses import Resolver, permitted_addresses
from monitor.errors import FetchError, Trouble
from tests.collect.loopback import Reply, Request, entry, feed
from tests.fault.world import Case, World, harm_if

FEED = Reply(feed(entry(1)))


async def slow_body(world: World) -> None:
    """A byte now and then for three seconds keeps every read timeout content."""

    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(150):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    world.server.routes["/"] = drip
    started = time.monotonic()
    await world.visit(world.collector(timeout_seconds=0.3, retries=0), world.server.url())
    harm_if(time.monotonic() - started > 2, "the deadline passed")


async def declared_length(world: World) -> None:
    """10 GB are announced and nothing comes."""

    async def announce(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(2)

    world.server.routes["/"] = announce
    error = await world.visit(world.collector(timeout_seconds=0.5, retries=0), world.server.url())
    assert isinstance(error, FetchError)
    harm_if(error.trouble is Trouble.TIMEOUT, "it waited for what it would refuse")
    assert error.trouble is Trouble.TOO_LARGE


async def thirty_redirects(world: World) -> None:
    """A chain of thirty hops leads to a feed at last."""
    for hop in range(30):
        world.server.routes[f"/{hop}"] = Reply(status=302, headers={"Location": f"/{hop + 1}"})
    world.server.routes["/30"] = FEED
    await world.visit(world.collector(), world.server.url("/0"))
    harm_if(len(world.server.paths()) > 6, "all hops were followed")


async def redirect_to_a_file(world: World) -> None:
    """A redirect leads to a file of this machine."""
    world.server.routes["/"] = Reply(status=302, headers={"Location": "file:///etc/hostname"})
    error = await world.visit(world.collector(retries=0), world.server.url())
    harm_if(getattr(error, "trouble", None) is not Trouble.ADDRESS, "the client was asked to open it")


async def name_of_a_forbidden_address(world: World) -> None:
    """An ordinary name resolves to this machine."""
    for host in ("news.example", "2130706433", "0x7f.1"):
        await world.visit(world.collector(), world.forbidden.url("/", host), allow_private=False)
    harm_if(world.forbidden.connections, "a packet reached the forbidden address")


async def redirect_to_a_forbidden_address(world: World) -> None:
    """The first hop is what it should be, the second leads to a metadata service."""
    world.server.routes["/"] = Reply(
        status=302, headers={"Location": world.forbidden.url("/", "inner.example")}
    )

    async def resolve(host: str, port: int) -> Sequence[str]:
        return ["0.0.0.0"] if host == "inner.example" else ["127.0.0.1"]  # noqa: S104 - a forbidden one

    await world.visit(world.collector(resolve, retries=0), world.server.url())
    assert world.server.paths() == ["/"]
    harm_if(world.forbidden.connections, "a packet reached the forbidden address")


async def name_that_changes_after_the_check(world: World) -> None:
    """The resolver answers with another address, where somebody listens, as soon as the first is checked."""
    reached: list[object] = []

    async def note(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reached.append(writer.get_extra_info("sockname"))
        writer.close()

    answers = ["127.0.0.1"] * 4  # robots.txt and the page, asked twice each if need be

    async def resolve(host: str, port: int) -> Sequence[str]:
        return [answers.pop(0) if answers else "127.0.0.2"]

    world.server.routes["/"] = FEED
    collector, url = world.collector(resolve, retries=0), world.server.url("/", "news.example")
    await world.visit(collector, url)
    answers[:] = ["127.0.0.1"]
    other = await asyncio.start_server(note, "127.0.0.2", world.server.port)
    await world.visit(collector, url)
    other.close()
    harm_if(reached, "an address was connected to that was not the one checked")


async def forbidden_address_through_a_proxy(world: World) -> None:
    """The proxy would fetch a metadata service for us."""
    source = {"proxy": world.server.url().rstrip("/"), "allow_private": True}
    await world.visit(world.collector(), "http://169.254.169.254/latest", **source)
    harm_if(world.server.requests, "the proxy was asked for the forbidden address")


async def redirect_that_fishes_for_secrets(world: World) -> None:
    """A source's host sends us elsewhere, and would have our credentials go along."""
    seen: list[Request] = []

    def answer(request: Request) -> Reply:
        seen.append(request)
        here = request.headers["host"].startswith("news.")
        moved = Reply(status=302, headers={"Location": world.server.url("/", "else.example")})
        return moved if here else FEED

    world.server.routes["/"] = answer
    headers = {"Authorization": "Bearer x"}
    await world.visit(world.collector(), world.server.url("/", "news.example"), headers=headers)
    harm_if("authorization" in seen[-1].headers, "another host got the credentials")


def _no_deadline(world: World) -> None:
    world.settings["timeout_seconds"] = 30.0


def _no_declared_length(world: World) -> None:
    world.patch.setattr("monitor.collect.bodies._check_declared_length", lambda *_: None)


def _no_end_of_redirects(world: World) -> None:
    world.patch.setattr(fetcher, "MAX_REDIRECTS", 10**6)


def _any_scheme(world: World) -> None:
    for module in ("exchange", "fetcher", "robots"):
        world.patch.setattr(f"monitor.collect.{module}.parse_http_url", httpx.URL)


def _no_address_check(world: World) -> None:
    async def unchecked(host: str, port: int, resolve: Resolver, *, allow_private: bool) -> list[str]:
        return list(await resolve(host, port))

    world.patch.setattr(transport, "permitted_addresses", unchecked)


def _check_then_resolve_again(world: World) -> None:
    async def check_then_ask(host: str, port: int, resolve: Resolver, *, allow_private: bool) -> list[str]:
        await permitted_addresses(host, port, resolve, allow_private=allow_private)
        return list(await resolve(host, port))

    world.patch.setattr(transport, "permitted_addresses", check_then_ask)


def _no_check_of_written_hosts(world: World) -> None:
    world.patch.setattr(transport, "check_written_host", lambda *_, **__: None)


def _no_secret_headers(world: World) -> None:
    world.patch.setattr("monitor.collect.exchange._SECRET_HEADERS", frozenset())


CASES = (
    Case(slow_body, _no_deadline, "the deadline passed"),
    Case(declared_length, _no_declared_length, "waited for what it would refuse"),
    Case(thirty_redirects, _no_end_of_redirects, "all hops were followed"),
    Case(redirect_to_a_file, _any_scheme, "the client was asked to open it"),
    Case(name_of_a_forbidden_address, _no_address_check, "a packet reached"),
    Case(redirect_to_a_forbidden_address, _no_address_check, "a packet reached"),
    Case(name_that_changes_after_the_check, _check_then_resolve_again, "not the one checked"),
    Case(forbidden_address_through_a_proxy, _no_check_of_written_hosts, "the proxy was asked"),
    Case(redirect_that_fishes_for_secrets, _no_secret_headers, "another host got the credentials"),
)
