"""Readers that hang, for parsers' processes."""

from __future__ import annotations

from datetime import datetime

from monitor.domain.article import Article, FeedItem, Page
from monitor.domain.source import Source
from monitor.extract import extract_article
from tests.workers.jobs import spin


def extract_slowly(source: Source, item: FeedItem, page: Page, now: datetime) -> Article:
    """Hang at one page and read all others."""
    if item.url.endswith("/hangs"):
        spin(60.0)
    return extract_article(source, item, page, now)


def hang(*_: object) -> None:
    """Hang at every front."""
    spin(60.0)
