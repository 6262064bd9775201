"""RSS and Atom feeds, also broken and hostile ones."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import feedparser

from monitor.collect.front import Front
from monitor.collect.links import resolve_link
from monitor.collect.paging import next_page, number_in_query, with_query
from monitor.collect.xml_root import find_root
from monitor.domain.article import FeedItem, Page
from monitor.domain.source import Source
from monitor.errors import FetchError, Trouble
from monitor.text.charset import decode_bytes
from monitor.text.dates import read_date
from monitor.text.markup import MAX_TAGS, markup_text, one_line, tame_markup

_CLOSINGS = {"rss": "</channel></rss>", "feed": "</feed>", "rdf:rdf": "</rdf:RDF>"}
_ENTRY_END = re.compile(r"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
_SIGN = re.compile("[<&]")
_MOST_SIGNS = 200_000
_SPARE_ENTRIES = 50
_LONGEST_KEY = 500
_LONGEST_TITLE = 1_000
_LONGEST_SUMMARY = 5_000


def read_feed(source: Source, page: Page, now: datetime) -> Front:
    """Return the feed's entries; raises FetchError where the page is no feed that we dare to parse."""
    text = decode_bytes(page.body, page.headers.get("content-type", ""), source.encoding)
    bounded = _bound_feed(text, page.url, source.max_items + _SPARE_ENTRIES)
    parsed = feedparser.parse(
        bounded.encode("utf-8", "ignore"),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,  # texts are made plain later; the sanitiser can be made to hang
        resolve_relative_uris=False,
    )
    front = Front.of(source)
    front.older = next_page(source, page.url) or _older(parsed.feed, page)
    for number, entry in enumerate(parsed.entries, start=1):
        if front.is_full:
            break
        try:
            _read_entry(front, number, entry, source, page, now)
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
            front.leave_out(f"entry {number}: cannot be read ({type(error).__name__}: {error})")
    if not parsed.entries and parsed.bozo:
        raise FetchError(
            page.url,
            f"the feed is broken and holds no entry: {parsed.get('bozo_exception')}",
            trouble=Trouble.MALFORMED,
        )
    return front


def _older(feed: dict[str, Any], page: Page) -> str | None:
    """Return where the feed says that its older entries are; WordPress has them without saying so."""
    for relation in ("prev-archive", "next"):
        for link in feed.get("links") or ():
            if link.get("rel") == relation:
                return resolve_link(page.final_url, str(link.get("href") or ""))
    if "wordpress.org" in str(feed.get("generator") or ""):
        return with_query(page.url, paged=number_in_query(page.url, "paged") + 1)
    return None


def _bound_feed(text: str, url: str, entries: int) -> str:
    """Return the feed from its root element on, without any DTD, cut after so many entries."""
    start, root = find_root(text, url, _CLOSINGS, "RSS or Atom feed")
    ends = _ENTRY_END.finditer(text, start)
    last = next(islice(ends, entries - 1, None), None)
    body = text[start : last.end()] + _CLOSINGS[root] if last else text[start:]
    if body.count("<") > MAX_TAGS:
        body = tame_markup(body)
    flood = next(islice(_SIGN.finditer(body), _MOST_SIGNS, None), None)
    return body[: flood.start()] if flood else body


def _read_entry(
    front: Front, number: int, entry: dict[str, Any], source: Source, page: Page, now: datetime
) -> None:
    title = one_line(markup_text(str(entry.get("title") or "")))[:_LONGEST_TITLE]
    guid = str(entry.get("id") or "").strip()
    shown = f"entry {number} ({title[:60] or guid[:60] or 'no title'})"
    href = str(entry.get("link") or "").strip()
    if not href and guid.startswith(("http://", "https://")):
        href = guid
    if not href:
        front.leave_out(f"{shown}: it has no link")
        return
    link = resolve_link(page.final_url, href)
    if link is None:
        front.leave_out(f"{shown}: {href[:80]!r} is no web address")
        return
    content = _full_text(entry) if source.full_text_in_feed else None
    summary = _summary(entry)
    if not title and not content and not summary:
        front.leave_out(f"{shown}: it has neither title nor text")
        return
    front.add(
        FeedItem(
            source_id=source.id,
            key=guid[:_LONGEST_KEY] or link,
            url=link,
            title=title,
            published_at=_published(entry, source, now),
            summary=summary,
            html=content,
        )
    )


def _full_text(entry: dict[str, Any]) -> str | None:
    """Return the entry's own text: its content, or the description where that is all it gives."""
    contents = [str(part.get("value") or "") for part in entry.get("content") or ()]
    longest = max([*contents, ""], key=len)
    return longest or str(entry.get("summary") or "") or None


def _summary(entry: dict[str, Any]) -> str:
    # Where an entry has content but no summary, feedparser gives the content as the summary too.
    raw = str(entry.get("summary") or "")
    if any(raw == part.get("value") for part in entry.get("content") or ()):
        return ""
    return markup_text(raw[:_LONGEST_SUMMARY])


def _published(entry: dict[str, Any], source: Source, now: datetime) -> datetime | None:
    for name in ("published", "updated", "created"):
        # Not entry.get, which answers "updated" with "published" and warns that it will not for ever.
        if raw := str(dict.get(entry, name) or ""):
            if reading := read_date(raw, ZoneInfo(source.timezone), now):
                return reading.at
            if parsed := dict.get(entry, f"{name}_parsed"):
                return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    return None
