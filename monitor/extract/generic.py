"""Articles on pages for which no selector is configured, or whose selectors find nothing."""

from __future__ import annotations

import trafilatura
from bs4 import BeautifulSoup
from lxml.etree import LxmlError

from monitor.domain.article import FeedItem
from monitor.domain.source import Source
from monitor.extract.draft import Draft, without_title
from monitor.extract.metadata import page_titles
from monitor.text.markup import markup_text
from monitor.text.normalise import clean_text


def read_generically(
    source: Source, item: FeedItem, soup: BeautifulSoup, linked_data: dict[str, str]
) -> Draft:
    """Return what trafilatura takes for the article, or the page's JSON-LD where that has far more of it.

    The extractor's name tells apart a page without selectors and one whose selectors found nothing,
    which is how a redesign of a site shows.
    """
    found = _ask_trafilatura(str(soup))
    written = markup_text(linked_data.get("articleBody", ""))
    name = "generic"
    if len(found) * 2 < len(written):
        found, name = written, "json-ld"
    if source.article.body:
        name += ", selectors found nothing"
    own_titles = [clean_text(linked_data.get("headline", "")), *page_titles(soup)]
    title = item.title or next(filter(None, own_titles), "")
    lines = tuple(cleaned for line in found.split("\n") if (cleaned := clean_text(line)))
    for shown in (title, *own_titles):
        lines = without_title(lines, shown)
    return Draft(title, lines, name)


def _ask_trafilatura(markup: str) -> str:
    try:
        found = trafilatura.extract(
            markup,
            include_comments=False,
            include_tables=False,
            include_formatting=False,
            favor_precision=True,
        )
    except (LxmlError, ValueError, TypeError, AttributeError, RecursionError):
        # It means to survive everything but does not; a page that it cannot read has no text.
        return ""
    return found or ""
