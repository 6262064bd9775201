"""The schedule of later looks at articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.domain.changes import ChangeKind
from monitor.domain.revisits import RevisitPlan, plan_first
from monitor.errors import StorageError
from monitor.pipeline.ports import DueRevisit
from storage import Store
from tests.builders import NOON
from tests.storage.builders import collect, make_item, make_page

PLAN = RevisitPlan.of((1, 6), 30)
HOUR = timedelta(hours=1)
SOON = NOON + 2 * HOUR


def due(store: Store, *sources: str, limit: int = 10, per_source: int = 10) -> list[DueRevisit]:
    """Return what is due two hours after noon."""
    return store.revisits.due(sources or ("agency",), SOON, limit, per_source)


def test_each_new_article_is_planned_once(store: Store) -> None:
    """Also those that come later; the first visit is the plan's."""
    first = collect(store)
    assert 1 == store.revisits.plan(PLAN, NOON)
    assert 0 == store.revisits.plan(PLAN, NOON)
    collect(store, "2")
    assert 1 == store.revisits.plan(PLAN, NOON)
    found = {one.visit.article_id: one for one in due(store)}
    assert 2 == len(found)
    page = make_page(b"Text.").sha256
    visit = plan_first(first.id, NOON, PLAN, NOON)
    expected = DueRevisit(visit, make_item(), "Title 1", "Text.", page)
    assert expected == found[first.id]


@pytest.mark.parametrize("extractor", ["entry", "telegram", "telegram forward", "script srt", "text txt"])
def test_text_that_came_without_a_page_is_never_due(store: Store, extractor: str) -> None:
    """There is nothing to read again."""
    collect(store, extractor=extractor)
    store.revisits.plan(PLAN, NOON)
    assert [] == due(store)


def test_history_is_never_due(store: Store) -> None:
    """What was collected to fill the past is no watched article."""
    collect(store)
    store.articles.mark_quiet(make_item())
    store.revisits.plan(PLAN, NOON)
    assert [] == due(store)


def test_due_articles_come_longest_waiting_first_and_a_few_of_each_source(store: Store) -> None:
    """No source takes all places, and sources that were not asked for take none."""
    for number in range(4):
        collect(store, f"a{number}", seen=NOON - timedelta(minutes=number))
    collect(store, "b", source_id="daily", outlet="Daily")
    collect(store, "c", source_id="other", outlet="Other")
    store.revisits.plan(PLAN, NOON)
    found = due(store, "agency", "daily", per_source=2)
    assert ["agency", "agency", "daily"] == sorted(one.item.source_id for one in found)
    times = [one.visit.next_at for one in found]
    assert sorted(times) == times  # type: ignore[type-var]
    assert 3 == len(due(store, "agency", limit=3))


def test_standing_is_kept(store: Store) -> None:
    """Step, absences and times."""
    collect(store)
    store.revisits.plan(PLAN, NOON)
    (one,) = due(store)
    visited = replace(one.visit, step=1, missing=1, next_at=SOON, last_at=SOON)
    store.revisits.save(visited, None, SOON)
    assert [visited] == [again.visit for again in due(store)]
    store.revisits.save(replace(visited, next_at=None), None, SOON)
    assert [] == due(store)


def test_taking_down_is_saved_with_the_standing_or_not_at_all(store: Store) -> None:
    """An article that does not exist leaves nothing behind."""
    collect(store)
    store.revisits.plan(PLAN, NOON)
    (one,) = due(store)
    gone = replace(one.visit, gone=True, missing=2, last_at=SOON)
    store.revisits.save(gone, ChangeKind.REMOVED, SOON)
    (versions,) = store.changes.versions(make_item().url)
    assert versions.is_gone
    assert [ChangeKind.REMOVED] == [c.change.kind for c in versions.changes]
    with pytest.raises(StorageError):
        store.revisits.save(replace(gone, article_id=99), ChangeKind.REMOVED, SOON)


def test_tally_counts_what_was_looked_at_of_late(store: Store) -> None:
    """Missing ones and all; not those of other sources, of long ago, or known to be taken down."""
    for key in "abcde":
        collect(store, key)
    collect(store, "f", source_id="daily", outlet="Daily")
    store.revisits.plan(PLAN, NOON)
    standings: dict[str, dict[str, object]] = {
        "a": {"missing": 1, "last_at": SOON},
        "b": {"missing": 0, "last_at": SOON},
        "c": {"missing": 3, "last_at": SOON, "gone": True},
        "d": {"missing": 1, "last_at": NOON - HOUR},
        "e": {},
        "f": {"missing": 1, "last_at": SOON},
    }
    for one in due(store, "agency", "daily"):
        store.revisits.save(replace(one.visit, **standings[one.item.key]), None, SOON)  # type: ignore[arg-type]
    assert (1, 2) == store.revisits.tally("agency", NOON)
    assert (1, 1) == store.revisits.tally("daily", NOON)


def test_posts_are_found_by_key(store: Store) -> None:
    """Of the channel alone, and only those that were collected and planned."""
    collect(store, "Chan/1", extractor="telegram")
    store.revisits.plan(PLAN, NOON)
    collect(store, "Chan/2", extractor="telegram")
    assert {"Chan/1"} == set(store.revisits.posts("agency", ["Chan/1", "Chan/2", "Chan/3"]))
    assert {} == store.revisits.posts("daily", ["Chan/1"])
