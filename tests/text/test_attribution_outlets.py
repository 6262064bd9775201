"""Outlets as speakers: their own words, and what they only pass on."""

from __future__ import annotations

import pytest

from tests.text.speaker_reading import read_speakers

SPEAKS = [
    ("Телеканал ОНТ сообщил, что расследование выйдет в эфир.", "ru", "ONT", "belarus"),
    ("Интерфакс сообщает, что ввоз запрещён.", "ru", "Interfax", "russia"),
    ("Переговоры сорваны, пишет Politico.", "ru", "Politico", "west"),
    ("Встреча отложена, сообщило немецкое агентство DPA.", "ru", "DPA", "west"),
    ("По данным Reuters, сторонам нужен месяц.", "ru", "Reuters", "west"),
    ("Ukrinform reported that the road was closed.", "en", "Ukrinform", "ukraine"),
    ("Wells are dry, according to Reuters.", "en", "Reuters", "west"),
]
PASSES_ON = [
    ("Водители вышли на площадь, сообщил «Интерфакс».", "ru"),
    ("Как сообщал ТАСС, дорогу откроют весной.", "ru"),
    ("Спутник вышел на орбиту, что отметили учёные.", "ru"),
    ("Wells are dry, TASS reported.", "en"),
]


@pytest.mark.parametrize(("text", "lang", "name", "bloc"), SPEAKS)
def test_outlet_that_reports_by_itself_is_the_speaker(text: str, lang: str, name: str, bloc: str) -> None:
    """An outlet before "that", or a foreign one anywhere, is named with its side."""
    [(_, speaker)] = read_speakers(text, lang=lang)
    assert (name, "outlet", bloc) == (speaker.name, speaker.tier, speaker.bloc)


@pytest.mark.parametrize(("text", "lang"), PASSES_ON)
def test_wire_that_closes_a_sentence_is_not_the_speaker(text: str, lang: str) -> None:
    """A Russian wire after the fact leaves it to the teller."""
    [(_, speaker)] = read_speakers(text, lang=lang)
    assert speaker.name is None


def test_person_in_the_sentence_outweighs_the_outlet() -> None:
    """Who is quoted speaks, not who quotes."""
    [(_, speaker)] = read_speakers("Песков заявил, что встреча пройдёт, передаёт Reuters.")
    assert "Dmitry Peskov" == speaker.name


def test_outlet_before_an_act_is_the_outer_speaker() -> None:
    """What an outlet says that a state did is the outlet's."""
    [(_, speaker)] = read_speakers("Интерфакс сообщает, что Россия ввела запрет на ввоз.")
    assert "Interfax" == speaker.name


def test_paper_that_a_ministry_comments_on_does_not_speak() -> None:
    """The ministry before the verb speaks, whatever paper follows it."""
    read = read_speakers(title="МИД России прокомментировал случай с газетой «Комсомольская правда»")
    assert "Russian Foreign Ministry" == read[0][1].name
