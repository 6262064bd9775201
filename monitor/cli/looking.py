"""What the commands around sources look at live sites with, built for one command."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.pipeline.looking import Looking

_WORKERS = 2
_SECONDS = 60.0
"""Guessing selectors reads a page many times over, which takes longer than reading it once."""


@asynccontextmanager
async def look(app: App) -> AsyncIterator[Looking]:
    """Yield what looks at sites within the settings' limits; parsers run where they can be killed."""
    from monitor.collect.detect import sitemaps_in, survey_front
    from monitor.collect.listing_guess import propose_listings
    from monitor.extract import extract_article
    from monitor.extract.suggest import count_matches, propose_articles
    from monitor.ingest import FolderCollector, extract_document
    from monitor.pipeline.by_kind import CollectorByKind, ExtractorByPage
    from monitor.pipeline.looking import Looking
    from monitor.workers import ParserPool

    async with ParserPool(_WORKERS, _SECONDS) as pool:
        usual = app.make_collector(pool)
        folders = FolderCollector(app.settings.monitor.ingest.max_bytes, app.clock.now)
        try:
            yield Looking(
                collector=CollectorByKind(usual, {"folder": folders}),
                extract=ExtractorByPage(extract_article, extract_document),
                survey=survey_front,
                find_sitemaps=sitemaps_in,
                propose_listings=propose_listings,
                propose_articles=propose_articles,
                count_matches=count_matches,
                now=app.clock.now,
                run=pool,
            )
        finally:
            await usual.aclose()
