"""Article pages with the text that a reader would see there, as a measure for guessed selectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bs4 import BeautifulSoup

from monitor.domain.article import FeedItem, Page
from monitor.domain.source import Source
from monitor.errors import ExtractionError
from monitor.extract.article import extract_article
from monitor.text.charset import decode_bytes
from monitor.text.markup import paragraphs, parse_html
from monitor.text.selectors import text_of

SHORTEST_LINE = 40
_PROSE = 60
_TOO_LITTLE = 0.5


@dataclass(frozen=True, slots=True)
class Sample:
    """An article's page, and its text as far as it can be told without selectors."""

    item: FeedItem
    page: Page
    soup: BeautifulSoup
    text: str

    @property
    def lines(self) -> list[str]:
        """The text's longer lines, letters and figures alone."""
        return [short for line in self.text.split("\n") if len(short := bare(line)) >= SHORTEST_LINE]


def read_samples(
    source: Source, pages: Sequence[tuple[FeedItem, Page]], now: datetime
) -> tuple[list[Sample], frozenset[str]]:
    """Return the pages that have a text, and the lines that stand on more than one of them.

    The text is the generic extractor's, without lines that the pages repeat. Where that has hardly
    half of the prose that only this page shows, the prose is taken: old pages made of tables.
    """
    soups = [
        parse_html(decode_bytes(page.body, page.headers.get("content-type", ""), source.encoding))
        for _, page in pages
    ]
    repeated = _repeated_lines(soups)
    samples: list[Sample] = []
    for (item, page), soup in zip(pages, soups, strict=True):
        plain = replace(item, html=None)
        found = [line for line in _read(source, plain, page, now).split("\n") if bare(line) not in repeated]
        prose = _prose(soup, repeated)
        lines = found if len("".join(found)) >= _TOO_LITTLE * len("".join(prose)) else prose
        if text := "\n".join(lines).strip():
            samples.append(Sample(plain, page, soup, text))
    return samples, repeated


def bare(text: str) -> str:
    """Return the text's letters and figures, for comparing."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _read(source: Source, item: FeedItem, page: Page, now: datetime) -> str:
    try:
        return extract_article(source, item, page, now).text
    except ExtractionError:
        return ""


def _prose(soup: BeautifulSoup, repeated: frozenset[str]) -> list[str]:
    """Return the page's long lines that are no links and stand on no other page."""
    linked = {bare(text_of(anchor)) for anchor in soup.find_all("a")}
    lines = (line for block in paragraphs([soup]) for line in block.split("\n"))
    return [line for line in lines if len(line) >= _PROSE and bare(line) not in repeated | linked]


def _repeated_lines(soups: Sequence[BeautifulSoup]) -> frozenset[str]:
    """Return what stands on at least two pages: furniture, wherever it stands."""
    counts: Counter[str] = Counter()
    for soup in soups:
        counts.update({bare(line) for block in paragraphs([soup]) for line in block.split("\n")})
    return frozenset(line for line, count in counts.items() if count > 1 and line)
