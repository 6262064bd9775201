"""Meetings and visits, which the outlet tells, beside acts and words, which are somebody's."""

from __future__ import annotations

import pytest

from tests.text.speaker_reading import Case, check_case, read_cases, read_names

RUSSIAN = """
Лукашенко встретился в Сочи с главой Газпрома.
    - | outlet | outlet | protocol:
Сергей Лавров прибыл в Душанбе.
    - | outlet | outlet | protocol:
Премьер Армении провёл переговоры с послом.
    - | outlet | outlet | protocol:
Шойгу говорил с турецким коллегой о зерне.
    - | outlet | outlet | protocol:
Шойгу говорил с коллегой о том, что спор закончен.
    Sergey Shoigu | security | russia | reported:
Токаев принял участие в саммите.
    - | outlet | outlet | protocol:
Вячеслав Володин выступил на форуме в Баку.
    - | outlet | outlet | protocol:
Токаев провёл кадровые перестановки.
    Kassym-Jomart Tokayev | head_of_state | kazakhstan | act-subject:
Токаев принял отставку правительства.
    Kassym-Jomart Tokayev | head_of_state | kazakhstan | act-subject:
Лукашенко встретился с послом и пригрозил Варшаве.
    Alexander Lukashenko | head_of_state | belarus | reported:
Лукашенко выступил с обвинениями в адрес Варшавы.
    Alexander Lukashenko | head_of_state | belarus | reported:
«Я и сам так умею»: Путин посетил гончарную мастерскую.
    Vladimir Putin | head_of_state | russia | act-subject:
Встреча, которую провели белорусские пограничники, длилась час.
    - | outlet | outlet | outlet-own-voice
На кадрах видно, как Путин открывает завод.
    - | outlet | outlet | outlet-own-voice
Уехать домой решил ещё один казахстанский дипломат.
    - | outlet | outlet | outlet-own-voice
"""

ENGLISH = """
Lukashenko met with the ambassador in Minsk.
    - | outlet | outlet | protocol:
Tokayev held talks with the chairman.
    - | outlet | outlet | protocol:
Armenian diplomats discussed the border in Moscow.
    - | outlet | outlet | outlet-own-voice
Tokayev banned the export of wheat.
    Kassym-Jomart Tokayev | head_of_state | kazakhstan | act-subject:
Tokayev visited Almaty and condemned the raid.
    Kassym-Jomart Tokayev | head_of_state | kazakhstan | act-subject:
"""


@pytest.mark.parametrize("case", read_cases(RUSSIAN), ids=str)
def test_russian(case: Case) -> None:
    """A meeting is the outlet's to tell; a measure and a word are somebody's."""
    check_case(case)


@pytest.mark.parametrize("case", read_cases(ENGLISH), ids=str)
def test_english(case: Case) -> None:
    """The same in English."""
    check_case(case, lang="en")


def test_whoever_met_is_meant_by_the_pronoun_after() -> None:
    """A person whose meeting the outlet tells is remembered for what he says next."""
    text = "Лукашенко встретился с послом. Он заявил, что спора нет."
    assert [None, "Alexander Lukashenko"] == read_names(text)


def test_headline_of_a_visit_is_the_outlets() -> None:
    """A headline that tells of a visit carries nobody's words, though its lead quotes somebody."""
    text = "Рахмон заявил, что дружба крепка."
    assert [None, "Emomali Rahmon"] == read_names(text, title="Путин посетил Душанбе с рабочим визитом")
