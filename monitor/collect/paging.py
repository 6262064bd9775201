"""Where a source's front is, and where its older parts are."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup
from soupsieve import SelectorSyntaxError

from monitor.collect.links import resolve_link
from monitor.domain.source import Source
from monitor.errors import FetchError, Trouble

PAGE = "{page}"
_DATED = {"{year}": r"(?P<year>\d{4})", "{month}": r"(?P<month>\d\d)", "{day}": r"(?P<day>\d\d)"}
_LONGEST_NUMBER = 9


def dated_address(source: Source, now: datetime) -> str:
    """Return the source's address with {year}, {month} and {day} filled in by the calendar where it lives."""
    return _fill_date(source.url, now.astimezone(ZoneInfo(source.timezone)))


def dated_before(source: Source, url: str) -> str | None:
    """Return the address of the day, month or year before, for an address that is made of dates."""
    found = _find(source.url, _DATED, url)
    if found is None or not (named := found.groupdict()):
        return None
    try:
        period = datetime(
            int(named["year"]),
            int(named.get("month") or 1),
            int(named.get("day") or 1),
            tzinfo=ZoneInfo("UTC"),
        )
        # The day before the first of a month lies in the month before, that before a year's in that year.
        return _fill_date(source.url, period - timedelta(days=1))
    except (KeyError, ValueError, OverflowError):
        return None


def next_page(source: Source, url: str) -> str | None:
    """Return the address of the next older page by `[source.paging] url`, or None where it has none."""
    if source.paging is None or PAGE not in source.paging.url:
        return None
    template = urljoin(source.url, source.paging.url)
    found = _find(template, {PAGE: r"(?P<page>\d{1,9})"}, url)
    number = int(found["page"]) + 1 if found else source.paging.first
    return template.replace(PAGE, str(number))


def linked_page(source: Source, soup: BeautifulSoup, base: str) -> str | None:
    """Return where the link at `[source.paging] next` leads, or None where it is not on the page."""
    if source.paging is None or not source.paging.next:
        return None
    try:
        node = soup.select_one(source.paging.next)
    except SelectorSyntaxError as error:
        raise FetchError(
            base, f"source {source.id}: paging.next is not valid CSS: {error}", trouble=Trouble.SETUP
        ) from error
    if node is not None and node.name != "a":
        node = node.select_one("a")
    href = str(node.get("href") or "").strip() if node is not None else ""
    return resolve_link(base, href) if href else None


def number_in_query(url: str, name: str) -> int:
    """Return the page number that an address asks for, 1 where it asks for none."""
    written = dict(parse_qsl(urlsplit(url).query)).get(name, "")
    return int(written) if written.isdecimal() and len(written) <= _LONGEST_NUMBER else 1


def with_query(url: str, **values: object) -> str:
    """Return the address with these parameters set in its query; fragment and others stay."""
    parts = urlsplit(url)
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in values
    ]
    query = urlencode([*kept, *((name, str(value)) for name, value in values.items())])
    return urlunsplit(parts._replace(query=query))


def place_in(cursor: str) -> dict[str, str]:
    """Return where within a part a cursor points: what stands in its fragment."""
    return dict(parse_qsl(urldefrag(cursor).fragment))


def point_into(url: str, **place: object) -> str:
    """Return a cursor that points to a place within what stands at an address."""
    return f"{urldefrag(url).url}#{urlencode({name: str(value) for name, value in place.items() if value})}"


def _fill_date(template: str, moment: datetime) -> str:
    filled = template.replace("{year}", f"{moment:%Y}").replace("{month}", f"{moment:%m}")
    return filled.replace("{day}", f"{moment:%d}")


def _find(template: str, holes: dict[str, str], url: str) -> re.Match[str] | None:
    """Match an address against a template; a hole named again must hold the same."""
    pattern = re.escape(template)
    for hole, expression in holes.items():
        first, *rest = pattern.split(re.escape(hole))
        again = f"(?P={hole.strip('{}')})"
        pattern = first + (expression + again.join(rest) if rest else "")
    return re.fullmatch(pattern, urldefrag(url).url)
