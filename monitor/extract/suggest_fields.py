"""Guessing where a site's articles show their title and date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from bs4 import BeautifulSoup, Tag

from monitor.domain.article import FeedItem
from monitor.domain.source import ArticleSelectors, Source
from monitor.extract.dating import find_page_date
from monitor.extract.metadata import find_linked_data, page_titles
from monitor.text.dates import read_date
from monitor.text.selectors import text_of, write_selectors

_SAME_DAY = timedelta(hours=26)
_LONGEST_DATE = 60
_LONGEST_TITLE = 300
_ATTRIBUTES = ("datetime", "data-datetime", "data-unixtime", "content")
_PROBABLE = ("time", "span", "div", "p", "a", "li", "td", "small", "em", "i", "b", "h5", "h6")

Seen = Sequence[tuple[FeedItem, BeautifulSoup]]


def propose_title(pages: Seen) -> str:
    """Return a selector whose first node is the headline on every page, or ""."""
    candidates: Counter[str] = Counter()
    for item, soup in pages:
        wanted = [_bare(title) for title in (item.title, *page_titles(soup)) if title]
        for node in soup.find_all(["h1", "h2", "h3", "div", "span", "p"]):
            bare = _bare(text_of(node))
            if bare and len(bare) <= _LONGEST_TITLE and any(bare == title for title in wanted[:3]):
                candidates.update(list(dict.fromkeys(islice(write_selectors(node), 8))))
                break

    def is_right(selector: str) -> bool:
        for item, soup in pages:
            node = soup.select_one(selector)
            if node is None or _bare(text_of(node)) not in {
                _bare(item.title),
                *map(_bare, page_titles(soup)),
            }:
                return False
        return True

    return next((s for s in _best_first(candidates, len(pages)) if is_right(s)), "")


def propose_date(pages: Seen, source: Source, now: datetime) -> str:
    """Return a selector that leads to the date of publication on every page, or "".

    A page's own data and the front's date say which date is the right one; where neither does, the
    first date above the text that is not ahead of its time is taken.
    """
    plain = replace(source, article=ArticleSelectors())
    truths: list[datetime | None] = []
    candidates: Counter[str] = Counter()
    for item, soup in pages:
        own = find_page_date(soup, plain, find_linked_data(soup), now)
        truth = item.published_at or (own.at if own else None)
        truths.append(truth)
        names: list[str] = []
        for node in _dated_nodes(soup, source, truth, now):
            names += islice(write_selectors(node), 6)
        candidates.update(list(dict.fromkeys(names)))

    def is_right(selector: str) -> bool:
        read = replace(source, article=ArticleSelectors(date=selector))
        for (_, soup), truth in zip(pages, truths, strict=True):
            nodes = soup.select(selector, limit=4)
            found = find_page_date(soup, read, {}, now) if nodes else None
            if not nodes or len(nodes) > 3 or found is None or not _agrees(found.at, truth, now):
                return False
        return True

    return next((s for s in _best_first(candidates, len(pages)) if is_right(s)), "")


def _dated_nodes(soup: BeautifulSoup, source: Source, truth: datetime | None, now: datetime) -> Iterator[Tag]:
    """Yield the nodes that show a date, the smallest ones, in the order of the page."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(source.timezone)
    for node in soup.find_all(_PROBABLE):
        written = [str(node[name]) for name in _ATTRIBUTES if node.get(name)]
        text = text_of(node)
        if len(text) <= _LONGEST_DATE and any(map(str.isdigit, text)) and not node.find(_PROBABLE[:5]):
            written.append(text)
        for raw in written:
            reading = read_date(raw, zone, now) if any(map(str.isdigit, raw)) else None
            if reading and _agrees(reading.at, truth, now):
                yield node
                break


def _agrees(found: datetime, truth: datetime | None, now: datetime) -> bool:
    return abs(found - truth) <= _SAME_DAY if truth else found <= now + timedelta(hours=1)


def _best_first(candidates: Counter[str], pages: int) -> list[str]:
    """Return what was found on all pages, plain names before longer ways."""
    everywhere = [selector for selector, count in candidates.items() if count == pages]
    return sorted(everywhere, key=lambda s: (s.count(" "), "nth" in s))


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
