"""Words are found whatever their ending."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.alerts import Alert
from monitor.domain.subscriptions import Filter, why_unwanted
from monitor.text.lemmas import lemmas_of
from tests.builders import NOON, make_assessment, make_finding


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("база", "базы базе базу базой базам базами базах База БАЗУ"),
        ("военный", "военная военного военным военные военных"),
        ("угрожать", "угрожает угрожали угрожал угрожаем угрожаете"),
        ("ещё", "еще ЕЩЁ"),
        ("газопровод", "газопровода газопроводу газопроводы"),
        ("threat", "threats Threat THREATS"),
        ("base", "bases based"),
        ("sanction", "sanctions sanctioned sanctioning"),
    ],
)
def test_forms_of_a_word_share_a_dictionary_form(word: str, forms: str) -> None:
    """Russian by the dictionary, English by the stem, ё as е."""
    assert [] == [form for form in forms.split() if not lemmas_of(word) & lemmas_of(form)]


@pytest.mark.parametrize(
    ("word", "other"),
    [("база", "базар"), ("газ", "газета"), ("мир", "мираж"), ("gas", "gate"), ("war", "warm")],
)
def test_words_that_only_begin_alike_are_not_the_same(word: str, other: str) -> None:
    """A word is not a beginning."""
    assert frozenset() == lemmas_of(word) & lemmas_of(other)


def test_every_reading_of_a_form_counts() -> None:
    """«стали» is steel and became."""
    assert {"сталь", "стать"} <= lemmas_of("стали")


def test_text_without_words_has_none() -> None:
    """Signs are no words."""
    assert frozenset() == lemmas_of(" – «…» !")


@given(st.text(max_size=80))
def test_any_text_has_dictionary_forms(text: str) -> None:
    """Nothing that is scraped or typed breaks it; ё is е throughout."""
    assert all(lemma == lemma.replace("ё", "е") for lemma in lemmas_of(text))


@pytest.mark.parametrize(
    ("entry", "passes"),
    [("военная база", True), ("базы военные", True), ("войско", False), ("военная угроза", False)],
)
def test_subscribers_words_are_found_in_any_form(entry: str, passes: bool) -> None:
    """As a subscription asks for them: all words of an entry, in any order."""
    said = make_assessment(text="В Армении обсудили вывод российских военных баз.")
    alert = Alert("key", "rule", make_finding(1, said), NOON)
    assert (None if passes else "words") == why_unwanted(Filter(words=frozenset({entry})), alert, lemmas_of)
