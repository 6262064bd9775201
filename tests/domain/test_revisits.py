"""When articles are read again, and when one counts as taken down."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.domain.changes import ChangeKind
from monitor.domain.revisits import (
    SPREAD,
    Revisit,
    RevisitPlan,
    Sighting,
    after_post,
    after_visit,
    due_at,
    has_page,
    is_sitewide,
    plan_first,
    put_off,
)
from tests.builders import NOON
from tests.collect.loopback import make_source

PLAN = RevisitPlan.of((24, 1, 6), 30)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def first() -> Revisit:
    """Return the standing of an article collected at noon."""
    return plan_first(7, NOON, PLAN, NOON)


def visited_until(*sightings: Sighting) -> tuple[Revisit, list[ChangeKind | None]]:
    """Visit the article each time when it is due and return where it stands then, and what was found."""
    visit, found = first(), []
    for sighting in sightings:
        assert visit.next_at is not None
        visit, change = after_visit(visit, sighting, PLAN, visit.next_at)
        found.append(change)
    return visit, found


def test_article_is_read_again_at_each_step_and_then_no_more() -> None:
    """In the order of the hours, whatever the order in the configuration."""
    visit, times = first(), []
    while visit.next_at is not None:
        times.append(visit.next_at - NOON)
        visit, change = after_visit(visit, Sighting.SEEN, PLAN, visit.next_at)
        assert change is None
    assert 3 == len(times)
    for hours, passed in zip((1, 6, 24), times, strict=True):
        assert hours * HOUR <= passed <= hours * HOUR * (1 + SPREAD)


def test_articles_collected_together_are_spread() -> None:
    """Each has its own delay, the same at every start of the program."""
    dues = [due_at(number, NOON, HOUR) for number in range(1, 61)]
    assert 60 == len(set(dues))
    tenths = {int((due - NOON - HOUR) / HOUR / SPREAD * 10) for due in dues}
    assert set(range(10)) == tenths
    assert dues == [due_at(number, NOON, HOUR) for number in range(1, 61)]


def test_visits_missed_while_nothing_ran_are_one_visit() -> None:
    """After two days the visit that was due is made, and the rest is past."""
    late = NOON + 48 * HOUR
    visit, _ = after_visit(first(), Sighting.SEEN, PLAN, late)
    assert visit.next_at is None
    assert plan_first(7, NOON, PLAN, late).next_at is None
    halfway = plan_first(7, NOON, PLAN, NOON + 8 * HOUR)
    assert (2, due_at(7, NOON, 24 * HOUR)) == (halfway.step, halfway.next_at)


def test_absence_is_confirmed_before_it_counts() -> None:
    """The first look asks for a second one soon; the second takes the article down."""
    visit, found = visited_until(Sighting.MISSING)
    assert [None] == found
    assert (1, 0, False) == (visit.missing, visit.step, visit.gone)
    assert visit.last_at is not None
    assert visit.last_at + 30 * MINUTE == visit.next_at
    visit, found = visited_until(Sighting.MISSING, Sighting.MISSING)
    assert [None, ChangeKind.REMOVED] == found
    assert (True, 1) == (visit.gone, visit.step)


def test_page_that_is_there_at_the_second_look_was_never_gone() -> None:
    """And a later absence needs its own confirmation."""
    visit, found = visited_until(Sighting.MISSING, Sighting.SEEN, Sighting.MISSING)
    assert [None, None, None] == found
    assert 1 == visit.missing


def test_page_that_comes_back_is_restored_once() -> None:
    """It is told when it is seen again, and not at the visit after."""
    sightings = (Sighting.MISSING, Sighting.MISSING, Sighting.SEEN, Sighting.SEEN)
    visit, found = visited_until(*sightings)
    assert [None, ChangeKind.REMOVED, ChangeKind.RESTORED, None] == found
    assert not visit.gone


def test_page_that_stays_away_is_taken_down_once() -> None:
    """Further visits find what is known."""
    _, found = visited_until(*[Sighting.MISSING] * 4)
    assert 1 == found.count(ChangeKind.REMOVED)


@pytest.mark.parametrize("before", [(), (Sighting.MISSING,)])
def test_trouble_never_takes_an_article_down(before: tuple[Sighting, ...]) -> None:
    """However often the page cannot be read, also between the two looks; and it ends."""
    visit, _ = visited_until(*before)
    visits = 0
    while visit.next_at is not None:
        visit, change = after_visit(visit, Sighting.UNCLEAR, PLAN, visit.next_at)
        visits += 1
        assert change is None
        if visits == 100:
            break
    assert not visit.gone
    assert visits < 100


def test_trouble_between_two_looks_does_not_undo_the_first() -> None:
    """The second look comes when the site can be read again."""
    _, found = visited_until(Sighting.MISSING, Sighting.UNCLEAR, Sighting.MISSING)
    assert [None, None, ChangeKind.REMOVED] == found


def test_absence_held_back_is_looked_at_again_until_it_is_clear() -> None:
    """While the site is down nothing is taken down; afterwards it is, if it still is not there."""
    visit, _ = visited_until(Sighting.MISSING)
    for _ in range(5):
        assert visit.next_at is not None
        visit, change = after_visit(visit, Sighting.MISSING, PLAN, visit.next_at, held_back=True)
        assert change is None
    assert visit.next_at is not None
    assert ChangeKind.REMOVED is after_visit(visit, Sighting.MISSING, PLAN, visit.next_at)[1]
    assert after_visit(visit, Sighting.SEEN, PLAN, visit.next_at)[1] is None


def test_absence_held_back_for_ever_ends_with_the_visits() -> None:
    """A site that moved all its addresses is not asked for years."""
    visit, _ = visited_until(Sighting.MISSING)
    for _ in range(200):
        if visit.next_at is None:
            break
        visit, _ = after_visit(visit, Sighting.MISSING, PLAN, visit.next_at, held_back=True)
    assert visit.next_at is None


def test_host_that_asks_for_patience_is_left_alone() -> None:
    """The visit stays what it is."""
    later = NOON + 3 * HOUR
    assert replace(first(), next_at=later) == put_off(first(), later)


@pytest.mark.parametrize(
    ("missing", "visited", "outage"),
    [
        (0, 0, False),
        (1, 1, False),
        (2, 2, False),
        (3, 3, True),
        (3, 6, False),
        (4, 7, True),
        (30, 400, False),
    ],
)
def test_more_than_half_missing_at_once_is_the_sites_fault(missing: int, visited: int, outage: bool) -> None:
    """One or two tell nothing; many deletions among more that stay are deletions."""
    assert outage is is_sitewide(missing, visited)


def test_post_no_longer_shown_is_confirmed_by_the_next_visit() -> None:
    """The same way as a page, without visits of its own."""
    visit = Revisit(7, NOON, 0, None)
    once, change = after_post(visit, shown=False, now=NOON, held_back=False)
    assert change is None
    held, change = after_post(once, shown=False, now=NOON, held_back=True)
    assert change is None
    gone, change = after_post(held, shown=False, now=NOON, held_back=False)
    assert (ChangeKind.REMOVED, True) == (change, gone.gone)
    assert after_post(gone, shown=False, now=NOON, held_back=False)[1] is None
    back, change = after_post(gone, shown=True, now=NOON, held_back=False)
    assert (ChangeKind.RESTORED, False, 0) == (change, back.gone, back.missing)
    assert after_post(once, shown=True, now=NOON, held_back=False)[0].missing == 0


@pytest.mark.parametrize(
    ("kind", "extractor", "has"),
    [
        ("rss", "selectors", True),
        ("listing", "generic, selectors found nothing", True),
        ("rss", "entry", False),
        ("telegram_channel", "telegram forward", False),
        ("folder", "selectors", False),
    ],
)
def test_only_what_was_read_from_a_page_is_read_again(kind: str, extractor: str, has: bool) -> None:
    """A text that came with its feed or file has no page to look at."""
    assert has is has_page(make_source("http://127.0.0.1/", kind=kind), extractor)
