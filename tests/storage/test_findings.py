"""Assessments, from waiting articles to findings."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.domain.actors import Speaker
from monitor.domain.article import SaveOutcome
from monitor.domain.stance import Act, Stance, Tier, Topic
from monitor.errors import StorageError
from storage import Store
from tests.builders import NOON, make_assessment, make_speaker
from tests.storage.builders import assess, collect, find_one, make_article, make_item, make_page

HOUR = timedelta(hours=1)


def test_waiting_articles_come_the_oldest_first(store: Store) -> None:
    """By when they were first seen, as many as asked for."""
    new = collect(store, "1", "New.", seen=NOON + HOUR)
    old = collect(store, "2", "Old.", seen=NOON)
    assert [old, new] == store.findings.unassessed(10)
    assert [old] == store.findings.unassessed(1)


def test_assessment_comes_back_whole(store: Store) -> None:
    """Offsets, mention, speaker, probabilities, acts, topics and the model are evidence."""
    speaker = Speaker("Ivan Petrov", Tier.SECURITY, "russia", "reported:«заявил»", role="секретарь")
    given = make_assessment(
        speaker=speaker, act=Act.THREATEN, topics=(Topic.WAR, Topic.ENERGY), uncertain=True
    )
    finding = find_one(store, "1", given, outlet="O'Outlet")
    assert given == finding.assessment
    assert (NOON, NOON, "O'Outlet", ("O'Outlet",)) == (
        finding.published_at,
        finding.first_seen_at,
        finding.outlet,
        finding.outlets,
    )
    assert ("Title 1", "agency", "https://example.org/agency/1") == (
        finding.title,
        finding.source_id,
        finding.url,
    )
    assert finding == store.findings.get(finding.id)


def test_unknown_speaker_and_headline_come_back(store: Store) -> None:
    """What is unknown stays unknown."""
    given = make_assessment(speaker=Speaker.unknown("passive"), headline=True)
    finding = find_one(store, "1", given)
    assert given == finding.assessment
    assert finding.assessment.speaker.name is None
    assert finding.assessment.statement.is_headline


def test_assessed_article_waits_no_more_even_without_a_statement(store: Store) -> None:
    """Nothing said of anybody is an outcome too."""
    saved = collect(store)
    assess(store, saved)
    assert [] == store.findings.unassessed(10)
    assert [] == store.findings.undecided(10)
    assert 1 == store.articles.counts()["assessed"]


@pytest.mark.parametrize(("lang", "readable"), [(None, True), (None, False), ("hy", False)])
def test_article_in_a_language_that_nobody_reads_is_unread(
    store: Store, lang: str | None, readable: bool
) -> None:
    """It is counted and never looks like calm."""
    store.findings.save(collect(store), lang, None, (), (), NOON, readable=readable)
    assert 1 == store.articles.counts()["unread"]
    assert [] == store.findings.unassessed(10)


def test_saving_assessments_twice_changes_nothing(store: Store) -> None:
    """Ids stay, for alerts and digests point to them."""
    saved = collect(store)
    story = assess(store, saved, make_assessment())
    before = store.findings.undecided(10)
    assert story == assess(store, saved, make_assessment(), make_assessment(target="csto"))
    assert before == store.findings.undecided(10)


def test_assessments_of_an_older_revision_are_superseded(store: Store) -> None:
    """Readers see what the article says now; what was alerted before can still be looked up."""
    old = find_one(store)
    item = make_item("1")
    store.articles.save(item, make_article(item, "Edited.", title="Edited title"), make_page(b"2"), "Agency")
    assert [old] == store.findings.undecided(10), "current until the edit is understood"
    (edited,) = store.findings.unassessed(10)
    story = assess(store, edited, make_assessment(stance=Stance.CONCILIATORY))
    (new,) = store.findings.undecided(10)
    assert old.id != new.id
    assert [new] == store.findings.between(NOON, NOON + HOUR)
    assert [new] == store.findings.for_url(new.url)
    assert old == store.findings.get(old.id)
    assert ("Title 1", "Edited title") == (old.title, new.title)
    assert old.story_id == story


def test_edited_article_keeps_its_story(store: Store) -> None:
    """Alerts are told apart by the story: another one would alert twice."""
    other = find_one(store, "2")
    mine = find_one(store, "1")
    item = make_item("1")
    store.articles.save(item, make_article(item, "Text 2, copied."), make_page(b"2"), "Agency")
    (edited,) = store.findings.unassessed(10)
    assert mine.story_id == assess(store, edited, make_assessment(), story_id=other.story_id)


def test_assessments_of_a_text_that_changed_meanwhile_are_not_saved(store: Store) -> None:
    """The article waits for the text as it stands now."""
    before = collect(store)
    item = make_item("1")
    outcome = store.articles.save(item, make_article(item, "Edited."), make_page(b"2"), "Agency")
    assert SaveOutcome.REVISED == outcome
    assess(store, before, make_assessment())
    assert [] == store.findings.undecided(10)
    assert [1] == [saved.revision for saved in store.findings.unassessed(10)]


def test_article_that_fails_twice_is_set_aside_and_the_rest_goes_on(store: Store) -> None:
    """One article never blocks the queue."""
    bad, good = collect(store, "1", "Bad."), collect(store, "2", "Good.")
    tries = [store.findings.record_failure(bad, "too long", NOON, max_attempts=2) for _ in range(3)]
    assert [False, True, False] == tries
    assert [good] == store.findings.unassessed(10)
    assert 1 == store.articles.counts()["set_aside"]


def test_edit_gives_a_set_aside_article_another_chance(store: Store) -> None:
    """The new text may be readable, and its failures are counted anew."""
    store.findings.record_failure(collect(store), "too long", NOON, max_attempts=1)
    edited = collect(store, "1", "Shorter.")
    assert 1 == edited.revision
    assert not store.findings.record_failure(edited, "too long", NOON, max_attempts=2)


def test_findings_are_found_by_when_they_were_said(store: Store) -> None:
    """By time, the end left out, and never later than first seen."""
    dated = find_one(store, "1", published_at=NOON - HOUR)
    undated = find_one(store, "2", published_at=None)
    future = find_one(store, "3", published_at=NOON + timedelta(days=9))
    assert [dated, undated, future] == store.findings.between(NOON - HOUR, NOON + HOUR)
    assert [dated] == store.findings.between(NOON - HOUR, NOON)
    assert [f.said_at for f in (dated, undated, future)] == [NOON - HOUR, NOON, NOON]


def test_findings_are_found_by_target(store: Store) -> None:
    """None and no targets mean any."""
    armenia = find_one(store, "1", make_assessment("armenia"))
    csto = find_one(store, "2", make_assessment("csto"))
    stretch = (NOON, NOON + HOUR)
    assert [csto] == store.findings.between(*stretch, targets={"csto"})
    assert [armenia, csto] == store.findings.between(*stretch, targets={"csto", "armenia"})
    assert [armenia, csto] == store.findings.between(*stretch, targets=())
    assert [] == store.findings.between(*stretch, targets=["x' OR '1'='1"])


def test_finding_is_found_by_its_article_or_the_address_in_the_feed(store: Store) -> None:
    """People paste either."""
    finding = find_one(store, "1", url="https://example.org/canonical")
    assert [finding] == store.findings.for_url("https://example.org/canonical")
    assert [finding] == store.findings.for_url("https://example.org/agency/1")
    assert [] == store.findings.for_url("https://example.org/")


def test_outlets_of_a_story_stand_in_the_order_in_which_they_carried_it(store: Store) -> None:
    """Each outlet once, the first first, whichever article is looked at."""
    first = find_one(store, "1", outlet="Wire", seen=NOON)
    for key, outlet, seen in (
        ("2", "Late", NOON + 2 * HOUR),
        ("3", "Early", NOON + HOUR),
        ("4", "Wire", NOON),
    ):
        copy = collect(store, key, f"Copy {key}.", outlet=outlet, seen=seen)
        assert first.story_id == assess(store, copy, make_assessment(), story_id=first.story_id)
    found = store.findings.undecided(10)
    assert {("Wire", "Early", "Late")} == {finding.outlets for finding in found}


def test_unknown_finding_is_none(store: Store) -> None:
    """A number that somebody made up is no error."""
    assert store.findings.get(12345) is None
    assert store.findings.skip_reason(12345) is None


def test_assessments_of_an_unknown_article_are_refused(store: Store) -> None:
    """Nothing is saved that refers to nothing."""
    saved = collect(store)
    stranger = type(saved)(id=saved.id + 1, revision=0, article=saved.article)
    with pytest.raises(StorageError):
        assess(store, stranger, make_assessment())


def test_many_statements_are_saved_in_order(store: Store) -> None:
    """A transcript holds hundreds; their order is the order of their ids."""
    given = [make_assessment(speaker=make_speaker(f"Speaker {n}")) for n in range(700)]
    assess(store, collect(store), *given)
    found = store.findings.undecided(1000)
    assert given == [finding.assessment for finding in found]
