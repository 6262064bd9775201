"""Processes that die while they send: nothing is lost, and what is doubled was in flight."""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from collections import Counter
from pathlib import Path

from sqlalchemy import func, select

from monitor.domain.delivery import DeliveryKind, DeliveryState, NewDelivery
from storage import Store, open_store
from storage.tables import deliveries
from tests.fakes.bot_api import FakeBotApi
from tests.notify.sending_process import now

ROOT = Path(__file__).parents[2]
CHATS = 12
MESSAGES = 240
KILLS = 10


def fill(store: Store) -> set[str]:
    """Put numbered notices for several chats into the outbox and return their texts."""
    texts = {f"notice {number}" for number in range(MESSAGES)}
    store.outbox.add(
        [
            NewDelivery(DeliveryKind.NOTICE, text, "telegram", str(1 + index % CHATS))
            for index, text in enumerate(sorted(texts))
        ],
        now(),
    )
    return texts


def in_flight(store: Store) -> int:
    """Return how many messages the store believes to be under way."""
    with store.database.read() as connection:
        query = select(func.count()).where(deliveries.c.state == DeliveryState.SENDING)
        return int(connection.execute(query).scalar_one())


async def start(url: str, base: str) -> asyncio.subprocess.Process:
    """Start the sending process."""
    arguments = ("-m", "tests.notify.sending_process", url, base)
    return await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT)


async def test_kills_lose_nothing_and_double_only_what_was_in_flight(tmp_path: Path) -> None:
    """SIGKILL at ten random moments; every doubled message is recorded as uncertain."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = open_store(url, now())
    texts = fill(store)
    chance = random.Random(7)
    under_way = 0
    async with FakeBotApi.running(latency=0.03) as fake:
        for _ in range(KILLS):
            process = await start(url, fake.base)
            before = len(fake.sent)
            await fake.until(lambda n=before: len(fake.sent) > n, seconds=60)
            await asyncio.sleep(chance.uniform(0, 0.08))
            process.kill()
            await process.wait()
            under_way += in_flight(store)
        assert len(fake.sent) < MESSAGES, "the kills came too late to mean anything"
        process = await start(url, fake.base)
        await fake.until(lambda: len({message.text for message in fake.sent}) == MESSAGES, seconds=60)
        process.send_signal(signal.SIGTERM)
        await process.wait()
        times = Counter(message.text for message in fake.sent)
    with store.database.read() as connection:
        rows = {row.subject: row for row in connection.execute(select(deliveries))}
    store.close()
    assert texts == set(times)
    assert {DeliveryState.SENT} == {row.state for row in rows.values()}
    doubled = {text for text, count in times.items() if count > 1}
    assert sum(times.values()) - MESSAGES <= under_way
    assert all(rows[text].uncertain >= times[text] - 1 for text in doubled)
    assert under_way > 0


async def test_termination_doubles_nothing(tmp_path: Path) -> None:
    """SIGTERM in the middle of sending: what is in flight is finished, recorded, and not sent again."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = open_store(url, now())
    texts = fill(store)
    async with FakeBotApi.running(latency=0.1) as fake:
        for stop_at in (1, 40, MESSAGES):
            process = await start(url, fake.base)
            await fake.until(lambda n=stop_at: len(fake.sent) >= n, seconds=60)
            process.send_signal(signal.SIGTERM)
            assert 0 == await process.wait()
            assert 0 == in_flight(store)
        times = Counter(message.text for message in fake.sent)
    store.close()
    assert dict.fromkeys(texts, 1) == dict(times)
