"""Copies fold, other texts on the same event do not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.duplicates import Signature, bands, is_same_story, same_statement, signature, similarity

WIRE = (
    "Министр сельского хозяйства Армении сообщил в четверг, что урожай абрикосов в Араратской долине вырос "
    "на треть. "
    "По его словам, заморозки этой весной обошли сады стороной, а вода в каналах появилась вовремя. "
    "Крестьяне просят "
    "снизить пошлину на упаковку и открыть второй склад у границы. Перевозчики жалуются на очереди на горной "
    "дороге: "
    "машины стоят там по двое суток. Ведомство обещает удвоить число инспекторов и продлить часы работы "
    "поста. "
    "Покупатели в соседних странах уже заказали половину урожая, остальное пойдёт на сушку и на варенье."
)
OTHER_REPORT = (
    "Абрикосов в Араратской долине собрали на треть больше прошлогоднего, рассказали в сельскохозяйственном "
    "ведомстве. "
    "Чиновники объясняют это тёплой весной. Фермеры тем временем недовольны дорогой: чтобы вывезти ящики "
    "через перевал, "
    "приходится ждать по два дня. Глава союза садоводов считает, что одного склада на границе мало, и "
    "требует льгот на "
    "тару. В правительстве пообещали добавить контролёров."
)


def edit(text: str, share: float, seed: int) -> str:
    """Replace, drop and insert a share of the words."""
    chance = random.Random(seed)
    words: list[str] = []
    for word in text.split():
        if chance.random() >= share:
            words.append(word)
        elif chance.random() < 0.7:
            words.extend([f"правка{chance.randrange(1000)}", *([word] if chance.random() < 0.3 else [])])
    return " ".join(words)


@pytest.mark.parametrize("seed", range(8))
def test_wire_with_every_seventh_word_edited_is_the_same_story(seed: int) -> None:
    """An outlet's edits of up to fifteen words in a hundred do not hide the copy, nor its keys."""
    copy = edit(WIRE, 0.15, seed)
    assert is_same_story(WIRE, copy)
    assert set(bands(signature(WIRE))) & set(bands(signature(copy)))


def test_other_report_of_the_event_is_another_story() -> None:
    """Two reporters on one event wrote two stories."""
    assert not is_same_story(WIRE, OTHER_REPORT)


def test_wire_cut_to_two_thirds_is_the_same_story() -> None:
    """An outlet that prints the beginning prints the same wire."""
    assert is_same_story(WIRE, WIRE[: len(WIRE) * 2 // 3])


def test_one_mould_with_other_names_is_another_story() -> None:
    """Congratulations to two presidents share their words and are two events."""
    mould = (
        "Глава государства направил телеграмму, в которой поздравил президента {} {} "
        "с днём рождения и пожелал успехов."
    )
    first, second = (
        mould.format("Казахстана", "Касым-Жомарта Токаева"),
        mould.format("Киргизии", "Садыра Жапарова"),
    )
    assert not is_same_story(first, second)
    assert not same_statement(first, second)


def test_one_mould_with_another_date_is_another_story() -> None:
    """A weekly announcement is not a copy of last week's."""
    mould = "On {} the spokeswoman will hold her weekly briefing on current foreign policy issues here."
    assert not is_same_story(mould.format("January 15"), mould.format("January 30"))


def test_case_punctuation_and_invisible_characters_make_no_difference() -> None:
    """A copy in other typography is the same text."""
    copy = WIRE.upper().replace("ё", "е").replace(",", " ,").replace("абрикосов", "абри\u00adкосов")
    assert 1.0 == similarity(WIRE, copy)
    assert signature(WIRE) == signature(copy)
    assert is_same_story(WIRE, copy)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            "Минск готов принять наблюдателей на учениях, сообщили в ведомстве.",
            "Минск готов принять наблюдателей на учениях — сообщили в ведомстве",
            True,
        ),
        (
            "Дипломат призвала партнёров не делать поспешных выводов из этих слов.",
            "Дипломат призвала наших партнёров не делать поспешных выводов из этих слов",
            True,
        ),
        ("The new railway pleases Bishkek.", "The new railway pleases Dushanbe.", False),
        ("Стороны обсудили торговлю.", "Стороны обсудили границу и воду.", False),
    ],
)
def test_statements_are_compared_closely(first: str, second: str, expected: bool) -> None:
    """One statement is the same with small edits only."""
    assert expected is same_statement(first, second)


def test_signature_survives_storage() -> None:
    """What was stored reads back, and gives the same keys."""
    sketch = signature(WIRE)
    restored = Signature.from_bytes(sketch.to_bytes())
    assert sketch == restored
    assert bands(sketch) == bands(restored)
    assert 1.0 == sketch.estimate_similarity(restored)


@pytest.mark.parametrize("data", [b"", b"\x00" * 385, b"\x02abc"])
def test_foreign_bytes_are_no_signature(data: bytes) -> None:
    """Bytes of another size or version are refused with a sentence."""
    with pytest.raises(ValueError, match="cannot be read"):
        Signature.from_bytes(data)


def test_signature_is_the_same_on_every_machine() -> None:
    """The stored keys of an older run stay valid: this value must not change."""
    assert PINNED_BAND == bands(signature("Ереван и Москва договорились о поставках"))[0]


def test_estimate_is_near_the_exact_similarity() -> None:
    """MinHash finds about what Jaccard says."""
    copy = edit(WIRE, 0.1, 3)
    assert pytest.approx(similarity(WIRE, copy), abs=0.2) == signature(WIRE).estimate_similarity(
        signature(copy)
    )


@given(st.text(max_size=60), st.text(max_size=60))
def test_similarity_is_symmetric_and_bounded(first: str, second: str) -> None:
    """Whatever the texts, similarity is between 0 and 1 and has no direction."""
    share = similarity(first, second)
    assert 0.0 <= share <= 1.0
    assert share == similarity(second, first)
    assert is_same_story(first, second) is is_same_story(second, first)
    assert is_same_story(first, first)
    assert 32 == len(set(bands(signature(first))))


PINNED_BAND = "00:f3d1c85979217173"
