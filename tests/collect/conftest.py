"""Fixtures of the collector's tests."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from monitor.collect import HttpCollector
from monitor.schema import CollectTable
from tests.collect.loopback import FakeTime, Server


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A server on loopback."""
    running = Server()
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def tls_server() -> AsyncIterator[Server]:
    """A server on loopback with a certificate for news.example by an authority that nobody knows."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(Path(__file__).parent / "tls" / "server.pem")
    running = Server()
    await running.start(context)
    yield running
    await running.stop()


@pytest.fixture
def fake_time() -> FakeTime:
    """Time under the test's control."""
    return FakeTime()


@pytest.fixture
async def make_collector(fake_time: FakeTime) -> AsyncIterator[Callable[..., HttpCollector]]:
    """Build collectors whose waits are instant; `resolve` and the keys of [collect] may be given."""
    made: list[HttpCollector] = []

    def make(resolve: Any = None, **settings: Any) -> HttpCollector:
        extra = {} if resolve is None else {"resolver": resolve}
        collector = HttpCollector(
            CollectTable(**settings),
            fake_time.now,
            clock=fake_time.clock,
            sleep=fake_time.sleep,
            chance=lambda: 1.0,
            **extra,
        )
        made.append(collector)
        return collector

    yield make
    for collector in made:
        await collector.aclose()
