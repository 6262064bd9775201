"""Statements: sentences with exact offsets, quotations beside the clause that reports them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.text.furniture import dateline_end, is_furniture
from monitor.text.segment import LONGEST_STATEMENT, split_statements


def split(text: str, lang: str) -> list[str]:
    """Return the statements' own words."""
    return [text[span.start : span.end] for span in split_statements(text, lang)]


RUSSIAN = [
    ("«Это позор!» — заявил депутат. Зал молчал.", ["«Это позор!» — заявил депутат.", "Зал молчал."]),
    ("«Вы готовы?» — Песков ответил отказом.", ["«Вы готовы?» — Песков ответил отказом."]),
    ("«Мы против», — сказал он. Точка.", ["«Мы против», — сказал он.", "Точка."]),
    ("«Мы, — сказал он, — против».", ["«Мы, — сказал он, — против»."]),
    ("«Первое. Второе. Третье», — сказал министр.", ["«Первое.", "Второе.", "Третье», — сказал министр."]),
    ("Он сказал: «Мы готовы. Мы ждём». И ушёл.", ["Он сказал: «Мы готовы.", "Мы ждём».", "И ушёл."]),
    ("— Вы готовы? — спросил он. — Да.", ["— Вы готовы? — спросил он.", "— Да."]),
    ("По словам В. В. Путина, готово. Хорошо.", ["По словам В. В. Путина, готово.", "Хорошо."]),
    ("В 2022 г. в Москве. На ул. Ленина, д. 5.", ["В 2022 г. в Москве.", "На ул. Ленина, д. 5."]),
    ("Рост — 2,5 млрд руб. Это много.", ["Рост — 2,5 млрд руб.", "Это много."]),
    (
        "Театр им. Горького. Мы поможем им. Россия рядом.",
        ["Театр им. Горького.", "Мы поможем им.", "Россия рядом."],
    ),
    ("Что делать?.. Никто не знает… А надо.", ["Что делать?..", "Никто не знает…", "А надо."]),
    ("Дом пуст.По данным следствия, давно.", ["Дом пуст.", "По данным следствия, давно."]),
    ("Иванов; Петров; Сидоров пришли.", ["Иванов; Петров; Сидоров пришли."]),
    ("МОСКВА, 24 ноя — РИА Новости. Ответа нет.", ["Ответа нет."]),
    ("ЕРЕВАН, 5 мая. /АГЕНТСТВО/. Премьер выступил.", ["Премьер выступил."]),
]

ENGLISH = [
    ("Mr. Smith of the U.S. said no. Fine.", ["Mr. Smith of the U.S. said no.", "Fine."]),
    ("The U.S. It is far.", ["The U.S.", "It is far."]),
    ("In the U.S. President Smith spoke.", ["In the U.S. President Smith spoke."]),
    ("J. K. Rowling wrote, i.e. she typed.", ["J. K. Rowling wrote, i.e. she typed."]),
    ("It rose 3.5 percent. No. 5 fell. No. Never.", ["It rose 3.5 percent.", "No. 5 fell.", "No.", "Never."]),
    ("It ended on Jan. 5 at 5 p.m. The end.", ["It ended on Jan. 5 at 5 p.m.", "The end."]),
    ("“Is it true?” Putin asked. “No!” said he.", ["“Is it true?” Putin asked.", "“No!” said he."]),
    ("“We object,” he said. “It is wrong. Very.”", ["“We object,” he said.", "“It is wrong.", "Very.”"]),
    ("He waited... Then he left. “Well…” she said.", ["He waited...", "Then he left.", "“Well…” she said."]),
    ("He left (at noon). She stayed.", ["He left (at noon).", "She stayed."]),
    ("1. First item\n2. Second item", ["1. First item", "2. Second item"]),
    ("MOSCOW, July 2. /TASS/. It is ready.", ["It is ready."]),
    ("BAKU, Azerbaijan (AP) — He spoke.", ["He spoke."]),
]


@pytest.mark.parametrize(("text", "expected"), RUSSIAN)
def test_russian_text_splits_into_statements(text: str, expected: list[str]) -> None:
    """Each Russian text of the table gives its statements."""
    assert expected == split(text, "ru")


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_text_splits_into_statements(text: str, expected: list[str]) -> None:
    """Each English text of the table gives its statements."""
    assert expected == split(text, "en")


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_paragraph_always_ends_a_statement(lang: str) -> None:
    """A headline without a full stop does not run into the next paragraph."""
    assert ["Title without stop", "and a lower-case paragraph"] == split(
        "Title without stop\n\nand a lower-case paragraph", lang
    )


def test_line_break_inside_a_sentence_does_not_end_it() -> None:
    """A line that goes on in small letters is the same sentence."""
    assert ["Строка с переносом\nпродолжается здесь.", "Конец."] == split(
        "Строка с переносом\nпродолжается здесь. Конец.", "ru"
    )


def test_list_items_and_separate_lines_are_statements() -> None:
    """Bullets and lines that begin anew stand alone."""
    assert ["• Один пункт", "— другой пункт", "Третья строка"] == split(
        "• Один пункт\n— другой пункт\nТретья строка", "ru"
    )


def test_lines_without_letters_are_no_statements() -> None:
    """Rows of stars, numbers and signs say nothing."""
    assert ["Текст."] == split("* * *\n\n12.05.2024\n\nТекст.\n\n!!!", "ru")


def test_statement_is_never_longer_than_the_limit() -> None:
    """A text without any end of a sentence is cut at white space."""
    text = "слово " * 5000
    spans = split_statements(text, "ru")
    assert all(span.end - span.start <= LONGEST_STATEMENT for span in spans)
    assert text.split() == " ".join(split(text, "ru")).split()


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("МОСКВА, 24 ноя — РИА Новости. Текст идёт", "Текст идёт"),
        ("МИНСК, 3 августа /Корр. БЕЛТА/. Текст", "Текст"),
        ("Москва. 24 ноября. INTERFAX.RU - Текст", "Текст"),
        ("АСТАНА. КАЗИНФОРМ — Текст", "Текст"),
        ("YEREVAN, MAY 5, ARMENPRESS. Text", "Text"),
        ("MINSK, July 2 (BelTA) – Text", "Text"),
        ("YEREVAN — The text", "The text"),
    ],
)
def test_dateline_ends_where_the_text_begins(text: str, rest: str) -> None:
    """Each outlet's kind of dateline is recognised whole."""
    assert rest == text[dateline_end(text) :]


@pytest.mark.parametrize(
    "text",
    [
        "Москва, 24 ноября прошёл парад",
        "Минск — столица",
        "CSTO — The bloc met",
        "Россия, Белоруссия и Казахстан договорились",
        "Baku, July is hot",
    ],
)
def test_sentence_that_begins_with_a_place_is_no_dateline(text: str) -> None:
    """A place at the beginning alone makes no dateline."""
    assert 0 == dateline_end(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Фото: РИА Новости / Иван Иванов", True),
        ("© Sputnik / Armen", True),
        ("Читайте также: Ереван ответил Москве", True),
        ("Главная / Новости / Армения", True),
        ("Темы: Армения, ОДКБ", True),
        ("Read more: Baku responds", True),
        ("Share of trade in EAEU at 93%", False),
        ("Темы переговоров в Минске раскрыли", False),
        ("Фото президента Армении вызвало спор.", False),
    ],
)
def test_credits_and_navigation_are_furniture(text: str, expected: bool) -> None:
    """Credits, breadcrumbs and links to other texts are told from statements."""
    assert expected is is_furniture(text)


PIECES = st.sampled_from(
    [
        "Он сказал. ",
        "«Да!» — ответил он. ",
        "Mr. Smith ",
        "5 мая. ",
        "\n\n",
        "\n",
        "ул. ",
        "U.S. ",
        "“Hm?” ",
        "— ",
        "...",
        " ",
        "; ",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join), st.sampled_from(["ru", "en", "kk"]))
def test_spans_are_exact_ordered_and_lose_no_letter(text: str, lang: str) -> None:
    """Statements are stripped, in order, apart, and every letter outside datelines is in one."""
    spans = split_statements(text, lang)
    for span in spans:
        piece = text[span.start : span.end]
        assert piece
        assert piece == piece.strip()
    assert all(left.end <= right.start for left, right in pairwise(spans))
    if not any(dateline_end(block) for block in text.split("\n")):
        kept = sum(char.isalpha() for span in spans for char in text[span.start : span.end])
        assert kept == sum(map(str.isalpha, text))
