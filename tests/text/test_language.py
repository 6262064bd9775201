"""Languages: short Russian and English are known, neighbours are told apart, gibberish is nobody's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.text.language import READABLE, detect_language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Путин прибыл в Минск", "ru"),
        ("Алиев: Баку готов", "ru"),
        ("Лукашенко", "ru"),
        ("САММИТ В ЕРЕВАНЕ", "ru"),
        ("Ну и где ответ?", "ru"),
        ("Токаев поздравил Жапарова", "ru"),
        ("Kremlin says no", "en"),
        ("CSTO summit opens", "en"),
        ("KAZAKHSTAN HALTS OIL SHIPMENTS", "en"),
        ("Speech at\u00a0the\u00a0opening in\u00a0Russia", "en"),
        ("Президент України заявив, що війна триває", "uk"),
        ("Київ не погодиться", "uk"),
        ("Прэзідэнт Беларусі сустрэўся з міністрам", "be"),
        ("Қазақстан Республикасының Президенті келіссөз жүргізді", "kk"),
        ("Өкмөт жаңы чечим кабыл алды", "ky"),
        ("Президенти Ҷумҳурии Тоҷикистон мулоқот кард", "tg"),
        ("Ўзбекистон Республикаси Президенти", "uz"),
        ("Azərbaycan Prezidenti İlham Əliyev", "az"),
        ("Հայաստանի վարչապետը", "hy"),
        ("საქართველოს პრეზიდენტი", "ka"),
        ("Der Präsident von Armenien sagte am Montag", "de"),
    ],
)
def test_language_of_a_short_text_is_known(text: str, expected: str) -> None:
    """A headline is enough to tell the language."""
    assert expected == detect_language(text)


@pytest.mark.parametrize(
    "text", ["", "!!!", "123 456", "ok", "asdf qwer zxcv", "ывапр олджэ фывапр", "https://tass.ru/a"]
)
def test_text_without_a_language_has_none(text: str) -> None:
    """Signs, numbers, addresses and gibberish are not guessed."""
    assert detect_language(text) is None


def test_readable_languages_are_those_of_the_classifier() -> None:
    """Only Russian and English are read."""
    assert {"ru", "en"} == READABLE


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_any_text_gets_a_code_or_none(text: str) -> None:
    """No input breaks the detector."""
    found = detect_language(text)
    assert found is None or 2 <= len(found) <= 3


def test_lone_surrogate_does_not_break_detection() -> None:
    """Broken characters come with scraped text."""
    assert "ru" == detect_language("Минск \ud800 принял делегацию соседней области.")
