"""Captures of archived answers, and what a finding rests on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from monitor.domain.archive import WITHHELD
from monitor.domain.article import Capture, CaptureRole, Page, SaveOutcome
from storage import Store
from storage.watch_tables import extractions
from tests.builders import NOON, make_assessment
from tests.storage.builders import assess, collect, find_one, make_article, make_item, make_page

HOUR = timedelta(hours=1)


def kept(store: Store) -> list[Capture]:
    """Return all that is archived."""
    return list(store.archive.captures(None, None))


def save(store: Store, page: Page, text: str = "Text.", **changes: object) -> SaveOutcome:
    """Save item 1 as read from a page."""
    item = make_item()
    return store.articles.save(item, make_article(item, text, page_sha256=page.sha256), page, "A", **changes)


def test_answer_is_archived_with_request_headers_hash_and_time(store: Store) -> None:
    """What proves a statement is the whole answer, not its text alone."""
    request = {":method": "GET", "host": "example.org", "If-None-Match": '"0"'}
    page = make_page(status=203, headers={"etag": '"1"'}, request=request, final_url="https://example.org/2")
    save(store, page)
    (capture,) = kept(store)
    assert (page, "agency", CaptureRole.ARTICLE) == (capture.page, capture.source_id, capture.role)


def test_secrets_of_requests_and_answers_are_withheld(store: Store) -> None:
    """An archive is given to others; what lets in must not be in it, only that it was sent."""
    request = {":method": "GET", "Authorization": "Basic c2VjcmV0", "X-Api-Key": "k", "Accept": "*/*"}
    page = make_page(request=request, headers={"set-cookie": "id=1", "etag": '"1"'})
    save(store, page)
    (capture,) = kept(store)
    assert (WITHHELD, WITHHELD) == (capture.page.request["Authorization"], capture.page.request["X-Api-Key"])
    assert {"set-cookie": WITHHELD, "etag": '"1"'} == capture.page.headers
    again = store.articles.page(page.sha256)
    assert again is not None
    assert WITHHELD == again.headers["set-cookie"]


def test_known_bytes_seen_again_are_a_capture_and_no_page(store: Store) -> None:
    """That an unchanged article still stood there is proven by the bytes that are there already."""
    save(store, make_page())
    again = make_page(fetched_at=NOON + HOUR)
    assert SaveOutcome.UNCHANGED == save(store, again, role=CaptureRole.REVISIT)
    assert [CaptureRole.ARTICLE, CaptureRole.REVISIT] == [capture.role for capture in kept(store)]
    assert 1 == store.archive.count_pages()


def test_unchanged_article_in_new_bytes_is_not_archived(store: Store) -> None:
    """Pages differ at every look in what nobody reads; the first one stays the evidence."""
    save(store, make_page(b"<p>Text.</p><i>1</i>"))
    save(store, make_page(b"<p>Text.</p><i>2</i>", fetched_at=NOON + HOUR))
    assert (1, 1) == (len(kept(store)), store.archive.count_pages())


def test_repeated_save_of_the_same_answer_is_one_capture(store: Store) -> None:
    """A restart between saving and remembering repeats the visit."""
    for _ in range(2):
        save(store, make_page())
    assert 1 == len(kept(store))


def test_front_is_archived_when_its_bytes_differ_from_the_last(store: Store) -> None:
    """A front that is asked every minute is kept once until it changes, also when it changes back."""
    for minute, body in enumerate([b"one", b"one", b"two", b"one"]):
        front = make_page(body, fetched_at=NOON + timedelta(minutes=minute))
        store.articles.archive("agency", front, CaptureRole.FRONT)
    assert [b"one", b"two", b"one"] == [capture.page.body for capture in kept(store)]
    assert {CaptureRole.FRONT} == {capture.role for capture in kept(store)}
    assert 2 == store.archive.count_pages()


def test_captures_are_chosen_by_time_and_source(store: Store) -> None:
    """The end of a stretch does not belong to it."""
    for hour, source in enumerate(["agency", "daily", "agency"]):
        page = make_page(source.encode() + bytes([hour]), fetched_at=NOON + hour * HOUR)
        store.articles.archive(source, page, CaptureRole.FRONT)
    chosen = (NOON, NOON + 2 * HOUR, ["agency", "weekly"])
    assert [NOON] == [capture.page.fetched_at for capture in store.archive.captures(*chosen)]
    assert (1, 3) == (store.archive.count_captures(*chosen), store.archive.count_captures(None, None))


def test_many_captures_of_one_moment_come_once_each(store: Store) -> None:
    """They are read in lots, and a lot may end between two of the same time."""
    for number in range(120):
        store.articles.archive(f"source-{number}", make_page(b"%d" % number), CaptureRole.FRONT)
    assert list(range(1, 121)) == [capture.id for capture in kept(store)]


def test_evidence_of_a_finding_is_the_page_that_it_was_read_from(store: Store) -> None:
    """Also when the same bytes stood elsewhere earlier, and when they were seen again later."""
    body = b"<p>Text 1.</p>"
    elsewhere = make_page(body, url="https://example.org/copy")
    store.articles.archive("daily", elsewhere, CaptureRole.FRONT)
    item = make_item()
    first = make_page(body, url=item.url, fetched_at=NOON + HOUR)
    store.articles.save(item, make_article(item, "Text 1.", page_sha256=first.sha256), first, "Agency")
    second = make_page(body, url=item.url, fetched_at=NOON + 2 * HOUR)
    store.articles.save(item, make_article(item, "Text 1.", page_sha256=first.sha256), second, "Agency")
    assess(store, store.findings.unassessed(1)[0], make_assessment())
    (finding,) = store.findings.undecided(1)
    evidence = store.archive.evidence(finding.id)
    assert evidence is not None
    assert (first, finding) == (evidence.capture.page, evidence.finding)
    assert ("Text 1.", 0, item) == (evidence.text, evidence.revision, evidence.item)


def test_superseded_finding_keeps_the_evidence_of_its_own_revision(store: Store) -> None:
    """An edit must not take away what proves that the former words were said."""
    finding = find_one(store)
    item = make_item()
    edited = make_page(b"edited", url=item.url, fetched_at=NOON + HOUR)
    store.articles.save(item, make_article(item, "Edited.", page_sha256=edited.sha256), edited, "Agency")
    evidence = store.archive.evidence(finding.id)
    assert evidence is not None
    assert ("Text 1.", b"Text 1.") == (evidence.text, evidence.capture.page.body)


def test_item_that_carried_its_text_has_it_again_in_the_evidence(store: Store) -> None:
    """The store forgets it once it is collected; the page is that text."""
    item = make_item(html="<b>Пост.</b>")
    page = make_page(b"<b>\xd0\x9f\xd0\xbe\xd1\x81\xd1\x82.</b>", url=item.url)
    article = make_article(item, "Пост.", page_sha256=page.sha256, extractor="telegram")
    store.articles.save(item, article, page, "Agency")
    assess(store, store.findings.unassessed(1)[0], make_assessment())
    evidence = store.archive.evidence(store.findings.undecided(1)[0].id)
    assert evidence is not None
    assert item == evidence.item


def test_unknown_finding_has_no_evidence(store: Store) -> None:
    """A number that nothing bears."""
    assert store.archive.evidence(7) is None


@pytest.mark.parametrize("published_at", [NOON, None])
def test_revision_tells_how_well_it_was_extracted(store: Store, published_at: object) -> None:
    """Length, whole page and date are what alarms about layouts go by."""
    collect(store, text="Пять.", page_length=900, extractor="selectors", published_at=published_at)
    with store.database.read() as connection:
        (row,) = connection.execute(select(extractions))
    assert ("agency", NOON, "selectors", 5, 900) == (*row[2:5], row.text_length, row.page_length)
    assert (published_at is not None) == row.dated
