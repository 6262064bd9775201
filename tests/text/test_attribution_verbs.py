"""Verbs that speak only in company, and subjects that their form alone does not show."""

from __future__ import annotations

from datetime import date

import pytest

from tests.text.speaker_reading import Case, read_cases, read_names, read_speakers

RUSSIAN = """
И Александр Лукашенко сделал неожиданное заявление об отъезде.
    Alexander Lukashenko | head_of_state | belarus | reported:
Токаев выступил с инициативой на саммите.
    Kassym-Jomart Tokayev | head_of_state | kazakhstan | reported:
Песков дал понять, что встреча отложена.
    Dmitry Peskov | government | russia | reported:
Накануне Баку объявил о взятии сёл.
    Azerbaijan government | government | azerbaijan | reported:
Симоньян потребовала вернуть редакцию «Россия сегодня».
    Margarita Simonyan | commentator | russia | reported:
США сняли санкции с авиакомпании.
    US government | government | west | act-subject:
Российская сторона предложила помощь.
    Russian government | government | russia | reported:
Об этом говорится в сообщении, опубликованном на сайте Минобороны Азербайджана.
    Azerbaijan Defence Ministry | security | azerbaijan | statement-of:
Ранее Харитонова раскрыла подробности, отметив, что силовики угрожали ей.
    Kharitonova | other | unknown | reported:
НАТО обеспокоено учениями у границы.
    NATO | security | west | reported:
В ООН призвали стороны к сдержанности.
    United Nations | institution | other | reported:
В Ереване заявили эксперты, что цены вырастут.
    - | commentator | unknown | unnamed:
Пресс-служба «Газпрома» подтвердила остановку поставок.
    Gazprom | other | russia | reported:
Россия дала Киргизии кредит на дороги.
    Russian government | government | russia | act-subject:
Правозащитник сторону не принял.
    - | outlet | outlet | outlet-own-voice
"""

ENGLISH = """
EU slaps tariffs on Belarus.
    European Union | institution | west | act-subject:
"""


@pytest.mark.parametrize("case", read_cases(RUSSIAN), ids=str)
def test_russian_clause_is_read(case: Case) -> None:
    """A light verb with its noun, a rare subject or a long way round reports like any other."""
    [(_, speaker)] = read_speakers(case.text)
    assert (case.name, case.tier, case.bloc) == (speaker.name, speaker.tier, speaker.bloc)
    assert speaker.reason.startswith(case.reason)


@pytest.mark.parametrize("case", read_cases(ENGLISH), ids=str)
def test_english_clause_is_read(case: Case) -> None:
    """The same in English."""
    [(_, speaker)] = read_speakers(case.text, lang="en")
    assert (case.name, case.tier, case.bloc) == (speaker.name, speaker.tier, speaker.bloc)


def test_decree_is_of_the_president_of_the_headline() -> None:
    """A decree that names no author is the head of state's of whom the text just spoke."""
    names = read_names(
        "Как сказано в указе, они удостоены орденов.",
        title="Президент Казахстана наградил военных",
        said_on=date(2022, 1, 9),
    )
    assert "Kassym-Jomart Tokayev" == names[1]


def test_document_without_an_author_is_the_last_speakers() -> None:
    """A statement quoted again is that of whoever spoke; with nobody before it says nothing."""
    text = "МИД Армении выразил протест. «Ждём ответа», – говорится в заявлении."
    assert ["Armenian Foreign Ministry"] * 2 == read_names(text)


def test_office_of_several_ministers_is_the_first_states() -> None:
    """Heads of ministries in the plural are first of all the first-named state's."""
    text = "Это подчеркнули в разговоре главы МИД России и Ирана."
    assert ["Sergey Lavrov"] == read_names(text, said_on=date(2020, 10, 6))


def test_place_of_an_event_is_no_second_speaker() -> None:
    """A state after "in", whatever describes it, does not speak together with the person."""
    title = "Fighters are operating in disputed Nagorno-Karabakh, French President Macron says"
    assert ["Emmanuel Macron"] == read_names("", title=title, lang="en", said_on=date(2020, 10, 1))


def test_he_after_an_office_in_the_headline_is_its_holder() -> None:
    """A pronoun may mean the office that the headline names without a name."""
    read = read_speakers(
        "Он сообщил, что дипломаты встретились.",
        title="Посол РФ в Чаде назвал это аферой",
        said_on=date(2020, 8, 8),
    )
    assert ("foreign_ministry", "russia") == (read[1][1].tier, read[1][1].bloc)


def test_separatists_envoy_is_on_the_side_that_the_text_tells() -> None:
    """Without a date the office told in the text decides the side."""
    [(_, speaker)] = read_speakers("Полпред ДНР в Минске Денис Пушилин заявил о срыве.")
    assert "other" == speaker.bloc
    [(_, speaker)] = read_speakers("Денис Пушилин заявил о срыве.")
    assert "russia" == speaker.bloc
