"""The mock sites' server: one port, told apart by the name that is asked for."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from hashlib import sha256

from tests.simulation.sites import Site

BLOCK = (
    "<html><head><title>Access denied</title></head><body><script>window['bobcmn'] = 1</script></body></html>"
)
LOST = "<html><head><title>Страница не найдена</title></head><body><h1>Страница не найдена</h1></body></html>"
Answer = tuple[int, str, str]


class WorldServer:
    """Answers for every site as it stands now."""

    def __init__(self, sites: Sequence[Site]) -> None:
        self._sites = {site.host: site for site in sites}
        self.requests = 0
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen on a port of the system's choice."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)

    async def stop(self) -> None:
        """Stop listening."""
        assert self._server is not None
        self._server.close()

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def resolve(self, host: str, _port: int) -> Sequence[str]:
        """Give the mock network's addresses; a site without a name is not found."""
        site = self._sites.get(host)
        if site is None or site.trouble == "dns":
            raise OSError(f"Name or service not known: {host}")
        return ["127.0.0.1"]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                self.requests += 1
                headers = dict(re.findall(r"^([\w-]+): (.*?)\r?$", head, re.MULTILINE | re.IGNORECASE))
                lowered = {name.lower(): value for name, value in headers.items()}
                site = self._sites[lowered["host"].split(":")[0]]
                if site.trouble == "down":
                    return
                status, kind, body = self._answer(site, head.split()[1])
                raw = body.encode()
                tag = f'"{sha256(raw).hexdigest()[:16]}"'
                if status == 200 and lowered.get("if-none-match") == tag:
                    writer.write(f"HTTP/1.1 304 X\r\nETag: {tag}\r\n\r\n".encode())
                else:
                    lines = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nETag: {tag}\r\n"
                    writer.write(f"{lines}Content-Length: {len(raw)}\r\n\r\n".encode() + raw)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def _answer(self, site: Site, path: str) -> Answer:
        html = "text/html; charset=utf-8"
        if path == "/robots.txt":
            rules = "User-agent: *\nDisallow: /\n" if site.trouble == "robots" else ""
            return (200, "text/plain", rules) if rules else (404, "text/plain", "")
        if site.trouble == "error":
            return 503, html, "<html><body>Ошибка</body></html>"
        if site.trouble == "anti-bot":
            return 200, html, BLOCK
        if number := re.fullmatch(r"/news/(\d+)/", path):
            if site.trouble == "soft-404":
                return 200, html, LOST
            page = site.page(int(number[1]))
            return (200, html, page) if page is not None else (404, html, LOST)
        body, kind = site.front(self.port)
        return 200, kind, body
