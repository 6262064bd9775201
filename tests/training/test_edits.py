"""What stands in the tables of edits, and what comes back out of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.edits import apply_changes, find_changes
from training.examples import text_key
from training.tables import read_edited, write_table
from training.texts import RealText

TEXT = st.text("аб ,.-яz", max_size=60)
ORIGINAL = "В Ереване открылся саммит ОДКБ"
COLUMNS = ("sha1", "changes", "start", "end", "target", "stance", "act")


@given(TEXT, TEXT)
def test_changes_turn_the_original_into_the_edited_text(original: str, edited: str) -> None:
    """Whatever the two texts are; equal ones need none."""
    changes = find_changes(original, edited)
    assert apply_changes(original, changes) == edited
    assert (changes == []) == (original == edited)


def test_words_that_stay_are_not_kept() -> None:
    """The table must not hold texts of others: only what is new stands in it."""
    ((start, end, new),) = find_changes("Путин принял посла Армении", "Путин не принял посла Армении")
    assert (start == end, new.strip()) == (True, "не")


def test_changes_of_another_text_are_refused() -> None:
    """A place beyond the end would be cut off silently."""
    with pytest.raises(ValueError, match="9 to 12 does not fit"):
        apply_changes("короче", [(9, 12, "не ")])


def test_edited_statement_comes_back_marked(tmp_path: Path) -> None:
    """Where the original is at hand; another's is left out."""
    row = {"start": "2", "end": "9", "target": "armenia", "stance": "hostile", "act": "accuse,deride"}
    known = {**row, "sha1": text_key(ORIGINAL), "changes": '[[10,30,"предали союзников"]]'}
    other = {**row, "sha1": text_key("Другой текст"), "changes": '[[0,6,"Чужой"]]'}
    write_table(tmp_path / "edited_news.tsv", [known, other], COLUMNS)
    texts = {text_key(ORIGINAL): RealText(ORIGINAL, "tass", "", "")}
    (example,) = read_edited(texts, tmp_path)
    assert example.text == "В Ереване предали союзников"
    assert example.text[example.start : example.end] == "Ереване"
    assert (example.stance, example.key) == (0, text_key(example.text))
    assert example.acts is not None
    assert len(example.acts) == 2


def test_edited_sentence_of_a_public_set_has_a_sentiment(tmp_path: Path) -> None:
    """And no stance: its annotators asked another question."""
    row = {"sha1": text_key(ORIGINAL), "changes": "[]", "start": "2", "end": "9", "sentiment": "positive"}
    write_table(tmp_path / "edited_sentiment.tsv", [row], list(row))
    (example,) = read_edited({row["sha1"]: RealText(ORIGINAL, "public", "", "")}, tmp_path)
    assert (example.sentiment, example.stance, example.acts) == (2, None, None)
