"""The public preview of a Telegram channel, t.me/s/<channel>."""

from __future__ import annotations

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup, Tag

from monitor.collect.front import Front
from monitor.collect.links import resolve_link
from monitor.collect.paging import with_query
from monitor.domain.article import FeedItem, Page
from monitor.domain.source import Source
from monitor.errors import BlockedError, Trouble
from monitor.text.charset import decode_bytes
from monitor.text.dates import read_date
from monitor.text.markup import one_line, outermost, paragraphs, parse_html

_TITLE_LENGTH = 80
# Quoted posts carry the text's class too, in older markup.
_NOT_OWN_WORDS = ".tgme_widget_message_reply, .tgme_widget_message_link_preview"


def read_channel(source: Source, page: Page, now: datetime) -> Front:
    """Return the posts that the preview shows, the newest first; raises BlockedError where there is none."""
    soup = parse_html(decode_bytes(page.body, page.headers.get("content-type", ""), source.encoding))
    if soup.select_one(".tgme_channel_history") is None:
        reason = "no posts are shown: the channel is private, does not exist or has its preview disabled"
        raise BlockedError(page.url, reason, trouble=Trouble.FORBIDDEN)
    front = Front.of(source)
    front.older = _older(soup, page)
    for message in reversed(soup.select(".tgme_widget_message[data-post]")):
        if front.is_full:
            break
        _read_post(front, message, source, now)
    return front


def _older(soup: BeautifulSoup, page: Page) -> str | None:
    """Return where the posts before the oldest shown one are."""
    more = soup.select_one("a.tme_messages_more[data-before]")
    number = str(more["data-before"]).strip() if more is not None else ""
    return with_query(page.url, before=number) if number.isdecimal() else None


def _read_post(front: Front, message: Tag, source: Source, now: datetime) -> None:
    post = str(message["data-post"]).strip()
    if any("service_message" in (node.get("class") or ()) for node in (message, message.parent) if node):
        return
    texts = [node for node in message.select(".js-message_text") if not _is_quoted(node, message)]
    # An album's caption nests a second text inside the first: the outer one has it all.
    outer = outermost(texts)
    words = paragraphs(outer)
    if not words:
        if message.select_one(".message_media_not_supported") is not None:
            front.leave_out(f"post {post}: the preview does not show it")
        return
    url = resolve_link("https://t.me/", post)
    if url is None or "/" not in post:
        front.leave_out(f"post {post[:60]!r}: not a post's number")
        return
    forwarded = message.select_one(".tgme_widget_message_forwarded_from")
    origin = one_line(forwarded.get_text(" ")) if forwarded else ""
    front.add(
        FeedItem(
            source_id=source.id,
            key=post,
            url=url,
            title=_make_title(words),
            published_at=_find_date(message, source, now),
            summary=origin,
            html=_page_of(outer, origin),
        )
    )


def _is_quoted(node: Tag, message: Tag) -> bool:
    quoting = message.select(_NOT_OWN_WORDS)
    return any(node is quote or quote in node.parents for quote in quoting)


def _page_of(texts: list[Tag], origin: str) -> str:
    """Return the post's own markup, the words alone: views and reactions would make every visit an edit."""
    note = f'<div class="forwarded_from">{escape(origin)}</div>' if origin else ""
    return note + "".join(f'<div class="post">{node.decode_contents()}</div>' for node in texts)


def _make_title(words: list[str]) -> str:
    """Return the first line, or its first words where it is long."""
    line = words[0].split("\n", 1)[0]
    if len(line) <= _TITLE_LENGTH:
        return line
    cut = line[: _TITLE_LENGTH + 1].rsplit(" ", 1)[0][:_TITLE_LENGTH].rstrip(" ,;:—–-")
    return f"{cut}…"


def _find_date(message: Tag, source: Source, now: datetime) -> datetime | None:
    moment = message.select_one(".tgme_widget_message_date time[datetime]")
    reading = read_date(str(moment["datetime"]), ZoneInfo(source.timezone), now) if moment else None
    return reading.at if reading else None
