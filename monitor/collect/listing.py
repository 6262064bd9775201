"""Listing pages without a feed, read by configured selectors."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bs4 import Tag
from soupsieve import SelectorSyntaxError

from monitor.collect.front import Front
from monitor.collect.links import resolve_link
from monitor.collect.paging import linked_page, next_page
from monitor.domain.article import FeedItem, Page
from monitor.domain.source import ListingSelectors, Source
from monitor.errors import FetchError, Trouble
from monitor.text.charset import decode_bytes
from monitor.text.dates import read_date
from monitor.text.markup import one_line, outermost, paragraphs, parse_html

_DATE_ATTRIBUTES = ("datetime", "data-datetime", "data-unixtime", "content")
_LONGEST_TITLE = 1_000
_MANY_BAD = 30


def read_listing(source: Source, page: Page, now: datetime) -> Front:
    """Return the listing's items; raises FetchError where the selectors find none."""
    selectors = source.listing
    if selectors is None:
        raise FetchError(
            page.url,
            f"source {source.id} is a listing but has no [source.listing] selectors",
            trouble=Trouble.SETUP,
        )
    soup = parse_html(decode_bytes(page.body, page.headers.get("content-type", ""), source.encoding))
    front = Front.of(source)
    front.older = next_page(source, page.url) or linked_page(source, soup, page.final_url)
    try:
        nodes = outermost(soup.select(selectors.item, limit=source.max_items + _MANY_BAD))
        for number, node in enumerate(nodes, start=1):
            if front.is_full or len(front.bad) >= _MANY_BAD:
                break
            _read_item(front, number, node, selectors, source, page, now)
    except SelectorSyntaxError as error:
        raise FetchError(
            page.url, f"source {source.id}: a selector is not valid CSS: {error}", trouble=Trouble.SETUP
        ) from error
    if not front.items and not front.passed_over:
        found = f"{len(nodes)} nodes, none usable ({front.bad[0]})" if front.bad else "nothing"
        raise FetchError(
            page.url,
            f"the selector {selectors.item!r} found {found} on the page; check [source.listing]",
            trouble=Trouble.LAYOUT,
        )
    return front


def _read_item(
    front: Front,
    number: int,
    node: Tag,
    selectors: ListingSelectors,
    source: Source,
    page: Page,
    now: datetime,
) -> None:
    linked = node.select_one(selectors.link)
    if linked is None and node.name == "a":
        linked = node
    href = str(linked.get("href") or "").strip() if linked else ""
    link = resolve_link(page.final_url, href) if href else None
    if linked is None or link is None:
        front.leave_out(f"item {number}: no link at {selectors.link!r}")
        return
    titled = node.select_one(selectors.title) if selectors.title else linked
    title = one_line(" ".join(paragraphs([titled]))) if titled else ""
    front.add(
        FeedItem(
            source_id=source.id,
            key=link,
            url=link,
            title=(title or one_line(str(linked.get("title") or "")))[:_LONGEST_TITLE],
            published_at=_find_date(node, selectors, source, now),
        )
    )


def _find_date(node: Tag, selectors: ListingSelectors, source: Source, now: datetime) -> datetime | None:
    """Read the date where the selector points; one split over several nodes is joined."""
    if not selectors.date:
        return None
    dated = node.select(selectors.date)
    written = [str(tag[name]) for tag in dated for name in _DATE_ATTRIBUTES if tag.get(name)]
    written.append(one_line(" ".join(tag.get_text(" ") for tag in dated)))
    zone = ZoneInfo(source.timezone)
    readings = (read_date(text, zone, now, selectors.date_formats) for text in written)
    return next((reading.at for reading in readings if reading), None)
