"""What rules of retention let go of, and what they must leave."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from monitor.domain.archive import RetentionRule
from monitor.domain.article import CaptureRole, SavedArticle
from monitor.domain.statement import Assessment
from storage import Store
from storage.tables import pages
from storage.watch_tables import changes, prunings, statement_changes
from tests.builders import NOON, make_assessment
from tests.storage.builders import assess, collect, find_one, make_article, make_item, make_page

DAY = timedelta(days=1)
LATER = NOON + 100 * DAY
RULES = list(RetentionRule)


def let_go(store: Store, rule: RetentionRule, before: datetime = LATER) -> int:
    """Let go of all that a rule lets go."""
    expired = store.archive.expired(rule, before, 0, 1000)
    return store.archive.let_go(rule, before, [found.capture_id for found in expired], LATER)


def body_of(store: Store, saved: SavedArticle) -> bytes | None:
    """Return what is left of an article's page."""
    page = store.articles.page(saved.article.page_sha256)
    return None if page is None else page.body


def read_unjudged(store: Store, key: str = "1", text: str = "Text.") -> SavedArticle:
    """Collect an article from which nothing was judged."""
    saved = collect(store, key, text)
    assess(store, saved)
    return saved


def test_judged_page_is_let_go_by_the_rule_for_articles_only(store: Store) -> None:
    """What a judgement rests on stays unless an operator says otherwise."""
    finding = find_one(store)
    assert [0, 0] == [let_go(store, rule) for rule in (RetentionRule.UNJUDGED, RetentionRule.FRONTS)]
    assert 1 == let_go(store, RetentionRule.ARTICLES)
    evidence = store.archive.evidence(finding.id)
    assert evidence is not None
    assert (b"", LATER) == (evidence.capture.page.body, evidence.capture.pruned_at)
    assert 200 == evidence.capture.page.status


def test_pruned_page_keeps_hash_and_headers_and_counts_once(store: Store) -> None:
    """That the bytes went, when and by which rule, is on record."""
    saved = read_unjudged(store)
    assert (1, 0) == (let_go(store, RetentionRule.UNJUDGED), let_go(store, RetentionRule.UNJUDGED))
    assert body_of(store, saved) is None
    with store.database.read() as connection:
        noted = connection.execute(select(prunings)).one()
        assert 1 == connection.execute(select(func.count()).select_from(pages)).scalar()
    assert (saved.article.page_sha256, RetentionRule.UNJUDGED, LATER) == tuple(noted)


def test_page_is_kept_while_it_was_seen_lately(store: Store) -> None:
    """The time counts from the last sighting, not from the first."""
    saved = read_unjudged(store)
    again = make_page(b"Text.", fetched_at=NOON + 50 * DAY)
    item = make_item()
    store.articles.save(item, make_article(item), again, "Agency")
    assert 0 == let_go(store, RetentionRule.UNJUDGED, NOON + 40 * DAY)
    assert b"Text." == body_of(store, saved)
    assert 1 == let_go(store, RetentionRule.UNJUDGED, NOON + 51 * DAY)


@pytest.mark.parametrize("rule", RULES)
def test_article_that_waits_to_be_understood_is_never_let_go(store: Store, rule: RetentionRule) -> None:
    """A model that was away for months must find its work."""
    saved = collect(store)
    assert 0 == let_go(store, rule)
    assert b"Text." == body_of(store, saved)


def edit(store: Store, *judged: Assessment) -> None:
    """Save another text of article 1, and what was judged of it."""
    item = make_item()
    store.articles.save(item, make_article(item, "Edited."), make_page(b"Edited."), "Agency")
    assess(store, store.findings.unassessed(1)[0], *judged)


def test_both_sides_of_an_edit_count_as_judged(store: Store) -> None:
    """A statement that an edit took out is proven by the page that has it and by the one without."""
    find_one(store)
    edit(store)
    assert 0 == let_go(store, RetentionRule.UNJUDGED)
    assert 2 == let_go(store, RetentionRule.ARTICLES)


def test_edit_of_an_article_that_never_said_anything_is_no_evidence(store: Store) -> None:
    """Sports pages are edited too."""
    read_unjudged(store)
    edit(store)
    assert 2 == let_go(store, RetentionRule.UNJUDGED)


def test_superseded_judgement_still_holds_its_page(store: Store) -> None:
    """An alert may point to it for ever, also where the edit itself was never recorded."""
    find_one(store)
    edit(store)
    with store.database.write() as connection:
        connection.execute(statement_changes.delete())
        connection.execute(changes.delete())
    assert 1 == let_go(store, RetentionRule.UNJUDGED)  # the new revision, which says nothing
    assert b"Text 1." == store.articles.page(make_page(b"Text 1.").sha256).body  # type: ignore[union-attr]


def test_page_shared_with_a_judged_article_stays(store: Store) -> None:
    """The same bytes at two addresses are kept once, for both."""
    body = "Минсельхоз обвинил Армению в обмане."
    silent, judged = collect(store, "1", body), collect(store, "2", body)
    assess(store, silent)
    assess(store, judged, make_assessment())
    assert 0 == let_go(store, RetentionRule.UNJUDGED)


def test_answer_that_made_no_article_goes_as_a_whole(store: Store) -> None:
    """Nothing refers to it, so neither hash nor address is needed."""
    store.articles.archive("agency", make_page(b"<p>404</p>"), CaptureRole.ARTICLE)
    assert 0 == let_go(store, RetentionRule.FRONTS)
    assert 1 == let_go(store, RetentionRule.UNJUDGED)
    assert (0, 0) == (store.archive.count_pages(), store.archive.count_captures(None, None))


def test_fronts_go_as_a_whole_and_leave_the_younger(store: Store) -> None:
    """A front whose bytes came again keeps them, and loses only its old sighting."""
    for day, body in enumerate([b"one", b"two", b"one"]):
        store.articles.archive("agency", make_page(body, fetched_at=NOON + day * DAY), CaptureRole.FRONT)
    expired = store.archive.expired(RetentionRule.FRONTS, NOON + 2 * DAY, 0, 10)
    assert [0, 1] == [bool(found.size) for found in expired]
    assert 2 == let_go(store, RetentionRule.FRONTS, NOON + 2 * DAY)
    assert [b"one"] == [capture.page.body for capture in store.archive.captures(None, None)]
    assert 1 == store.archive.count_pages()


def test_front_that_became_an_article_keeps_its_bytes(store: Store) -> None:
    """The rule for fronts takes a sighting, never a page on which a revision rests."""
    saved = read_unjudged(store)
    store.articles.archive("agency", make_page(b"Text."), CaptureRole.FRONT)
    assert 1 == let_go(store, RetentionRule.FRONTS)
    assert b"Text." == body_of(store, saved)


def test_pruned_bytes_that_come_again_for_a_new_article_are_kept_again(store: Store) -> None:
    """An edit that is taken back brings former bytes with it."""
    saved = read_unjudged(store)
    let_go(store, RetentionRule.UNJUDGED)
    collect(store, "2")
    assert b"Text." == body_of(store, saved)
    with store.database.read() as connection:
        assert connection.execute(select(prunings)).first() is None


def test_what_is_asked_for_again_goes_on_behind_the_last(store: Store) -> None:
    """A dry run walks through all without letting anything go."""
    for number in range(5):
        read_unjudged(store, str(number), f"Text {number}.")
    first = store.archive.expired(RetentionRule.UNJUDGED, LATER, 0, 3)
    rest = store.archive.expired(RetentionRule.UNJUDGED, LATER, first[-1].capture_id, 3)
    assert [1, 2, 3, 4, 5] == [found.capture_id for found in (*first, *rest)]


def test_what_became_needed_since_it_was_asked_for_is_left(store: Store) -> None:
    """Between asking and letting go a statement may have been judged."""
    saved = collect(store)
    assess(store, saved)
    expired = store.archive.expired(RetentionRule.UNJUDGED, LATER, 0, 10)
    item = make_item()
    store.articles.save(item, make_article(item, title="New title"), make_page(b"Text."), "Agency")
    assess(store, store.findings.unassessed(1)[0], make_assessment())
    assert 0 == store.archive.let_go(
        RetentionRule.UNJUDGED, LATER, [found.capture_id for found in expired], LATER
    )
    assert b"Text." == body_of(store, saved)


def collect_post(store: Store, *judged: Assessment) -> None:
    """Save a front and a post whose text it carried, and what was judged of it."""
    front = make_page(b"<html>Post.</html>", url="https://example.org/s")
    store.articles.archive("agency", front, CaptureRole.FRONT)
    item = make_item(html="Post.")
    page = make_page(b"Post.", front=front.sha256)
    store.articles.save(item, make_article(item, "Post.", page_sha256=page.sha256), page, "Agency")
    assess(store, store.findings.unassessed(1)[0], *judged)


def test_front_that_carried_a_judged_text_stays_as_long_as_that(store: Store) -> None:
    """What the source really answered is the front; the text was cut out of it."""
    collect_post(store, make_assessment())
    assert 0 == let_go(store, RetentionRule.FRONTS)
    evidence = store.archive.evidence(store.findings.undecided(1)[0].id)
    assert evidence is not None
    assert evidence.front is not None
    assert b"<html>Post.</html>" == evidence.front.page.body
    assert [1, 1] == [let_go(store, rule) for rule in (RetentionRule.ARTICLES, RetentionRule.FRONTS)]


def test_front_that_carried_nothing_of_note_goes_in_its_time(store: Store) -> None:
    """A channel about the weather fills no disk."""
    collect_post(store)
    assert 1 == let_go(store, RetentionRule.FRONTS)
