"""The newsroom's HTTP server, spoken to over a raw connection where a client would be too polite."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from http import HTTPStatus

import httpx
import pytest

from monitor.demo.http import LOOPBACK, Request, Response, listen, parse_head

PAGE = Response(
    b"<p>" + b"word " * 500 + b"</p>", last_modified=datetime(2023, 3, 6, 9, 0, 0, 500, tzinfo=UTC)
)


def answer(request: Request) -> Response:
    """Answer with the page, or with what was asked for."""
    if request.path == "/echo me":
        return Response(f"{request.method} {request.query}".encode())
    return PAGE


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """The port of a running server."""
    async with listen(answer) as chosen:
        yield chosen


async def converse(port: int, *messages: bytes) -> bytes:
    """Send raw bytes over one connection and return all that comes back."""
    reader, writer = await asyncio.open_connection(LOOPBACK, port)
    for message in messages:
        writer.write(message)
    await writer.drain()
    received = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    await writer.wait_closed()
    return received


async def test_path_and_query_are_decoded(port: int, client: httpx.AsyncClient) -> None:
    """A percent-encoded path reaches the handler as text."""
    response = await client.get(f"http://{LOOPBACK}:{port}/echo%20me?a=1&b=%D1%8F")
    assert response.text == "GET {'a': '1', 'b': 'я'}"


async def test_known_etag_is_answered_with_304_and_no_body(port: int, client: httpx.AsyncClient) -> None:
    """A client that has the bytes already gets none."""
    url = f"http://{LOOPBACK}:{port}/"
    first = await client.get(url)
    again = await client.get(url, headers={"If-None-Match": first.headers["etag"]})
    other = await client.get(url, headers={"If-None-Match": '"something-else"'})
    assert (again.status_code, again.content, other.status_code) == (304, b"", 200)


async def test_last_modified_is_answered_with_304_unless_older(port: int, client: httpx.AsyncClient) -> None:
    """A date works as a validator too, to the second."""
    url = f"http://{LOOPBACK}:{port}/"
    known = (await client.get(url)).headers["last-modified"]
    codes = [
        (await client.get(url, headers={"If-Modified-Since": since})).status_code
        for since in (known, "Mon, 06 Mar 2023 08:00:00 GMT", "no date at all")
    ]
    assert codes == [304, 200, 200]


async def test_etag_decides_where_both_validators_are_given(port: int, client: httpx.AsyncClient) -> None:
    """RFC 9110: If-Modified-Since is ignored beside If-None-Match."""
    url = f"http://{LOOPBACK}:{port}/"
    known = (await client.get(url)).headers["last-modified"]
    response = await client.get(url, headers={"If-None-Match": '"other"', "If-Modified-Since": known})
    assert response.status_code == 200


async def test_long_answer_is_compressed_for_who_takes_it(port: int, client: httpx.AsyncClient) -> None:
    """The same text arrives compressed and plain."""
    url = f"http://{LOOPBACK}:{port}/"
    packed = await client.get(url, headers={"Accept-Encoding": "gzip"})
    unpacked = await client.get(url, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in unpacked.headers
    assert packed.content == unpacked.content == PAGE.body


async def test_connection_is_kept_for_further_requests(port: int) -> None:
    """Two requests sent at once over one connection get two answers."""
    received = await converse(
        port,
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    )
    assert received.count(b"HTTP/1.1 200 OK") == 2


async def test_head_has_the_headers_without_the_body(port: int) -> None:
    """HEAD names the length and sends nothing of it."""
    received = await converse(port, b"HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n")
    head, _, body = received.partition(b"\r\n\r\n")
    assert (b"Content-Length: %d" % len(PAGE.body) in head, body) == (True, b"")


@pytest.mark.parametrize(
    ("message", "status"),
    [
        (b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi", HTTPStatus.METHOD_NOT_ALLOWED),
        (b"nonsense\r\n\r\n", HTTPStatus.BAD_REQUEST),
        (b"GET / HTTP/1.1\r\nno header\r\n\r\n", HTTPStatus.BAD_REQUEST),
        (b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n\r\n", HTTPStatus.BAD_REQUEST),
    ],
)
async def test_what_is_not_understood_is_refused_and_the_connection_ends(
    port: int, message: bytes, status: HTTPStatus
) -> None:
    """A broken, huge or unwanted request gets an error and nothing more."""
    received = await converse(port, message)
    assert received.startswith(f"HTTP/1.1 {status.value} ".encode())
    assert received.count(b"HTTP/1.1 ") == 1


async def test_closing_ends_idle_connections(client: httpx.AsyncClient) -> None:
    """A kept connection does not keep the server from ending."""
    async with listen(answer) as port:
        await client.get(f"http://{LOOPBACK}:{port}/")
    with pytest.raises(httpx.TransportError):
        await client.get(f"http://{LOOPBACK}:{port}/")


def test_header_names_are_found_in_any_case() -> None:
    """HTTP's header names have no case."""
    request = parse_head(b"GET /a HTTP/1.0\r\nX-Thing: Yes\r\n\r\n")
    assert (request.path, request.headers) == ("/a", {"x-thing": "Yes"})


async def test_page_that_breaks_does_not_stop_the_server(client: httpx.AsyncClient) -> None:
    """A handler's error is answered with 500, and the next request as ever."""

    def fail_once(request: Request) -> Response:
        if request.path == "/bad":
            raise ValueError("broken page")
        return PAGE

    async with listen(fail_once) as port:
        codes = [(await client.get(f"http://{LOOPBACK}:{port}{path}")).status_code for path in ("/bad", "/")]
    assert codes == [500, 200]
