"""Mentions in posts of ministries and channels: labels, place lines and names of other things."""

from __future__ import annotations

import pytest

from monitor.settings import load_settings, packaged_config
from monitor.text.mentions import MentionFinder

FINDER = MentionFinder(load_settings(packaged_config()).targets)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("From the interview 💬 Sergey Lavrov: We are ready.", "en", []),
        ("💬 Sergey Lavrov thanked Minsk.", "en", ["Sergey Lavrov", "Minsk"]),
        ("📍 Baku, February 27 The consultations ended.", "en", []),
        ("Talks were held in Baku on February 27.", "en", ["Baku"]),
        ("A course of Russian literature began.", "en", []),
        ("The Russian House in Delhi reopened.", "en", []),
        ("The Russian House of Representatives is no such thing", "en", ["Russian"]),
        ("the Minsk conference of the OSCE", "en", []),
        ("Почта России подняла тарифы", "ru", []),
        ("Александр Григорьевич ответил", "ru", ["Александр Григорьевич"]),
    ],
)
def test_post_has_just_these_mentions(text: str, lang: str, expected: list[str]) -> None:
    """A label, a place line or another thing's name is no mention; the same words in a clause are."""
    assert expected == [mention.surface for mention in FINDER.find(text, lang)]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("on march 3 the minister arrives in kazakhsta", "en", ["kazakhstan"]),
        ("The President spoke by phone with the Prime Minister of Armen", "en", ["armenia"]),
        ("Президент прибыл с рабочим визитом в Азербайдж", "ru", ["azerbaijan"]),
        ("The deal was signed in Belaru.", "en", []),
        ("They met in Armen", "en", ["armenia"]),
        ("the seller offers fresh armen", "en", ["armenia"]),
        ("He asked for coffee with Bela", "en", []),
        ("На десерт подали взбитый крем", "ru", []),
        ("Стороны обсудили союз", "ru", []),
        ("Talks about the Eurasian", "en", []),
    ],
)
def test_name_that_the_source_cut_off_is_a_mention(text: str, lang: str, expected: list[str]) -> None:
    """Only the last word, only one country's name, and never what a sign of punctuation ends."""
    assert expected == [mention.target for mention in FINDER.find(text, lang)]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Росатом начнёт строить АЭС в 2029 году.", "ru", ["russia"]),
        ("Yerevan skipped the post-Soviet security bloc's drills.", "en", ["armenia", "csto"]),
        ("Лукашенко предложили возглавить союзный парламент.", "ru", ["belarus", "union_state"]),
    ],
)
def test_state_corporations_and_other_words_for_a_bloc_are_mentions(
    text: str, lang: str, expected: list[str]
) -> None:
    """Readers who checked a thousand sentences missed these."""
    assert expected == [mention.target for mention in FINDER.find(text, lang)]
