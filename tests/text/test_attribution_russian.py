"""Who speaks in single Russian statements and headlines."""

from __future__ import annotations

import pytest

from tests.text.speaker_reading import Case, read_cases, read_speakers

REPORTED = """
Пресс-секретарь президента РФ Дмитрий Песков заявил, что переговоры продолжатся в Сочи.
    Dmitry Peskov | government | russia | reported:заявил
«Мы готовы к диалогу», — сообщила в среду журналистам официальный представитель МИД РФ Мария Захарова.
    Maria Zakharova | foreign_ministry | russia | reported:сообщила
«Это решение принято без нас», — сказал Сергей Лавров.
    Sergey Lavrov | foreign_ministry | russia | reported:сказал
Сергей Лавров в ходе визита в Бишкек вновь подчеркнул важность союзных отношений.
    Sergey Lavrov | foreign_ministry | russia | reported:подчеркнул
Лавров, отвечая на вопрос журналистов, заявил о готовности к встрече.
    Sergey Lavrov | foreign_ministry | russia | reported:заявил
По словам Сергея Лаврова, соглашение выполняется.
    Sergey Lavrov | foreign_ministry | russia | according-to:
Соглашение, по словам Лаврова, выполняется.
    Sergey Lavrov | foreign_ministry | russia | according-to:
По мнению Валентины Матвиенко, парламенты должны сотрудничать теснее.
    Valentina Matviyenko | parliament | russia | according-to:
Согласно заявлению МИД Казахстана, посол вернётся в Москву.
    Kazakhstan Foreign Ministry | foreign_ministry | kazakhstan | according-to:
Как сообщили в МИД Казахстана, консультации пройдут осенью.
    Kazakhstan Foreign Ministry | foreign_ministry | kazakhstan | reported:сообщили
В Кремле заявили, что Минск не обращался с такой просьбой.
    Kremlin | government | russia | reported:заявили
В МИД РФ считают, что Бишкек услышал доводы.
    Russian Foreign Ministry | foreign_ministry | russia | reported:считают
В российском Минобороны сообщили о завершении учений.
    Russian Defence Ministry | security | russia | reported:сообщили
Ереван обвинил Баку в срыве переговоров.
    Armenian government | government | armenia | reported:обвинил
Баку потребовал от Еревана объяснений.
    Azerbaijan government | government | azerbaijan | reported:потребовал
Минск потребовал от Вильнюса вернуть грузовики.
    Belarusian government | government | belarus | reported:потребовал
В Баку обещают тщательное расследование.
    Azerbaijan government | government | azerbaijan | reported:обещают
Песков прокомментировал слова Пашиняна о том, что республика заморозила участие.
    Dmitry Peskov | government | russia | reported:прокомментировал
Слова Токаева прокомментировал Песков.
    Dmitry Peskov | government | russia | reported:прокомментировал
Песков напомнил, что Пашинян обещал приехать.
    Dmitry Peskov | government | russia | reported:напомнил
К сдержанности призвал Азербайджан и Армению министр обороны Ирана.
    - | security | other | reported:призвал
Отношения стран развиваются, заявил Гурбангулы Бердымухамедов.
    Gurbanguly Berdimuhamedov | other | other | reported:заявил
Казахстан откажется от квот, сообщил Олжас Бектенов.
    Olzhas Bektenov | government | kazakhstan | reported:сообщил
«Мы слышали эти обвинения», — прокомментировала Захарова.
    Maria Zakharova | foreign_ministry | russia | reported:прокомментировала
Владимир Путин поздравил Садыра Жапарова с днём рождения.
    Vladimir Putin | head_of_state | russia | reported:поздравил
С победой на выборах Токаева поздравил Владимир Путин.
    Vladimir Putin | head_of_state | russia | reported:поздравил
Никол Пашинян поблагодарил Тегеран за поддержку.
    Nikol Pashinyan | head_of_state | armenia | reported:поблагодарил
Александр Лукашенко уверен, что санкции не помогут Варшаве.
    Alexander Lukashenko | head_of_state | belarus | reported:уверен
Россия готова предоставить Белоруссии льготы.
    Russian government | government | russia | reported:готова
Связи развиваются, говорится в телеграмме Владимира Путина.
    Vladimir Putin | head_of_state | russia | statement-of:
В заявлении МИД Узбекистана отмечается, что граждане не пострадали.
    Uzbekistan Foreign Ministry | foreign_ministry | uzbekistan | statement-of:
Со ссылкой на пресс-службу Кремля сообщается о переносе визита.
    Kremlin | government | russia | according-to:
Путиным подписан закон о ратификации, сообщила пресс-служба Кремля.
    Kremlin | government | russia | reported:сообщила
Об этом заявил журналистам президент Белоруссии Александр Лукашенко.
    Alexander Lukashenko | head_of_state | belarus | reported:заявил
Россельхознадзор, как сообщил Сергей Данкверт, усилит контроль.
    Sergey Dankvert | government | russia | reported:сообщил
"""

ACTS = """
Россельхознадзор запретил ввоз томатов из трёх областей Узбекистана.
    Rosselkhoznadzor | government | russia | act-subject:
Россия запрещает ввоз литовского сыра.
    Russian government | government | russia | act-subject:
Правительство Армении решило повысить пошлины.
    Armenian government | government | armenia | reported:решило
Армения запретила ввоз грузинского вина.
    Armenian government | government | armenia | act-subject:
Казахстан отказался от участия в учениях.
    Kazakhstan government | government | kazakhstan | reported:отказался
Минобороны РФ передало Таджикистану бронетехнику.
    Russian Defence Ministry | security | russia | act-subject:
Ввоз минеральной воды запрещён Роспотребнадзором.
    Rospotrebnadzor | government | russia | act-agent:
Мессенджер заблокирован Роскомнадзором.
    Roskomnadzor | government | russia | act-agent:
Посол Латвии был вызван в МИД Белоруссии.
    Belarusian Foreign Ministry | foreign_ministry | belarus | act-agent:
Россия не будет требовать возврата долга.
    Russian government | government | russia | reported:будет требовать
Киргизия ужесточила правила въезда для соседей.
    Kyrgyzstan government | government | kyrgyzstan | act-subject:
«Газпром» прекратил подачу газа Молдавии.
    Gazprom | other | russia | act-subject:
Чехия прекращает свободный въезд для граждан Сербии.
    Czech government | government | west | act-subject:
Парламент Киргизии ратифицировал соглашение о границе.
    Kyrgyzstan parliament | parliament | kyrgyzstan | act-subject:
Госдума ратифицировала договор с Абхазией.
    State Duma | parliament | russia | act-subject:
Власти Молдавии выслали дипломата.
    Moldovan government | government | other | act-subject:
Владимир Путин провёл телефонный разговор с Ильхамом Алиевым.
    - | outlet | outlet | protocol:
В Минсельхозе Казахстана запретили вывоз скота.
    Kazakhstan Agriculture Ministry | government | kazakhstan | act-subject:
Польские власти закрыли границу.
    Polish government | government | west | act-subject:
"""

PEOPLE_OF_NO_LIST = """
Депутат Госдумы Иван Петров назвал решение ошибкой.
    Ivan Petrov | parliament | russia | reported:назвал
Депутат армянского парламента Ашот Варданян раскритиковал бюджет.
    Ashot Vardanyan | parliament | armenia | reported:раскритиковал
Депутат парламента Казахстана Ермурат Бапи потребовал отставки министра.
    Yermurat Bapi | parliament | kazakhstan | reported:потребовал
Российский политолог Павел Сергеев считает переговоры бесполезными.
    Pavel Sergeyev | commentator | russia | reported:считает
Белорусский военный эксперт Андрей Богданович оценил манёвры.
    Andrey Bogdanovich | commentator | belarus | reported:оценил
Представитель Минобороны Азербайджана Анар Мамедов сообщил о дожде.
    Anar Mamedov | security | azerbaijan | reported:сообщил
Пресс-секретарь МВД Белоруссии Ольга Чемоданова рассказала о проверке.
    Olga Chemodanova | security | belarus | reported:рассказала
Посол России в Узбекистане Олег Мальгинов пообещал помощь.
    Oleg Malginov | foreign_ministry | russia | reported:пообещал
Заместитель министра энергетики Казахстана Асет Магауов рассказал о добыче.
    Aset Magauov | government | kazakhstan | reported:рассказал
«Это ошибка», — отметил замглавы комитета Госдумы по делам СНГ Виктор Водолацкий.
    Viktor Vodolatsky | parliament | russia | reported:отметил
Генсек ОДКБ Имангали Тасмагамбетов рассказал о планах.
    Imangali Tasmagambetov | institution | csto | reported:рассказал
Уполномоченный по правам человека в Таджикистане Умед Бобозода высказал просьбу.
    Umed Bobozoda | government | tajikistan | reported:высказал
По словам депутата Госдумы Ивана Петрова, проект готов.
    Ivan Petrov | parliament | russia | according-to:
По мнению политолога Ольги Ивановой, спор разрешится.
    Olga Ivanova | commentator | unknown | according-to:
Лидер партии «Слуга народа» Давид Арахамия заявил о кризисе.
    David Arakhamiya | other | unknown | reported:заявил
Секретарь Совбеза Киргизии Бактыбек Бекболотов сообщил о задержаниях.
    Baktybek Bekbolotov | security | kyrgyzstan | reported:сообщил
Губернатор Калининградской области Алексей Беспрозванных поблагодарил соседей.
    Alexey Besprozvannykh | government | russia | reported:поблагодарил
"""

UNNAMED = """
В пресс-службе МИД Киргизии сообщили о визите.
    Kyrgyzstan Foreign Ministry | foreign_ministry | kyrgyzstan | reported:сообщили
Пресс-служба президента Киргизии опровергла слухи.
    Kyrgyzstan presidential office | government | kyrgyzstan | reported:опровергла
Пресс-секретарь президента Таджикистана опроверг слухи.
    Tajikistan presidential office | government | tajikistan | reported:опроверг
Руководство МВД Узбекистана отметило рост.
    Uzbekistan Interior Ministry | security | uzbekistan | reported:отметило
Министерство водных ресурсов Казахстана сообщило о паводке.
    Kazakhstan government | government | kazakhstan | reported:сообщило
Бывший глава МИД Армении Вардан Осканян раскритиковал бюджет.
    Vartan Oskanian | other | armenia | reported:раскритиковал
Глава Минфина Киргизии Алмаз Бакетаев доложил о росте.
    Almaz Baketayev | government | kyrgyzstan | reported:доложил
Командующий миротворцами России Рустам Мурадов доложил о дожде.
    Rustam Muradov | security | russia | reported:доложил
Официальный представитель МИД Казахстана опроверг эти сообщения.
    Kazakhstan Foreign Ministry | foreign_ministry | kazakhstan | reported:опроверг
Власти Армении заявили о готовности к выборам.
    Armenian government | government | armenia | reported:заявили
Источник в правительстве Киргизии сообщил о задержке.
    - | other | kyrgyzstan | unnamed:
Эксперты считают, что цены вырастут.
    - | commentator | unknown | unnamed:
Белорусская оппозиция требует пересчёта голосов.
    Belarusian opposition | other | other | unnamed:
Посол Румынии в Молдавии назвал это провокацией.
    - | foreign_ministry | west | reported:назвал
Глава МИД Турции призвал к миру.
    Hakan Fidan | foreign_ministry | other | reported:призвал
Президент Узбекистана предложил провести форум.
    Shavkat Mirziyoyev | head_of_state | uzbekistan | reported:предложил
Премьер-министр Армении посетовал на погоду.
    Nikol Pashinyan | head_of_state | armenia | reported:посетовал
Белорусский лидер пошутил над вопросом.
    Alexander Lukashenko | head_of_state | belarus | reported:пошутил
Он добавил, что всё в порядке.
    - | other | unknown | pronoun:он
"""

NARRATION = """
Минск доволен, что Рига сняла ограничения.
    - | outlet | outlet | outlet-own-voice
Путин и Лукашенко обсудили кредит.
    - | outlet | outlet | joint:
Лавров с Мирзояном обсудили повестку.
    - | outlet | outlet | joint:
Главы МИД стран СНГ обсудили повестку.
    - | outlet | outlet | joint:
Президенты России и Казахстана подписали протокол.
    - | outlet | outlet | joint:
Баку и Ереван обвиняют друг друга в обстрелах.
    Azerbaijan government | government | azerbaijan | joint:
В Казахстане завершился форум мировых религий.
    - | outlet | outlet | outlet-own-voice
Землетрясение произошло на юге Киргизии.
    - | outlet | outlet | outlet-own-voice
Казахстан готовится к празднику.
    - | outlet | outlet | outlet-own-voice
В Армении считают голоса на выборах.
    - | outlet | outlet | outlet-own-voice
В Душанбе говорили о погоде.
    - | outlet | outlet | outlet-own-voice
Двое погибли, передаёт ТАСС.
    - | outlet | outlet | outlet-own-voice
Армения предала своих союзников.
    - | outlet | outlet | outlet-own-voice
Суд в Армении запретил митинг.
    Armenian court | government | armenia | act-subject
"""

HEADLINES = """
Песков: визит состоится в мае
    Dmitry Peskov | government | russia | headline-colon:
Лукашенко: «Никто нас не сломает»
    Alexander Lukashenko | head_of_state | belarus | headline-colon:
Глава МИД Киргизии о границе с соседями
    Jeenbek Kulubaev | foreign_ministry | kyrgyzstan | headline-about:
Захарова — о высылке дипломатов
    Maria Zakharova | foreign_ministry | russia | headline-about:
Токаев назвал условия сделки
    Kassym-Jomart Tokayev | head_of_state | kazakhstan | reported:назвал
В Кремле ответили на слова Зеленского
    Kremlin | government | russia | reported:ответили
«Газпром» обвиняет власти Молдавии
    Gazprom | other | russia | reported:обвиняет
Минобороны Азербайджана: обстрелов не было
    Azerbaijan Defence Ministry | security | azerbaijan | headline-colon:
Депутат Госдумы Олег Смолин: реформа провалена
    Oleg Smolin | parliament | russia | headline-colon:
Переговоры прошли в Ереване
    - | outlet | outlet | outlet-own-voice
"""


@pytest.mark.parametrize(
    "case",
    [case for table in (REPORTED, ACTS, PEOPLE_OF_NO_LIST, UNNAMED, NARRATION) for case in read_cases(table)],
    ids=str,
)
def test_statement_is_attributed(case: Case) -> None:
    """A lone Russian statement gives the expected name, tier, bloc and kind of reason."""
    [(_, speaker)] = read_speakers(case.text)
    assert (case.name, case.tier, case.bloc) == (speaker.name, speaker.tier, speaker.bloc)
    assert speaker.reason.startswith(case.reason)


@pytest.mark.parametrize("case", read_cases(HEADLINES), ids=str)
def test_headline_is_attributed(case: Case) -> None:
    """A Russian headline follows its own rules."""
    [(_, speaker)] = read_speakers(title=case.text)
    assert (case.name, case.tier, case.bloc) == (speaker.name, speaker.tier, speaker.bloc)
    assert speaker.reason.startswith(case.reason)


@pytest.mark.parametrize(
    "text",
    [
        "По словам Дмитрия Пескова, решения нет.",
        "Песковым названа дата, по мнению Пескова, удобная.",
        "«Решения нет», — сказал Песков.",
        "Д. Песков заявил, что решения нет.",
        "Д.С.Песков заявил, что решения нет.",
        "Дмитрий Сергеевич Песков заявил, что решения нет.",
        "ПЕСКОВ ЗАЯВИЛ, ЧТО РЕШЕНИЯ НЕТ.",
    ],
)
def test_every_form_of_a_name_is_one_person(text: str) -> None:
    """Case, initials, patronymic and capitals do not matter."""
    assert ["Dmitry Peskov"] == [speaker.name for _, speaker in read_speakers(text)]


def test_yo_and_ye_are_the_same() -> None:
    """Names written with ё or е are one person."""
    with_yo = read_speakers("Депутат Андрей Гурулёв высмеял Прагу.")[0][1]
    without = read_speakers("Депутат Андрей Гурулев высмеял Прагу.")[0][1]
    assert "Andrey Gurulyov" == with_yo.name == without.name
