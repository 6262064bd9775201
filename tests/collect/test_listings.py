"""Listing pages are read by selectors, and a selector that stops matching is noticed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.collect.front import Front
from monitor.collect.listing import read_listing
from monitor.domain.article import Page
from monitor.domain.source import ListingSelectors
from monitor.errors import FetchError
from tests.collect.loopback import NOW, make_source

URL = "https://ministry.example/ru/press/"
ANNOUNCE = ListingSelectors(
    item="ul.announce.announce_articles > li.announce__item",
    link="a.announce__link",
    date="span.announce__date, span.announce__time",
    date_formats=("%d.%m.%Y %H:%M",),
)
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>
<ul class="announce"><li class="announce__item">
  <a class="announce__link" href="/other">Other list</a></li></ul>
<ul class="announce announce_articles">
  <li class="announce__item"><span class="announce__date">14.03.2023</span>
    <span class="announce__time">11:45</span>
    <a class="announce__link" href="/ru/press/101/?utm_source=list">О консультациях
      по вопросам  рыболовства</a></li>
  <li class="announce__item"><span class="announce__date">давно</span>
    <a class="announce__link" href="102/">О выставке</a></li>
  <li class="announce__item"><span class="announce__date">13.03.2023</span>
    <a class="announce__link">Без ссылки</a></li>
  <li class="announce__item"><a class="announce__link" href="javascript:void(0)">Ещё</a></li>
</ul></body></html>"""


def read(body: bytes, selectors: ListingSelectors, **changes: object) -> Front:
    """Read a listing page."""
    source = make_source(URL, kind="listing", listing=selectors, **changes)
    return read_listing(source, Page(URL, URL, 200, {"content-type": "text/html"}, body, NOW, ""), NOW)


def test_items_are_read_by_selectors() -> None:
    """Link, title and a date split over two nodes; items without a link are left out with a reason."""
    front = read(PAGE.encode(), ANNOUNCE)
    first, second = front.items.values()
    assert first.key == first.url == "https://ministry.example/ru/press/101/"
    assert first.title == "О консультациях по вопросам рыболовства"
    assert datetime(2023, 3, 14, 8, 45, tzinfo=UTC) == first.published_at
    assert second.url == "https://ministry.example/ru/press/102/"
    assert second.published_at is None
    assert len(front.bad) == 2


def test_item_that_is_itself_the_link_is_read() -> None:
    """Cards are often one big <a> with title and date inside."""
    html = """<a class="card" href="/n/1"><time datetime="2023-03-14T09:00:00+04:00">14 March</time>
              <h3>A visit</h3><p>Lead</p></a>"""
    selectors = ListingSelectors(item="a.card", title="h3", date="time")
    (item,) = read(html.encode(), selectors).items.values()
    assert (item.title, item.url) == ("A visit", "https://ministry.example/n/1")
    assert datetime(2023, 3, 14, 5, 0, tzinfo=UTC) == item.published_at


def test_unix_time_in_an_attribute_is_read() -> None:
    """As in lists that are filled by scripts."""
    html = "<div class=l><a href=/n/1 data-unixtime=1678780800>A</a></div>"
    selectors = ListingSelectors(item="div.l", date="a[data-unixtime]")
    (item,) = read(html.encode(), selectors).items.values()
    assert datetime(2023, 3, 14, 8, 0, tzinfo=UTC) == item.published_at


def test_selectors_that_find_nothing_are_an_error_that_says_so() -> None:
    """A redesign must not look like a quiet day."""
    with pytest.raises(
        FetchError, match=r"selector 'ul\.gone li' found nothing on the page; check \[source\.listing\]"
    ):
        read(PAGE.encode(), ListingSelectors(item="ul.gone li"))


def test_selectors_that_find_no_link_are_an_error_too() -> None:
    """Items without a single usable link are no items."""
    with pytest.raises(FetchError, match="none usable"):
        read(PAGE.encode(), ListingSelectors(item="li.announce__item", link="a.gone"))


def test_selector_that_is_no_css_names_the_source() -> None:
    """The operator learns which source to mend."""
    with pytest.raises(FetchError, match=r"source paper: a selector is not valid CSS"):
        read(PAGE.encode(), ListingSelectors(item="li[["))


@pytest.mark.parametrize("code", ["windows-1251", "koi8-r", "utf-16"])
@pytest.mark.parametrize("label", ["utf-8", "windows-1251"])
def test_listing_reads_the_same_in_every_code(code: str, label: str) -> None:
    """The page's meta tag need not be true."""
    body = PAGE.replace('charset="utf-8"', f'charset="{label}"').encode(code)
    assert read(body, ANNOUNCE).items == read(PAGE.encode(), ANNOUNCE).items
