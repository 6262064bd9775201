"""A server for the sites, and what looks at them: the real collector and extractor."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from monitor.collect import HttpCollector
from monitor.collect.detect import sitemaps_in, survey_front
from monitor.collect.listing_guess import propose_listings
from monitor.extract import extract_article
from monitor.extract.suggest import count_matches, propose_articles
from monitor.pipeline.looking import Looking
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
async def looking() -> AsyncIterator[Looking]:
    """What looks at sites, with waits that are instant."""
    time = FakeTime()
    collector = HttpCollector(
        CollectTable(), time.now, clock=time.clock, sleep=time.sleep, chance=lambda: 1.0
    )
    yield Looking(
        collector=collector,
        extract=extract_article,
        survey=survey_front,
        find_sitemaps=sitemaps_in,
        propose_listings=propose_listings,
        propose_articles=propose_articles,
        count_matches=count_matches,
        now=time.now,
    )
    await collector.aclose()
