"""Which collector reads a source, and which extractor a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.domain.article import DOCUMENT, Article, FeedItem, Page
from monitor.domain.source import Source
from monitor.pipeline.ports import Collector, Discovery, Extractor, Validators


@dataclass(frozen=True, slots=True)
class CollectorByKind:
    """Gives each source to the collector of its kind, and to the usual one where its kind has none."""

    usual: Collector
    by_kind: Mapping[str, Collector]

    async def discover(self, source: Source, validators: Validators) -> Discovery:
        """Return what the source shows now; raises FetchError or BlockedError."""
        return await self._of(source).discover(source, validators)

    async def browse(self, source: Source, cursor: str) -> Discovery:
        """Return an older part of the source's front."""
        return await self._of(source).browse(source, cursor)

    async def fetch(self, source: Source, item: FeedItem) -> Page:
        """Return the item's page."""
        return await self._of(source).fetch(source, item)

    def _of(self, source: Source) -> Collector:
        return self.by_kind.get(source.kind, self.usual)


@dataclass(frozen=True, slots=True)
class ExtractorByPage:
    """Gives files that an operator gave to one extractor and pages of the web to the other.

    The page decides, not the source: a transcript may be given to a source that is otherwise read
    over HTTP. It may run in another process if both extractors may.
    """

    pages: Extractor
    documents: Extractor

    def __call__(self, source: Source, item: FeedItem, page: Page, now: datetime) -> Article:
        """Return the article; raises ExtractionError."""
        extract = self.documents if DOCUMENT in page.headers else self.pages
        return extract(source, item, page, now)
