"""Cleaning keeps what is said and drops what is not seen; folding maps back exactly."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.normalise import clean_text, fold, is_invisible

MIXED_TEXT = st.text(
    st.one_of(
        st.characters(codec=None),
        st.sampled_from(
            "Россия Армения\n\t\u00ad\u200b\u202e\u0301\u0306\u0308\ufeffИиЕеCcAaﬁ½Å\u2029\x85\r\ud800"
        ),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Ка\u00adзах\u200bстан", "Казахстан"),
        ("\u202eНе\u202c верь \u2066глазам\u2069", "Не верь глазам"),
        ("до\ud83d после\udc00", "до после"),
        ("и\u0306 е\u0308", "й ё"),
        ("и\u200b\u0306", "й"),
        ("много\u00a0 \t\u2009пробелов", "много пробелов"),
        ("первый\r\n\r\n\r\n\r\nвторой\rтретий", "первый\n\nвторой\nтретий"),
        ("абзац\u2029абзац\u2028строка", "абзац\n\nабзац\nстрока"),
        ("  края \n ", "края"),
        ("null\x00 и \x1b[0m", "null и [0m"),
        ("plain ascii", "plain ascii"),
    ],
)
def test_clean_text_drops_the_unseen_and_keeps_paragraphs(raw: str, expected: str) -> None:
    """Invisible characters go, spaces unite, paragraph breaks stay."""
    assert expected == clean_text(raw)


@given(MIXED_TEXT)
def test_clean_text_is_idempotent_nfc_and_encodable(raw: str) -> None:
    """Cleaning twice changes nothing more, and the result can be stored as UTF-8."""
    cleaned = clean_text(raw)
    assert cleaned == clean_text(cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.encode("utf-8").decode("utf-8")
    assert not any(is_invisible(char) for char in cleaned if char != "\n")
    assert "\n\n\n" not in cleaned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Мирзиёев", "мирзиеев"),
        ("МОСКВА", "москва"),
        ("Мо\u0301сква", "москва"),
        ("Ка\u00adзахстан", "казахстан"),
        ("Нур‑Султан", "нур-султан"),
        ("Kazakhstan’s", "kazakhstan's"),
        ("Ｒｕｓｓｉａ", "russia"),
        ("Poccия", "россия"),
        ("Acтана и Russia", "астана и russia"),
        ("СSTО", "csto"),
        ("Российская \u00a0\n Федерация", "российская федерация"),
        ("ﬁnal", "final"),
        ("Straße", "strasse"),
    ],
)
def test_fold_brings_spellings_together(text: str, expected: str) -> None:
    """Case, stress, ё, look-alikes, widths and invisible characters make no difference."""
    assert expected == fold(text).text


@given(MIXED_TEXT)
def test_fold_maps_every_character_back_into_the_text(text: str) -> None:
    """Each folded character has a span of the original, in order and inside it."""
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert sorted(folded.starts) == list(folded.starts)
    assert sorted(folded.ends) == list(folded.ends)


@given(
    st.text(st.sampled_from("аяАЯё .,-«»\n’aZ"), max_size=20),
    st.text(st.sampled_from("аяё"), min_size=1, max_size=8),
)
def test_folded_span_gives_the_original_word(before: str, word: str) -> None:
    """A word found in the folded text is cut from the original whole."""
    text = f"{before} ({word.upper()}) конец"
    folded = fold(text)
    start = folded.text.rindex("(") + 1
    begin, end = folded.original_span(start, start + len(word))
    assert word.upper() == text[begin:end]
