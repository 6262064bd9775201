"""A small HTTP/1.1 server for loopback: GET and HEAD, keep-alive, conditional requests, gzip."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import hashlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote, urlsplit

import structlog

log = structlog.get_logger(__name__)
LOOPBACK = "127.0.0.1"
MAX_HEAD = 16_384
IDLE_SECONDS = 30.0
LEAST_TO_COMPRESS = 512


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked for; `path` is percent-decoded, header names are in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Response:
    """What the server answers; one with `last_modified` can be asked for conditionally."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: HTTPStatus = HTTPStatus.OK
    last_modified: datetime | None = None

    @property
    def etag(self) -> str:
        """A strong validator: changes whenever a byte of the body does."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:24]}"'


Handler = Callable[[Request], Response]


def plain(status: HTTPStatus, text: str) -> Response:
    """Return a short answer in plain text."""
    return Response(f"{text}\n".encode(), "text/plain; charset=utf-8", status)


@contextlib.asynccontextmanager
async def listen(handler: Handler, port: int = 0) -> AsyncIterator[int]:
    """Answer requests on loopback until the block ends; gives the port, a free one if 0 was asked for."""
    connections: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(_converse(handler, reader, writer))
        connections.add(task)
        task.add_done_callback(connections.discard)

    server = await asyncio.start_server(accept, LOOPBACK, port, limit=MAX_HEAD)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in list(connections):
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)
        await server.wait_closed()


async def _converse(handler: Handler, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one connection's requests in turn until either side has had enough."""
    try:
        while await _exchange(handler, reader, writer):
            pass
    except (ConnectionError, TimeoutError, asyncio.IncompleteReadError):
        pass  # the client went away, which is its right
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


async def _exchange(handler: Handler, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    """Answer one request; returns whether the connection goes on."""
    try:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), IDLE_SECONDS)
        request = parse_head(head)
    except (asyncio.LimitOverrunError, ValueError):
        refusal = plain(HTTPStatus.BAD_REQUEST, "not a request that this server understands")
        writer.write(render(None, refusal, keep=False))
        await writer.drain()
        return False
    if request.method in ("GET", "HEAD"):
        response = _answer(handler, request)
    else:
        response = plain(HTTPStatus.METHOD_NOT_ALLOWED, "only GET and HEAD are answered")
    # A body that we did not read would be taken for the next request, so such a connection ends.
    carries_body = "content-length" in request.headers or "transfer-encoding" in request.headers
    keep = request.headers.get("connection", "").lower() != "close" and not carries_body
    writer.write(render(request, response, keep=keep))
    await writer.drain()
    return keep


def _answer(handler: Handler, request: Request) -> Response:
    try:
        return handler(request)
    except Exception:  # the per-request boundary: one page that breaks never stops the server
        log.exception("a page broke", path=request.path)
        return plain(HTTPStatus.INTERNAL_SERVER_ERROR, "this page broke; the log says why")


def parse_head(head: bytes) -> Request:
    """Return the request of a head with its final empty line; raises ValueError."""
    lines = head.decode("latin-1").split("\r\n")
    method, target, protocol = lines[0].split(" ")
    if not protocol.startswith("HTTP/1."):
        raise ValueError(f"unknown protocol {protocol!r}")
    headers = {}
    for line in lines[1:]:
        if line:
            name, colon, value = line.partition(":")
            if not colon:
                raise ValueError(f"not a header: {line!r}")
            headers[name.strip().lower()] = value.strip()
    parts = urlsplit(target)
    return Request(method, unquote(parts.path), dict(parse_qsl(parts.query)), headers)


def render(request: Request | None, response: Response, *, keep: bool) -> bytes:
    """Return the bytes of an answer: 304 where the client has it already, gzip where it takes it."""
    headers = {
        "Date": format_datetime(datetime.now(UTC), usegmt=True),
        "Server": "newsroom",
        "Connection": "keep-alive" if keep else "close",
    }
    status, body = response.status, response.body
    if response.last_modified is not None:
        headers["ETag"] = response.etag
        headers["Last-Modified"] = format_datetime(response.last_modified, usegmt=True)
    if request is not None and _is_known(request, response):
        return _head(HTTPStatus.NOT_MODIFIED, headers)
    headers["Content-Type"] = response.content_type
    headers["Vary"] = "Accept-Encoding"
    if request and len(body) >= LEAST_TO_COMPRESS and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, compresslevel=5, mtime=0)
        headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(body))
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = "GET, HEAD"
    return _head(status, headers) + (b"" if request and request.method == "HEAD" else body)


def _head(status: HTTPStatus, headers: Mapping[str, str]) -> bytes:
    lines = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def _is_known(request: Request, response: Response) -> bool:
    """Whether the client's validators match; by RFC 9110 the ETag decides where both are given."""
    if response.last_modified is None or response.status is not HTTPStatus.OK:
        return False
    if tags := request.headers.get("if-none-match"):
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or response.etag in known
    if since := request.headers.get("if-modified-since"):
        try:
            return response.last_modified.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (ValueError, TypeError):
            return False
    return False
