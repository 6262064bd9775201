"""Persons of no list, by their names, titles and what the statement tells of."""

from __future__ import annotations

from datetime import date

import pytest

from tests.text.speaker_reading import Case, read_cases, read_names, read_speakers

NAMES = """
Анн Брасье сказала, что в Белоруссии нет свободы.
    Ann Brasye | other | unknown | reported:
Об этом заявил Тодд Миллинс в интервью армянскому телеканалу.
    Todd Millins | other | unknown | reported:
«Мы ждем перемен», – сказала Хайке Шульц.
    Khaike Shults | other | unknown | reported:
Белорусская теннисистка Виктория Ковальчук отказалась выступать за сборную.
    Viktoria Kovalchuk | other | belarus | reported:
Олимпийская чемпионка Дарья Лесная призвала белорусских силовиков к миру.
    Daria Lesnaya | other | belarus | reported:
«Мы не уйдем», – сказала активистка из Минска Анна Северинец.
    Anna Severinets | other | belarus | reported:
Об этом сообщил глава движения Ботагоз Исаева, живущая в Казахстане.
    Botagoz Isayeva | other | kazakhstan | reported:
Омбудсмен Армении Арман Татоян заявил об обстреле.
    Arman Tatoyan | government | armenia | reported:
Губернатор Калужской области Антон Пасько заявил о поставках в Белоруссию.
    Anton Pasko | government | russia | reported:
Узбекистан приостановил экспорт, сообщил замминистра энергетики Бехзод Нарматов.
    Bekhzod Narmatov | government | uzbekistan | reported:
В конце октября на саммите БРИКС Лукашенко заявил в интервью, что рассмотрит прошение.
    Alexander Lukashenko | head_of_state | belarus | reported:
Жапаров: Киргизия не выйдет из ОДКБ.
    Sadyr Japarov | head_of_state | kyrgyzstan | headline-colon:
"""
NOBODY = """
Теннисистка из Казахстана вышла в финал.
    - | outlet | outlet | outlet-own-voice
Суд Минска признал Марию Петрову виновной.
    Belarusian court | government | belarus | reported
Ранее сообщил о взрыве в Ереване.
    - | outlet | outlet | outlet-own-voice
"""
OFFICES = [
    ("Учения пройдут у ОДКБ в Белоруссии, сообщил генсек организации.", "ru", 2024, "Imangali Tasmagambetov"),
    ("Учения ОДКБ пройдут в Киргизии, заявил генсек организации.", "ru", 2021, "Stanislav Zas"),
    ("Генсек ОДКБ заявил о росте угроз.", "ru", 2012, "Nikolai Bordyuzha"),
    ("Генсек ШОС поздравил Узбекистан.", "ru", 2022, "Zhang Ming"),
    ("Глава коллегии ЕЭК сообщил о росте торговли.", "ru", 2021, "Mikhail Myasnikovich"),
    ("Госсекретарь Союзного государства рассказал о программах.", "ru", 2022, "Dmitry Mezentsev"),
    (
        "CSTO drills will be held in Belarus, the organization's secretary general said.",
        "en",
        2021,
        "Stanislav Zas",
    ),
]


@pytest.mark.parametrize("case", [*read_cases(NAMES), *read_cases(NOBODY)], ids=str)
def test_stranger_is_named_as_written(case: Case) -> None:
    """The place beside a verb tells a name, the title the tier, title or statement the side."""
    [(_, speaker)] = read_speakers(case.text)
    assert (case.name, case.tier, case.bloc) == (speaker.name, speaker.tier, speaker.bloc)
    assert speaker.reason.startswith(case.reason)


@pytest.mark.parametrize(("text", "lang", "year", "name"), OFFICES)
def test_head_of_an_organisation_is_who_held_the_office(text: str, lang: str, year: int, name: str) -> None:
    """An office of an institution, also of one named before it, is resolved by the day."""
    assert [name] == read_names(text, lang=lang, said_on=date(year, 9, 14))


def test_title_of_the_text_outranks_the_list() -> None:
    """A person listed as a diplomat is of the armed forces where the text calls him a deputy minister."""
    text = "Заместитель министра обороны России Анатолий Антонов сообщил об учениях."
    [(_, speaker)] = read_speakers(text)
    assert ("Anatoly Antonov", "security", "russia") == (speaker.name, speaker.tier, speaker.bloc)


def test_verb_without_a_subject_goes_on_with_the_last_person() -> None:
    """A past tense that has no subject is said by whom the sentence before tells of."""
    text = "Лукашенко встретился с губернатором. Также подчеркнул, что Минск поможет."
    assert ["Alexander Lukashenko"] == read_names(text)[1:]


def test_press_service_of_a_president_only_tells_his_act() -> None:
    """A decree told by the president's press service is the president's act."""
    text = "Александр Лукашенко предоставил убежище судье, сообщила пресс-служба белорусского лидера."
    assert ["Alexander Lukashenko"] == read_names(text)


def test_heads_of_member_states_decide_as_their_organisation() -> None:
    """What the heads of the members decide together is the organisation's decision."""
    text = "Главы государств-членов ШОС приняли решение о статусе Армении."
    assert ["Shanghai Cooperation Organisation"] == read_names(text)


def test_holder_named_after_a_headline_is_meant_by_its_office() -> None:
    """Of a headline and a lead in one sentence, the lead tells who held the office then."""
    text = "Президент Киргизии прокомментировал спор Президент Сооронбай Жээнбеков заявил, что всё спокойно."
    assert ["Sooronbay Jeenbekov"] == read_names(text)
    nested = "Президент России заявил, что президент Белоруссии Александр Лукашенко сообщил о планах."
    assert ["Vladimir Putin"] == read_names(nested)


def test_agency_before_whom_it_quotes_is_passed_over() -> None:
    """Whoever is quoted may stand after the agency that quotes him."""
    text = "«Это наше право», – цитирует РИА «Новости» посла Армении Вардана Пасояна."
    assert ["Vardan Pasoyan"] == read_names(text)
