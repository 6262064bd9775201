"""Titles of posts and pages, joint speakers, excerpts that a feed cut, bare surnames beside a verb."""

from __future__ import annotations

from datetime import date

import pytest

from tests.text.speaker_reading import read_names, read_speakers

MINISTRY = "Russian Foreign Ministry"


def _read_post(text: str) -> list[str | None]:
    return read_names(text, lang="en", default=MINISTRY)


def test_title_of_a_post_signs_all_of_it() -> None:
    """Titles such as "Comment by …" and "…'s answer" give the whole post to the person."""
    text = (
        "🎙 {} on the bridge in Tver (March 1, 2025)\n\nWe have taken note of the bridge. "
        "It is solid. According to the information available to us, it is green."
    )
    for title in (
        "Comment by Russia's Foreign Ministry Spokeswoman Maria Zakharova",
        "Russia's Foreign Ministry Spokeswoman Maria Zakharova's answer to a media question",
    ):
        assert {"Maria Zakharova"} == set(_read_post(text.format(title)))
    assert {"Ivan Petrov"} == set(
        _read_post(text.format("Article by Ambassador of Russia to Chad Ivan Petrov"))
    )


def test_institution_named_first_with_a_colon_signs_the_post() -> None:
    """A service's statement that the ministry's channel carries is the service's."""
    text = "⚡️ Foreign Intelligence Service of the Russian Federation: the plan is known. It will fail."
    assert ["Russian Foreign Intelligence Service"] * 2 == _read_post(text)


def test_embassy_that_speaks_of_itself_signs_the_post() -> None:
    """An embassy's statement goes on in its own first person."""
    text = "❗️ The Embassy of Russia in Pakistan condemns the theft. We hope for the return of the boat."
    assert ["Russian Embassy in Pakistan"] * 2 == _read_post(text)


def test_news_about_an_embassy_is_the_ministrys() -> None:
    """Without a first person only the embassy's own act is the embassy's."""
    text = "The Embassy of Russia in Pakistan condemns the theft. The boat is green."
    assert ["Russian Embassy in Pakistan", MINISTRY] == _read_post(text)


def test_protocol_on_an_official_site_is_the_sites() -> None:
    """Who will meet whom is the ministry's news; what he said there is his."""
    assert [MINISTRY] == _read_post("On Friday, Maria Zakharova will hold her weekly briefing in Moscow.")
    assert ["Sergey Lavrov"] == _read_post("On Friday, Sergey Lavrov stressed that the briefing was useful.")


def test_america_is_no_first_person() -> None:
    """The acronym "US" is not the writer's "us"."""
    assert ["Donald Trump"] == read_names(
        "According to US President Donald Trump, it should end soon.",
        lang="en",
        default=MINISTRY,
        said_on=date(2026, 2, 1),
    )


def test_crime_of_others_does_not_make_them_speak() -> None:
    """The words "committed by" in an official post name whom it accuses."""
    assert [MINISTRY] == _read_post(
        "Photo evidence of crimes committed by Ukrainian armed forces is published."
    )


def test_text_of_a_decree_is_the_presidents() -> None:
    """The site tells that a decree was signed; its text is the president's."""
    text = "Президент подписал Указ «О мостах». Текст Указа: В целях порядка постановляю: Построить мост."
    names = read_names(text, default="Kremlin", said_on=date(2025, 3, 1))
    assert ("Kremlin", "Vladimir Putin") == (names[0], names[-1])


def test_label_after_hour_and_place_and_label_with_a_card() -> None:
    """A page's first label stands after its dateline; a speaker's card may stand in his label."""
    text = (
        "27 марта 2025 года 20:40 Тверь В.Путин: Как дела на мосту?\n\n"
        "М.Мишустин Мишустин Михаил Владимирович Председатель Правительства : Уважаемый Владимир "
        "Владимирович, мост готов.\n\nОн зелёный."
    )
    assert ["Vladimir Putin", *["Mikhail Mishustin"] * 2] == read_names(text, default="Kremlin")


@pytest.mark.parametrize(
    ("text", "lang", "name"),
    [
        ("Дмитрий Медведев и Нурсултан Назарбаев призвали к миру.", "ru", "Dmitry Medvedev"),
        ("Лидеры России и Белоруссии отметили, что довольны.", "ru", "Vladimir Putin"),
        ("The Foreign Ministers of Russia and the UAE stressed that calm is needed.", "en", "Sergey Lavrov"),
        ("Баку и Ереван обвиняют друг друга в спешке.", "ru", "Azerbaijan government"),
    ],
)
def test_first_named_of_several_speaks(text: str, lang: str, name: str | None) -> None:
    """Of several who say the same, or who accuse each other, the first is the speaker."""
    [(_, speaker)] = read_speakers(text, lang=lang, said_on=date(2020, 6, 1))
    assert (name, True) == (speaker.name, speaker.reason.startswith("joint:"))


def test_they_are_the_two_of_the_sentence_before() -> None:
    """The words "they noted" after a talk of two mean both, hence the first."""
    text = "Они отметили, что мост готов."
    assert "Vladimir Putin" == read_names(text, title="Разговор Владимира Путина и Александра Лукашенко")[-1]


def test_cut_lead_goes_on_where_the_headline_told_who_speaks() -> None:
    """A feed's excerpt that breaks off is the headline's speaker's; a whole sentence stays the outlet's."""
    title = "Half of the world likes bridges – Lukashenko"
    assert ["Alexander Lukashenko"] * 2 == read_names(
        "Bridges join the banks of the riv", title=title, lang="en"
    )
    assert read_names("Bridges join the banks of rivers.", title=title, lang="en")[-1] is None


def test_marks_that_a_table_doubled_do_not_hide_a_clause() -> None:
    """Doubled quotation marks around a whole text are a table's, not a quotation."""
    text = '"MINSK, June 1. /TASS/. Rosatom offered building a ""large"" bridge."'
    assert "Rosatom" == read_names(text, lang="en")[-1]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("«Мост готов», – сказал Коробейкин, передаёт РИА «Новости».", "Korobeykin"),
        ("Мост готов», – передаёт РИА «Новости» слова Коробейкина.", "Korobeykin"),
        ("«Мост готов», – цитирует Верховинского агентство.", "Verkhovinsky"),
        ("Коробейкин написал в соцсети, что мост готов.", "Korobeykin"),
    ],
)
def test_bare_surname_beside_a_verb_of_speech(text: str, name: str) -> None:
    """A person of no list is named by the surname alone, in the nominative."""
    assert [name] == read_names(text)


@pytest.mark.parametrize(
    "text",
    ["Суд заявил, что мост готов.", "Рынок сказал своё слово.", "«Мост готов», – сообщил Ространсмост."],
)
def test_common_noun_or_company_is_no_surname(text: str) -> None:
    """A noun that begins a sentence, and an agency's short name, are nobody."""
    assert [None] == read_names(text)


def test_name_that_the_text_cuts_short_is_the_listed_one() -> None:
    """An excerpt's last word may be the beginning of a listed surname."""
    assert ["Sergey Shoigu"] == read_names("Об этом говорил глава Минобороны Сергей Шойг")


def test_celebration_is_no_statement() -> None:
    """Words such as "отметили юбилей" and "дал интервью" report nothing."""
    for text in ("В Белоруссии отметили юбилей моста.", "Владимир Путин дал большое интервью газете."):
        assert [None] == read_names(text)


def test_press_service_passes_on_the_persons_words() -> None:
    """What a president wished is his, though his or another office tells it."""
    text = "Президент Белоруссии пожелал строителям удачи, сообщили в Кремле."
    assert ["Alexander Lukashenko"] == read_names(text)


def test_place_of_the_event_is_no_speaker() -> None:
    """The words "сообщили о пожаре в Минске" do not make Minsk speak."""
    assert [None] == read_names("Редакторы газет сообщили о пожаре на складе в Минске.")


def test_second_of_two_verbs_shares_the_subject() -> None:
    """Who heard a report "and said" something is the speaker."""
    text = "Президент России заслушал доклад инженеров – строителей моста – и сообщил, что мост готов."
    assert ["Vladimir Putin"] == read_names(text)
