"""The HTTP clients: one for each way to the network that sources are configured to take."""

from __future__ import annotations

import ssl
from typing import NamedTuple

import httpx

from monitor.collect.addresses import Resolver
from monitor.collect.transport import open_client
from monitor.domain.source import Source
from monitor.errors import FetchError, Trouble


class Route(NamedTuple):
    """The way that a source's requests take; connections of one are never lent to another."""

    allow_private: bool
    proxy: str | None
    ca_file: str | None


def route_of(source: Source) -> Route:
    """Return the way that a source is configured to take."""
    return Route(source.allow_private, source.proxy, source.ca_file)


class Clients:
    """Opens a client when a route is first taken and keeps it until closed."""

    def __init__(self, resolve: Resolver, connections: int) -> None:
        self._resolve = resolve
        self._connections = connections
        self._opened: dict[Route, httpx.AsyncClient] = {}
        self._usual = httpx.create_ssl_context(trust_env=False)

    def get(self, source: Source) -> httpx.AsyncClient:
        """Return the client for a source; raises FetchError where its proxy or ca_file is of no use."""
        route = route_of(source)
        client = self._opened.get(route)
        if client is None:
            client = self._opened[route] = open_client(
                self._resolve,
                self._trust(source),
                allow_private=route.allow_private,
                connections=self._connections,
                proxy=_read_proxy(source),
            )
        return client

    def _trust(self, source: Source) -> ssl.SSLContext:
        if source.ca_file is None:
            return self._usual
        context = httpx.create_ssl_context(trust_env=False)
        try:
            context.load_verify_locations(cafile=source.ca_file)
        except (OSError, ssl.SSLError) as error:
            reason = (
                f"source {source.id}: ca_file {source.ca_file!r} cannot be read as PEM certificates: {error}"
            )
            raise FetchError(source.url, reason, trouble=Trouble.SETUP) from error
        return context

    async def aclose(self) -> None:
        """Close every connection."""
        while self._opened:
            _, client = self._opened.popitem()
            await client.aclose()


def _read_proxy(source: Source) -> httpx.Proxy | None:
    if source.proxy is None:
        return None
    try:
        proxy = httpx.Proxy(source.proxy)
    except (httpx.InvalidURL, ValueError) as error:
        # Not the address itself: it may hold a password.
        raise FetchError(
            source.url, f"source {source.id}: its proxy is no address", trouble=Trouble.SETUP
        ) from error
    if proxy.url.scheme not in ("http", "https") or not proxy.url.host:
        reason = f"source {source.id}: its proxy is neither http://HOST:PORT nor https://HOST:PORT"
        raise FetchError(source.url, reason, trouble=Trouble.SETUP)
    return proxy
