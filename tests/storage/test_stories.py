"""Near-duplicates found by the bands of their signatures."""

from __future__ import annotations

from datetime import timedelta

from storage import Store
from storage.stories import TEXTS_PER_STORY
from tests.builders import NOON
from tests.storage.builders import assess, collect


def save_story(store: Store, key: str, text: str, bands: list[str], story_id: int | None = None) -> int:
    """Collect and assess an article with this signature."""
    return assess(store, collect(store, key, text), story_id=story_id, bands=bands)


def test_candidate_shares_a_band(store: Store) -> None:
    """One band is enough; the pipeline compares the texts."""
    story = save_story(store, "1", "One.", ["0:a", "1:b"])
    save_story(store, "2", "Two.", ["0:x", "1:y"])
    mine = collect(store, "3", "Three.")
    assert [(story, "One.")] == store.findings.story_candidates(["0:z", "1:b"], mine.id)
    assert [] == store.findings.story_candidates(["0:z"], mine.id)
    assert [] == store.findings.story_candidates([], mine.id)


def test_article_is_no_candidate_for_itself(store: Store) -> None:
    """A revision resembles its former text, which says nothing."""
    save_story(store, "1", "One.", ["0:a"])
    edited = collect(store, "1", "One, edited.")
    assert [] == store.findings.story_candidates(["0:a"], edited.id)


def test_each_article_begins_a_story_unless_it_joins_one(store: Store) -> None:
    """Stories are told apart by number."""
    first = save_story(store, "1", "One.", ["0:a"])
    assert first != save_story(store, "2", "Two.", ["0:b"])
    assert first == save_story(store, "3", "One!", ["0:a"], story_id=first)


def test_bands_of_the_former_text_are_forgotten(store: Store) -> None:
    """After an edit the article is found by what it says now."""
    save_story(store, "1", "One.", ["0:a"])
    save_story(store, "1", "Edited.", ["0:b"])
    other = collect(store, "2", "Two.")
    assert [] == store.findings.story_candidates(["0:a"], other.id)
    assert ["Edited."] == [text for _, text in store.findings.story_candidates(["0:b"], other.id)]


def test_exact_copies_are_one_candidate_and_a_story_gives_few(store: Store) -> None:
    """Forty outlets copy one wire: comparing with all of them would find no more."""
    story = save_story(store, "0", "Wire.", ["0:a"])
    for number in range(1, 6):
        save_story(store, str(number), "Wire.", ["0:a"], story)
    for number in range(6, 6 + TEXTS_PER_STORY):
        save_story(store, str(number), f"Wire, edited {number}.", ["0:a"], story)
    mine = collect(store, "99", "Wire?")
    found = store.findings.story_candidates(["0:a"], mine.id)
    assert TEXTS_PER_STORY == len(found)
    assert [(story, "Wire."), (story, "Wire, edited 6.")] == found[:2]


def test_look_alike_of_another_week_is_no_candidate(store: Store) -> None:
    """The weekly meeting's note is a mould, not a copy."""
    save_story(store, "1", "Meeting.", ["0:a"])
    near = collect(store, "2", "Meeting!", published_at=NOON - timedelta(days=4))
    far = collect(store, "3", "Meeting?", published_at=NOON - timedelta(days=7))
    assert ["Meeting."] == [text for _, text in store.findings.story_candidates(["0:a"], near.id)]
    assert [] == store.findings.story_candidates(["0:a"], far.id)
