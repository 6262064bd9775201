"""What stands in the tables of edits, and what comes back out of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.edits import apply_changes, find_changes
from training.examples import text_key
from training.public import is_dev
from training.rewriting import parse, to_rows
from training.tables import read_edited, read_splits, write_table
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
    (example,), missing = read_edited(texts, tmp_path)
    assert missing == [text_key("Другой текст")]
    assert example.text == "В Ереване предали союзников"
    assert example.text[example.start : example.end] == "Ереване"
    assert (example.stance, example.key) == (0, text_key(example.text))
    assert example.acts is not None
    assert len(example.acts) == 2


def test_edited_sentence_of_a_public_set_has_a_sentiment(tmp_path: Path) -> None:
    """And no stance: its annotators asked another question."""
    row = {"sha1": text_key(ORIGINAL), "changes": "[]", "start": "2", "end": "9", "sentiment": "positive"}
    write_table(tmp_path / "edited_sentiment.tsv", [row], list(row))
    (example,), _ = read_edited({row["sha1"]: RealText(ORIGINAL, "public", "", "")}, tmp_path)
    assert (example.sentiment, example.stance, example.acts) == (2, None, None)


def test_row_that_does_not_fit_its_text_is_named(tmp_path: Path) -> None:
    """By table and key: another edition of the text is at hand."""
    row = {"sha1": "abc", "changes": '[[40,44,"не "]]', "start": "0", "end": "1", "sentiment": "neutral"}
    write_table(tmp_path / "edited_x.tsv", [row], list(row))
    with pytest.raises(ValueError, match=r"edited_x.tsv: abc: the change at 40 to 44 does not fit"):
        read_edited({"abc": RealText(ORIGINAL, "tass", "", "")}, tmp_path)


def test_rewritten_line_becomes_a_row_and_comes_back(tmp_path: Path) -> None:
    """With its mention where the marks stood."""
    key = text_key(ORIGINAL)
    texts = {key: RealText(ORIGINAL, "tass", "", "")}
    line = parse(f"{key} | h | accuse,deride | csto | В Ереване высмеяли саммит ⟦ОДКБ⟧")
    rows = list(to_rows([line], texts))
    write_table(tmp_path / "edited_new.tsv", rows, list(rows[0]))
    (example,), _ = read_edited(texts, tmp_path)
    assert example.text == "В Ереване высмеяли саммит ОДКБ"
    assert example.text[example.start : example.end] == "ОДКБ"
    assert parse(f"{key} | - | Провалился ⟦саммит⟧").labels == {"sentiment": "negative"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("k | h | - | csto | ⟦ОДКБ⟧", "a pole has one at least"),
        ("k | n | accuse | csto | ⟦ОДКБ⟧", "neutral has -"),
        ("k | h | scold | csto | ⟦ОДКБ⟧", "do not go with h"),
        ("k | h | praise | csto | ⟦ОДКБ⟧", "do not go with h"),
        ("k | h | accuse | csto | ОДКБ", "mark one mention"),
        ("k | h | ⟦ОДКБ⟧", "write `SHA1"),
    ],
)
def test_rewritten_line_that_is_wrong_says_how_to_write_it(line: str, said: str) -> None:
    """What is missing or does not go together."""
    with pytest.raises(ValueError, match=said):
        parse(line)


def test_nothing_is_made_of_a_held_out_text() -> None:
    """Neither of the field's own nor of the public sets'."""
    key = next(split.key for split in read_splits().values() if split.part == "test")
    with pytest.raises(ValueError, match="held out"):
        list(to_rows([parse(f"{key} | 0 | ⟦ОДКБ⟧")], {key: RealText("ОДКБ", "tass", "", "")}))
    sentence = next(text for n in range(99) if is_dev(text := f"Sentence {n}."))
    public = {"k": RealText(sentence, "public", "", "")}
    with pytest.raises(ValueError, match="held out"):
        list(to_rows([parse("k | 0 | ⟦Sentence⟧")], public))
