"""Mentions: every target by every kind of name, in two languages, and no false friends."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.domain.actors import MentionRole, Target, TargetKind, TargetNames
from monitor.domain.statement import Mention
from monitor.text.mentions import MentionFinder, pick_mentions

TARGETS_FILE = Path(__file__).parents[2] / "config" / "targets.toml"


def load_targets() -> list[Target]:
    """Read the shipped targets without the settings, which are tested elsewhere."""
    with TARGETS_FILE.open("rb") as file:
        blocks = tomllib.load(file)["target"]
    return [
        Target(
            id=block["id"],
            kind=TargetKind(block["kind"]),
            title=block["title"],
            names={
                lang: TargetNames(**{field: tuple(names) for field, names in block[lang].items()})
                for lang in ("ru", "en")
                if lang in block
            },
            members=tuple(block.get("members", ())),
        )
        for block in blocks
    ]


TARGETS = load_targets()
FINDER = MentionFinder(TARGETS)

# Each case: a statement, then every mention as "target:surface", in order.
RUSSIAN = [
    # names in every case, old and new spellings
    ("Армения вступила в переговоры", "armenia:Армения"),
    ("переговоры с Арменией о поставках", "armenia:Арменией"),
    ("в отношениях с Азербайджаном", "azerbaijan:Азербайджаном"),
    ("товары из Белоруссии подорожали", "belarus:Белоруссии"),
    ("товары из Беларуси подорожали", "belarus:Беларуси"),
    ("с Республикой Беларусь подписано", "belarus:Республикой Беларусь"),
    ("экспорт в Казахстан вырос", "kazakhstan:Казахстан"),
    ("о Республике Казахстан", "kazakhstan:Республике Казахстан"),
    ("выборы в Киргизии", "kyrgyzstan:Киргизии"),
    ("выборы в Кыргызстане", "kyrgyzstan:Кыргызстане"),
    ("гражданам Кыргызской Республики", "kyrgyzstan:Кыргызской Республики"),
    ("граница с Таджикистаном закрыта", "tajikistan:Таджикистаном"),
    ("хлопок Узбекистана", "uzbekistan:Узбекистана"),
    ("хозяйство России растёт", "russia:России"),
    ("договор с Российской Федерацией", "russia:Российской Федерацией"),
    ("гражданин РФ", "russia:РФ"),
    # adjectives and compounds
    ("армянские коньяки и вина", "armenia:армянские"),
    ("российско-армянский деловой форум", "russia:российско armenia:армянский"),
    ("на армяно-азербайджанской границе", "armenia:армяно azerbaijan:азербайджанской"),
    ("белорусско-российские связи", "belarus:белорусско russia:российские"),
    ("казахстанская нефть", "kazakhstan:казахстанская"),
    ("казахская степь", "kazakhstan:казахская"),
    ("киргизско-таджикский конфликт", "kyrgyzstan:киргизско tajikistan:таджикский"),
    ("кыргызские мигранты", "kyrgyzstan:кыргызские"),
    ("узбекских рабочих", "uzbekistan:узбекских"),
    ("антироссийские настроения", "russia:антироссийские"),
    # people
    ("армянам предложили уехать", "armenia:армянам"),
    ("пострадали двое азербайджанцев", "azerbaijan:азербайджанцев"),
    ("белорусов ждут на выборах", "belarus:белорусов"),
    ("казахстанцы выходят на улицы", "kazakhstan:казахстанцы"),
    ("казахов стало больше", "kazakhstan:казахов"),
    ("киргизы и кыргызстанцы", "kyrgyzstan:киргизы kyrgyzstan:кыргызстанцы"),
    ("таджиков не пустили", "tajikistan:таджиков"),
    ("узбеки едут на заработки", "uzbekistan:узбеки"),
    ("россиянам разрешили въезд", "russia:россиянам"),
    ("узбечка открыла мастерскую", "uzbekistan:узбечка"),
    # capitals and seats of power
    ("Ереван ответил отказом", "armenia:Ереван"),
    ("по мнению Баку, договор готов", "azerbaijan:Баку"),
    ("союз с Минском", "belarus:Минском"),
    ("Астана промолчала", "kazakhstan:Астана"),
    ("Нур-Султану предложили скидку", "kazakhstan:Нур-Султану"),
    ("в Ак-Орде не ответили", "kazakhstan:Ак-Орде"),
    ("пресс-служба Акорды", "kazakhstan:Акорды"),
    ("Бишкек и Душанбе договорились", "kyrgyzstan:Бишкек tajikistan:Душанбе"),
    ("упрёк Ташкенту", "uzbekistan:Ташкенту"),
    ("в Кремле довольны", "russia:Кремле"),
    ("Москвой это не обсуждалось", "russia:Москвой"),
    # leaders
    ("Пашиняна встретили криками", "armenia:Пашиняна"),
    ("беседа с Никола Пашиняном", "armenia:Пашиняном"),
    ("при Серже Саргсяне было иначе", "armenia:Серже Саргсяне"),
    ("письмо Мирзояну", "armenia:Мирзояну"),
    ("Алиева поздравили", "azerbaijan:Алиева"),
    ("Джейхуну Байрамову передали ноту", "azerbaijan:Джейхуну Байрамову"),
    ("визит Лукашенко", "belarus:Лукашенко"),
    ("с Макеем обсудили", "belarus:Макеем"),
    ("Рыженкова назначили", "belarus:Рыженкова"),
    ("Токаевым подписан указ", "kazakhstan:Токаевым"),
    ("эпоха Назарбаева", "kazakhstan:Назарбаева"),
    ("Тлеуберди принял гостя", "kazakhstan:Тлеуберди"),
    ("у Нуртлеу спросили", "kazakhstan:Нуртлеу"),
    ("Жапарову вручили орден", "kyrgyzstan:Жапарову"),
    ("Сооронбая Жээнбекова", "kyrgyzstan:Сооронбая Жээнбекова"),
    ("обвинения против Атамбаева", "kyrgyzstan:Атамбаева"),
    ("Эмомали Рахмона пригласили", "tajikistan:Эмомали Рахмона"),
    ("Мухриддином согласовано", "tajikistan:Мухриддином"),
    ("Мирзиёев уехал", "uzbekistan:Мирзиёев"),
    ("Мирзиеева встретили", "uzbekistan:Мирзиеева"),
    ("при Исламе Каримове", "uzbekistan:Исламе Каримове"),
    ("Путину доложили", "russia:Путину"),
    ("Захаровой задали вопрос", "russia:Захаровой"),
    ("Лаврова ждут", "russia:Лаврова"),
    ("президент Казахстана Касым-Жомарт Токаев прилетел", "kazakhstan:Казахстана Касым-Жомарт Токаев"),
    ("лидер Белоруссии Александр Лукашенко", "belarus:Белоруссии Александр Лукашенко"),
    ("президенту Азербайджана И. Алиеву", "azerbaijan:Азербайджана И. Алиеву"),
    ("глава МИД РК Нуртлеу", "kazakhstan:МИД РК Нуртлеу"),
    # ministries and organs
    ("МИД Казахстана направил ноту", "kazakhstan:МИД Казахстана"),
    ("в Минобороны РФ уточнили", "russia:Минобороны РФ"),
    ("белорусское министерство обороны", "belarus:белорусское министерство обороны"),
    ("депутаты Госдумы", "russia:Госдумы"),
    ("Россельхознадзор ввёл запрет", "russia:Россельхознадзор"),
    ("спикер Жогорку Кенеша", "kyrgyzstan:Жогорку Кенеша"),
    # institutions
    ("саммит ОДКБ", "csto:ОДКБ"),
    (
        "Организацией Договора о коллективной безопасности",
        "csto:Организацией Договора о коллективной безопасности",
    ),
    ("учения КСОР", "csto:КСОР"),
    ("генсек ОДКБ Станислав Зась", "csto:ОДКБ Станислав Зась"),
    ("Тасмагамбетову вручили", "csto:Тасмагамбетову"),
    ("коллегия ЕЭК", "eaeu:ЕЭК"),
    ("Евразийского экономического союза", "eaeu:Евразийского экономического союза"),
    ("рынок ЕАЭС", "eaeu:ЕАЭС"),
    ("Евразийской экономической комиссией", "eaeu:Евразийской экономической комиссией"),
    ("страны СНГ", "cis:СНГ"),
    ("в Содружестве Независимых Государств", "cis:Содружестве Независимых Государств"),
    ("бюджет Союзного государства", "union_state:Союзного государства"),
    # spelling, capitals, hashtags
    ("САММИТ ОДКБ В ЕРЕВАНЕ", "csto:ОДКБ armenia:ЕРЕВАНЕ"),
    ("АРМЕНИЯ И РОССИЯ ДОГОВОРИЛИСЬ", "armenia:АРМЕНИЯ russia:РОССИЯ"),
    ("новости #Армения #россия", "armenia:Армения russia:россия"),
    ("Ка\u00adзах\u200bстан не уступит", "kazakhstan:Ка\u00adзах\u200bстан"),
    ("Арме\u0301ния не уступит", "armenia:Арме\u0301ния"),
    ("Aрмения с латинской буквой", "armenia:Aрмения"),
    ("Российская\nФедерация ответит", "russia:Российская\nФедерация"),
    # false friends and names of other things
    ("Минские соглашения сорваны", ""),
    ("по Минску-2 шагов нет", ""),
    ("минский формат исчерпан", ""),
    ("Минская группа ОБСЕ распущена", ""),
    ("Минский тракторный завод", ""),
    ("Астанинский процесс по Сирии", ""),
    ("на Белорусском вокзале", ""),
    ("улица Белорусская перекрыта", ""),
    ("в Армянском переулке", ""),
    ("велокоманда «Астана» победила", ""),
    ("ФК «Астана» проиграл", ""),
    ("матч клуба «Астана»", ""),
    ("рейс Эйр Астана", ""),
    ("в гостинице «Баку»", ""),
    ("ресторан «Ереван» открыт", ""),
    ("«Баку» закрыли на ремонт", ""),
    ("у Казахстанова нет долгов", ""),
    ("поёт Татьяна Белорусская", ""),
    ("труды Бакунина", ""),
    ("инженер Астанин", ""),
    ("на Москве-реке", ""),
    ("в эфире телеканала «Москва 24»", ""),
    ("газета «Московский комсомолец»", ""),
    ("ведущий канала «Россия 1»", ""),
    ("агентство «Россия сегодня»", ""),
    ("компания «Казахстан темир жолы»", ""),
    ("партия «Единая Россия»", ""),
    ("Нижегородский кремль", ""),
    ("Дружественное союзное государство", ""),
    ("корреспондент Sputnik Армения", ""),
    ("теннисист Даниил Медведев", ""),
    ("актёр Кирилл Лавров", ""),
    ("певец Э. Путин", ""),
    ("Каримов вышел на поле", ""),
    ("в Алма-Ате похолодало", ""),
    ("Арцах опустел", ""),
    ("Британское Содружество наций", ""),
    ("сайт armenia.am и почта info@россия.рф", ""),
    ("https://tass.ru/казахстан", ""),
    # furniture and labels
    ("А.Лукашенко: Спасибо.", ""),
    ("Н.Пашинян (как переведено): Благодарю.", ""),
    ("ЕРЕВАН, 5 мая. /АГЕНТСТВО/. Договор подписан.", ""),
    ("МОСКВА, 24 ноя — РИА Новости. Минск согласился.", "belarus:Минск"),
    ("Фото: Sputnik Беларусь", ""),
    ("Главная / Новости / Армения", ""),
    # a number that belongs to what follows
    ("Россия 1 сентября ввела пошлины", "russia:Россия"),
]

ENGLISH = [
    ("Armenia's parliament voted", "armenia:Armenia's parliament"),
    ("talks in Yerevan", "armenia:Yerevan"),
    ("Armenians protested", "armenia:Armenians"),
    ("Nikol Pashinyan flew home", "armenia:Nikol Pashinyan"),
    ("Armenian Prime Minister Nikol Pashinyan", "armenia:Armenian Prime Minister Nikol Pashinyan"),
    ("the Azerbaijani army", "azerbaijan:Azerbaijani"),
    ("Azeris and Azerbaijanis", "azerbaijan:Azeris azerbaijan:Azerbaijanis"),
    ("Baku’s demands", "azerbaijan:Baku"),
    ("Ilham Aliyev said so", "azerbaijan:Ilham Aliyev"),
    ("Belarus and Byelorussia", "belarus:Belarus belarus:Byelorussia"),
    ("Belarusians voted", "belarus:Belarusians"),
    ("Alexander Lukashenko", "belarus:Alexander Lukashenko"),
    ("Kazakh wheat", "kazakhstan:Kazakh"),
    ("Kazakhs and Kazakhstanis", "kazakhstan:Kazakhs kazakhstan:Kazakhstanis"),
    ("Nur-Sultan declined", "kazakhstan:Nur-Sultan"),
    ("Kassym-Jomart Tokayev", "kazakhstan:Kassym-Jomart Tokayev"),
    ("Kazakhstan's Foreign Ministry", "kazakhstan:Kazakhstan's Foreign Ministry"),
    ("the Kyrgyz Republic", "kyrgyzstan:Kyrgyz Republic"),
    ("Kirghizia in 1992", "kyrgyzstan:Kirghizia"),
    ("Sadyr Japarov", "kyrgyzstan:Sadyr Japarov"),
    ("Tajiks in Dushanbe", "tajikistan:Tajiks tajikistan:Dushanbe"),
    ("Emomali Rahmon", "tajikistan:Emomali Rahmon"),
    ("Uzbekistan and Uzbeks", "uzbekistan:Uzbekistan uzbekistan:Uzbeks"),
    ("Shavkat Mirziyoyev", "uzbekistan:Shavkat Mirziyoyev"),
    ("Moscow and the Kremlin", "russia:Moscow russia:Kremlin"),
    ("Russian-Armenian ties", "russia:Russian armenia:Armenian"),
    ("the Russian Foreign Ministry", "russia:Russian Foreign Ministry"),
    ("CSTO peacekeepers", "csto:CSTO"),
    ("the Collective Security Treaty Organization", "csto:Collective Security Treaty Organization"),
    ("the Eurasian Economic Union", "eaeu:Eurasian Economic Union"),
    ("EAEU customs code", "eaeu:EAEU"),
    ("CIS leaders", "cis:CIS"),
    ("the Union State budget", "union_state:Union State"),
    ("#RussiaKazakhstan #CSTO2026", "russia:Russia kazakhstan:Kazakhstan csto:CSTO"),
    ("president of kazakhstan kassym-jomart tokayev spoke", "kazakhstan:kazakhstan kassym-jomart tokayev"),
    ("Minsk agreements failed", ""),
    ("the Minsk Group co-chairs", ""),
    ("the Astana process on Syria", ""),
    ("a shop on Belarus Street", ""),
    ("Air Astana flights", ""),
    ("Team Astana won", ""),
    ("the hotel “Baku” burned", ""),
    ("a cis woman and cis-gender men", ""),
    ("Russia Today hosts", ""),
    ("The Moscow Times reports", ""),
    ("Halyk Bank of Kazakhstan", ""),
    ("Daniil Medvedev lost the final", ""),
    ("the Russian language", ""),
    ("A friendly union state", ""),
    ("MOSCOW, July 2. /TASS/. Talks began.", ""),
    ("Photo: Sputnik Armenia", ""),
    ("Nikol Pashinyan: Thank you.", ""),
]


def describe(text: str, lang: str) -> str:
    """Write the mentions found as the tables do."""
    return " ".join(f"{mention.target}:{mention.surface}" for mention in FINDER.find(text, lang))


@pytest.mark.parametrize(("text", "expected"), RUSSIAN)
def test_russian_statement_has_just_these_mentions(text: str, expected: str) -> None:
    """Each Russian statement of the table gives its mentions and no others."""
    assert expected == describe(text, "ru")


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_statement_has_just_these_mentions(text: str, expected: str) -> None:
    """Each English statement of the table gives its mentions and no others."""
    assert expected == describe(text, "en")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Армения", MentionRole.NAME),
        ("армянский", MentionRole.ADJECTIVE),
        ("армяне", MentionRole.PEOPLE),
        ("Ереван", MentionRole.CAPITAL),
        ("Пашинян", MentionRole.LEADER),
        ("правительство Армении", MentionRole.MINISTRY),
        ("КСОР", MentionRole.INSTITUTION),
        ("армянский МИД", MentionRole.MINISTRY),
        ("премьер Армении Никол Пашинян", MentionRole.LEADER),
    ],
)
def test_mention_knows_its_role(text: str, role: MentionRole) -> None:
    """A mention says which of the target's names it is."""
    assert [role] == [mention.role for mention in FINDER.find(text, "ru")]


def test_every_target_has_its_names_in_both_languages() -> None:
    """No shipped target lacks names or a title in a language that is read."""
    for target in TARGETS:
        assert {"en", "ru"} == set(target.title) == set(target.names), target.id
        assert all(names.names for names in target.names.values()), target.id


def test_every_shipped_name_is_found_where_it_stands_alone() -> None:
    """Each name of the configuration, written as there, is a mention of its target."""
    missed = [
        f"{target.id}.{lang}: {name}"
        for target in TARGETS
        for lang, names in target.names.items()
        for name in names.names + names.capitals + names.leaders + names.institutions + names.ministries
        if target.id not in {mention.target for mention in FINDER.find(f"— {name}", lang)}
    ]
    assert [] == missed


def test_no_shipped_false_friend_is_a_mention() -> None:
    """Each false friend of the configuration hides the name in it."""
    found = [
        f"{friend}: {describe(friend, lang)}"
        for target in TARGETS
        for lang, names in target.names.items()
        for friend in names.false_friends
        if FINDER.find(friend, lang)
    ]
    assert [] == found


def test_statement_in_unread_language_has_no_mention() -> None:
    """A language without rules gives nothing instead of guesses."""
    assert [] == FINDER.find("Հայաստան Russia Россия", "hy")


def test_name_is_judged_before_people_and_adjective() -> None:
    """Where several words stand for a target, the statement is judged by its name."""
    mentions = FINDER.find("Армянские политики считают, что армяне и Армения едины", "ru")
    assert ["Армения"] == [mention.surface for mention in pick_mentions(mentions)]


def test_speaker_stands_back_behind_the_country_spoken_of() -> None:
    """A leader who merely says the statement is not the mention that is judged."""
    picked = FINDER.first_per_target("Лукашенко заявил, что Белоруссия не уступит", "ru")
    assert ["Белоруссия"] == [mention.surface for mention in picked]


def test_speaking_leader_is_judged_where_nothing_else_stands_for_the_target() -> None:
    """A target named by its speaking leader alone is still found."""
    picked = FINDER.first_per_target("Lukashenko said he would help Armenia", "en")
    assert [("belarus", "Lukashenko"), ("armenia", "Armenia")] == [(m.target, m.surface) for m in picked]


def test_targets_come_from_configuration_alone() -> None:
    """A target that nobody has seen is found by the names that its block gives."""
    georgia = Target(
        id="georgia",
        kind=TargetKind.STATE,
        title={"en": "Georgia"},
        names={
            "ru": TargetNames(names=("Грузия",), adjectives=("грузинский",), false_friends=("Грузия-Фильм",))
        },
    )
    finder = MentionFinder([georgia])
    found = finder.find("Грузию и грузинского посла не позвали, а Россию позвали", "ru")
    assert ["Грузию", "грузинского"] == [mention.surface for mention in found]
    assert [] == finder.find("киностудия Грузия-Фильм", "ru")


NAMES = st.sampled_from(
    ["Россия", "Минск", "Токаев", "ОДКБ", "армяне", "Россия 1", "«Баку»", "#Армения", "МИД", "Путин: "]
)
NOISE = st.text(st.sampled_from("аяЁ .,:«»\"'-–—\u200b\u0301\u00ad #@/\n1AаCС😀ﬁ"), max_size=12)


@settings(max_examples=200, deadline=None)
@given(st.lists(NAMES | NOISE, max_size=12).map("".join))
def test_mentions_point_into_the_text_and_do_not_overlap(text: str) -> None:
    """Whatever the text, each surface stands at its offsets, in order, and no two mentions overlap."""
    for lang in ("ru", "en"):
        mentions = FINDER.find(text, lang)
        assert all(text[m.start : m.end] == m.surface and m.start < m.end for m in mentions)
        by_target: dict[str, list[Mention]] = {}
        for mention in mentions:
            by_target.setdefault(mention.target, []).append(mention)
        for own in by_target.values():
            assert all(left.end <= right.start for left, right in itertools.pairwise(own))


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=0, max_value=6), st.sampled_from("\u200b\u200d\u00ad\u2060\ufeff\u202e"))
def test_invisible_characters_hide_no_name(position: int, invisible: str) -> None:
    """A zero-width or bidirectional character inside a name changes nothing."""
    name = "Армения"
    text = f"Наша {name[:position]}{invisible}{name[position:]} ждёт"
    assert ["armenia"] == [mention.target for mention in FINDER.find(text, "ru")]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("The cycling team Astana lost. Astana finished tenth.", "en", {"kazakhstan"}),
        ("В гостинице «Баку» сменился управляющий. Баку откроется весной.", "ru", {"azerbaijan"}),
        ("The Minsk agreements were signed at night. Minsk hosted the guests.", "en", {"belarus"}),
        ("The cycling team Astana lost. Kazakhstan pays for Astana.", "en", set()),
        ("Велокоманда «Астана» выступит в июле, сообщил МИД Казахстана. Астана довольна.", "ru", set()),
        ("Astana asked Moscow for patience.", "en", set()),
    ],
)
def test_document_about_a_namesake_does_not_mean_the_state(text: str, lang: str, expected: set[str]) -> None:
    """The capital's bare name is the team's too, unless the state is named beside it."""
    assert expected == MentionFinder(load_targets()).find_namesakes(text, lang)
