"""A small HTTP/1.1 server on loopback, enough for a fake of a JSON API."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl


class DropConnectionError(Exception):
    """Close the connection instead of answering."""


@dataclass(frozen=True)
class Request:
    """A request with its form fields as text and its files as bytes."""

    path: str
    fields: dict[str, str]
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Response:
    """A status and what is answered as JSON (bytes go out as they are)."""

    status: int
    body: Any


Handler = Callable[[Request], Awaitable[Response]]


class HttpServer:
    """Serves one handler until closed; connections are kept alive."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    async def start(self, port: int = 0) -> int:
        """Listen on loopback and return the port."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", port)
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stop listening and hang up."""
        if self._server is not None:
            self._server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            while request := await _read_request(reader):
                response = await self._handler(request)
                _write_response(writer, response)
                await writer.drain()
        except (DropConnectionError, ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._connections.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()


async def _read_request(reader: asyncio.StreamReader) -> Request | None:
    """Read one request; None when the other side has hung up."""
    first = await reader.readline()
    if not first.strip():
        return None
    path = first.decode().split()[1]
    headers: dict[str, str] = {}
    while (line := await reader.readline()).strip():
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return _parse(path, headers.get("content-type", ""), body)


def _parse(path: str, content_type: str, body: bytes) -> Request:
    if content_type.startswith("application/json"):
        return Request(path, {key: str(value) for key, value in json.loads(body or b"{}").items()})
    if not content_type.startswith("multipart/"):
        return Request(path, dict(parse_qsl(body.decode(), keep_blank_values=True)))
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    fields: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for part in message.iter_parts():  # type: ignore[attr-defined]
        name = part.get_param("name", header="content-disposition")
        payload = part.get_payload(decode=True)
        if part.get_filename():
            files[name] = payload
        else:
            fields[name] = payload.decode()
    return Request(path, fields, files)


def _write_response(writer: asyncio.StreamWriter, response: Response) -> None:
    body = response.body if isinstance(response.body, bytes) else json.dumps(response.body).encode()
    phrase = HTTPStatus(response.status).phrase
    head = f"HTTP/1.1 {response.status} {phrase}\r\nContent-Type: application/json\r\n"
    writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
