"""Dates as outlets write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.domain.source import ArticleSelectors
from monitor.extract.dating import settle_date
from monitor.text.dates import DateReading, read_date
from tests.extract.pages import NOW, extract, make_item

MOSCOW = ZoneInfo("Europe/Moscow")
TODAY = datetime(2022, 11, 25, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("24 ноября 2022, 14:05", "2022-11-24T11:05"),
        ("24 ноября 2022 года, 14:05, Москва", "2022-11-24T11:05"),
        ("15:30 24.11.2022", "2022-11-24T12:30"),
        ("24.11.2022 14:05 (МСК)", "2022-11-24T11:05"),
        ("24.11.2022\u00a0 14:05:30", "2022-11-24T11:05:30"),
        ("сегодня, 12:10", "2022-11-25T09:10"),
        ("Вчера в 18:20", "2022-11-24T15:20"),
        ("позавчера, 00:30", "2022-11-22T21:30"),
        ("5 минут назад", "2022-11-25T09:25"),
        ("2 часа назад", "2022-11-25T07:30"),
        ("3 hours ago", "2022-11-25T06:30"),
        ("12:10", "2022-11-25T09:10"),
        ("23:50", "2022-11-24T20:50"),
        ("1 мая 2022 г. в 9:00", "2022-05-01T06:00"),
        ("31 декабря, 10:00", "2021-12-31T07:00"),
        ("Чт, 24 ноя 2022 14:05:00 +0300", "2022-11-24T11:05"),
        ("November 24, 2022 2:05 PM", "2022-11-24T11:05"),
        ("24 Nov 2022 12:00 a.m.", "2022-11-23T21:00"),
        ("2022-11-24T14:05:00+04:00", "2022-11-24T10:05"),
        ("2022-11-24T14:05:00.123456Z", "2022-11-24T14:05"),
        ("2022-11-24 14:05", "2022-11-24T11:05"),
        ("2022/11/24 14:05 UTC", "2022-11-24T14:05"),
        ("20221124T1405", "2022-11-24T11:05"),
        ("Thu, 24 Nov 2022 14:05:00 GMT", "2022-11-24T14:05"),
        ("Thu, 24 Nov 2022 14:05:00 MSK", "2022-11-24T11:05"),
        ("Thu, 24 Nov 2022 14:05:00 EST", "2022-11-24T19:05"),
        ("Thu, 24 Nov 2022 14:05:00", "2022-11-24T11:05"),
        ("1669287900", "2022-11-24T11:05"),
        ("1669287900000", "2022-11-24T11:05"),
    ],
)
def test_date_with_time_is_read(written: str, expected: str) -> None:
    """In Russian, English and the standard forms; a named zone counts, else the source's."""
    reading = read_date(written, MOSCOW, TODAY)
    assert DateReading(datetime.fromisoformat(expected).replace(tzinfo=UTC), has_time=True) == reading


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("30 September 2026", (2026, 9, 30)),
        ("September 30, 2026", (2026, 9, 30)),
        ("20.08.2026", (2026, 8, 20)),
        ("20.08.26", (2026, 8, 20)),
        ("8/20/2026", (2026, 8, 20)),
        ("2022-11-24", (2022, 11, 24)),
        ("вчера", (2022, 11, 24)),
        ("24 ноября", (2022, 11, 24)),
        ("24 noyabr 2022", (2022, 11, 24)),
    ],
)
def test_date_without_time_is_midnight_of_the_sources_day(written: str, day: tuple[int, int, int]) -> None:
    """And says that no time was written."""
    reading = read_date(written, MOSCOW, TODAY)
    assert reading is not None
    assert datetime(*day, tzinfo=MOSCOW) == reading.at
    assert not reading.has_time


@pytest.mark.parametrize(
    "written",
    ["", "скоро", "99.99.9999", "32 ноября 2022", "25:61 24.11.2022", "in 5 days", "12", "2022", "0000-00-00",
     "31.12.9999 23:59 -1200", "мая", "x" * 100_000, "1" * 50_000, ": " * 50_000],
)  # fmt: skip
def test_nonsense_is_no_date(written: str) -> None:
    """None, without an error and without delay."""
    assert read_date(written, MOSCOW, TODAY) is None


def test_configured_formats_come_first() -> None:
    """An outlet's own order of day and month can be said."""
    reading = read_date("11/10/2022 14:05", MOSCOW, TODAY, ("%m/%d/%Y %H:%M",))
    assert reading == DateReading(datetime(2022, 11, 10, 11, 5, tzinfo=UTC), has_time=True)


def at(hours: float) -> datetime:
    """Return a moment so many hours from now."""
    return NOW + timedelta(hours=hours)


def test_pages_date_counts_before_the_feeds() -> None:
    """The feed's may be that of an update."""
    assert (at(-5), "") == settle_date(DateReading(at(-5), has_time=True), at(-1), NOW)


def test_feed_gives_the_time_of_a_page_that_has_only_the_day() -> None:
    """But only if both mean about the same day."""
    assert (at(-3), "") == settle_date(DateReading(at(-9), has_time=False), at(-3), NOW)
    assert (at(-90), "") == settle_date(DateReading(at(-90), has_time=False), at(-3), NOW)


def test_future_date_gives_way_to_a_believable_one_and_is_clamped_otherwise() -> None:
    """An hour ahead is tolerated; ten years are not, and a note says so."""
    ahead = DateReading(at(24 * 3650), has_time=True)
    moment, note = settle_date(ahead, at(-2), NOW)
    assert at(-2) == moment
    assert note.startswith("the page's date 2033-03-11")
    moment, note = settle_date(ahead, None, NOW)
    assert moment == NOW
    assert note.endswith("in the future; clamped to the time of reading")
    assert (at(0.9), "") == settle_date(None, at(0.9), NOW)


def test_dates_before_1991_are_dropped() -> None:
    """1970 is what broken clocks say."""
    epoch = DateReading(datetime(1970, 1, 1, tzinfo=UTC), has_time=True)
    assert settle_date(epoch, None, NOW)[0] is None
    assert "before 1991" in settle_date(epoch, None, NOW)[1]
    assert at(-1) == settle_date(epoch, at(-1), NOW)[0]


def test_absent_date_is_none_and_noted() -> None:
    """Unknown stays unknown."""
    article = extract("<div class=b>" + "Слова и снова слова. " * 5 + "</div>",
                      selectors=ArticleSelectors(body=".b"), item=make_item(published_at=None))  # fmt: skip
    assert article.published_at is None
    assert article.date_note == "neither page nor feed gives a date that can be read"


@pytest.mark.parametrize(
    "markup",
    [
        '<meta property="article:published_time" content="2023-03-13T12:00:00+03:00">',
        '<meta itemprop="datePublished" content="2023-03-13T09:00:00Z">',
        '<meta name="mediator_published_time" content="2023-03-13T12:00:00+03:00">',
        '<span itemprop="datePublished" datetime="2023-03-13T12:00:00+03:00">вчера</span>',
        '<article><time datetime="2023-03-13T09:00:00Z">yesterday</time></article>',
        '<a data-unixtime="1678698000">12:00</a>',
        '<script type="application/ld+json">{"@type":"Article","datePublished":"20230313T1200"}</script>',
        '<i class="when">13 марта 2023, 12:00</i>',
        '<i class="when" data-datetime="2023-03-13T09:00:00+00:00">давно</i>',
    ],
)
def test_date_is_found_where_pages_say_it(markup: str) -> None:
    """In meta tags, microdata, JSON-LD, <time>, attributes and at the configured selector."""
    html = f"<html><body>{markup}<div class=b>{'Слова и снова слова. ' * 5}</div></body></html>"
    article = extract(
        html, selectors=ArticleSelectors(body=".b", date=".when"), item=make_item(published_at=None)
    )
    assert datetime(2023, 3, 13, 9, 0, tzinfo=UTC) == article.published_at
