"""Texts set against each other word by word."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.word_diff import Piece, PieceKind, diff_texts, fold_words, same_wording

TEXTS = st.text(alphabet=" \n\tабвЯz.,—«»-'", max_size=60)


def join(pieces: list[Piece], *kinds: PieceKind) -> str:
    """Return the text of the pieces of these kinds."""
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@given(TEXTS, TEXTS)
def test_pieces_are_the_two_texts_again(old: str, new: str) -> None:
    """Kept and new are the new text, kept and gone the old one but for white space."""
    pieces = diff_texts(old, new)
    assert new == join(pieces, PieceKind.KEPT, PieceKind.NEW)
    assert "".join(old.split()) == "".join(join(pieces, PieceKind.KEPT, PieceKind.GONE).split())


def test_replaced_word_is_the_only_difference() -> None:
    """Words before and after it are kept."""
    pieces = diff_texts("Ведомство обвинило Армению в обмане.", "Ведомство упрекнуло Армению в обмане.")
    assert [
        Piece(PieceKind.KEPT, "Ведомство "),
        Piece(PieceKind.GONE, "обвинило "),
        Piece(PieceKind.NEW, "упрекнуло "),
        Piece(PieceKind.KEPT, "Армению в обмане."),
    ] == pieces


def test_white_space_alone_is_no_difference() -> None:
    """Another layout of the same paragraph is kept."""
    pieces = diff_texts("One  two\nthree.", "One two three.")
    assert [Piece(PieceKind.KEPT, "One two three.")] == pieces


def test_short_word_between_changes_is_no_bridge() -> None:
    """A reader sees one change, not two around an "и"."""
    pieces = diff_texts("Она ругала и пугала соседей.", "Она хвалила и любила соседей.")
    assert ["Она ", "ругала и пугала ", "хвалила и любила ", "соседей."] == [p.text for p in pieces]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda r: " ".join(r.choice("ab") for _ in range(500_000)), id="two words at random"),
        pytest.param(lambda r: " ".join(f"w{r.randrange(5_000)}" for _ in range(170_000)), id="other words"),
        pytest.param(lambda r: "\n".join(f"w{r.randrange(9**9)}" for _ in range(100_000)), id="other lines"),
    ],
)
def test_texts_of_a_megabyte_take_bounded_work(make) -> None:  # type: ignore[no-untyped-def]
    """Whatever they are; a minute would be hours without the bound."""
    chance = random.Random(1)
    old, new = make(chance), make(chance)
    began = time.process_time()
    pieces = diff_texts(old, new)
    assert time.process_time() - began < 60
    assert new == join(pieces, PieceKind.KEPT, PieceKind.NEW)


def test_few_edits_in_a_megabyte_are_found_one_by_one() -> None:
    """The bound does not blur an ordinary edit of a long text."""
    words = [f"слово{n % 977}" for n in range(110_000)]
    edited = list(words)
    for place in range(500, 100_000, 1_000):
        edited[place] = "иначе"
    pieces = diff_texts(" ".join(words), " ".join(edited))
    assert 100 == sum(piece.kind is PieceKind.NEW for piece in pieces)
    assert {"иначе"} == {piece.text.strip() for piece in pieces if piece.kind is PieceKind.NEW}


def test_folded_words_are_without_case_marks_and_signs() -> None:
    """What the eye takes for the same word is the same."""
    assert fold_words("Ещё «раз»: за́мок,\u00a0ﬁn!") == fold_words("еще раз замок fin")


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("Минсельхоз обвинил Армению.", "Минсельхоз  обвинил, Армению", True),
        ("Минсельхоз обвинил Армению.", "Минсельхоз обвенил Армению.", True),
        ("Минсельхоз обвинил Армению.", "Минсельхоз обвинли Армению.", True),
        ("The ministry acused Yerevan.", "The ministry accused Yerevan.", True),
        ("Это возможно.", "Это невозможно.", False),
        ("He can go.", "He can't go.", False),
        ("Она друг Москвы.", "Она враг Москвы.", False),
        ("Поставки до 2024 года.", "Поставки до 2025 года.", False),
        ("Он не обвинил Армению.", "Он обвинил Армению.", False),
        ("A typical act.", "Atypical act.", False),
    ],
)
def test_spelling_is_no_other_wording_but_meaning_is(before: str, after: str, same: bool) -> None:
    """A slip inside a long word is spelling; prefixes, short words and numbers are meaning."""
    assert same is same_wording(before, after)
