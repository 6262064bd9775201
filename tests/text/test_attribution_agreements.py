"""What two states agree on, what the outlet asks, and clauses that stand within others."""

from __future__ import annotations

from datetime import date

import pytest

from tests.text.speaker_reading import Case, check_case, read_cases, read_speakers

MINISTRY = "Russian Foreign Ministry"

RUSSIAN = """
Россия и Таджикистан подтвердили планы достроить школу.
    - | outlet | outlet | joint:
Минск и Астана решили снизить пошлину на сахар.
    - | outlet | outlet | joint:
Армения и Казахстан обвинили соседа в обстреле.
    Armenian government | government | armenia | joint:
Владимир Путин и Эмомали Рахмон подтвердили настрой на дружбу.
    - | outlet | outlet | joint:
Почему Узбекистан предлагает отложить саммит?
    - | outlet | outlet | outlet-own-voice
Что даёт Киргизии союз, «который всем выгоден», спросил Жапаров?
    Sadyr Japarov | head_of_state | kyrgyzstan | reported:
Токаев, который вернулся из Пекина, потребовал ускорить стройку.
    Kassym-Jomart Tokayev | head_of_state | kazakhstan | reported:
Цены выросли после того, как Лукашенко решил закрыть рынок.
    - | outlet | outlet | outlet-own-voice
Дорогу обсудили на встрече, которую вчера Путин по видеосвязи из Кремля провёл с губернаторами.
    - | outlet | outlet | outlet-own-voice
Токаев отверг итоги опроса, в котором, по данным МВД Казахстана, участвовали тысячи.
    Kassym-Jomart Tokayev | head_of_state | kazakhstan | reported:
Прокурор Армении намерен подать жалобу Прокурор Армении Гагик Саркисян намерен просить суд о встрече.
    Gagik Sarkisyan | government | armenia | reported:
Оппозиция потребовала пересчёта Белорусские оппозиционеры пожаловались на подсчёт голосов.
    Belarusian opposition | other | other | unnamed:
«Это не наша война», – приводятся слова Лукашенко на сайте агентства.
    Alexander Lukashenko | head_of_state | belarus | reported:
В Минске ОМОН разогнал шествие студентов.
    Belarusian police | security | belarus | act-subject:
Нацбанк Казахстана запретил переводы за границу.
    Kazakhstan National Bank | government | kazakhstan | act-subject:
"""


@pytest.mark.parametrize("case", read_cases(RUSSIAN), ids=str)
def test_russian(case: Case) -> None:
    """An agreement, a question and a clause within another are nobody's words; the clause around it is."""
    check_case(case)


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2025, 6, 1), "Imangali Tasmagambetov"), (date(2026, 6, 1), "Taalatbek Masadykov")],
)
def test_secretary_general_is_whoever_held_the_post(day: date, name: str) -> None:
    """The headline names the body, the day names the person."""
    title = "Armenia still a member of the CSTO — Secretary General"
    [(_, speaker)] = read_speakers(title=title, lang="en", said_on=day)
    assert (name, "institution", "csto") == (speaker.name, speaker.tier.value, speaker.bloc)


def test_deputy_is_not_taken_for_the_secretary_general() -> None:
    """The deputy's post is another one."""
    title = "Drills of the CSTO to go on — deputy secretary general"
    [(_, speaker)] = read_speakers(title=title, lang="en", said_on=date(2025, 6, 1))
    assert speaker.name != "Imangali Tasmagambetov"


def test_cut_lead_of_a_state_goes_to_whom_the_headline_names() -> None:
    """A feed cuts "Belarus will build two more …, Lukashenko said" before the name."""
    title = "Belarus to build two more reactors — Lukashenko"
    found = read_speakers("Belarus plans to build two more reac", title, "en")
    assert ["Alexander Lukashenko"] * 2 == [speaker.name for _, speaker in found]
    whole = read_speakers("Belarus plans to build two more reactors.", title, "en")
    assert whole[-1][1].name == "Belarusian government"


def test_body_acts_where_the_media_only_tell() -> None:
    """The source that a headline names last is vague; the act is the parliament's."""
    [(_, speaker)] = read_speakers(title="Kazakhstan parliament approves ban on vapes — media", lang="en")
    assert speaker.name == "Kazakhstan parliament"


def test_announced_broadcast_is_the_channels_own() -> None:
    """Nobody has spoken yet where "#LIVE" announces it."""
    text = "#LIVE: Remarks by Russia's Foreign Minister Sergey Lavrov at a meeting in Moscow"
    assert read_speakers(text, lang="en", default=MINISTRY)[0][1].name == MINISTRY
    told = read_speakers(text.removeprefix("#LIVE: "), lang="en", default=MINISTRY)
    assert told[0][1].name == "Sergey Lavrov"
