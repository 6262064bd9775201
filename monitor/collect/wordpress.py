"""WordPress sites, read by the list of posts that they offer to programs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from monitor.collect.front import Front
from monitor.collect.json_list import load_json
from monitor.collect.links import resolve_link
from monitor.collect.paging import number_in_query, with_query
from monitor.domain.article import FeedItem, Page
from monitor.domain.source import Source
from monitor.errors import FetchError, Trouble
from monitor.text.dates import read_date
from monitor.text.markup import markup_text, one_line

NOT_OFFERED = 'the site offers no list of posts there; read its feed with kind = "rss" instead'
_ENDPOINT = "wp-json/wp/v2/posts"
_FIELDS = "id,link,date_gmt,title,content,excerpt"
_MOST_AT_ONCE = 100  # WordPress refuses more
_LONGEST_TITLE = 1_000
_LONGEST_SUMMARY = 5_000


def posts_address(source: Source, _now: datetime) -> str:
    """Return the address of the newest posts, for a site's root or the list's own address."""
    url = source.url
    if "wp-json/" not in url and "rest_route=" not in url:
        url = f"{url.rstrip('/')}/{_ENDPOINT}"
    return with_query(url, per_page=min(source.max_items, _MOST_AT_ONCE), _fields=_FIELDS)


def read_posts(source: Source, page: Page, now: datetime) -> Front:
    """Return the posts with their whole text; raises FetchError where the site does not offer them."""
    try:
        posts = load_json(page, source)
    except FetchError as error:
        raise FetchError(page.url, f"{error.reason}: {NOT_OFFERED}", trouble=error.trouble) from error
    if not isinstance(posts, list):
        said = str(posts.get("message") or posts.get("code") or "") if isinstance(posts, dict) else ""
        reason = f"the answer is no list of posts{f' ({said[:100]})' if said else ''}: {NOT_OFFERED}"
        raise FetchError(page.url, reason, trouble=Trouble.LAYOUT)
    front = Front.of(source)
    for number, post in enumerate(posts, start=1):
        if front.is_full:
            break
        _read_post(front, number, post if isinstance(post, dict) else {}, source, page, now)
    front.older = _older(page, len(posts))
    return front


def _older(page: Page, count: int) -> str | None:
    """Return the address of the next page, unless the server's own count says that this is the last."""
    number = number_in_query(page.url, "page")
    pages = page.headers.get("x-wp-totalpages", "")
    is_last = number >= int(pages[:9]) if pages.isdecimal() else count < number_in_query(page.url, "per_page")
    return None if is_last or not count else with_query(page.url, page=number + 1)


def _read_post(
    front: Front, number: int, post: dict[str, Any], source: Source, page: Page, now: datetime
) -> None:
    title = one_line(markup_text(_rendered(post, "title")))[:_LONGEST_TITLE]
    href = post.get("link")
    link = resolve_link(page.final_url, href) if isinstance(href, str) and href.strip() else None
    if link is None:
        front.leave_out(f"post {number} ({title[:60] or 'no title'}): it has no link")
        return
    content = _rendered(post, "content")
    date = post.get("date_gmt")
    reading = read_date(date, UTC, now) if isinstance(date, str) else None
    number_given = post.get("id")
    front.add(
        FeedItem(
            source_id=source.id,
            key=str(number_given) if isinstance(number_given, int) else link,
            url=link,
            title=title,
            published_at=reading.at if reading else None,
            # An excerpt is cut out of the text: beside the whole of it, it would stand there twice.
            summary="" if content else markup_text(_rendered(post, "excerpt")[:_LONGEST_SUMMARY]),
            html=content or None,
        )
    )


def _rendered(post: dict[str, Any], name: str) -> str:
    """Return a field as the site shows it; that of a post behind a password is empty."""
    value = post.get(name)
    if not isinstance(value, dict) or value.get("protected"):
        return ""
    text = value.get("rendered")
    return text.strip() if isinstance(text, str) else ""
