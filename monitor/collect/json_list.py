"""Lists that come as JSON, read by configured paths."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from monitor.collect.front import Front
from monitor.collect.links import resolve_link
from monitor.collect.paging import PAGE, next_page, place_in, point_into
from monitor.domain.article import FeedItem, Page
from monitor.domain.source import JsonFields, Source
from monitor.errors import FetchError, Trouble
from monitor.text.charset import decode_bytes
from monitor.text.dates import read_date
from monitor.text.markup import markup_text, one_line

_TAG = re.compile(r"<[A-Za-z/!]")
_HOLE = re.compile(r"\{([^{}]{1,100})\}")
_LONGEST_KEY = 500
_LONGEST_TITLE = 1_000
_LONGEST_SUMMARY = 5_000
_MANY_BAD = 30


def read_json_list(source: Source, page: Page, now: datetime) -> Front:
    """Return the list's items; raises FetchError where the answer is no JSON or has no such list."""
    fields = source.json
    if fields is None:
        raise FetchError(
            page.url,
            f"source {source.id} is a JSON list but has no [source.json] paths",
            trouble=Trouble.SETUP,
        )
    answer = load_json(page, source)
    items = _find_items(answer, fields, page)
    front = Front.of(source)
    front.older = (next_page(source, page.url) or _next_post(source, page.url)) if items else None
    for number, item in enumerate(items, start=1):
        if front.is_full or len(front.bad) >= _MANY_BAD:
            break
        _read_item(front, number, item, fields, source, page, now)
    if items and not front.items and not front.passed_over:
        raise FetchError(
            page.url,
            f"{len(items)} items, none usable ({front.bad[0]}); check [source.json]",
            trouble=Trouble.LAYOUT,
        )
    return front


def post_body(source: Source, cursor: str) -> str:
    """Return what is sent to ask for the part at a cursor; empty where nothing is sent but the address."""
    if source.json is None:
        return ""
    return source.json.body.replace(PAGE, str(_post_number(source, cursor)))


def load_json(page: Page, source: Source) -> Any:
    """Return the page's JSON; raises FetchError where it is none."""
    text = decode_bytes(page.body, page.headers.get("content-type", ""), source.encoding)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FetchError(
            page.url, f"the answer is no JSON but begins with {text[:60]!r}", trouble=Trouble.MALFORMED
        ) from error


def _post_number(source: Source, cursor: str) -> int:
    written = place_in(cursor).get("page", "")
    if written.isdecimal() and len(written) < 9:
        return int(written)
    return (source.paging.first if source.paging else 2) - 1


def _next_post(source: Source, cursor: str) -> str | None:
    """Return the cursor of the next older page where the number stands in what is posted."""
    if source.json is None or PAGE not in source.json.body:
        return None
    return point_into(cursor, page=str(_post_number(source, cursor) + 1))


def _find_items(answer: object, fields: JsonFields, page: Page) -> list[object]:
    """Return the list at the path; an empty list is a quiet day, no list at all is an error."""
    *parents, last = fields.items.split(".") if fields.items else ["*"]
    found: list[object] = []
    holders = list(_walk(answer, parents))
    lists = holders if last == "*" else [value for holder in holders for value in _walk(holder, [last])]
    lists = [value for value in lists if isinstance(value, list | dict)]
    for value in lists:
        found += _walk(value, ["*"])
    if not lists:
        shown = ", ".join(map(str, answer))[:120] if isinstance(answer, dict) else type(answer).__name__
        raise FetchError(
            page.url,
            f"the path {fields.items!r} leads to no list; the answer holds: {shown}; check [source.json]",
            trouble=Trouble.LAYOUT,
        )
    return found


def _read_item(
    front: Front, number: int, item: object, fields: JsonFields, source: Source, page: Page, now: datetime
) -> None:
    title = one_line(markup_text(_text_at(item, fields.title)))[:_LONGEST_TITLE]
    shown = f"item {number} ({title[:60] or 'no title'})"
    href = _make_link(item, fields.link)
    if not href:
        front.leave_out(f"{shown}: nothing at {fields.link!r} to make a link of")
        return
    link = resolve_link(page.final_url, href)
    if link is None:
        front.leave_out(f"{shown}: {href[:80]!r} is no web address")
        return
    text = _text_at(item, fields.text, between="\n")
    front.add(
        FeedItem(
            source_id=source.id,
            key=_text_at(item, fields.key)[:_LONGEST_KEY] or link,
            url=link,
            title=title,
            published_at=_find_date(item, fields.date, source, now),
            summary=markup_text(_text_at(item, fields.summary)[:_LONGEST_SUMMARY]),
            html=_as_markup(text) if text else None,
        )
    )


def _make_link(item: object, link: str) -> str:
    """Return what stands at a path, or a template with what stands at the paths in its braces."""
    if "{" not in link:
        return _text_at(item, link)
    values = {hole: quote(_text_at(item, hole), safe="/:@!$'()*,;=~-._%") for hole in _HOLE.findall(link)}
    if not all(values.values()):
        return ""
    return _HOLE.sub(lambda hole: values[hole[1]], link)


def _find_date(item: object, path: str, source: Source, now: datetime) -> datetime | None:
    for value in _walk(item, path.split(".")) if path else ():
        if isinstance(value, int | float) and not isinstance(value, bool):
            seconds = value / 1000 if abs(value) >= 1e11 else value
            try:
                return datetime.fromtimestamp(seconds, UTC)
            except (ValueError, OverflowError, OSError):
                return None
        if isinstance(value, str) and (reading := read_date(value, ZoneInfo(source.timezone), now)):
            return reading.at
    return None


def _text_at(item: object, path: str, between: str = "") -> str:
    """Return the text or number at a path; of several the first, or all where they are to be joined."""
    if not path:
        return ""
    values = [value for value in _walk(item, path.split(".")) if not isinstance(value, bool)]
    found = [text for value in values if isinstance(value, str | int | float) if (text := str(value).strip())]
    return between.join(found) if between else next(iter(found), "")


def _walk(value: object, path: list[str]) -> Iterator[object]:
    """Yield what stands at a path; `*` is every element, a number the element at that place."""
    if not path:
        yield value
        return
    step, *rest = path
    if isinstance(value, dict):
        inner = list(value.values()) if step == "*" else [value[step]] if step in value else []
    elif isinstance(value, list):
        inner = value if step == "*" else value[int(step) : int(step) + 1] if step.isdecimal() else []
    else:
        inner = []
    for one in inner:
        yield from _walk(one, rest)


def _as_markup(text: str) -> str:
    """Return the text as HTML: plain text keeps its lines as paragraphs."""
    if _TAG.search(text):
        return text
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
