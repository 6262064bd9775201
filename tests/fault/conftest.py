"""Fixtures of the fault tests: those of the collector's, and a world that may lack one guard."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.collect.conftest import fake_time, server, tls_server
from tests.collect.loopback import FakeTime, Server
from tests.fault.world import World

__all__ = ["fake_time", "server", "tls_server"]


@pytest.fixture
async def world(
    server: Server,
    fake_time: FakeTime,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[World]:
    """Give a world on loopback with every guard in its place."""
    forbidden = Server()
    await forbidden.start()
    made = World(server, forbidden, fake_time, monkeypatch)
    yield made
    await made.aclose()
    await forbidden.stop()
