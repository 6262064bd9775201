"""One request and its bounded answer, with every error turned into ours."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from monitor.collect.addresses import AddressRefusedError, Resolver
from monitor.collect.bodies import BodyError, read_body
from monitor.collect.clients import Clients
from monitor.collect.network_errors import NetworkError, RefusedAddressError, translate_error
from monitor.collect.pacing import Pacing
from monitor.domain.source import Source

# At INFO httpx writes every URL, and the URLs of other clients in this process hold secrets.
logging.getLogger("httpx").setLevel(logging.WARNING)
logging.getLogger("httpcore").setLevel(logging.WARNING)

__all__ = ["Answer", "Exchange", "NetworkError", "RefusedAddressError", "parse_http_url"]

_LONGEST_URL = 2_000
_ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml, */*;q=0.5"
)


_SECRET_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered to one request; `seconds` is how long it took."""

    url: str
    status: int
    headers: Mapping[str, str] = field(hash=False)
    body: bytes
    seconds: float
    request: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What was sent, the method as `:method`."""


class Exchange:
    """Sends single requests, each by the way that its source is configured to take."""

    def __init__(self, user_agent: str, pacing: Pacing, resolve: Resolver, connections: int) -> None:
        self._user_agent = user_agent
        self._pacing = pacing
        self._clients = Clients(resolve, connections)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._clients.aclose()

    async def read_body(self, response: httpx.Response, limit: int, *, truncate: bool) -> bytes:
        """Read one answer's body within its limit; raises BodyError."""
        return await read_body(response, limit, truncate=truncate)

    async def send(
        self,
        url: str,
        source: Source,
        *,
        seconds: float,
        limit: int,
        headers: Mapping[str, str] | None = None,
        truncate: bool = False,
        body: str = "",
    ) -> Answer:
        """Send one request when its host's turn has come, and read the whole answer within `seconds`.

        It is a GET, or a POST where there is a `body` to send.
        """
        parsed = parse_http_url(url)
        request_headers = _join_headers(
            {
                "User-Agent": source.user_agent or self._user_agent,
                "Accept": _ACCEPT,
                "Accept-Language": ",".join(source.languages),
            },
            _own_headers(source, parsed),
            headers or {},
            {"Accept-Encoding": "gzip"},
        )
        method, content = ("POST", body.encode()) if body else ("GET", None)
        if body and not any(name.lower() == "content-type" for name in request_headers):
            request_headers["Content-Type"] = _content_type(body)
        client = self._clients.get(source)
        async with self._pacing.turn(parsed, source.spacing.total_seconds()):
            started = time.monotonic()
            try:
                async with (
                    asyncio.timeout(seconds),
                    client.stream(method, parsed, headers=request_headers, content=content) as response,
                ):
                    received = await self.read_body(response, limit, truncate=truncate)
            except (AddressRefusedError, BodyError, httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                raise translate_error(url, error) from error
            return Answer(
                url=url,
                status=response.status_code,
                headers={name.lower(): value for name, value in response.headers.items()},
                body=received,
                seconds=time.monotonic() - started,
                request={":method": method, "host": parsed.netloc.decode(), **request_headers},
            )


def _own_headers(source: Source, url: httpx.URL) -> Mapping[str, str]:
    """Return the source's own headers, those that are secrets only for its own host."""
    if url.host == httpx.URL(source.url).host:
        return source.headers
    return {name: value for name, value in source.headers.items() if name.lower() not in _SECRET_HEADERS}


def _join_headers(*parts: Mapping[str, str]) -> dict[str, str]:
    """Return all headers; of one that stands twice, however it is spelt, the last."""
    joined = {name.lower(): (name, value) for part in parts for name, value in part.items()}
    return dict(joined.values())


def _content_type(body: str) -> str:
    """Name what a POST's body is: JSON, or a form's fields."""
    return "application/json" if body.lstrip()[:1] in ("{", "[") else "application/x-www-form-urlencoded"


def parse_http_url(url: str) -> httpx.URL:
    """Return the URL parsed; raises RefusedAddressError unless it is an ordinary http(s) one."""
    try:
        parsed = httpx.URL(url[: _LONGEST_URL + 1])
        usual = len(url) <= _LONGEST_URL and (parsed.port is None or 0 < parsed.port < 65_536)
    except (httpx.InvalidURL, ValueError) as error:
        raise RefusedAddressError(url[:200], f"not a URL: {error}") from error
    if parsed.scheme not in ("http", "https") or not parsed.host or not usual:
        raise RefusedAddressError(url[:200], "only http and https addresses of usual length are read")
    if parsed.userinfo:
        raise RefusedAddressError(url[:200], "the address carries a user name")
    return parsed
