"""Titles before, after and apart from the names of persons of no list."""

from __future__ import annotations

from datetime import date

import pytest

from tests.text.speaker_reading import Case, read_cases, read_names, read_speakers

RUSSIAN = """
Дети переехали, сообщил их отец Дмитрий Сорокин.
    Dmitry Sorokin | other | unknown | reported:
«Спор затянется», – заявил политолог, директор Центра изучения Кавказа Роман Велихов.
    Roman Velikhov | commentator | unknown | reported:
«Всё идёт по плану», – сказал Иван Сорокин, директор Института стран СНГ.
    Ivan Sorokin | commentator | unknown | reported:
Как пояснил эксперт Центра изучения Центральной Азии Андрей Сорокин, спешить некуда.
    Andrey Sorokin | commentator | unknown | reported:
Руководитель турецкой дипломатии Мевлуд Карасоглу заявил, что переговоры нужны.
    Mevlud Karasoglu | foreign_ministry | other | reported:
Гендиректор «Беларусьмаша» Иван Головач пообещал премии.
    Ivan Golovach | other | belarus | reported:
Президент Федерации хоккея Белоруссии Антон Зуев пообещал медали.
    Anton Zuyev | other | belarus | reported:
Врио главы МЧС Киргизии Азамат Мамбетов заявил о готовности.
    Azamat Mambetov | security | kyrgyzstan | reported:
Замминистра обороны Казахстана Султан Керимов сообщил о призыве.
    Sultan Kerimov | security | kazakhstan | reported:
Журналист Первого канала Павел Сорокин рассказал об обстреле.
    Pavel Sorokin | commentator | unknown | reported:
Депутат Жогорку Кенеша Надира Керимова предложила запрет.
    Nadira Kerimova | parliament | kyrgyzstan | reported:
Помощник Алиева рассказал о дороге.
    - | government | azerbaijan | reported:
Слова главы Минэнерго Узбекистана Озодбека Назирова приводит РИА Новости.
    Ozodbek Nazirov | government | uzbekistan | reported:
Иван Сорокин прокомментировал заявление.
    Ivan Sorokin | other | unknown | reported:
"""

ENGLISH = """
Talks are useful, said Ivan Sorokin, director of the Institute of Oriental Studies.
    Ivan Sorokin | commentator | unknown | reported:
According to the ambassador of Belarus, Ivan Sorokin, the talks are over.
    Ivan Sorokin | foreign_ministry | belarus | according-to:
Maj. Gen. Pavel Sorokin said troops would stay.
    Pavel Sorokin | security | unknown | reported:
President Smith called Jones before the talks.
    - | outlet | outlet | outlet-own-voice
President Putin called him a friend.
    Vladimir Putin | head_of_state | russia | reported:
"""


@pytest.mark.parametrize("case", read_cases(RUSSIAN), ids=str)
def test_russian_title_tells_who_somebody_is(case: Case) -> None:
    """A person of no list is named as written, with the office that stands beside the name."""
    [(_, speaker)] = read_speakers(case.text)
    assert (case.name, case.tier, case.bloc) == (speaker.name, speaker.tier, speaker.bloc)
    assert speaker.reason.startswith(case.reason)


@pytest.mark.parametrize("case", read_cases(ENGLISH), ids=str)
def test_english_title_tells_who_somebody_is(case: Case) -> None:
    """The same in English; a telephone call is no speech."""
    [(_, speaker)] = read_speakers(case.text, lang="en")
    assert (case.name, case.tier, case.bloc) == (speaker.name, speaker.tier, speaker.bloc)
    assert speaker.reason.startswith(case.reason)


def test_republic_is_the_one_spoken_of() -> None:
    """A republic passes over states that are never called so."""
    text = "Казахстан готов везти газ в Китай, заявил министр энергетики республики Иван Оразов."
    [(_, speaker)] = read_speakers(text)
    assert ("Ivan Orazov", "kazakhstan") == (speaker.name, speaker.bloc)


def test_press_secretary_is_not_whom_he_serves() -> None:
    """A name in any case after a press secretary is the one served, and the next name the speaker."""
    assert ["Natalya Eismont"] == read_names("Пресс-секретарь Лукашенко Наталья Эйсмонт опровергла слухи.")
    served = read_names("Пресс-секретарь Лукашенко рассказала о встрече.", said_on=date(2024, 5, 1))
    assert ["Natalya Eismont"] == served


def test_posts_are_resolved_on_the_day_of_the_text() -> None:
    """An ambassador by both states, a parliament's chair by the state."""
    said = {"said_on": date(2020, 8, 8)}
    assert ["Dmitry Mezentsev"] == read_names("Посол РФ в Белоруссии назвал это аферой.", **said)
    [(_, speaker)] = read_speakers(
        "Armenian parliament speaker says talks go on.", lang="en", said_on=date(2026, 2, 5)
    )
    assert ("Alen Simonyan", "parliament", "armenia") == (speaker.name, speaker.tier, speaker.bloc)
    assert [None] == read_names("Посол РФ в Руанде назвал это аферой.", **said)


def test_patronymic_keeps_a_listed_person_apart() -> None:
    """Somebody listed only with the patronymic is not everybody of that name."""
    [(_, speaker)] = read_speakers("Инженер Сергей Иванов рассказал о поставках.")
    assert ("Sergey Ivanov", "unknown") == (speaker.name, speaker.bloc)


def test_diplomat_is_whom_the_sentence_before_names() -> None:
    """A trade alone means the only person named just before, where the trade fits."""
    text = "Посол Армении в России Арам Восканов дал интервью. «Мы остаёмся», – сказал дипломат."
    assert [None, "Aram Voskanov"] == read_names(text)
    text = "В газете вышла статья писателя Арама Восканова. «Мы остаёмся», – сказал дипломат."
    assert "Aram Voskanov" != read_names(text)[1]
