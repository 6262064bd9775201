"""A program with parsers under way, for tests that end it in every way."""

from __future__ import annotations

import asyncio
import signal
import sys

from monitor.workers import ParserPool
from tests.workers.jobs import add, spin


def say(line: str) -> None:
    """Tell the test."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def main(ending: str) -> None:
    """Start an idle process and one that hangs, tell their numbers, and end as the test wants."""
    pool = ParserPool(2, seconds=2.0)
    hung = asyncio.create_task(pool(spin, 60.0))
    await asyncio.sleep(0)
    for _ in range(20):  # by then the other has begun
        assert await pool(add, 1, 2) == 3
    assert len(pool.process_ids) == 2
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    say(" ".join(map(str, pool.process_ids)))
    if ending == "forgets":
        hung.cancel()
        return
    await stop.wait()
    await pool.aclose()
    await asyncio.gather(hung, return_exceptions=True)
    say("closed")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
