"""Colons, dashes, quotations begun before the text, and sentences that a source glued together."""

from __future__ import annotations

import pytest

from tests.text.speaker_reading import Case, check_case, read_cases, read_names, read_speakers

RUSSIAN = """
Эмомали Рахмон, президент Таджикистана: «Мы строим сами».
    Emomali Rahmon | head_of_state | tajikistan | headline-colon
Иван Деревянко, директор завода: «Мы строим сами».
    Ivan Derevyanko | other | unknown | headline-colon
По сообщению МИД Узбекистана, граница открыта.
    Uzbekistan Foreign Ministry | foreign_ministry | uzbekistan | according-to
Поставки будем наращивать", сказал белорусский лидер.
    Alexander Lukashenko | head_of_state | belarus | reported
Диктатуры у нас нет", – приводит слова Лукашенко Белта.
    Alexander Lukashenko | head_of_state | belarus | reported
Не хотят – не надо», – отметил он.Рахмон заявил, что справится сам.
    Emomali Rahmon | head_of_state | tajikistan | reported
Турция поддержала Баку, президент Турции Реджеп Эрдоган обвинил Ереван в провокации.
    Recep Tayyip Erdogan | head_of_state | other | reported
МВД Таджикистана подтвердило задержание, сообщают СМИ.
    Tajikistan Interior Ministry | security | tajikistan | reported
Сообщил о проверке портал МВД Казахстана.
    Kazakhstan Interior Ministry | security | kazakhstan | reported
В Минске отмечают 30-летие Содружества.
    - | outlet | outlet | outlet-own-voice
Россия и Казахстан заключили договор о границе.
    - | outlet | outlet | outlet-own-voice
"""

ENGLISH = """
Nikol Pashinyan, the prime minister of Armenia: "We shall see."
    Nikol Pashinyan | head_of_state | armenia | headline-colon
Trade grew in Belarus, Russia adds a tenth.
    - | outlet | outlet | outlet-own-voice
"""


@pytest.mark.parametrize("case", read_cases(RUSSIAN), ids=str)
def test_russian(case: Case) -> None:
    """Each kind of mark names its speaker."""
    check_case(case)


@pytest.mark.parametrize("case", read_cases(ENGLISH), ids=str)
def test_english(case: Case) -> None:
    """The same in English."""
    check_case(case, lang="en")


def test_two_places_joined_by_a_dash_are_a_route() -> None:
    """A capital at the end of a route is no source."""
    assert [None] == read_names("", title="Задержан рейс Баку — Ашхабад")
    assert ["Kazakhstan government"] == read_names("", title="Границу закроют с весны — Астана")


def test_headline_with_an_agency_of_intelligence_as_its_source() -> None:
    """An intelligence agency stands for the foreign intelligence service of its state."""
    names = read_names("", title="West plots against Minsk — Russian intel agency", lang="en")
    assert ["Russian Foreign Intelligence Service"] == names
    assert ["Alexander Lukashenko"] == read_names("", title="Lukashenko weighs in on peace plan", lang="en")


def test_words_of_the_author_within_a_russian_quotation() -> None:
    """Between two dashes within the marks the author tells who speaks; what follows is quoted again."""
    assert ["David Tonoyan"] * 2 == read_names(
        "«Ждём, – сказал министр обороны Армении Давид Тоноян. – Скоро»."
    )
    assert ["Alexander Lukashenko"] == read_names("«Мы ждём, – как отметил Лукашенко, – и это важно».")
    assert ["Petrov"] * 2 == read_names("«Мы ждём! – воскликнул Петров. – Это важно».")
    assert [None] == read_names("«Время – говорят, деньги».")


def test_post_that_ends_with_a_dash_and_a_name() -> None:
    """A post may end with who says it, as a headline does."""
    post = "Партнёры по союзу едва ли помогут нам в этом деле, это нереалистично сейчас — Лукашенко"
    assert ["Alexander Lukashenko"] == read_names(post)


def test_unnamed_source_of_a_headline_is_of_the_state_told_of() -> None:
    """A ministry or an official without a state is of the state that the headline tells of."""
    titles = (
        "Kazakhstan loses oil after attack — ministry",
        "Rifle of Belarus to be produced soon — official",
    )
    found = [read_speakers("", title=title, lang="en")[0][1] for title in titles]
    assert [("government", "kazakhstan"), ("government", "belarus")] == [(s.tier, s.bloc) for s in found]
    assert ["CSTO"] == read_names("", title="CSTO aims to enhance readiness — declaration", lang="en")
    ((_, media),) = read_speakers("", title="Minsk may release prisoners soon — media", lang="en")
    assert ("commentator", "unknown") == (media.tier, media.bloc)


def test_title_of_two_parts_before_a_colon() -> None:
    """A post's title may give two offices before the name."""
    text = (
        "❗ Russian Permanent Representative to the UN Office, Ambassador Ivan Sidorov: we await an answer."
    )
    assert ["Ivan Sidorov"] == read_names(text, lang="en", default="Russian Foreign Ministry")


def test_letter_in_the_first_person_is_its_senders() -> None:
    """What follows the sign of a letter is no first person of the channel."""
    text = "✉️ Foreign Minister of Russia Sergey Lavrov has sent a message ✍️ Dear friends, I thank you."
    assert ["Sergey Lavrov"] == read_names(text, lang="en", default="Russian Foreign Ministry")
