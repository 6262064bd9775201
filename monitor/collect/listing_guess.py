"""Guessing how to read a list of articles: the repeated blocks whose links look like articles."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup, Tag

from monitor.collect.links import resolve_link
from monitor.collect.listing import read_listing
from monitor.collect.listing_fields import find_date, find_fields
from monitor.domain.article import Page
from monitor.domain.source import ListingSelectors, Source
from monitor.errors import FetchError
from monitor.pipeline.ports import ListingProposal
from monitor.text.charset import decode_bytes
from monitor.text.markup import outermost, parse_html
from monitor.text.selectors import is_telling, name_node, text_of

_FEWEST = 3
_SHORTEST_TITLE = 15
_LEVELS = 7
_MOST_BUCKETS = 40
_MOST_REFINED = 4
_MOST_LINKS = 400
_ASIDE = re.compile(
    r"aside|sidebar|side-|popular|related|recommend|most-?read|footer|menu|nav|breadcrumb|banner|partner|"
    r"promo|ticker|tags?\b|header(?!.*item)|widget|slider|carousel|top-?news|social|share|comment",
    re.IGNORECASE,
)
_FURNITURE = frozenset({"nav", "footer"})
_OWN_HEADER = frozenset({"article", "main", "li", "section", "tr"})
_NOT_ARTICLES = re.compile(
    r"/(?:tags?|topics?|themes?|categor(?:y|ies)|rubrics?|authors?|search|login|register|page|about|contacts?|"
    r"subscribe|rss|feeds?|user|wp-admin)(?:/|$)|[?&](?:page|paged|pagen_\d+|p)=\d+$|\.(?:pdf|jpe?g|png|zip|docx?|mp[34])$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Link:
    anchor: Tag
    url: str


def propose_listings(source: Source, page: Page, now: datetime) -> tuple[ListingProposal, ...]:
    """Return selectors with which the page reads as a list of articles, the best first.

    Each was tried: `items` and `dated` are what the collector found with it.
    """
    soup = parse_html(decode_bytes(page.body, page.headers.get("content-type", ""), source.encoding))
    links = _article_links(soup, page.final_url)
    zone = ZoneInfo(source.timezone)
    total = len({link.url for link in links})
    scored = [
        (score, selector, nodes)
        for selector, nodes in _repeated_blocks(soup, links)
        if (score := _score(selector, nodes, links, total, zone, now)) > 0
    ]
    scored.sort(key=lambda entry: (-entry[0], len(entry[1])))
    proposals: list[ListingProposal] = []
    for score, selector, nodes in scored:
        inner = [_only_link(node, links) for node in nodes]
        pairs = [(node, url) for node, url in zip(nodes, inner, strict=True) if url]
        fields = find_fields(
            selector, [n for n, _ in pairs], [u for _, u in pairs], page.final_url, zone, now
        )
        if fields and (tried := try_listing(source, page, now, fields, score)):
            proposals.append(tried)
        if len(proposals) >= _MOST_REFINED:
            break
    return tuple(sorted(proposals, key=_rank))


def try_listing(
    source: Source, page: Page, now: datetime, selectors: ListingSelectors, score: float = 0.0
) -> ListingProposal | None:
    """Read the page with the selectors, as the collector will; None where that gives no list."""
    try:
        front = read_listing(replace(source, kind="listing", listing=selectors), page, now)
    except FetchError:
        return None
    items = tuple(front.items.values())
    titled = [item.title for item in items if item.title]
    if len(items) < _FEWEST or len(titled) < _FEWEST or len(front.bad) > len(items):
        return None
    dated = sum(item.published_at is not None for item in items)
    return ListingProposal(selectors, len(items), dated, tuple(titled[:3]), score)


def _rank(proposal: ListingProposal) -> tuple[float, int]:
    return (-proposal.score, len(proposal.selectors.item))


def _article_links(soup: BeautifulSoup, base: str) -> list[_Link]:
    """Return the anchors that may lead to articles of the same site, without menus and footers."""
    host = _site_of(base)
    found: list[_Link] = []
    for anchor in soup.find_all("a", href=True, limit=_MOST_LINKS * 3):
        url = resolve_link(base, str(anchor["href"]))
        if url is None or _site_of(url) != host or url.rstrip("/") == base.partition("#")[0].rstrip("/"):
            continue
        path = urlsplit(url).path
        if (path.strip("/") == "" and not urlsplit(url).query) or _NOT_ARTICLES.search(url):
            continue
        if not _is_furniture(anchor):
            found.append(_Link(anchor, url))
    # A picture's anchor has no words: what counts is that some anchor to the page has enough of them.
    worded = {link.url for link in found if len(text_of(link.anchor)) >= _SHORTEST_TITLE}
    return [link for link in found if link.url in worded][:_MOST_LINKS]


def _site_of(url: str) -> str:
    parts = urlsplit(url)
    labels = (parts.hostname or "").removeprefix("www.").split(".")
    own = ".".join(labels[-2:]) if not labels[-1].isdigit() else ".".join(labels)
    return f"{own}:{parts.port or ''}"


def _is_furniture(node: Tag) -> bool:
    for above in node.parents:
        if above.name in _FURNITURE or above.get("role") in ("navigation", "contentinfo"):
            return True
        if above.name == "header" and not any(outer.name in _OWN_HEADER for outer in above.parents):
            return True
    return False


def _repeated_blocks(soup: BeautifulSoup, links: Sequence[_Link]) -> list[tuple[str, list[Tag]]]:
    """Return selectors with the blocks that they find, for blocks that hold one article's link each."""
    within: dict[int, set[str]] = {}
    for link in links:
        for node in [link.anchor, *list(link.anchor.parents)[:_LEVELS]]:
            within.setdefault(id(node), set()).add(link.url)
    buckets: dict[str, set[str]] = {}
    for link in links:
        for node in [link.anchor, *list(link.anchor.parents)[:_LEVELS]]:
            if node.name in ("body", "html", "[document]") or len(within[id(node)]) != 1:
                break
            for selector in _names_in_list(node):
                buckets.setdefault(selector, set()).add(link.url)
    common = sorted(buckets, key=lambda s: (-len(buckets[s]), not is_telling(s), len(s)))
    kept = [selector for selector in common if len(buckets[selector]) >= _FEWEST][:_MOST_BUCKETS]
    found: dict[frozenset[int], tuple[str, list[Tag]]] = {}
    for selector in kept:
        nodes = outermost(soup.select(selector, limit=_MOST_LINKS))
        # Many names lead to the same blocks: the first is the most telling one.
        found.setdefault(frozenset(map(id, nodes)), (selector, nodes))
    return list(found.values())


def _names_in_list(node: Tag) -> list[str]:
    """Return selectors for a block: its own names, and its name inside the list that holds it."""
    own = name_node(node)
    names = [name for name in own if name != node.name or name == "article"]
    parent = node.parent
    if parent is not None and parent.name not in ("body", "html"):
        outer = [name for name in name_node(parent) if is_telling(name)][:2]
        names += [f"{above} > {name}" for above in outer for name in (own[0], own[-1])]
        grand = parent.parent
        if not outer and grand is not None and grand.name not in ("body", "html"):
            names += [
                f"{above} > {parent.name} > {own[-1]}" for above in name_node(grand)[:1] if is_telling(above)
            ]
            names += [
                f"{above} {parent.name} > {own[-1]}"
                for higher in list(grand.parents)[:3]
                for above in name_node(higher)[:1]
                if is_telling(above)
            ]
    return list(dict.fromkeys(names))


def _only_link(node: Tag, links: Sequence[_Link]) -> str | None:
    """Return the article that a block leads to, if it leads to one only."""
    inside = {id(node), *(id(inner) for inner in node.find_all("a"))}
    found = {link.url for link in links if id(link.anchor) in inside}
    return found.pop() if len(found) == 1 else None


def _score(
    selector: str, nodes: Sequence[Tag], links: Sequence[_Link], total: int, zone: ZoneInfo, now: datetime
) -> float:
    """Return how much the blocks look like the page's main list; nought where they are no list."""
    urls = [_only_link(node, links) for node in nodes]
    blocks = [node for node, url in zip(nodes, urls, strict=True) if url]
    distinct = {url for url in urls if url}
    if len(distinct) < _FEWEST:
        return 0.0
    purity = len(distinct) / len(nodes)
    if purity < 0.6:
        return 0.0
    date = find_date(blocks[:15], zone, now)
    dated = sum(bool(node.select_one(date)) for node in blocks) / len(blocks) if date else 0.0
    shapes = Counter(_shape(url) for url in distinct)
    alike = max(shapes.values()) / len(distinct)
    words = sorted(len(text_of(node).split()) for node in blocks)
    wordy = min(words[len(words) // 2] / 8, 1.0)
    aside = sum(_stands_aside(node) for node in blocks) / len(blocks)
    return (
        1.2 * math.log2(len(distinct))
        + 1.5 * len(distinct) / total
        + 2.0 * purity
        + 3.0 * dated
        + 2.0 * alike
        + 1.0 * wordy
        - 3.0 * aside
        - 0.15 * selector.count(" ")
        - (0.0 if is_telling(selector) else 1.0)
    )


def _shape(url: str) -> tuple[str, int, bool]:
    """Return what articles of one section have in common in their addresses."""
    parts = urlsplit(url)
    steps = [step for step in parts.path.split("/") if step]
    telling = any(char.isdigit() for char in parts.path + parts.query) or "-" in "".join(steps[-1:])
    return (steps[0] if len(steps) > 1 else "", len(steps), telling)


def _stands_aside(node: Tag) -> bool:
    """Say whether a block stands in what its site itself calls a side matter."""
    for above in [node, *node.parents]:
        if above.name == "aside":
            return True
        named = " ".join([*map(str, above.get("class") or ()), str(above.get("id") or "")])
        if above.name not in ("body", "html", "[document]") and _ASIDE.search(named):
            return True
    return False
