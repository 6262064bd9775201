"""The HTTP client's way to the network: it connects to the very address that was checked."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpcore
import httpx

from monitor.collect.addresses import Resolver, check_written_host, permitted_addresses

_CONNECT_SECONDS = 10.0
_KEEP_ALIVE_SECONDS = 15.0
_SocketOption = Any


class UnresolvedNameError(httpcore.ConnectError):
    """A host's name has no address."""


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Connects to a permitted address of a host, chosen at the moment of connecting.

    The name is resolved once, here, and the connection goes to what was resolved: there is no
    second look-up that could answer otherwise. TLS still names the host, which is checked above.
    """

    def __init__(self, resolve: Resolver, *, allow_private: bool) -> None:
        self._resolve = resolve
        self._allow_private = allow_private
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[_SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first permitted address that answers."""
        try:
            addresses = await permitted_addresses(
                host, port, self._resolve, allow_private=self._allow_private
            )
        except (OSError, UnicodeError) as error:
            raise UnresolvedNameError(f"the name {host} does not resolve: {error}") from error
        for address in addresses[:-1]:
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._network.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)


class CheckedTransport(httpx.AsyncBaseTransport):
    """httpx over an httpcore pool of HTTP/1.1 connections made by CheckedBackend."""

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self._pool = pool

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request; httpcore's errors become httpx's."""
        url = request.url
        with _translated():
            response = await self._pool.handle_async_request(
                httpcore.Request(
                    request.method,
                    httpcore.URL(
                        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                    ),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()


class ProxiedTransport(CheckedTransport):
    """The same through a proxy, whose own address is checked in place of the target's.

    The proxy resolves the target's name where we cannot see it: what is left to check is how the
    host is written.
    """

    def __init__(self, pool: httpcore.AsyncConnectionPool, *, allow_private: bool) -> None:
        super().__init__(pool)
        self._allow_private = allow_private

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request, unless its host is written as an address that is not permitted."""
        check_written_host(request.url.host, allow_private=self._allow_private)
        return await super().handle_async_request(request)


class _Body(httpx.AsyncByteStream):
    """A response's raw bytes."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _translated():
            async for chunk in self._response.aiter_stream():
                yield chunk

    async def aclose(self) -> None:
        with _translated():
            await self._response.aclose()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.TimeoutException(str(error) or "timed out") from error
    except httpcore.UnsupportedProtocol as error:
        raise httpx.UnsupportedProtocol(str(error)) from error
    except httpcore.ProtocolError as error:
        raise httpx.RemoteProtocolError(str(error)) from error
    except httpcore.ProxyError as error:
        raise httpx.ProxyError(str(error) or "the proxy refused") from error
    except httpcore.NetworkError as error:
        raise httpx.NetworkError(str(error) or "the connection failed") from error


def open_client(
    resolve: Resolver,
    tls: ssl.SSLContext,
    *,
    allow_private: bool,
    connections: int,
    proxy: httpx.Proxy | None = None,
) -> httpx.AsyncClient:
    """Return a client that keeps no cookies, follows no redirect by itself and reads no environment."""
    limits: dict[str, Any] = {
        "ssl_context": tls,
        "max_connections": connections,
        "max_keepalive_connections": connections,
        "keepalive_expiry": _KEEP_ALIVE_SECONDS,
        "http1": True,
        "http2": False,
        "network_backend": CheckedBackend(resolve, allow_private=allow_private),
    }
    transport = CheckedTransport(httpcore.AsyncConnectionPool(**limits))
    if proxy is not None:
        through = httpcore.AsyncHTTPProxy(
            proxy_url=httpcore.URL(
                scheme=proxy.url.raw_scheme, host=proxy.url.raw_host, port=proxy.url.port, target=b"/"
            ),
            proxy_auth=proxy.raw_auth,
            proxy_ssl_context=tls if proxy.url.scheme == "https" else None,
            **limits,
        )
        transport = ProxiedTransport(through, allow_private=allow_private)
    return httpx.AsyncClient(
        transport=transport,
        follow_redirects=False,
        trust_env=False,
        cookies=_forgetful_jar(),
        timeout=httpx.Timeout(30.0, connect=_CONNECT_SECONDS, pool=None),
    )


def _forgetful_jar() -> CookieJar:
    return CookieJar(DefaultCookiePolicy(allowed_domains=[]))
