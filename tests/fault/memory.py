"""Bodies that want to fill the memory, each read by a process of its own that measures how it grows."""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx

from monitor.collect import HttpCollector, bodies
from monitor.collect.exchange import Exchange
from monitor.errors import FetchError
from monitor.pipeline.ports import Validators
from monitor.schema import CollectTable
from tests.collect.loopback import Reply, Server, entry, feed, make_source

SIZE = 48_000_000
CAP = 5_000_000
ALLOWED = 16_000_000
"""By how many bytes a process may grow: the cap, its copy in the parser's hands, and some room."""
_MOST_MEMORY = 2_000_000_000


def zip_zeros(size: int) -> bytes:
    """Return that many zero bytes packed by gzip, without ever holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1_000_000)
    return b"".join([packer.compress(block) for _ in range(size // len(block))] + [packer.flush()])


async def _pour(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(SIZE // 65_536):
        writer.write(b"10000\r\n" + b"x" * 65_536 + b"\r\n")
        await writer.drain()
    writer.write(b"0\r\n\r\n")


def endless_body(server: Server) -> None:
    """Serve a body that is said to have no end."""
    server.routes["/"] = _pour


def gzip_bomb(server: Server) -> None:
    """Serve 48 MB in 48 kB."""
    server.routes["/"] = Reply(zip_zeros(SIZE), headers={"Content-Encoding": "gzip"})


def twice_packed_bomb(server: Server) -> None:
    """Serve 48 MB packed twice, in some hundred bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    twice = packer.compress(zip_zeros(SIZE)) + packer.flush()
    server.routes["/"] = Reply(twice, headers={"Content-Encoding": "gzip, gzip"})


class _WithoutCap(Exchange):
    async def read_body(self, response: httpx.Response, limit: int, *, truncate: bool) -> bytes:
        return await bodies.read_body(response, 10**12, truncate=truncate)


class _UnpacksAtOnce(bodies._Inflater):
    def feed(self, chunk: bytes, room: int) -> bytes:
        return super().feed(chunk, 10**12)


class _AnyEncoding(Exchange):
    """Caps what httpx has decoded, which is how it is mostly done."""

    async def read_body(self, response: httpx.Response, limit: int, *, truncate: bool) -> bytes:
        body = bytearray()
        async for chunk in response.aiter_bytes(65_536):
            body += chunk
            if len(body) > limit:
                raise bodies.BodyError("larger than the cap")
        return bytes(body)


def _exchange(kind: type[Exchange]) -> Callable[[HttpCollector], None]:
    def swap(collector: HttpCollector) -> None:
        was = collector._fetcher._exchange
        was.__class__ = kind

    return swap


def _unpack_at_once(_: HttpCollector) -> None:
    bodies._Inflater = _UnpacksAtOnce  # type: ignore[misc]


BOMBS: dict[str, tuple[Callable[[Server], None], Callable[[HttpCollector], None]]] = {
    "endless_body": (endless_body, _exchange(_WithoutCap)),
    "gzip_bomb": (gzip_bomb, _unpack_at_once),
    "twice_packed_bomb": (twice_packed_bomb, _exchange(_AnyEncoding)),
}
"""What is served, and what takes its guard out."""


def measure(bomb: str, guard: str) -> tuple[int, str]:
    """Return by how many bytes a process grew that read the bomb, and what trouble it saw."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fault.memory", bomb, guard],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    grew, trouble = json.loads(done.stdout)
    return int(grew), str(trouble)


def _start_measuring() -> int:
    """Forget the peak so far; return how many bytes of memory the process has now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _read_status("VmRSS")


def _read_status(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith(name + ":"))


async def _read(bomb: str, guard: str) -> tuple[int, str]:
    serve, take_out = BOMBS[bomb]
    server = Server()
    await server.start()
    collector = HttpCollector(CollectTable(max_bytes=CAP, retries=0), lambda: datetime.now(UTC))
    if guard == "unguarded":
        take_out(collector)
    server.routes["/small"] = Reply(feed(entry(1)))
    await collector.discover(make_source(server.url("/small")), Validators())
    serve(server)
    before, trouble = _start_measuring(), ""
    try:
        await collector.discover(make_source(server.url()), Validators())
    except FetchError as error:
        trouble = error.trouble.value
    grew = _read_status("VmHWM") - before
    await collector.aclose()
    await server.stop()
    return grew, trouble


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    sys.stdout.write(json.dumps(asyncio.run(_read(sys.argv[1], sys.argv[2]))))
