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
from monitor.collect.pacing import Pacing
from monitor.collect.transport import open_client
from monitor.domain.source import Source
from monitor.errors import FetchError

# At INFO httpx writes every URL, and the URLs of other clients in this process hold secrets.
logging.getLogger("httpx").setLevel(logging.WARNING)
logging.getLogger("httpcore").setLevel(logging.WARNING)

_LONGEST_URL = 2_000
_ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml, */*;q=0.5"
)


class NetworkError(FetchError):
    """The host could not be reached or broke off: worth another try soon."""


class RefusedAddressError(FetchError):
    """The URL leads to where we do not connect, or is none that we follow."""


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
    """Sends single requests; addresses of one's own network only for sources that may."""

    def __init__(self, user_agent: str, pacing: Pacing, resolve: Resolver, connections: int) -> None:
        self._user_agent = user_agent
        self._pacing = pacing
        tls = httpx.create_ssl_context(trust_env=False)
        # Two pools, so that a connection opened for a source that may read private addresses is
        # never lent to one that may not.
        self._clients = {
            allow: open_client(resolve, tls, allow_private=allow, connections=connections)
            for allow in (False, True)
        }

    async def aclose(self) -> None:
        """Close every connection."""
        for client in self._clients.values():
            await client.aclose()

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
        request_headers = {
            "User-Agent": source.user_agent or self._user_agent,
            "Accept": _ACCEPT,
            "Accept-Language": ",".join(source.languages),
            "Accept-Encoding": "gzip",
            **source.headers,
            **(headers or {}),
        }
        method, content = ("POST", body.encode()) if body else ("GET", None)
        if body and not any(name.lower() == "content-type" for name in request_headers):
            request_headers["Content-Type"] = _content_type(body)
        client = self._clients[source.allow_private]
        async with self._pacing.turn(parsed, source.spacing.total_seconds()):
            started = time.monotonic()
            try:
                async with (
                    asyncio.timeout(seconds),
                    client.stream(method, parsed, headers=request_headers, content=content) as response,
                ):
                    received = await read_body(response, limit, truncate=truncate)
            except TimeoutError as error:
                raise FetchError(url, "the answer was not complete in time") from error
            except AddressRefusedError as error:
                raise RefusedAddressError(url, str(error)) from error
            except BodyError as error:
                raise FetchError(url, str(error)) from error
            except (httpx.InvalidURL, httpx.RemoteProtocolError) as error:
                if isinstance(error, httpx.RemoteProtocolError) and "location header" not in str(error):
                    raise NetworkError(url, f"the server breaks HTTP: {error}") from error
                # httpx reads a redirect's address even where it does not follow it.
                raise RefusedAddressError(url, f"the redirect leads to no address: {error}") from error
            except (httpx.HTTPError, OSError) as error:
                raise NetworkError(url, f"the network failed: {error or type(error).__name__}") from error
            return Answer(
                url=url,
                status=response.status_code,
                headers={name.lower(): value for name, value in response.headers.items()},
                body=received,
                seconds=time.monotonic() - started,
                request={":method": method, "host": parsed.netloc.decode(), **request_headers},
            )


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
