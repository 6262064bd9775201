"""A watch over a site on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from monitor.collect import HttpCollector
from monitor.pipeline.reading import Reader
from monitor.schema import CollectTable
from storage import open_store
from tests.changes.site import NewsSite, Watch, make_site_source
from tests.collect.loopback import FakeTime, Server


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A server on loopback."""
    running = Server()
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
def fake_time() -> FakeTime:
    """Time under the test's control."""
    return FakeTime()


@pytest.fixture
async def collector(fake_time: FakeTime) -> AsyncIterator[HttpCollector]:
    """A collector that waits for nothing."""
    made = HttpCollector(
        CollectTable(retries=0),
        fake_time.now,
        clock=fake_time.clock,
        sleep=fake_time.sleep,
        chance=lambda: 1.0,
    )
    yield made
    await made.aclose()


@pytest.fixture
def site(server: Server) -> NewsSite:
    """A news site without articles."""
    return NewsSite(server)


@pytest.fixture
def watch(site: NewsSite, collector: HttpCollector, reader: Reader, fake_time: FakeTime) -> Watch:
    """A watch over the site, with an empty store."""
    store = open_store("sqlite://", fake_time.now())
    return Watch(site, store, collector, reader, fake_time, make_site_source(site.server))
