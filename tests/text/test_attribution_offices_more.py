"""Offices and bodies whose owner is told in a roundabout way, and names in hard cases."""

from __future__ import annotations

import pytest

from tests.text.speaker_reading import Case, check_case, read_cases, read_speakers

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
    check_case(case)


PRIVATE = """
Авиакомпания «Белавиа» отменила рейсы в Вильнюс.
    Belavia | other | belarus | act-subject
Армянская компания «Vorotan» сообщила о прибыли.
    Vorotan | other | armenia | reported
«Казахские мельницы» заявили, что зерна хватит.
    Kazakhskiye melnitsy | other | kazakhstan | reported
Банк Великобритании Barclays прекратил переводы в Белоруссию.
    Barclays | other | west | act-subject
Портал Vesti.kg сообщил о задержании трёх человек.
    Vesti.kg | outlet | kyrgyzstan | reported
Правоохранительные органы Казахстана сообщили о задержании.
    Kazakhstan law enforcement agencies | security | kazakhstan | reported
Узбекские СМИ писали, что парад отменён.
    - | commentator | uzbekistan | unnamed
При этом на подлёте к резиденции Лукашенко заявил, что готов.
    Alexander Lukashenko | head_of_state | belarus | reported
Груз ушёл морем», – написал Липа в своём телеграм-канале.
    Lipa | other | unknown | reported
В свою очередь Дубяго сообщил, что группа соберётся в Минске.
    Dubyago | other | unknown | reported
Россия и Армения заявили о дружбе, но она не отказалась от спора.
    Russian government | government | russia | joint
Барьер прошла только правящая партия, но она отказалась от мест.
    - | outlet | outlet | outlet-own-voice
Армения не заявляла о выходе из ОДКБ.
    - | outlet | outlet | outlet-own-voice
Критика этих отношений не отвечает интересам государств.
    - | outlet | outlet | outlet-own-voice
Дружим», – цитирует haber.az замглавы МИД Азербайджана Рамиза Гасанова.
    Ramiz Gasanov | foreign_ministry | azerbaijan | reported
"""


@pytest.mark.parametrize("case", read_cases(PRIVATE), ids=str)
def test_private_body_or_bare_surname(case: Case) -> None:
    """Companies, outlets of no list and bare surnames speak for themselves; things do not."""
    check_case(case)


def test_minister_of_a_state_is_the_one_of_the_headline() -> None:
    """A minister of a state without a name is whom the headline named, whichever ministry he leads."""
    (_, (_, speaker)) = read_speakers(
        "Российский министр высказал сожаление.", title="Лавров принял посла Армении"
    )
    assert "Sergey Lavrov" == speaker.name


def test_text_tells_whose_ministry_an_official_is_of() -> None:
    """An official of a body without a state is of the only state that the text speaks of."""
    text = "Начальник столичной полиции Ваган Акопян заявил, что власти Армении не уступят."
    ((_, speaker),) = read_speakers(text)
    assert ("Vagan Akopyan", "security", "armenia") == (speaker.name, speaker.tier, speaker.bloc)


WITHIN = """
Также Каримова сообщила, что активы изъяты.
    Karimova | other | unknown | reported
При этом собеседник отметил, что Минск опоздал.
    - | other | unknown | unnamed
Заявление принято», – говорится в сообщении в телеграм-канале МВД Казахстана.
    Kazakhstan Interior Ministry | security | kazakhstan | statement-of
Цель поражена», – говорится в описании ролика на странице минобороны Азербайджана.
    Azerbaijan Defence Ministry | security | azerbaijan | statement-of
Песков сделал замечание журналистам.
    Dmitry Peskov | government | russia | reported
Представитель Украины в центре по контролю генерал-майор Игорь Гривко назвал обстрел провокацией.
    Igor Grivko | security | ukraine | reported
Кандидат в президенты Белоруссии Виктор Бабарико заявил о подлоге.
    Viktor Babariko | other | other | reported
Вечером Пашинян вышел к сторонникам.
    - | outlet | outlet | protocol
Армения вышла из договора.
    Armenian government | government | armenia | act-subject
"""


@pytest.mark.parametrize("case", read_cases(WITHIN), ids=str)
def test_owner_of_a_page_or_namesake(case: Case) -> None:
    """A page's owner, a namesake of a listed man and one of several officials are told apart."""
    check_case(case)
