"""Offices and bodies whose owner is told in a roundabout way, and names in hard cases."""

from __future__ import annotations

import pytest

from tests.text.speaker_reading import Case, read_cases, read_speakers

CASES = """
Реформу одобрило правительство Никола Пашиняна.
    Armenian government | government | armenia | reported
Учения начались, сообщил заместитель командующего ВДВ России Игорь Плетнев.
    Igor Pletnev | security | russia | reported
Глава Минтруда Пётр Зайкин предложил перенять опыт Минска в России.
    Pyotr Zaikin | government | russia | reported
Об этом сообщила советник главы ДНР Яна Решетова.
    Yana Reshetova | government | other | reported
По словам замминистра обороны Белоруссии Ольги Жемчужной, учений нет.
    Olga Zhemchuzhnaya | security | belarus | according-to
По словам замминистра экономики Армении Ирины Калининой, спада нет.
    Irina Kalinina | government | armenia | according-to
«Мы ждём ответа», – заявили в штабе Бабарико.
    Babariko headquarters | other | other | reported
Штаб Ивана Деревянко обвинил власти в подлоге.
    Derevyanko headquarters | other | unknown | reported
Запрет снят, сообщает пресс-служба World Chess.
    World Chess | other | unknown | reported
Это держится на страхе», – написала телеведущая в своём Instagram.
    - | commentator | unknown | unnamed
Ангелаки назвала Симоньян «девчонкой».
    Angelaki | other | unknown | reported
Меры готовы», – сказал Кылычоглу в пятницу на борту самолёта.
    Kylychoglu | other | unknown | reported
"""


@pytest.mark.parametrize("case", read_cases(CASES), ids=str)
def test_speaker(case: Case) -> None:
    """Whoever speaks is found with office and side."""
    ((_, speaker),) = read_speakers(case.text)
    assert (case.name, case.tier, case.bloc) == (speaker.name, speaker.tier, speaker.bloc)
    assert speaker.reason.startswith(case.reason)
