"""Reading history over a real store, with a hand-written site that has older pages."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from monitor.domain.article import Article, FeedItem, Page
from monitor.domain.backfill import BackfillReport, Ending
from monitor.domain.source import Paging, Source
from monitor.errors import BlockedError, FetchError, Trouble
from monitor.pipeline.backfill import HistoryReader
from monitor.pipeline.collect import SourceVisitor
from monitor.pipeline.ports import Discovery, Validators
from storage import Store
from tests.builders import NOON
from tests.pipeline.test_collect import SOURCE, ManualClock
from tests.storage.builders import make_page

SINCE = NOON - timedelta(days=10)


@dataclass
class Archive:
    """A site of numbered pages; every page is a list of (key, age in days), the first one its front."""

    pages: list[list[tuple[str, int]]]
    shows_dates: bool = True
    errors: dict[str, Exception] = field(default_factory=dict)
    """Raised once where this page or item is asked for."""
    asked: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)

    async def discover(self, source: Source, validators: Validators) -> Discovery:
        """Show the front."""
        return self._show(source, 0)

    async def browse(self, source: Source, cursor: str) -> Discovery:
        """Show an older page."""
        return self._show(source, int(cursor))

    async def fetch(self, source: Source, item: FeedItem) -> Page:
        """Return the item's page, which says how old it is."""
        self.fetched.append(item.key)
        self._fail(item.key)
        age = next(age for page in self.pages for key, age in page if key == item.key)
        return make_page(f"{age}".encode(), url=item.url)

    def _show(self, source: Source, number: int) -> Discovery:
        self.asked.append(str(number))
        self._fail(f"page {number}")
        items = tuple(
            FeedItem(
                source.id,
                key,
                f"https://example.org/{key}",
                key,
                NOON - timedelta(days=age) if self.shows_dates else None,
            )
            for key, age in self.pages[number]
        )
        older = str(number + 1) if number + 1 < len(self.pages) else None
        return Discovery(items, Validators(), older=older)

    def _fail(self, name: str) -> None:
        if error := self.errors.pop(name, None):
            raise error


def extract(source: Source, item: FeedItem, page: Page, now: datetime) -> Article:
    """Return an article as old as its page says."""
    published = NOON - timedelta(days=int(page.body))
    return Article(source.id, item.key, item.url, item.title, item.key, published, now, page.sha256)


def make_archive(count: int = 8, **changes: object) -> Archive:
    """Return an archive of pages of three items each, two days apart."""
    pages = [[(f"{n}-{k}", 2 * n + k % 2) for k in range(3)] for n in range(count)]
    return Archive(pages, **changes)


def read(store: Store, site: Archive, source: Source = SOURCE, **how: object) -> BackfillReport:
    """Read the site's history of the last ten days."""
    visitor = SourceVisitor(site, extract, store.articles, ManualClock().now, item_attempts=2)
    limits = {"most_pages": how.pop("most_pages")} if "most_pages" in how else {}
    reader = HistoryReader(visitor, store.backfills, **limits)
    return asyncio.run(reader.read(source, SINCE, **{"quiet": True, **how}))


def test_history_is_read_back_to_the_date_and_no_further(store: Store) -> None:
    """Older items are not fetched, and two pages that are all older end it."""
    site = make_archive()
    report = read(store, site)
    assert (Ending.REACHED, "read back to the date") == (report.ending, report.reason)
    assert ["0", "1", "2", "3", "4", "5", "6", "7"] == site.asked
    assert [f"{n}-{k}" for n in range(5) for k in range(3)] + ["5-0", "5-2"] == site.fetched
    assert (24, 17, True) == (report.backfill.items, report.backfill.articles, report.backfill.finished)
    assert NOON - timedelta(days=15) == report.oldest


@pytest.mark.parametrize("quiet", [True, False])
def test_articles_are_saved_as_history_unless_asked(store: Store, quiet: bool) -> None:
    """What is quiet is judged like all others."""
    read(store, make_archive(1), quiet=quiet)
    assert 3 == len(store.findings.unassessed(10))
    with store.database.engine.connect() as connection:
        marked = connection.exec_driver_sql("select count(*) from quiet_items").scalar_one()
    assert (3 if quiet else 0) == marked


def test_dates_of_articles_count_where_the_list_has_none(store: Store) -> None:
    """A listing without dates is not paged back to its beginning."""
    site = make_archive(20, shows_dates=False)
    assert Ending.REACHED is read(store, site).ending
    assert "8" not in site.asked
    again = make_archive(20, shows_dates=False)
    assert Ending.REACHED is read(store, again).ending
    assert (site.asked, []) == (again.asked, again.fetched)


@pytest.mark.parametrize("step", ["page 3", "3-1"])
def test_interrupted_history_goes_on_where_it_was(store: Store, step: str) -> None:
    """Everything of the pages before was saved; the page at hand is read again as a whole."""
    site = make_archive(errors={step: FetchError("u", "busy", retry_after=90)})
    report = read(store, site)
    assert Ending.REFUSED is report.ending
    assert "run it again in 90 seconds" in report.reason
    assert ("3", False) == (report.backfill.cursor, report.backfill.finished)
    before = list(site.fetched)
    site.asked.clear()
    report = read(store, site)
    assert Ending.REACHED is report.ending
    assert "3" == site.asked[0]
    assert [f"{n}-{k}" for n in range(5) for k in range(3)] + ["5-0", "5-2"] == list(
        dict.fromkeys(site.fetched)
    )
    assert set(site.fetched[len(before) :]).isdisjoint(before[:9])
    assert 17 == report.backfill.articles + (1 if step == "3-1" else 0)


def test_killed_history_goes_on_where_it_was(store: Store) -> None:
    """What kills the program asks nobody."""
    site = make_archive(errors={"3-1": KeyboardInterrupt()})
    with pytest.raises(KeyboardInterrupt):
        read(store, site)
    site.asked.clear()
    assert Ending.REACHED is read(store, site).ending
    assert "3" == site.asked[0]


def test_finished_history_is_read_anew(store: Store) -> None:
    """The same command a month later fills what was missed since."""
    read(store, make_archive())
    site = make_archive()
    site.pages[0].append(("late", 1))
    report = read(store, site)
    assert (["late"], 1) == (site.fetched, report.backfill.articles)
    assert "0" == site.asked[0]


@pytest.mark.parametrize(
    ("error", "ending", "reason"),
    [
        (BlockedError("https://example.org/2", "HTTP 403"), Ending.REFUSED, "HTTP 403"),
        (FetchError("u", "HTTP 500", trouble=Trouble.SERVER), Ending.FAILED, "u: HTTP 500"),
        (FetchError("u", "HTTP 404", trouble=Trouble.NOT_FOUND), Ending.END, "no page stands behind"),
        (FetchError("u", "found nothing", trouble=Trouble.LAYOUT), Ending.END, "no page stands behind"),
        (RuntimeError("a bug"), Ending.FAILED, "RuntimeError: a bug"),
    ],
)
def test_page_that_cannot_be_read_ends_it_with_its_reason(
    store: Store, error: Exception, ending: Ending, reason: str
) -> None:
    """A page that is not there is the end; after all else the next run begins with this page."""
    report = read(store, make_archive(errors={"page 2": error}))
    assert (ending, 6) == (report.ending, report.backfill.articles)
    assert reason in report.reason
    assert ending.is_final or "2" == report.backfill.cursor


def test_front_that_cannot_be_read_is_no_end(store: Store) -> None:
    """A missing front is a wrong address."""
    error = FetchError("u", "HTTP 404", trouble=Trouble.NOT_FOUND)
    assert Ending.FAILED is read(store, make_archive(errors={"page 0": error})).ending


@pytest.mark.parametrize(
    ("kind", "paging", "ending", "reason"),
    [
        ("rss", None, Ending.NO_WAY, r"say how in [source.paging]"),
        ("listing", Paging(next="a.next"), Ending.NO_WAY, "no link at 'a.next'; check paging.next"),
        ("sitemap", None, Ending.END, "there are no older pages"),
        ("telegram_channel", None, Ending.END, "there are no older pages"),
    ],
)
def test_source_that_cannot_be_paged_back_is_told_from_one_that_is_through(
    store: Store, kind: str, paging: Paging | None, ending: Ending, reason: str
) -> None:
    """The operator learns what to configure; what its first page shows is saved all the same."""
    report = read(store, make_archive(1), replace(SOURCE, kind=kind, paging=paging))
    assert (ending, 3) == (report.ending, report.backfill.articles)
    assert reason in report.reason


def test_item_that_fails_is_counted_and_stops_nothing(store: Store) -> None:
    """It is tried again by later visits."""
    report = read(store, make_archive(2, errors={"0-1": FetchError("u", "HTTP 500")}))
    assert (5, 1) == (report.backfill.articles, report.failures)
    assert 1 == store.articles.counts()["items_try_later"]


def test_every_page_is_reported_and_a_long_history_is_read_in_turns(store: Store) -> None:
    """A run has a bound, and the next one goes on."""
    told: list[BackfillReport] = []
    report = read(store, make_archive(), most_pages=2, on_page=told.append)
    assert [(1, 3), (2, 6)] == [(each.backfill.pages, each.backfill.articles) for each in told]
    assert (Ending.PAUSED, "2") == (report.ending, report.backfill.cursor)
    assert 4 == read(store, make_archive(), most_pages=2).backfill.pages
