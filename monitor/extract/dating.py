"""When an article was published, decided between what page and feed say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup

from monitor.domain.source import Source
from monitor.extract.metadata import meta_content
from monitor.text.dates import DateReading, read_date
from monitor.text.markup import one_line

_EARLIEST = datetime(1991, 1, 1, tzinfo=UTC)
_TOLERANCE = timedelta(hours=1)
_SAME_ITEM = timedelta(hours=36)
_ATTRIBUTES = ("datetime", "data-datetime", "data-unixtime", "data-timestamp", "content")
_META = (
    'meta[property="article:published_time"]',
    'meta[itemprop="datePublished"]',
    '[itemprop="datePublished"]',
    'meta[name="mediator_published_time"]',
)


def find_page_date(
    soup: BeautifulSoup, source: Source, linked_data: dict[str, str], now: datetime
) -> DateReading | None:
    """Return the date that the page shows: at the configured selector, else where pages usually say it."""
    zone = ZoneInfo(source.timezone)
    for raw in _written_dates(soup, source, linked_data):
        if reading := read_date(raw, zone, now, source.article.date_formats):
            return reading
    return None


def _written_dates(soup: BeautifulSoup, source: Source, linked_data: dict[str, str]) -> Iterator[str]:
    if source.article.date:
        nodes = soup.select(source.article.date, limit=4)
        for node in nodes:
            yield from (str(node[name]) for name in _ATTRIBUTES if node.get(name))
        # First as one: day and time often stand in neighbouring nodes.
        yield one_line(" ".join(node.get_text(" ") for node in nodes))
        for node in nodes:
            yield one_line(node.get_text(" "))
    yield linked_data.get("datePublished", "")
    yield meta_content(soup, *_META)
    yield meta_content(soup, "article time[datetime]", "h1 ~ time[datetime]", "time[datetime]")
    for node in soup.select("a[data-unixtime], div[data-unixtime]", limit=1):
        yield str(node["data-unixtime"])


def settle_date(
    page: DateReading | None, feed: datetime | None, now: datetime
) -> tuple[datetime | None, str]:
    """Return the moment of publication in UTC, and a note where a date was clamped or dropped.

    The page's date counts before the feed's, which may be that of an update; but a page that gives
    a day only takes the feed's time of day. A date more than an hour ahead is used only if there is
    no other, and then as "now"; one before 1991 is not believed.
    """
    notes: list[str] = []
    candidates: list[datetime] = []
    page_at = page.at if page else None
    ordered = [(page_at, "page"), (feed, "feed")]
    if page and feed and not page.has_time and abs(page.at - feed) <= _SAME_ITEM:
        ordered.reverse()
    for moment, origin in ordered:
        if moment is None:
            continue
        if moment < _EARLIEST:
            notes.append(f"the {origin}'s date {moment:%Y-%m-%d} is before 1991 and was dropped")
        elif moment > now + _TOLERANCE:
            notes.append(f"the {origin}'s date {moment:%Y-%m-%d %H:%M} UTC is in the future")
        else:
            candidates.append(moment.astimezone(UTC))
    if candidates:
        return candidates[0], "; ".join(notes)
    if any(note.endswith("in the future") for note in notes):
        return now.astimezone(UTC), "; ".join([*notes, "clamped to the time of reading"])
    return None, "; ".join(notes) or "neither page nor feed gives a date that can be read"
