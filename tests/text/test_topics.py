"""What statements are about."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.stance import Topic
from monitor.text.topic_words import ENGLISH, RUSSIAN
from monitor.text.topics import detect_topics

CASES = [
    ("ru", "Войска выходят из села после прекращения огня в Карабахе.", {Topic.BASES_TROOPS, Topic.CONFLICT}),
    ("ru", "Спецоперация продолжается, наступление идёт.", {Topic.WAR}),
    ("ru", "Стороны подтвердили территориальную целостность друг друга.", {Topic.TERRITORY}),
    ("ru", "На 201-й базе начались учения.", {Topic.BASES_TROOPS}),
    ("ru", "Россельхознадзор ограничил ввоз помидоров.", {Topic.SANCTIONS_TRADE}),
    ("ru", "Цена на газ и нефть согласована до конца года.", {Topic.ENERGY}),
    ("ru", "Мигрантам упростят получение гражданства.", {Topic.MIGRATION}),
    ("ru", "Саммит ЕАЭС пройдёт осенью.", {Topic.INTEGRATION}),
    ("ru", "Брюссель предложил Тбилиси вступление в ЕС.", {Topic.WEST_TIES}),
    ("ru", "Оппозиция вышла на митинг накануне выборов.", {Topic.DOMESTIC_POLITICS}),
    ("ru", "Памятник ветеранам открыли у школы, где учат русский язык.", {Topic.HISTORY_LANGUAGE}),
    ("ru", "Спецслужбы предотвратили теракт.", {Topic.TERRORISM_CRIME}),
    ("ru", "Погода в горах испортилась.", {Topic.OTHER}),
    ("en", "The ceasefire in Karabakh holds.", {Topic.CONFLICT}),
    ("en", "The war goes on as drones cross the frontline.", {Topic.WAR}),
    ("en", "They respect each other's territorial integrity.", {Topic.TERRITORY}),
    ("en", "Troops left the military base.", {Topic.BASES_TROOPS}),
    ("en", "Sanctions hit exports of fish.", {Topic.SANCTIONS_TRADE}),
    ("en", "The nuclear power plant needs uranium.", {Topic.ENERGY}),
    ("en", "Migrants wait for visas.", {Topic.MIGRATION}),
    ("en", "The CSTO and the EAEU meet in spring.", {Topic.INTEGRATION}),
    ("en", "NATO and the European Union sent envoys.", {Topic.WEST_TIES}),
    ("en", "The opposition lost the election.", {Topic.DOMESTIC_POLITICS}),
    ("en", "A monument to veterans was unveiled.", {Topic.HISTORY_LANGUAGE}),
    ("en", "Two spies were arrested.", {Topic.TERRORISM_CRIME}),
    ("en", "It rained in the hills.", {Topic.OTHER}),
]


@pytest.mark.parametrize(("lang", "text", "expected"), CASES, ids=[case[1][:40] for case in CASES])
def test_topics_are_told_by_words(lang: str, text: str, expected: set[Topic]) -> None:
    """Every topic has words in both languages, and several may hold."""
    assert expected == set(detect_topics(text, lang))


def test_other_stands_alone() -> None:
    """OTHER is given only where no topic is told."""
    assert (Topic.OTHER,) == detect_topics("", "ru") == detect_topics("Да.", "ru")


def test_topics_come_in_the_codebooks_order() -> None:
    """The order does not depend on the order of the words."""
    assert detect_topics("Газ и война", "ru") == detect_topics("Война и газ", "ru")


def test_yo_and_capitals_do_not_matter() -> None:
    """Words are compared in lower case with ё as е."""
    assert detect_topics("ТЁРРОР и учёния", "ru") == detect_topics("террор и учения", "ru")


def test_parts_of_other_words_tell_nothing() -> None:
    """A whole-word entry does not match inside a longer word."""
    assert (Topic.OTHER,) == detect_topics("Газета вышла, свод правил готов.", "ru")
    assert (Topic.OTHER,) == detect_topics("The gasp was warm; an oily euphoria, just.", "en")


def test_every_topic_has_words_in_both_languages() -> None:
    """A topic added to the codebook needs its words."""
    assert set(Topic) - {Topic.OTHER} == set(RUSSIAN) == set(ENGLISH)


@given(st.text(max_size=300), st.sampled_from(["ru", "en", "xx"]))
def test_any_text_has_topics(text: str, lang: str) -> None:
    """Nothing that may stand in a text breaks the search."""
    assert detect_topics(text, lang)


def test_a_long_text_is_quick() -> None:
    """A text of a megabyte takes no more than a few seconds."""
    begun = time.perf_counter()
    detect_topics("санкции и газ " * 70_000, "ru")
    assert time.perf_counter() - begun < 5
