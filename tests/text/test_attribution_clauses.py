"""Who speaks where the clause is hidden: participles, phrases between, views, reports at the end."""

from __future__ import annotations

import pytest

from tests.text.speaker_reading import Case, read_cases, read_names, read_speakers

ENGLISH_HEADLINES = """
Zakharova turns away questions on fishing
    Maria Zakharova | foreign_ministry | russia | reported:
Rahmon declines to attend trade fair
    Emomali Rahmon | head_of_state | tajikistan | reported:
Aliyev won't attend music festival
    Ilham Aliyev | head_of_state | azerbaijan | act-subject:
Lukashenko hits back at farmers
    Alexander Lukashenko | head_of_state | belarus | reported:
Japarov rejects loan, says Bishkek can wait
    Sadyr Japarov | head_of_state | kyrgyzstan | reported:Japarov
Japarov rejects loan, says Bishkek
    Kyrgyzstan government | government | kyrgyzstan | reported:says
"""

ENGLISH = """
Japarov surprised the audience in Osh by demanding that roads be repaired.
    Sadyr Japarov | head_of_state | kyrgyzstan | reported:
Demanding that the bridge be opened, Japarov left the hall.
    Sadyr Japarov | head_of_state | kyrgyzstan | reported:
Lavrov caused a stir by calling Sweden a vassal.
    Sergey Lavrov | foreign_ministry | russia | reported:
Peskov told reporters that Lavrov, demanding an answer, had left.
    Dmitry Peskov | government | russia | reported:Peskov told
Lavrov in an interview with RT said the catch was good.
    Sergey Lavrov | foreign_ministry | russia | reported:Lavrov said
Moscow and Hanoi discussed fishing, the Russian Foreign Ministry said.
    Russian Foreign Ministry | foreign_ministry | russia | reported:
"""

RUSSIAN = """
Лукашенко удивил аграриев, потребовав убрать картофель за неделю.
    Alexander Lukashenko | head_of_state | belarus | reported:потребовав
Оркестр удивил Брюссель, потребовав вторую сцену.
    - | outlet | outlet | outlet-own
Мирзиёев на встрече с главой МИД Китая Ван И поблагодарил Пекин.
    Shavkat Mirziyoyev | head_of_state | uzbekistan | reported:
Песков в разговоре с журналистами РИА Новости, состоявшемся утром, опроверг слухи.
    Dmitry Peskov | government | russia | reported:
Россия и Вьетнам обменялись мнениями о рыболовстве, сообщили в МИД РФ.
    Russian Foreign Ministry | foreign_ministry | russia | reported:
Стороны обменялись мнениями о рыболовстве, сообщили в МИД Казахстана.
    Kazakhstan Foreign Ministry | foreign_ministry | kazakhstan | reported:
"""


def _check(case: Case, lang: str, *, headline: bool = False) -> None:
    given = {"title": case.text} if headline else {"text": case.text}
    [(_, speaker)] = read_speakers(**given, lang=lang)
    assert (case.name, case.tier, case.bloc) == (speaker.name, speaker.tier, speaker.bloc)
    assert speaker.reason.startswith(case.reason)


@pytest.mark.parametrize("case", read_cases(ENGLISH_HEADLINES), ids=str)
def test_english_headline_of_a_refusal(case: Case) -> None:
    """A refusal is the refuser's, unless somebody else reports it."""
    _check(case, "en", headline=True)


@pytest.mark.parametrize("case", read_cases(ENGLISH), ids=str)
def test_english_subject_apart_from_its_verb(case: Case) -> None:
    """A participle's speaker is the subject of the main clause; a phrase may stand between."""
    _check(case, "en")


@pytest.mark.parametrize("case", read_cases(RUSSIAN), ids=str)
def test_russian_subject_apart_from_its_verb(case: Case) -> None:
    """The same in Russian, and the ministry that reports what two states did."""
    _check(case, "ru")


def test_view_of_the_president_is_the_one_named_last() -> None:
    """An inserted view belongs to the president of the text, not to the outlet's own."""
    text = (
        "Выступил президент Сербии Горан Станич. Без газа, на взгляд президента, не обойтись. "
        "На его взгляд, дорога важнее. Санкции, считает он, вредны."
    )
    assert ["Goran Stanich"] * 4 == read_names(text, bloc="russia")


def test_english_views_are_those_of_whom_they_name() -> None:
    """A clause such as "by the president's account" and "in his view" report like "according to"."""
    text = (
        "Serbian President Goran Stanic spoke in Nis. The tariff, he argued, was unfair. "
        "The bridge, by the president’s account, is ready. In his view, trade will grow."
    )
    assert ["Goran Stanic"] * 4 == read_names(text, lang="en", bloc="russia")


def test_view_inside_what_somebody_wants_leaves_the_sentence_to_him() -> None:
    """A view within a reported sentence does not take it over."""
    assert ["Belarusian government"] == read_names(
        "Минск намерен оспорить невыгодный, на его взгляд, договор."
    )


def test_office_of_the_republic_is_the_last_one_named() -> None:
    """A minister without a state is the one named last, though he did not speak."""
    text = "Прибыл министр иностранных дел Сербии Горан Станич. Глава МИД республики назвал визит важным."
    assert "Goran Stanich" == read_names(text, bloc="russia")[-1]
    text = "Serbian Foreign Minister Goran Stanic came to Havana. The foreign minister called it a success."
    assert "Goran Stanic" == read_names(text, lang="en", bloc="russia")[-1]


def test_office_without_a_state_stays_unknown_in_a_text_about_another() -> None:
    """That the outlet is Russian does not make every minister Russian."""
    for text in ("Глава МИД республики назвал визит важным.", "Глава ведомства назвал визит важным."):
        assert (None, "unknown") == _last(text, "ru")
    assert (None, "unknown") == _last("Serbia hosted talks. The foreign minister called it a success.", "en")


def test_ministry_is_that_of_the_minister_spoken_of() -> None:
    """A bare "the ministry said" after an unnamed minister means his ministry."""
    text = "The Serbian foreign minister visited Riga. The sides discussed trade, the ministry said."
    assert "Serbian Foreign Ministry" == read_names(text, lang="en")[-1]


def _last(text: str, lang: str) -> tuple[str | None, str]:
    speaker = read_speakers(text, lang=lang, bloc="russia")[-1][1]
    return speaker.name, speaker.bloc
