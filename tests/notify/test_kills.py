"""Processes that die while they send: nothing is lost, and what is doubled was in flight."""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from collections import Counter
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import func, select

from monitor.domain.delivery import DeliveryKind, DeliveryState, NewDelivery, Urgency
from monitor.notify.dispatcher import SPARE
from storage import Store, open_store
from storage.tables import deliveries
from tests.fakes.bot_api import FakeBotApi
from tests.notify.sending_process import now

ROOT = Path(__file__).parents[2]
CHATS = 12
MESSAGES = 240
URGENCIES = tuple(Urgency)
IN_FLIGHT = 6 + SPARE


def fill(store: Store, messages: int = MESSAGES) -> set[str]:
    """Put numbered notices of every urgency for several chats into the outbox and return their texts."""
    texts = {f"notice {number}" for number in range(messages)}
    store.outbox.add(
        [
            NewDelivery(
                DeliveryKind.NOTICE, text, "telegram", str(1 + index % CHATS), URGENCIES[index * 7 % 4]
            )
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


async def start(url: str, base: str, *mode: str) -> asyncio.subprocess.Process:
    """Start the sending process."""
    arguments = ("-m", "tests.notify.sending_process", url, base, *mode)
    return await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT)


@pytest.mark.parametrize(
    ("kills", "messages"), [(6, MESSAGES), pytest.param(200, 6000, marks=pytest.mark.soak)]
)
async def test_kills_lose_nothing_and_double_only_what_was_in_flight(
    tmp_path: Path, kills: int, messages: int
) -> None:
    """SIGKILL at random moments; every doubled message is recorded as uncertain."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = open_store(url, now())
    texts = fill(store, messages)
    chance = random.Random(7)
    under_way = most = 0
    async with FakeBotApi.running(latency=0.03) as fake:
        for _ in range(kills):
            process = await start(url, fake.base)
            before = len(fake.sent)
            await fake.until(lambda n=before: len(fake.sent) > n, seconds=60)
            await asyncio.sleep(chance.uniform(0, 0.08))
            process.kill()
            await process.wait()
            most = max(most, in_flight(store))
            under_way += in_flight(store)
        assert len(fake.sent) < messages, "the kills came too late to mean anything"
        process = await start(url, fake.base)
        await fake.until(lambda: len({message.text for message in fake.sent}) == messages, seconds=300)
        process.send_signal(signal.SIGTERM)
        await process.wait()
        times = Counter(message.text for message in fake.sent)
    with store.database.read() as connection:
        rows = {row.subject: row for row in connection.execute(select(deliveries))}
    store.close()
    assert texts == set(times)
    assert {DeliveryState.SENT} == {row.state for row in rows.values()}
    doubled = {text for text, count in times.items() if count > 1}
    twice = sum(times.values()) - messages
    Console().print(f"{kills} kills: 0 of {messages} lost, {twice} doubled, {under_way} were in flight")
    assert twice <= under_way
    assert 0 < most <= IN_FLIGHT
    assert all(rows[text].uncertain >= times[text] - 1 for text in doubled)


async def test_second_process_waits_for_the_first_and_takes_over_when_it_dies(tmp_path: Path) -> None:
    """Two on one store: without a kill nothing is doubled, after one only what was in flight."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = open_store(url, now())
    texts = fill(store)
    async with FakeBotApi.running(latency=0.05) as fake:
        first = await start(url, fake.base, "lead")
        await fake.until(lambda: len(fake.sent) >= 20, seconds=60)
        second = await start(url, fake.base, "lead")
        await fake.until(lambda: len(fake.sent) >= 100, seconds=60)
        assert len(fake.sent) == len({message.text for message in fake.sent})
        first.kill()
        await first.wait()
        under_way = in_flight(store)
        await fake.until(lambda: {message.text for message in fake.sent} == texts, seconds=60)
        second.send_signal(signal.SIGTERM)
        assert 0 == await second.wait()
        twice = len(fake.sent) - MESSAGES
    store.close()
    assert 0 < under_way
    assert twice <= under_way


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
