"""What a page says about itself in its head: JSON-LD and meta tags."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup

from monitor.text.markup import markup_text, one_line

_ARTICLE_TYPES = frozenset({"article", "newsarticle", "reportagenewsarticle", "blogposting", "webpage"})
_LONGEST_JSON = 1_000_000
_MOST_NODES = 2_000


def find_linked_data(soup: BeautifulSoup) -> dict[str, str]:
    """Return headline, datePublished and articleBody of the page's JSON-LD article, where it has one."""
    best: dict[str, str] = {}
    # Not by selectors, here and below: they look at every node of the page, and most pages are read often.
    for script in soup.find_all("script", type="application/ld+json"):
        for node in _walk(_load(script.get_text())):
            kinds = node.get("@type")
            named = {str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}
            if not named & _ARTICLE_TYPES:
                continue
            found = {
                key: value.strip()
                for key in ("headline", "datePublished", "articleBody")
                if isinstance(value := node.get(key), str) and value.strip()
            }
            if len(found) > len(best):
                best = found
    return best


def meta_content(soup: BeautifulSoup, *selectors: str) -> str:
    """Return the first non-empty content (or datetime) attribute that the selectors lead to."""
    for selector in selectors:
        for node in soup.select(selector, limit=3):
            if value := str(node.get("content") or node.get("datetime") or "").strip():
                return value
    return ""


def page_titles(soup: BeautifulSoup) -> list[str]:
    """Return the page's own titles, the likeliest headline first."""
    raw = [
        meta_content(soup, 'meta[property="og:title"]'),
        *(node.get_text(" ") for node in soup.find_all("h1", limit=2)),
        *(node.get_text(" ") for node in soup.find_all("title", limit=1)),
    ]
    return [title for text in raw if (title := one_line(markup_text(text.replace("<", "‹"))))]


def _load(raw: str) -> Any:
    if len(raw) > _LONGEST_JSON:
        return None
    try:
        return json.loads(raw, strict=False)
    except (ValueError, RecursionError):
        return None


def _walk(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects inside JSON-LD, a bounded number of them, however deep it is."""
    waiting, seen = [data], 0
    while waiting and seen < _MOST_NODES:
        node = waiting.pop()
        seen += 1
        if isinstance(node, dict):
            yield node
            waiting += [value for value in node.values() if isinstance(value, dict | list)]
        elif isinstance(node, list):
            waiting += node
