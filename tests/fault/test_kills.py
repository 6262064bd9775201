"""A service killed again and again over a site: in the end the store holds what it would without kills.

What becomes of an edit when a process dies between its steps is in `tests/changes/test_kills.py`; what of
messages on their way to Telegram in `tests/notify/test_kills.py`.
"""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import open_store
from tests.builders import NOON
from tests.collect.loopback import Server
from tests.fault.newspaper import Newspaper, until

DERIVED = (
    "SELECT items.url, articles.state FROM articles JOIN items ON items.id = item_id ORDER BY items.url",
    "SELECT key, rule_id FROM alerts ORDER BY key",
    "SELECT count(*) FROM findings",
    "SELECT count(*) FROM revisions",
    "SELECT count(*) FROM changes",
    "SELECT subject, sink, recipient, state FROM deliveries WHERE kind = 'alert' ORDER BY subject",
)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A server on loopback."""
    made = Server()
    await made.start()
    yield made
    await made.stop()


async def finish(paper: Newspaper, directory: Path) -> list[list[tuple[object, ...]]]:
    """Run until every article was told of, stop in order, and return what is in the store."""
    asked = len(paper.server.requests)
    process = await paper.start(directory)
    # Everything may have been sent before: only a service that visits listens to signals by now.
    await until(lambda: len(paper.server.requests) > asked, seconds=120)
    sent = "SELECT count(*) FROM deliveries WHERE state = 'sent' AND kind = 'alert'"
    await until(lambda: paper.number(sent) == paper.count, seconds=120)
    process.send_signal(signal.SIGTERM)
    assert 0 == await process.wait()
    return [paper.ask(query) for query in DERIVED]


async def kill_and_compare(folder: Path, server: Server, kills: int) -> None:
    """Kill a service at moments spread over fetching, saving, understanding, deciding and sending."""
    chance = random.Random(7)
    killed = Newspaper(folder / "killed", server)
    directory = killed.configure("killed")
    for _ in range(kills):
        number = killed.publish()
        process = await killed.start(directory)
        await until(lambda path=f"/news/{number}": any(asked == path for _, asked in killed.asked_by))
        await asyncio.sleep(chance.uniform(0, 2.5))  # understanding follows within two seconds
        process.kill()
        assert -signal.SIGKILL == await process.wait()
    with_kills = await finish(killed, directory)
    whole = Newspaper(folder / "whole", server)
    for _ in range(kills):
        whole.publish()
    assert with_kills == await finish(whole, whole.configure("whole"))
    assert all(with_kills), "a query finds nothing"
    assert kills == killed.number("SELECT count(*) FROM alerts")
    store = open_store(f"sqlite:///{killed.store}", NOON)
    store.check()
    store.close()


async def test_service_killed_at_any_step_ends_with_what_a_whole_run_has(
    tmp_path: Path, server: Server
) -> None:
    """The short form: five kills; the long one takes a dozen times as long."""
    await kill_and_compare(tmp_path, server, kills=5)


@pytest.mark.soak
async def test_service_killed_sixty_times_ends_with_what_a_whole_run_has(
    tmp_path: Path, server: Server
) -> None:
    """The long form."""
    await kill_and_compare(tmp_path, server, kills=60)
