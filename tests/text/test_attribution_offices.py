"""Offices named without their holder, offices held at other times, and whose organs a text means."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from monitor.domain.actors import Speaker
from monitor.text.speakers.careers import read_careers
from tests.text.speaker_reading import read_names, read_speakers, shipped_speakers


def _read_one(text: str, **options: object) -> Speaker:
    [(_, speaker)] = read_speakers(text, **options)  # type: ignore[arg-type]
    return speaker


@pytest.mark.parametrize(
    ("text", "day", "name"),
    [
        ("Глава белорусского государства заявил, что рад гостям.", date(2021, 5, 1), "Alexander Lukashenko"),
        ("Глава Белоруссии заявил, что рад гостям.", date(2021, 5, 1), "Alexander Lukashenko"),
        ("Глава российского МИД заявил, что рад гостям.", date(2019, 5, 1), "Sergey Lavrov"),
        ("Спикер Госдумы заявил, что рад гостям.", date(2014, 5, 1), "Sergey Naryshkin"),
        ("Председатель Госдумы заявил, что рад гостям.", date(2020, 5, 1), "Vyacheslav Volodin"),
        ("Президент Казахстана заявил, что рад гостям.", date(2018, 5, 1), "Nursultan Nazarbayev"),
        ("Президент Казахстана заявил, что рад гостям.", date(2020, 5, 1), "Kassym-Jomart Tokayev"),
        ("Президент России заявил, что рад гостям.", date(2010, 5, 1), "Dmitry Medvedev"),
        ("Премьер-министр России заявил, что рад гостям.", date(2010, 5, 1), "Vladimir Putin"),
        ("Министр обороны России заявил, что рад гостям.", date(2020, 5, 1), "Sergey Shoigu"),
        ("Пресс-секретарь Кремля заявил, что рад гостям.", date(2020, 5, 1), "Dmitry Peskov"),
        ("Директор ФСБ России заявил, что рад гостям.", date(2005, 5, 1), "Nikolai Patrushev"),
    ],
)
def test_office_means_who_held_it_on_the_day(text: str, day: date, name: str) -> None:
    """An office without a name is the only listed person's who held it then, and the reason says so."""
    speaker = _read_one(text, said_on=day)
    assert name == speaker.name
    assert speaker.reason.startswith("reported:")


def test_english_spokesman_of_the_kremlin_is_the_one_of_the_day() -> None:
    """The words "Kremlin spokesman says" change their meaning with the years."""
    text = "Kremlin spokesman says the talks will go on."
    assert ["Dmitry Peskov"] == read_names(text, lang="en", said_on=date(2021, 3, 1))
    assert ["Natalia Timakova"] == read_names(text, lang="en", said_on=date(2010, 3, 1))


def test_deputy_is_not_the_holder() -> None:
    """A deputy head and a former head are nobody whom the list names by the office."""
    for text in ("Замглавы ФСБ России заявил, что рад.", "Бывший председатель Госдумы заявил, что рад."):
        assert _read_one(text, said_on=date(2020, 5, 1)).name != "Alexander Bortnikov"
        assert _read_one(text, said_on=date(2020, 5, 1)).name != "Vyacheslav Volodin"


def test_head_of_a_service_is_no_head_of_state() -> None:
    """Who is "the head of the border service of Ukraine" heads the service alone."""
    speaker = _read_one("Глава госпогранслужбы Украины Олег Тарасюк заявил, что дождь прошёл.")
    assert ("Oleg Tarasyuk", "security", "ukraine") == (speaker.name, speaker.tier, speaker.bloc)


@pytest.mark.parametrize(
    ("text", "day", "tier"),
    [
        ("Путин заявил, что рад.", date(2009, 3, 1), "government"),
        ("Путин заявил, что рад.", date(2013, 3, 1), "head_of_state"),
        ("Медведев заявил, что рад.", date(2009, 3, 1), "head_of_state"),
        ("Медведев заявил, что рад.", date(2015, 3, 1), "government"),
        ("Медведев заявил, что рад.", date(2022, 3, 1), "security"),
        ("Байден заявил, что рад.", date(2019, 3, 1), "other"),
    ],
)
def test_tier_is_that_of_the_day(text: str, day: date, tier: str) -> None:
    """Who moves from one office to another has the tier of the one he held."""
    assert tier == _read_one(text, said_on=day).tier


def test_text_tells_the_office_where_no_day_does() -> None:
    """An undated text that calls somebody deputy defence minister is believed."""
    speaker = _read_one("Замглавы Минобороны России Анатолий Антонов заявил, что рад.")
    assert ("Anatoly Antonov", "security") == (speaker.name, speaker.tier)


def test_careers_are_of_listed_persons_and_do_not_overlap() -> None:
    """Every term belongs to somebody in the list, and no day falls into two terms of one person."""
    listed = {table.name for table in shipped_speakers().speaker}
    careers = read_careers()
    assert set() == set(careers) - listed
    for name, terms in careers.items():
        ends = sorted(((t.since or date.min), (t.until or date.max)) for t in terms)
        assert all(a[1] <= b[0] for a, b in pairwise(ends)), name


def test_organ_without_a_state_is_the_storytellers() -> None:
    """A Russian text of no known source that speaks of Russia means Russia's ministries."""
    text = "Российские военные строят мост. Как сообщили в Минобороны, работы идут по плану."
    assert "Russian Defence Ministry" == read_names(text)[-1]
    assert ["Russian Defence Ministry"] == read_names("Об этом сообщили в нашем Минобороны.")
    assert "Kazakhstan Defence Ministry" == read_names(text, bloc="kazakhstan")[-1]


def test_organ_without_a_state_keeps_its_tier() -> None:
    """Where nothing tells whose it is, the name and the side stay unknown."""
    speaker = _read_one("В МИД выразили надежду на скорую встречу.")
    assert (None, "foreign_ministry", "unknown") == (speaker.name, speaker.tier, speaker.bloc)


def test_wire_of_another_country_is_no_russian_storyteller() -> None:
    """A text that a partner's agency carries leaves the organ open."""
    text = "Делегация посетила Россию, сообщает БЕЛТА. Как сообщили в Минобороны, работы идут по плану."
    assert read_names(text)[-1] is None


@pytest.mark.parametrize(
    ("text", "name", "tier", "bloc"),
    [
        ("КГБ Белоруссии сообщил о задержании.", "Belarusian KGB", "security", "belarus"),
        ("В ГАИ Белоруссии заявили, что дорога открыта.", "Belarusian Traffic Police", "security", "belarus"),
        ("ЕС потребовал от Польши отчёта.", "European Union", "institution", "west"),
        ("Росатом предложил Узбекистану проект.", "Rosatom", "other", "russia"),
        ("В пресс-службе ЮВО сообщили о дожде.", "Southern Military District", "security", "russia"),
        ("В чёрный список Роспотребнадзора попали сыры.", "Rospotrebnadzor", "government", "russia"),
        (
            "Посольство России в Пакистане осудило взрыв.",
            "Russian Embassy in Pakistan",
            "foreign_ministry",
            "russia",
        ),
    ],
)
def test_organs_are_named_by_state_and_kind(text: str, name: str, tier: str, bloc: str) -> None:
    """Services, companies, military districts and embassies have their usual English names."""
    speaker = _read_one(text)
    assert (name, tier, bloc) == (speaker.name, speaker.tier, speaker.bloc)


@pytest.mark.parametrize(
    ("text", "tier", "bloc"),
    [
        ("Российские чиновники потребовали ответа.", "government", "russia"),
        ("Силовики заявили, что всё спокойно.", "security", "unknown"),
        ("Белорусские врачи рассказали о весне.", "other", "belarus"),
    ],
)
def test_unnamed_people_have_their_trade(text: str, tier: str, bloc: str) -> None:
    """Nobody is named, yet the word tells what they are."""
    speaker = _read_one(text)
    assert (None, tier, bloc) == (speaker.name, speaker.tier, speaker.bloc)


def test_scholar_is_a_commentator() -> None:
    """Who heads a research centre explains politics; a title's case gives the name's."""
    speaker = _read_one("По мнению заместителя директора Центра сравнений МГУ Ивана Пасько, спор утих.")
    assert ("Ivan Pasko", "commentator") == (speaker.name, speaker.tier)


def test_foreign_agent_is_of_the_opposition() -> None:
    """The mark that Russian law demands tells the side."""
    speaker = _read_one("Журналист Птичкин (признан в РФ иноагентом) сообщил, что уехал.")
    assert ("Ptichkin", "commentator", "other") == (speaker.name, speaker.tier, speaker.bloc)
