"""Visiting a source over a real store, with a hand-written collector."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from monitor.domain.article import Article, CaptureRole, FeedItem, Page
from monitor.domain.coverage import RunOutcome
from monitor.domain.source import Source
from monitor.domain.stance import Tier
from monitor.errors import BlockedError, ExtractionError, FetchError, Trouble
from monitor.pipeline.collect import SourceVisitor
from monitor.pipeline.ports import Discovery, Validators
from storage import Store
from tests.builders import NOON

SOURCE = Source("agency", "Agency", "rss", "https://example.org/rss", "russia", Tier.OUTLET, ("ru",))


@dataclass
class ManualClock:
    """A clock that tests move."""

    moment: datetime = NOON

    def now(self) -> datetime:
        """Return the moment set."""
        return self.moment


@dataclass
class FakeSite:
    """A site with a front and pages; a page may be an error."""

    pages: dict[str, str | Exception] = field(default_factory=dict)
    front_error: Exception | None = None
    bad_entries: tuple[str, ...] = ()
    parts: tuple[Page, ...] = ()
    whole: frozenset[str] = frozenset()
    """Items whose whole text the front carries."""
    etag: str = '"1"'
    asked_with: list[Validators] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)

    async def discover(self, source: Source, validators: Validators) -> Discovery:
        """Show every page, or say that nothing changed."""
        self.asked_with.append(validators)
        if self.front_error:
            raise self.front_error
        if validators.etag == self.etag:
            return Discovery((), validators, not_modified=True)
        items = tuple(
            FeedItem(
                source.id,
                key,
                f"https://example.org/{key}",
                str(text)[:20],
                NOON,
                html=str(text) if key in self.whole else None,
            )
            for key, text in self.pages.items()
        )
        body = repr(self.pages).encode()
        front = Page(source.url, source.url, 200, {}, body, NOON, hashlib.sha256(body).hexdigest())
        validators = Validators(etag=self.etag)
        return Discovery(items, validators, bad_entries=self.bad_entries, page=front, parts=self.parts)

    async def fetch(self, source: Source, item: FeedItem) -> Page:
        """Return a page, or raise its error."""
        self.fetched.append(item.key)
        text = self.pages[item.key]
        if isinstance(text, Exception):
            raise text
        body = text.encode()
        return Page(item.url, item.url, 200, {}, body, NOON, hashlib.sha256(body).hexdigest())


def extract(source: Source, item: FeedItem, page: Page, now: datetime) -> Article:
    """Take the page as the text; an empty one holds no article."""
    text = page.body.decode()
    if not text:
        raise ExtractionError(item.url, "no text")
    return Article(source.id, item.key, item.url, item.title, text, item.published_at, now, page.sha256)


def visitor(store: Store, site: FakeSite, clock: ManualClock | None = None) -> SourceVisitor:
    """Return a visitor of the site."""
    return SourceVisitor(site, extract, store.articles, (clock or ManualClock()).now, item_attempts=2)


async def test_new_items_become_articles_that_wait_to_be_understood(store: Store) -> None:
    """The good case, with the visit recorded."""
    run = await visitor(store, FakeSite({"a": "Первый текст.", "b": "Второй текст."})).visit(SOURCE)
    assert (RunOutcome.OK, 2, 2, 0) == (run.outcome, run.items_seen, run.articles, run.failures)
    assert ["Первый текст.", "Второй текст."] == [s.article.text for s in store.findings.unassessed(10)]
    assert "Agency" == store.articles.health()["agency"].source_id.title()


async def test_second_visit_sends_validators_and_fetches_nothing_again(store: Store) -> None:
    """Conditional requests save both sides work."""
    site = FakeSite({"a": "Текст."})
    await visitor(store, site).visit(SOURCE)
    run = await visitor(store, site).visit(SOURCE)
    assert RunOutcome.NOT_MODIFIED is run.outcome
    assert [Validators(), Validators(etag='"1"')] == site.asked_with
    assert ["a"] == site.fetched


async def test_failing_item_never_stops_the_others(store: Store) -> None:
    """One page is broken, the rest arrives, and the failure is counted."""
    site = FakeSite({"a": FetchError("u", "HTTP 500"), "b": "Текст.", "c": "", "d": RuntimeError("bug")})
    run = await visitor(store, site).visit(SOURCE)
    assert (1, 3) == (run.articles, run.failures)
    assert ["b"] == [saved.article.key for saved in store.findings.unassessed(10)]


async def test_failed_item_is_tried_later_though_the_front_did_not_change(store: Store) -> None:
    """The retry comes from the store, not from the feed."""
    clock = ManualClock()
    site = FakeSite({"a": FetchError("u", "HTTP 500")})
    await visitor(store, site, clock).visit(SOURCE)
    site.pages["a"] = "Текст."
    await visitor(store, site, clock).visit(SOURCE)
    assert ["a"] == site.fetched
    clock.moment += timedelta(minutes=2)
    run = await visitor(store, site, clock).visit(SOURCE)
    assert (1, ["a", "a"]) == (run.articles, site.fetched)


async def test_item_that_keeps_failing_is_set_aside(store: Store) -> None:
    """After the configured tries it is left alone, with its reason."""
    clock = ManualClock()
    site = FakeSite({"a": FetchError("u", "HTTP 500")})
    for _ in range(4):
        await visitor(store, site, clock).visit(SOURCE)
        clock.moment += timedelta(hours=3)
    assert ["a", "a"] == site.fetched
    assert 1 == store.articles.counts()["items_set_aside"]


@pytest.mark.parametrize(
    ("error", "outcome", "trouble"),
    [
        (BlockedError("u", "robots.txt forbids it", trouble=Trouble.ROBOTS), RunOutcome.BLOCKED, "robots"),
        (FetchError("u", "timeout", trouble=Trouble.TIMEOUT), RunOutcome.FAILED, "timeout"),
        (RuntimeError("bug"), RunOutcome.FAILED, "other"),
    ],
)
async def test_source_that_cannot_be_read_is_recorded_not_raised(
    store: Store, error: Exception, outcome: RunOutcome, trouble: str
) -> None:
    """A block, a failure and a bug of ours all end as a recorded visit with its kind of trouble."""
    run = await visitor(store, FakeSite(front_error=error)).visit(SOURCE)
    assert (outcome, trouble) == (run.outcome, run.trouble)
    (kept,) = store.articles.runs(NOON, NOON + timedelta(days=1))
    assert trouble == kept.trouble
    assert str(error.args[0]).split(": ")[-1] in run.reason
    assert 1 == store.articles.health()["agency"].consecutive_failures


async def test_bad_entries_are_counted_and_named(store: Store) -> None:
    """A feed with one garbled entry gives the others."""
    run = await visitor(store, FakeSite({"a": "Текст."}, bad_entries=("entry 2: no link",))).visit(SOURCE)
    assert (1, 1, "entry 2: no link") == (run.articles, run.failures, run.reason)


async def test_edited_article_becomes_a_revision_that_waits_again(store: Store) -> None:
    """The feed shows another title; the page has another text."""
    site = FakeSite({"a": "Старый заголовок. Старый текст."})
    await visitor(store, site).visit(SOURCE)
    site.pages["a"], site.etag = "Новый заголовок. Новый текст.", '"2"'
    await visitor(store, site).visit(SOURCE)
    (saved,) = store.findings.unassessed(10)
    assert (1, "Новый заголовок. Новый текст.") == (saved.revision, saved.article.text)
    assert 2 == len(store.articles.revisions(saved.id))


async def test_crash_before_the_visit_ends_repeats_it(store: Store) -> None:
    """Validators are kept only after every item is recorded, so a kill loses nothing."""

    class Killed(BaseException):
        """Stands for a kill: no handler of ours sees it."""

    site = FakeSite({"a": "Первый.", "b": "Второй."})
    pages = dict(site.pages)

    async def die(source: Source, item: FeedItem) -> Page:
        if item.key == "b":
            raise Killed
        return await FakeSite(pages).fetch(source, item)

    site.fetch = die  # type: ignore[method-assign]
    with pytest.raises(Killed):
        await visitor(store, site).visit(SOURCE)
    run = await visitor(store, FakeSite(pages)).visit(SOURCE)
    assert (2, 1) == (run.items_seen, run.articles)
    assert 2 == len(store.findings.unassessed(10))


async def test_visit_has_the_trouble_of_its_items_when_none_could_be_read(store: Store) -> None:
    """A layout change breaks every page of a source though its front is read as ever."""
    broken = ExtractionError("u", "no text", trouble=Trouble.LAYOUT)
    gone = FetchError("u", "HTTP 404", trouble=Trouble.NOT_FOUND)
    site = FakeSite({"a": broken, "b": gone, "c": broken})
    run = await visitor(store, site).visit(SOURCE)
    assert (RunOutcome.OK, 3, Trouble.LAYOUT) == (run.outcome, run.failures, run.trouble)


async def test_visit_has_no_trouble_while_one_of_its_items_was_read(store: Store) -> None:
    """One broken page is that page's trouble."""
    gone = FetchError("u", "HTTP 404", trouble=Trouble.NOT_FOUND)
    run = await visitor(store, FakeSite({"a": gone, "b": "Текст."})).visit(SOURCE)
    assert (1, "") == (run.failures, run.trouble)


def archived(store: Store) -> list[tuple[CaptureRole, str]]:
    """Return what is archived: the part and the address, by number."""
    found = sorted(store.archive.captures(None, None), key=lambda capture: capture.id)
    return [(capture.role, capture.page.url) for capture in found]


async def test_front_is_archived_with_its_parts_before_the_items(store: Store) -> None:
    """What a source showed is kept as it was shown, also when nothing comes of it."""
    part = Page("https://example.org/part", "https://example.org/part", 200, {}, b"part", NOON, "f00d")
    await visitor(store, FakeSite({"a": "Текст."}, parts=(part,))).visit(SOURCE)
    fronts = [(CaptureRole.FRONT, SOURCE.url), (CaptureRole.FRONT, part.url)]
    assert [*fronts, (CaptureRole.ARTICLE, "https://example.org/a")] == archived(store)


async def test_unchanged_front_is_not_archived_again(store: Store) -> None:
    """A feed without validators is asked every few minutes."""
    site = FakeSite({"a": "Текст."})
    for etag in ('"1"', '"2"'):
        site.etag = etag
        await visitor(store, site).visit(SOURCE)
    assert 2 == len(archived(store))


async def test_page_that_made_no_article_is_archived(store: Store) -> None:
    """Selectors are mended later, and the page may be gone by then."""
    site = FakeSite({"a": ""})
    await visitor(store, site).visit(SOURCE)
    assert (CaptureRole.ARTICLE, "https://example.org/a") in archived(store)


async def test_text_that_came_with_the_front_points_to_it(store: Store) -> None:
    """The entry's own text is cut out of the answer; the answer itself is the proof."""
    await visitor(store, FakeSite({"a": "Текст."}, whole=frozenset("a"))).visit(SOURCE)
    front, entry = sorted(store.archive.captures(None, None), key=lambda capture: capture.id)
    assert front.page.sha256 == entry.page.front


async def test_host_that_asks_for_patience_ends_the_visit_without_counting_tries(store: Store) -> None:
    """The items are still wanted at the next visit, as if nothing had been tried."""
    site = FakeSite({"a": "Первый.", "b": FetchError("u", "HTTP 429", retry_after=3600), "c": "Третий."})
    run = await visitor(store, site).visit(SOURCE)
    assert (RunOutcome.FAILED, 3600) == (run.outcome, run.retry_after)
    assert "HTTP 429" in run.reason
    assert ["a", "b"] == site.fetched
    site.pages["b"] = "Второй."
    run = await visitor(store, site).visit(SOURCE)
    assert (2, ["a", "b", "b", "c"]) == (run.articles, site.fetched)
