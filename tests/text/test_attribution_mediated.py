"""Words told through a noun, a body or a page: reactions, spread statements, courts, unions, companies."""

from __future__ import annotations

import pytest

from tests.text.speaker_reading import Case, check_case, read_cases, read_names

RUSSIAN = """
Закон вызвал возмущение у главы МИД Польши Радослава Сикорского.
    Radoslaw Sikorski | foreign_ministry | west | reported
Поездка подверглась критике со стороны США.
    US government | government | west | reported
Критика закона звучит всё громче.
    - | outlet | outlet | outlet-own-voice
Кремль опубликовал обращение президента России Владимира Путина.
    Vladimir Putin | head_of_state | russia | statement-of
МИД Армении опубликовал заявление о выборах.
    Armenian Foreign Ministry | foreign_ministry | armenia | reported
Бакинский суд приговорил блогера к трём годам.
    Azerbaijan court | government | azerbaijan | act-subject
В Казахстане суд отказал активисту в жалобе.
    Kazakhstan court | government | kazakhstan | reported
Международный уголовный суд выдал ордер.
    - | outlet | outlet | outlet-own-voice
Как рассказали в Федерации хоккея Казахстана, матч перенесён.
    Kazakhstan Hockey Federation | other | kazakhstan | reported
Газпром сократил поставки, рассказали в пресс-службе компании.
    Gazprom | other | russia | coref
По словам Сафаралиева, граница открыта.
    Safaraliyev | other | unknown | according-to
По мнению Келлога, это ошибка.
    Kellog | other | unknown | according-to
По данным Росстата, экспорт вырос.
    Rosstat | government | russia | according-to
По данным NetBlocks, связи нет.
    NetBlocks | other | unknown | according-to
По данным издания, Минск готовит запрет.
    - | other | unknown | according-to
Как считает Рустамов, цены вырастут.
    Rustamov | other | unknown | reported
В Армении оппозиция призвала к забастовке.
    Armenian opposition | other | other | unnamed
Рынок Узбекистана заявил о себе.
    - | outlet | outlet | outlet-own-voice
Соглашение ратифицировали Армения и Киргизия.
    - | outlet | outlet | joint
Россия и Белоруссия запретили ввоз рыбы.
    Russian government | government | russia | joint
Ранее сообщили об этом в дипломатическом ведомстве США.
    US State Department | foreign_ministry | west | reported
"""

ENGLISH = """
The law drew sharp criticism from Lithuanian Foreign Minister Gabrielius Landsbergis.
    Gabrielius Landsbergis | foreign_ministry | west | reported
The plan came under fire from the European Commission.
    European Commission | institution | west | reported
The White House released a statement by President Joe Biden, who praised Armenia.
    Joe Biden | head_of_state | west | statement-of
According to the newspaper, Minsk banned imports.
    - | other | unknown | according-to
Kazakhstan turned to the Hague over the dispute.
    Kazakhstan government | government | kazakhstan | act-subject
"""


@pytest.mark.parametrize("case", read_cases(RUSSIAN), ids=str)
def test_russian(case: Case) -> None:
    """Whoever is named through something else is the speaker."""
    check_case(case)


@pytest.mark.parametrize("case", read_cases(ENGLISH), ids=str)
def test_english(case: Case) -> None:
    """The same in English."""
    check_case(case, lang="en")


def test_two_who_agree_are_told_of_by_the_outlet() -> None:
    """An agreement of two is news, in a headline too."""
    assert [None] == read_names("", title="Tokayev, Japarov agree to build a road", lang="en")


def test_an_official_of_a_commission_speaks_for_it() -> None:
    """A minister of an institution without a name stands for the institution."""
    names = read_names("", title="Trade with Iran grows — EEC minister", lang="en")
    assert names == ["Eurasian Economic Commission"]


def test_the_card_after_a_name_is_dropped() -> None:
    """A page's card of a person leaves the sentence readable."""
    text = "Президент Александр Вучич Вучич Александр Президент Республики Сербия заявил, что приедет."
    assert read_names(text, default="Kremlin") == ["Aleksandar Vucic"]


def test_a_decree_is_the_presidents() -> None:
    """The text of a decree on the site of the president's office is his."""
    names = read_names("Правительству представить доклад.", title="Указ о миграции", default="Kremlin")
    assert names == ["Vladimir Putin", "Vladimir Putin"]


def test_a_state_in_the_lead_is_the_official_of_the_headline() -> None:
    """A headline that names the ministry tells who the mere state of the lead is."""
    names = read_names(
        "Russia has expressed its regret.", title="Russia regrets the Baku ruling — MFA", lang="en"
    )
    assert names == ["Russian Foreign Ministry"] * 2


def test_who_leads_an_interview_does_not_speak_in_it() -> None:
    """An interview is not its interviewer's."""
    names = read_names(
        "👉 Interview by RT to be released later.", lang="en", default="Russian Foreign Ministry"
    )
    assert names == ["Russian Foreign Ministry"]
