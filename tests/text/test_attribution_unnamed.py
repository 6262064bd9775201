"""Speakers whom a statement does not name: what is told of them, and when the outlet itself speaks."""

from __future__ import annotations

import pytest

from tests.text.speaker_reading import Case, read_cases, read_names, read_speakers

RUSSIAN = """
«Картина бесценна», – подчёркивают авторы открытого письма.
    - | other | unknown | reported:
Поставки возобновятся весной, сообщили в компании.
    - | other | unknown | reported:
В штабе кандидата заявили, что подписи собраны.
    - | other | unknown | reported:
Как сообщили в «Вечёрке», у журналиста прошёл обыск.
    - | other | unknown | reported:
Один из заместителей министра говорил о ценах.
    - | government | unknown | unnamed:
Дипломат отметил, что консультации полезны.
    - | foreign_ministry | unknown | unnamed:
Как отметил вице-премьер, возможностей для этого нет.
    - | government | unknown | unnamed:
Белорусская оппозиция выступила против поправок.
    Belarusian opposition | other | other | unnamed:
Таджикские силовики обстреляли соседнее село.
    - | security | tajikistan | unnamed:
"""

OWN_VOICE = """
Повар сделал свою версию десерта – добавил внутрь плов.
В столице открылась выставка, и гости осмотрели экспозицию.
В декабре в компании отметили юбилей.
Закон предполагает, что въезд станет платным.
Драка произошла в ночь на пятое августа в клубе.
"""

ENGLISH = """
"It was a hard winter," a local resident told reporters.
    - | other | unknown | reported:
"Prices will fall," the company said.
    - | other | unknown | reported:
New pipe laid, officials say.
    - | government | unknown | unnamed:
"""


@pytest.mark.parametrize("case", read_cases(RUSSIAN), ids=str)
def test_russian_speaker_without_a_name_is_not_the_outlet(case: Case) -> None:
    """Somebody unnamed who reports keeps at least the trade and the side that are told."""
    [(_, speaker)] = read_speakers(case.text)
    assert (case.name, case.tier, case.bloc) == (speaker.name, speaker.tier, speaker.bloc)
    assert speaker.reason.startswith(case.reason)


@pytest.mark.parametrize("case", read_cases(ENGLISH), ids=str)
def test_english_speaker_without_a_name_is_not_the_outlet(case: Case) -> None:
    """The same in English."""
    [(_, speaker)] = read_speakers(case.text, lang="en")
    assert (case.name, case.tier, case.bloc) == (speaker.name, speaker.tier, speaker.bloc)


@pytest.mark.parametrize("text", OWN_VOICE.strip().splitlines())
def test_narration_without_a_clause_of_speech_stays_the_outlets(text: str) -> None:
    """A verb that also reports, with a thing for its subject or no clause on it, reports nothing."""
    [(_, speaker)] = read_speakers(text)
    assert (None, "outlet") == (speaker.name, speaker.tier)


def test_local_people_are_of_the_place_told() -> None:
    """Doctors and witnesses belong to the country that the text speaks of."""
    read = read_speakers("Двое ранены, сообщили врачи.", title="В Казахстане произошёл взрыв")
    assert ("other", "kazakhstan") == (read[1][1].tier, read[1][1].bloc)


def test_text_that_begins_within_a_quotation_has_an_unknown_speaker() -> None:
    """A dash and a small letter at a text's beginning show that its first words were cut off."""
    [(_, cut)] = read_speakers("– многие граждане прошли через тюрьмы.")
    assert (None, "other", "cut-quote") == (cut.name, cut.tier, cut.reason)


def test_dialogue_goes_on_after_a_dash() -> None:
    """What a second dash begins belongs to whoever spoke after the first one."""
    text = "– Мы всегда вместе, – сказал Лукашенко. – Нас не разделить."
    assert ["Alexander Lukashenko"] * 2 == read_names(text)


def test_ministers_department_is_of_his_tier_and_side() -> None:
    """A department without a name is that of the official who spoke last."""
    text = (
        "Глава МВД Киргизии Улан Токтогулов доложил о рейде. Задержаны двое, говорится в сообщении ведомства."
    )
    read = read_speakers(text)
    assert (None, "security", "kyrgyzstan") == (read[1][1].name, read[1][1].tier, read[1][1].bloc)
