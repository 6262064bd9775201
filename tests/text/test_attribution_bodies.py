"""Parts of organs, agencies and the people who act for them."""

from __future__ import annotations

import pytest

from tests.text.speaker_reading import Case, read_cases, read_speakers

PARTS = """
Управление пресс-службы Минобороны Казахстана сообщило о начале учений.
    Kazakhstan Defence Ministry | security | kazakhstan | reported:
Об этом сообщает управление информации МИД Армении.
    Armenian Foreign Ministry | foreign_ministry | armenia | reported:
Комитет по международным делам парламента Армении поддержал резолюцию.
    Armenian parliament | parliament | armenia | reported:
Комитет Госдумы по делам СНГ одобрил соглашение с Абхазией.
    State Duma | parliament | russia | reported:
Парламентский комитет Киргизии одобрил денонсацию соглашения.
    Kyrgyzstan parliament | parliament | kyrgyzstan | reported:
Региональное управление Роспотребнадзора уточнило, что вода чистая.
    Rospotrebnadzor | government | russia | reported:
Торговый блок ЕЭК сообщил о новых пошлинах.
    Eurasian Economic Commission | institution | eaeu | reported:
"""
AGENCIES = """
Государственная техническая служба Казахстана заявила об атаке.
    Kazakhstan State Technical Service | government | kazakhstan | reported:
Национальный статистический комитет Белоруссии сообщил о росте.
    Belarusian National Statistical Committee | government | belarus | reported:
Антимонопольная служба Казахстана оштрафовала компанию.
    Kazakhstan Antimonopoly Service | government | kazakhstan | act-subject:
Управление лесов и парков Узбекистана предупредило о засухе.
    Uzbekistan government | government | uzbekistan | reported:
"""
PEOPLE = """
Киргизские пограничники открыли огонь.
    Kyrgyzstan border service | security | kyrgyzstan | organ-of:
Казахстанские депутаты потребовали запретить фильм.
    Kazakhstan parliament | parliament | kazakhstan | organ-of:
Российские депутаты потребовали ответа.
    State Duma | parliament | russia | organ-of:
Белорусские таможенники задержали груз.
    Belarusian customs service | government | belarus | organ-of:
"""
PLACES = """
По данным ЦИК, действующий президент Белоруссии набрал 80% голосов.
    Belarusian Central Election Commission | government | belarus | according-to:
По данным МВД, в Киргизии задержаны 20 человек.
    Kyrgyzstan Interior Ministry | security | kyrgyzstan | according-to:
По данным Минздрава, на территории Казахстана выявлено 300 случаев.
    Kazakhstan Health Ministry | government | kazakhstan | according-to:
"""
NOT_BODIES = """
Служба по контракту в Белоруссии стала популярнее.
    - | outlet | outlet | outlet-own-voice
Управление рисками обсудили на форуме в Астане.
    - | outlet | outlet | outlet-own-voice
Технический комитет одобрил заявку Ташкента.
    - | outlet | outlet | outlet-own-voice
Российские военные прибыли в Белоруссию.
    - | outlet | outlet | outlet-own-voice
"""
ENGLISH = """
Kazakhstan's State Technical Service said the attack came from abroad.
    Kazakhstan State Technical Service | government | kazakhstan | reported:
Kyrgyz lawmakers approved the bill on foreign agents.
    Kyrgyzstan parliament | parliament | kyrgyzstan | organ-of:
Kazakh border guards detained three smugglers.
    Kazakhstan border service | security | kazakhstan | act-subject:
Kazakh service stations raised prices.
    - | outlet | outlet | outlet-own-voice
"""


@pytest.mark.parametrize(
    "case",
    [case for table in (PARTS, AGENCIES, PEOPLE, PLACES, NOT_BODIES) for case in read_cases(table)],
    ids=str,
)
def test_russian_body_is_its_organ(case: Case) -> None:
    """A part speaks for its organ, an agency for itself, a state's border guards for their service."""
    [(_, speaker)] = read_speakers(case.text)
    assert (case.name, case.tier, case.bloc) == (speaker.name, speaker.tier, speaker.bloc)
    assert speaker.reason.startswith(case.reason)


@pytest.mark.parametrize("case", read_cases(ENGLISH), ids=str)
def test_english_body_is_its_organ(case: Case) -> None:
    """The same holds for English texts."""
    [(_, speaker)] = read_speakers(case.text, lang="en")
    assert (case.name, case.tier, case.bloc) == (speaker.name, speaker.tier, speaker.bloc)
    assert speaker.reason.startswith(case.reason)
