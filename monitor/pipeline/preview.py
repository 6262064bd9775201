"""What a source would yield now: its items, their texts, statements and judgements; nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.domain.article import Article, FeedItem
from monitor.domain.source import Source
from monitor.domain.statement import Statement
from monitor.errors import MonitorError
from monitor.pipeline.assess import make_document
from monitor.pipeline.looking import Looking
from monitor.pipeline.ports import Validators
from monitor.pipeline.reading import Reader, Reading
from monitor.workers import run_in_thread


@dataclass(frozen=True, slots=True)
class PreviewedArticle:
    """One item read to the end, or why it could not be."""

    item: FeedItem
    article: Article | None = None
    reading: Reading | None = None
    statements: tuple[Statement, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A source's items as it shows them now, the first of them read."""

    items: tuple[FeedItem, ...]
    left_out: tuple[str, ...]
    articles: tuple[PreviewedArticle, ...]


async def preview_source(looking: Looking, source: Source, reader: Reader, limit: int) -> Preview:
    """Return what the source shows, and the first `limit` items judged; raises MonitorError for the front."""
    discovery = await looking.collector.discover(source, Validators())
    articles = [await _read(looking, source, reader, item) for item in discovery.items[:limit]]
    return Preview(discovery.items, discovery.bad_entries, tuple(articles))


async def _read(looking: Looking, source: Source, reader: Reader, item: FeedItem) -> PreviewedArticle:
    try:
        page = await looking.collector.fetch(source, item)
        article = await looking.run(looking.extract, source, item, page, looking.now())
        document = make_document(article, source)
        # In a thread: the model and what it knows are here and cannot go to another process.
        reading = await run_in_thread(reader.read, document)
    except MonitorError as error:
        return PreviewedArticle(item, problem=str(error))
    statements = tuple(reader.split(document, reading.lang)) if reading.lang and reading.readable else ()
    return PreviewedArticle(item, article, reading, statements)
