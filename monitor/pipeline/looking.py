"""What operators' tools look at sources with: live, politely, and without keeping anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.domain.article import Article, FeedItem, Page
from monitor.domain.source import Source
from monitor.errors import MonitorError, Trouble
from monitor.pipeline.ports import (
    Collector,
    CountMatches,
    Extractor,
    FindSitemaps,
    ProposeArticles,
    ProposeListings,
    SurveyFront,
)
from monitor.workers import Run, run_in_thread


@dataclass(slots=True)
class ArticlesRead:
    """What was read of a source's articles: pages of a site, texts, and why others gave none."""

    pages: list[tuple[FeedItem, Page]] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    problems: list[tuple[Trouble, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Looking:
    """Reads sources as the service would, and asks their pages what selectors would read them."""

    collector: Collector
    extract: Extractor
    survey: SurveyFront
    find_sitemaps: FindSitemaps
    propose_listings: ProposeListings
    propose_articles: ProposeArticles
    count_matches: CountMatches
    now: Callable[[], datetime]
    run: Run = run_in_thread

    async def page(self, source: Source, url: str) -> Page:
        """Return what an address answers with, asked for as the source would; raises FetchError."""
        return await self.collector.fetch(source, FeedItem(source.id, url, url, "", None))

    async def articles(self, source: Source, items: Sequence[FeedItem]) -> ArticlesRead:
        """Fetch and extract these items; what fails is noted."""
        read = ArticlesRead()
        for item in items:
            try:
                page = await self.collector.fetch(source, item)
                if item.html is None:
                    read.pages.append((item, page))
                read.articles.append(await self.run(self.extract, source, item, page, self.now()))
            except MonitorError as error:
                trouble = getattr(error, "trouble", Trouble.OTHER)
                read.problems.append((trouble, f"{item.url}: {getattr(error, 'reason', error)}"))
        return read

    async def again(self, source: Source, pages: Sequence[tuple[FeedItem, Page]]) -> list[Article]:
        """Extract pages that were fetched before; those without a text are left out."""
        articles: list[Article] = []
        for item, page in pages:
            try:
                articles.append(await self.run(self.extract, source, item, page, self.now()))
            except MonitorError:
                continue
        return articles
