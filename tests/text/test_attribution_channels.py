"""Channels, papers and state television that are cited by their name."""

from __future__ import annotations

import pytest

from tests.text.speaker_reading import Case, read_cases, read_speakers

CITED = """
По данным Mash, власти ОАЭ заметили стендап артистки.
    Mash | outlet | russia | reported:
По информации телеграм-канала «Осторожно, новости», россиянку не пустили в Казахстан.
    Ostorozhno, novosti | outlet | russia | reported:
Самолет экстренно сел в Баку, — сообщает «Осторожно, Москва».
    Ostorozhno, Moskva | outlet | russia | reported:
В Telegram-канале Girl Power Belarus сообщается, что оппозиционеры предлагают квест.
    Girl Power Belarus | commentator | other | reported:
Казахстанский телеграм-канал «Степной волк» сообщил о задержаниях.
    Stepnoi volk | commentator | kazakhstan | reported:
Перестановки затронули вузы, сообщается в Telegram-канале «Пул первого».
    Pul Pervogo | government | belarus | statement-of:
Государственное ТВ Белоруссии сообщило о планах Запада.
    Belarusian State TV | outlet | belarus | reported:
По сведениям «Медиазоны», задержаны 20 человек.
    Mediazona | outlet | other | reported:
"""
NOT_CITED = """
Лукашенко заявил в эфире телеканала «Россия 1», что войны не будет.
    Alexander Lukashenko | head_of_state | belarus | reported:
По данным Reuters, Лукашенко заявил о готовности к переговорам.
    Alexander Lukashenko | head_of_state | belarus | reported:
Взрыв прогремел в Алма-Ате, передает ТАСС.
    - | outlet | outlet | outlet-own-voice
Канал связи с Баку восстановлен.
    - | outlet | outlet | outlet-own-voice
Проект «Один пояс» обсудили в Бишкеке.
    - | outlet | outlet | outlet-own-voice
"""
ENGLISH = """
The Telegram channel Steppe Wolf reported that three people were detained.
    Steppe Wolf | commentator | unknown | reported:
Uzbek state TV reported that the border had been closed.
    Uzbekistan State TV | outlet | uzbekistan | reported:
According to Mash, the authorities noticed the performance.
    Mash | outlet | russia | reported:
"""


@pytest.mark.parametrize("case", [*read_cases(CITED), *read_cases(NOT_CITED)], ids=str)
def test_cited_channel_speaks(case: Case) -> None:
    """Who is cited for its own findings is the speaker; a wire or a broadcast only carries others."""
    [(_, speaker)] = read_speakers(case.text)
    assert (case.name, case.tier, case.bloc) == (speaker.name, speaker.tier, speaker.bloc)
    assert speaker.reason.startswith(case.reason)


@pytest.mark.parametrize("case", read_cases(ENGLISH), ids=str)
def test_channel_cited_in_english_speaks(case: Case) -> None:
    """The same holds for English texts."""
    [(_, speaker)] = read_speakers(case.text, lang="en")
    assert (case.name, case.tier, case.bloc) == (speaker.name, speaker.tier, speaker.bloc)
    assert speaker.reason.startswith(case.reason)
