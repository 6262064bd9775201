"""Items, pages, articles and their revisions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from monitor.domain.article import ItemState, SaveOutcome
from storage import Store
from tests.builders import NOON, make_assessment
from tests.storage.builders import assess, collect, make_article, make_item, make_page

MINUTE = timedelta(minutes=1)


def save(store: Store, text: str = "Text.", **changes: object) -> SaveOutcome:
    """Save the article of item 1."""
    item = make_item()
    return store.articles.save(item, make_article(item, text, **changes), make_page(text.encode()), "Agency")


def test_new_items_are_wanted_in_the_order_given_and_once(store: Store) -> None:
    """A feed that lists an entry twice has it fetched once."""
    two, one = make_item("2"), make_item("1")
    assert [two, one] == store.articles.wanted([two, one, two], NOON)


def test_collected_item_is_wanted_again_only_when_shown_anew(store: Store) -> None:
    """A changed title makes another fingerprint, and the article may have been edited."""
    save(store)
    edited = make_item(title="Another title")
    assert [] == store.articles.wanted([make_item()], NOON)
    assert [edited] == store.articles.wanted([edited], NOON)


def test_same_key_at_two_sources_is_two_items(store: Store) -> None:
    """Keys are stable within a source only."""
    save(store)
    other = make_item(source_id="daily")
    assert [other] == store.articles.wanted([make_item(), other], NOON)


def test_thousands_of_items_are_asked_at_once(store: Store) -> None:
    """A long listing does not hit the database's limit of parameters."""
    shown = [make_item(str(number)) for number in range(2500)]
    assert shown == store.articles.wanted(shown, NOON)


def test_failed_item_is_tried_later_with_growing_delay_and_then_set_aside(store: Store) -> None:
    """The waits are 1, 5, 30 and 120 minutes; the last failure stays the last."""
    item = make_item()
    failures = [store.articles.record_failure(item, "timeout", NOON, max_attempts=6) for _ in range(7)]
    waits = [None if f.retry_at is None else (f.retry_at - NOON) / MINUTE for f in failures]
    assert [1, 5, 30, 120, 120, None, None] == waits
    assert [1, 2, 3, 4, 5, 6, 7] == [f.attempts for f in failures]
    assert (ItemState.SET_ASIDE, "timeout") == (failures[-1].state, failures[-1].reason)
    assert [] == store.articles.wanted([item], NOON + timedelta(days=9))
    assert [] == store.articles.due_retries("agency", NOON + timedelta(days=9))


def test_item_waits_for_its_time_even_if_its_teaser_changes(store: Store) -> None:
    """A source whose summary changes at every visit must not be hammered."""
    item = make_item()
    store.articles.record_failure(item, "503", NOON, max_attempts=5)
    changed = make_item(summary="Another lead.")
    for shown in (item, changed):
        assert [] == store.articles.wanted([shown], NOON + MINUTE - timedelta(microseconds=1))
    assert [changed] == store.articles.wanted([changed], NOON + MINUTE)


def test_due_retry_comes_back_as_it_was_shown_without_the_source(store: Store) -> None:
    """A feed shows an entry for hours only; its text must survive until it is tried again."""
    item = make_item(html="<p>Весь текст.</p>", published_at=None)
    store.articles.record_failure(item, "503", NOON, max_attempts=5)
    assert [] == store.articles.due_retries("agency", NOON)
    assert [item] == store.articles.due_retries("agency", NOON + MINUTE)
    assert [] == store.articles.due_retries("daily", NOON + MINUTE)


def test_item_set_aside_counts_anew_when_shown_anew(store: Store) -> None:
    """An edit may have mended what we could not read."""
    store.articles.record_failure(make_item(), "no text", NOON, max_attempts=1)
    mended = make_item(title="Mended")
    assert [mended] == store.articles.wanted([mended], NOON)
    failure = store.articles.record_failure(mended, "no text", NOON, max_attempts=2)
    assert (1, ItemState.TRY_LATER) == (failure.attempts, failure.state)


def test_success_forgets_failures(store: Store) -> None:
    """After a success the next failure is the first."""
    store.articles.record_failure(make_item(), "timeout", NOON, max_attempts=5)
    save(store)
    assert [] == store.articles.due_retries("agency", NOON + timedelta(days=1))
    assert 1 == store.articles.record_failure(make_item(), "timeout", NOON, max_attempts=5).attempts


def test_saving_the_same_article_twice_changes_nothing(store: Store) -> None:
    """A restart between saving and remembering repeats the visit."""
    assert [SaveOutcome.NEW, SaveOutcome.UNCHANGED] == [save(store), save(store)]
    assert 1 == len(store.findings.unassessed(10))


@pytest.mark.parametrize("change", [{"text": "Other text."}, {"title": "Other title"}])
def test_edited_article_becomes_the_next_revision_and_waits_again(
    store: Store, change: dict[str, str]
) -> None:
    """Text and headline are both judged, so a change of either is an edit; both versions are kept."""
    first = collect(store)
    assess(store, first, make_assessment())
    later = NOON + timedelta(hours=1)
    assert SaveOutcome.REVISED == save(store, seen=later, **change)
    (waiting,) = store.findings.unassessed(10)
    assert (first.id, 1) == (waiting.id, waiting.revision)
    kept = store.articles.revisions(first.id)
    assert (0, "Title 1", "Text.", NOON) == kept[0]
    assert (1, change.get("title", "Title 1"), change.get("text", "Text."), later) == kept[1]


def test_edited_article_keeps_its_date_and_first_sight(store: Store) -> None:
    """An edit does not make old words new."""
    save(store)
    late = NOON + timedelta(days=2)
    save(store, "Edited.", seen=late, published_at=late)
    (waiting,) = store.findings.unassessed(10)
    assert (NOON, NOON) == (waiting.article.published_at, waiting.article.first_seen_at)


def test_article_was_first_seen_when_its_item_was(store: Store) -> None:
    """A fetch that succeeded late does not make the words later."""
    store.articles.record_failure(make_item(), "timeout", NOON, max_attempts=5)
    save(store, seen=NOON + timedelta(hours=3), published_at=None)
    (waiting,) = store.findings.unassessed(10)
    assert NOON == waiting.article.first_seen_at


def test_article_comes_back_as_it_was_saved(store: Store) -> None:
    """Nothing of it is lost, and what SQL would read as code is text."""
    item = make_item("'; DROP TABLE articles; --", url="https://example.org/?q='\"%")
    article = make_article(item, "Строка «а»\n\"b' \\ %s :x ? \U0001f600", date_note="clamped")
    page = make_page(article.text.encode())
    store.articles.save(item, article, page, "O'Outlet")
    (saved,) = store.findings.unassessed(10)
    assert article == saved.article


def test_moments_come_back_aware_whatever_zone_they_came_in(store: Store) -> None:
    """Every moment is kept to the microsecond, in UTC."""
    moscow = timezone(timedelta(hours=3))
    save(store, published_at=datetime(2024, 3, 13, 14, 0, 0, 123457, moscow))
    (saved,) = store.findings.unassessed(10)
    published = saved.article.published_at
    assert datetime(2024, 3, 13, 11, 0, 0, 123457, UTC) == published
    assert published is not None
    assert UTC == published.tzinfo


def test_naive_moment_is_our_mistake_and_nothing_is_saved(store: Store) -> None:
    """A programming error must not look like a broken disk."""
    naive = datetime(2024, 3, 13, 12)  # noqa: DTZ001  what is tested
    with pytest.raises(ValueError, match="time zone"):
        store.articles.save(make_item(), make_article(make_item()), make_page(fetched_at=naive), "Agency")
    assert 0 == store.articles.counts()["pages"]
    assert [make_item()] == store.articles.wanted([make_item()], NOON)


def test_lone_surrogates_and_nul_are_replaced_one_for_one(store: Store) -> None:
    """No database takes them; offsets after them still fit, and the item does not look edited."""
    item = make_item(title="Bro\udc80ken", summary="\x00")
    store.articles.save(item, make_article(item, "a\ud800b\x00c"), make_page(), "Agency")
    (saved,) = store.findings.unassessed(10)
    assert ("Bro\ufffdken", "a\ufffdb\ufffdc") == (saved.article.title, saved.article.text)
    assert [] == store.articles.wanted([item], NOON)
    same_again = store.articles.save(item, make_article(item, "a\ud800b\x00c"), make_page(), "Agency")
    assert SaveOutcome.UNCHANGED == same_again


def test_page_comes_back_byte_for_byte(store: Store) -> None:
    """An archived page proves what stood there."""
    body = bytes(range(256)) * 40
    page = make_page(body, status=203, headers={"etag": '"x"', "Last-Modified": "Wed"})
    item = make_item()
    store.articles.save(item, make_article(item, page_sha256=page.sha256), page, "Agency")
    assert page == store.articles.page(page.sha256)
    assert store.articles.page("0" * 64) is None


def test_same_bytes_are_archived_once(store: Store) -> None:
    """Pages are told apart by their hash, at their first sighting."""
    first = make_page(fetched_at=NOON)
    for key, page in (("1", first), ("2", make_page(fetched_at=NOON + MINUTE))):
        item = make_item(key)
        store.articles.save(item, make_article(item), page, "Agency")
    assert 1 == store.articles.counts()["pages"]
    assert first == store.articles.page(first.sha256)


def test_unchanged_article_archives_no_new_page(store: Store) -> None:
    """A page with a new advertisement is no new evidence."""
    item = make_item()
    for body in (b"<p>Text.</p><i>ad 1</i>", b"<p>Text.</p><i>ad 2</i>"):
        store.articles.save(item, make_article(item), make_page(body), "Agency")
    assert 1 == store.articles.counts()["pages"]


def test_counts_tell_where_everything_stands(store: Store) -> None:
    """A status line shows what waits and what was given up."""
    assess(store, collect(store, "1"), make_assessment())
    collect(store, "2", "Another.")
    unread = collect(store, "3", "Third.")
    store.findings.save(unread, None, None, (), (), NOON)
    store.articles.record_failure(make_item("4"), "timeout", NOON, max_attempts=5)
    store.articles.record_failure(make_item("5"), "404", NOON, max_attempts=1)
    expected = {
        "collected": 1,
        "assessed": 1,
        "unread": 1,
        "set_aside": 0,
        "items_try_later": 1,
        "items_set_aside": 1,
        "pages": 3,
    }
    assert expected == store.articles.counts()
