"""Sitemaps and news sitemaps, and the indexes that list them."""

from __future__ import annotations

import io
import re
import zlib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar
from urllib.parse import urldefrag
from zoneinfo import ZoneInfo

from lxml import etree

from monitor.collect.front import Front
from monitor.collect.links import resolve_link
from monitor.collect.paging import dated_before, next_page, place_in, point_into
from monitor.collect.xml_root import find_root
from monitor.domain.article import FeedItem, Page
from monitor.domain.source import Source
from monitor.errors import FetchError, Trouble
from monitor.text.charset import decode_bytes
from monitor.text.dates import read_date
from monitor.text.markup import markup_text, one_line

T = TypeVar("T")
Entry = Mapping[str, str]

MOST_FURTHER = 3
"""How many of an index's sitemaps are read in one visit, the newest first."""
_ROOTS = frozenset({"urlset", "sitemapindex"})
_ENTRIES = frozenset({"url", "sitemap"})
_ENTRY_END = re.compile(r"</(?:\w{1,20}:)?(?:url|sitemap)\s*>")
_WANTED = frozenset({"loc", "lastmod", "news:title", "news:publication_date", "news:language"})
_MOST_ENTRIES = 60_000  # the protocol allows 50,000
_MOST_UNPACKED = 20_000_000
_LONGEST_VALUE = 2_000
_LONGEST_TITLE = 1_000
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_DAY_IN_NAME = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[-_/.]?(0[1-9]|1[0-2])(?:[-_/.]?([0-2]\d|3[01]))?)?(?!\d)"
)
_NEVER = datetime(1, 1, 1, tzinfo=UTC)


def read_sitemap(source: Source, page: Page, now: datetime) -> Front:
    """Return the newest entries of a sitemap, or the sitemaps of an index as further parts.

    An older part is asked for by a place in the address: `skip` counts the entries or sitemaps
    that were read before, `then` is where to go on when this one is through.
    """
    text, is_cut = _text_of(page, source)
    start, root = find_root(text, page.url, _ROOTS, "sitemap")
    front = Front.of(source)
    if is_cut:
        front.leave_out(f"the sitemap is longer than {_MOST_UNPACKED} bytes; what stands after is not read")
    entries = list(islice(_read_entries(_bound_sitemap(text, start)), _MOST_ENTRIES))
    place = place_in(page.url)
    if root == "sitemapindex":
        _list_sitemaps(front, entries, source, page, place, now)
    else:
        _list_links(front, entries, source, page, place, now)
    if not entries and "<loc" in text:
        raise FetchError(page.url, "the sitemap is broken and holds no entry", trouble=Trouble.MALFORMED)
    return front


def _list_sitemaps(
    front: Front, entries: list[Entry], source: Source, page: Page, place: dict[str, str], now: datetime
) -> None:
    """Name the sitemaps to read: some of the newest for a visit, one by one for going back."""
    linked = [
        (entry, link) for entry in entries if (link := resolve_link(page.final_url, entry.get("loc", "")))
    ]
    dated = [(link, _find_date(entry, source, now) or _date_in_name(link)) for entry, link in linked]
    ordered = list(dict.fromkeys(_newest_first(dated)))
    if "skip" not in place:
        front.further = ordered[:MOST_FURTHER]
        front.older = point_into(page.url, skip="0") if ordered else None
        return
    done = _count(place)
    if done < len(ordered):
        front.older = point_into(page.url, skip=str(done + 1)) if done + 1 < len(ordered) else None
        front.further = [point_into(ordered[done], skip="0", then=front.older or "")]


def _list_links(
    front: Front, entries: list[Entry], source: Source, page: Page, place: dict[str, str], now: datetime
) -> None:
    dated = [(entry, _find_date(entry, source, now)) for entry in entries]
    ordered = _newest_first([((entry, date), date) for entry, date in dated])
    read = done = _count(place)
    for entry, date in ordered[done:]:
        if front.is_full:
            break
        read += 1
        _read_link(front, entry, date, source, page)
    if read < len(ordered):
        front.older = point_into(page.url, skip=str(read), then=place.get("then", ""))
    else:
        address = urldefrag(page.url).url
        front.older = place.get("then") or next_page(source, address) or dated_before(source, address)


def _read_link(front: Front, entry: Entry, date: datetime | None, source: Source, page: Page) -> None:
    link = resolve_link(page.final_url, entry.get("loc", ""))
    if link is None:
        front.leave_out(f"entry {entry.get('loc', '')[:80]!r}: this is no web address")
        return
    language = entry.get("news:language", "").lower().split("-")[0]
    if language and language not in source.languages:
        front.passed_over += 1
        return
    title = one_line(markup_text(entry.get("news:title", "")))[:_LONGEST_TITLE]
    front.add(FeedItem(source_id=source.id, key=link, url=link, title=title, published_at=date))


def _text_of(page: Page, source: Source) -> tuple[str, bool]:
    """Return the sitemap's text, unpacked within bounds where it is gzip, and whether it was cut."""
    body, is_cut = page.body, False
    if body.startswith(b"\x1f\x8b"):
        stream = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            body = stream.decompress(body, _MOST_UNPACKED)
        except zlib.error as error:
            raise FetchError(
                page.url, f"the sitemap's gzip is broken: {error}", trouble=Trouble.ENCODING
            ) from error
        is_cut = bool(stream.unconsumed_tail)
    return decode_bytes(body, page.headers.get("content-type", ""), source.encoding), is_cut


def _bound_sitemap(text: str, start: int) -> bytes:
    """Return the sitemap from its root element to its last whole entry, as XML that can be read.

    Of an entry that is cut off, the link might be, too.
    """
    ends = deque(_ENTRY_END.finditer(text, start), maxlen=1)
    whole = text[start : ends[0].end()] if ends else text[start:]
    return _BARE_AMPERSAND.sub("&amp;", whole).encode("utf-8", "ignore")


def _read_entries(body: bytes) -> Iterator[Entry]:
    """Yield the entries as far as the XML can be read, each as the wanted values by name.

    Nothing of the tree is kept: a sitemap is long and flat.
    """
    reader = etree.iterparse(
        io.BytesIO(body),
        events=("start", "end"),
        recover=True,
        no_network=True,
        resolve_entities=False,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    values: dict[str, str] = {}
    try:
        for event, element in reader:
            name = _name_of(element.tag)
            if event == "end" and name in _WANTED:
                values.setdefault(name, (element.text or "").strip()[:_LONGEST_VALUE])
            elif name in _ENTRIES:
                # An entry also ends where the next one begins: one that is not closed takes none with it.
                if values.get("loc"):
                    yield values
                values = {}
                if event == "end":
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
    except etree.XMLSyntaxError:
        return  # what was read before stands


def _name_of(tag: str) -> str:
    """Return the element's name as the protocol writes it; pictures' and videos' own are left unnamed."""
    space, _, name = tag.rpartition("}")
    if "sitemap-news" in space:
        return f"news:{name}"
    # Undeclared prefixes stay a part of the name, which then is none that is wanted.
    return "" if "sitemap-" in space or "xhtml" in space else name


def _find_date(entry: Entry, source: Source, now: datetime) -> datetime | None:
    zone = ZoneInfo(source.timezone)
    for name in ("news:publication_date", "lastmod"):
        if not (written := entry.get(name)):
            continue
        try:
            # As the protocol asks for; thousands of dates are to be read.
            moment = datetime.fromisoformat(written)
            return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
        except (ValueError, OverflowError):
            if reading := read_date(written, zone, now):
                return reading.at
    return None


def _date_in_name(link: str) -> datetime | None:
    """Return the day, month or year that a sitemap's name tells."""
    found = _DAY_IN_NAME.search(link)
    try:
        return datetime(int(found[1]), int(found[2] or 1), int(found[3] or 1), tzinfo=UTC) if found else None
    except ValueError:
        return None


def _newest_first(dated: Sequence[tuple[T, datetime | None]]) -> list[T]:
    """Order by date, the newest first.

    The undated come last, from both their ends inwards: some sites append what is new, others
    put it first, and neither may be overlooked where not all are read.
    """
    known = sorted((pair for pair in dated if pair[1]), key=lambda pair: pair[1] or _NEVER, reverse=True)
    undated = [thing for thing, date in dated if not date]
    inward = [undated[n // 2] if n % 2 == 0 else undated[-1 - n // 2] for n in range(len(undated))]
    return [*(thing for thing, _ in known), *inward]


def _count(place: dict[str, str]) -> int:
    written = place.get("skip", "")
    return int(written) if written.isdecimal() and len(written) < 9 else 0
