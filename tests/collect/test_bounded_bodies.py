"""Bodies of every evil kind are read in bounded memory and time."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from monitor.collect import HttpCollector
from monitor.errors import FetchError
from monitor.pipeline.ports import Validators
from tests.collect.loopback import FakeTime, Reply, Server, entry, feed, make_source

Make = Callable[..., HttpCollector]
FEED = feed(entry(1))
NONE = Validators()


def zeros(size: int) -> bytes:
    """Return that many zero bytes packed by gzip, about a thousandth of the size."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1_000_000)
    return b"".join([packer.compress(block) for _ in range(size // len(block))] + [packer.flush()])


async def fetch_peak(collector: HttpCollector, url: str) -> tuple[str, int]:
    """Return the error's reason and the most memory that the visit held at once."""
    tracemalloc.start()
    try:
        with pytest.raises(FetchError) as caught:
            await collector.discover(make_source(url), NONE)
        return caught.value.reason, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", "raw deflate", "identity", ""])
async def test_body_in_one_known_encoding_is_read(
    server: Server, make_collector: Make, encoding: str
) -> None:
    """gzip, deflate with and without its wrapper, and plain bodies give the same feed."""
    raw = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = {
        "gzip": gzip.compress(FEED),
        "x-gzip": gzip.compress(FEED),
        "deflate": zlib.compress(FEED),
        "raw deflate": raw.compress(FEED) + raw.flush(),
    }.get(encoding, FEED)
    headers = {"Content-Encoding": encoding.removeprefix("raw ")} if encoding else {}
    server.routes["/"] = Reply(packed, headers=headers)
    found = await make_collector().discover(make_source(server.url()), NONE)
    assert ["Headline 1"] == [item.title for item in found.items]
    assert server.requests[-1].headers["accept-encoding"] == "gzip"


async def test_gzip_bomb_is_stopped_at_the_cap(server: Server, make_collector: Make) -> None:
    """500 MB of zeros in 500 kB are unpacked to the cap of 5 MB and no further."""
    server.routes["/"] = Reply(
        await asyncio.to_thread(zeros, 500_000_000), headers={"Content-Encoding": "gzip"}
    )
    reason, peak = await fetch_peak(make_collector(), server.url())
    assert "larger than 5000000 bytes" in reason
    assert peak < 50_000_000


@pytest.mark.parametrize("value", ["gzip, gzip", "gzip,deflate", "br", "zstd", "gzip, identity, gzip"])
async def test_several_or_unasked_encodings_are_refused(
    server: Server, make_collector: Make, value: str
) -> None:
    """A body encoded twice, or as we did not ask, is not unpacked at all."""
    server.routes["/"] = Reply(gzip.compress(zeros(100_000_000)), headers={"Content-Encoding": value})
    reason, peak = await fetch_peak(make_collector(), server.url())
    assert ("more than once" if "," in value else "did not ask for") in reason
    assert peak < 10_000_000


async def test_endless_body_is_cut_off_at_the_cap(server: Server, make_collector: Make) -> None:
    """A body without end, of no declared length, is left once it passes the cap."""

    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"10000\r\n" + b"x" * 65_536 + b"\r\n")
            server.sent += 65_536
            await writer.drain()

    server.routes["/"] = endless
    reason, peak = await fetch_peak(make_collector(), server.url())
    assert "larger than" in reason
    assert peak < 50_000_000
    assert server.sent < 50_000_000


async def test_declared_length_over_the_cap_is_not_read(server: Server, make_collector: Make) -> None:
    """10 GB announced are refused before a byte of them is read."""
    server.routes["/"] = Reply(headers={"Content-Length": "10000000000"}, length=False)
    reason, _ = await fetch_peak(make_collector(), server.url())
    assert "said to be 10000000000 bytes" in reason


async def test_slow_body_ends_at_the_total_deadline(server: Server, make_collector: Make) -> None:
    """A byte now and then keeps no read timeout waiting, but the deadline of the whole request ends it."""

    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(1_000):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    server.routes["/slow"] = drip
    server.routes["/"] = Reply(FEED)
    collector = make_collector(timeout_seconds=0.3, concurrency=1)
    loop = asyncio.get_running_loop()
    started = loop.time()
    with pytest.raises(FetchError, match="not complete in time"):
        await collector.discover(make_source(server.url("/slow")), NONE)
    assert loop.time() - started < 2
    # The only slot is free again.
    assert len((await collector.discover(make_source(server.url()), NONE)).items) == 1


async def test_compressed_body_cut_short_is_an_error(server: Server, make_collector: Make) -> None:
    """Half of a gzip body is not taken for the whole."""
    packed = gzip.compress(bytes(range(256)) * 100)
    server.routes["/"] = Reply(packed[: len(packed) // 2], headers={"Content-Encoding": "gzip"})
    reason, _ = await fetch_peak(make_collector(), server.url())
    assert "ends before its end" in reason


async def test_broken_compression_is_an_error(
    server: Server, make_collector: Make, fake_time: FakeTime
) -> None:
    """What is no gzip at all, or two bodies in one, is named so and not tried again."""
    for body, words in ((b"not gzip at all", "broken"), (gzip.compress(FEED) * 2, "more than one member")):
        server.routes["/"] = Reply(body, headers={"Content-Encoding": "gzip"})
        reason, _ = await fetch_peak(make_collector(), server.url())
        assert words in reason
    assert fake_time.slept == []
