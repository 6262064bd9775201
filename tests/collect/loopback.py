"""A small HTTP server on loopback, and time that passes only when somebody sleeps."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.domain.source import Source
from monitor.domain.stance import Tier

NOW = datetime(2023, 3, 14, 9, 30, tzinfo=UTC)


@dataclass
class Request:
    """What a client asked."""

    path: str
    headers: dict[str, str]
    method: str = "GET"
    body: str = ""


@dataclass
class Reply:
    """What the server answers."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: bool = True

    def head(self) -> bytes:
        """Return the status line and headers."""
        lines = [f"HTTP/1.1 {self.status} X"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.length:
            lines.append(f"Content-Length: {len(self.body)}")
        return ("\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n").encode("latin-1")


Stream = Callable[[asyncio.StreamWriter], Awaitable[None]]
Answer = Reply | Stream | Callable[[Request], Reply]


class Server:
    """Answers by path; unknown paths are 404. Counts connections and requests."""

    def __init__(self) -> None:
        self.routes: dict[str, Answer | list[Answer]] = {}
        self.requests: list[Request] = []
        self.connections = 0
        self.sent = 0
        self._server: asyncio.Server | None = None

    async def start(self, tls: ssl.SSLContext | None = None) -> None:
        """Listen on a port of the system's choice."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=tls)

    async def stop(self) -> None:
        """Stop listening."""
        assert self._server is not None
        self._server.close()

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """Return an address of the server."""
        return f"http://{host}:{self.port}{path}"

    def paths(self, *, robots: bool = False) -> list[str]:
        """Return what was asked for, robots.txt only if wanted."""
        return [request.path for request in self.requests if robots or request.path != "/robots.txt"]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *rest = head.strip().split("\r\n")
            headers = {
                name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)
            }
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            method, path, _ = first.split()
            request = Request(path, headers, method, body.decode())
            self.requests.append(request)
            answer = self.routes.get(request.path, Reply(status=404))
            if isinstance(answer, list):
                answer = answer.pop(0) if len(answer) > 1 else answer[0]
            if isinstance(answer, Reply):
                writer.write(answer.head() + answer.body)
            elif asyncio.iscoroutinefunction(answer):
                await answer(writer)
            else:
                reply = answer(request)
                writer.write(reply.head() + reply.body)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@dataclass
class FakeTime:
    """A clock that sleeping moves on, so that tests wait for nothing; `slept` is every sleep asked for."""

    moment: float = 1_000.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        """Monotonic seconds."""
        return self.moment

    async def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        self.slept.append(seconds)
        self.moment += seconds
        await asyncio.sleep(0)

    def now(self) -> datetime:
        """Wall clock."""
        return NOW + timedelta(seconds=self.moment - 1_000.0)


def make_source(url: str, **changes: Any) -> Source:
    """Return a source that may read loopback, without spacing."""
    plain: dict[str, Any] = {
        "id": "paper",
        "outlet": "The Paper",
        "kind": "rss",
        "url": url,
        "bloc": "russia",
        "tier": Tier.OUTLET,
        "languages": ("ru",),
        "spacing": timedelta(0),
        "allow_private": True,
    }
    return Source(**{**plain, **changes})


def feed(*items: str) -> bytes:
    """Return an RSS feed of these items."""
    head = "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>t</title>"
    return f"{head}{''.join(items)}</channel></rss>".encode()


def entry(number: int, **changes: str) -> str:
    """Return one ordinary RSS item."""
    parts = {
        "title": f"Headline {number}",
        "link": f"http://paper.example/{number}",
        "guid": f"id-{number}",
        "pubDate": "Tue, 14 Mar 2023 09:00:00 +0300",
        **changes,
    }
    return (
        "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in parts.items() if value) + "</item>"
    )
