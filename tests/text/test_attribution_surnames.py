"""Whom a bare surname means: somebody named in full in the text, or the one listed person it fits."""

from __future__ import annotations

from tests.text.speaker_reading import read_speakers


def test_surname_in_a_headline_joins_the_full_name_of_the_text() -> None:
    """The headline comes first, and yet the text tells who is meant and of which house."""
    text = "Депутат Государственной думы Николай Гаврилин выступил в пятницу."
    [(_, headline), _] = read_speakers(text, title="Депутат Гаврилин назвал решение Риги ошибкой")
    assert ("Nikolai Gavrilin", "parliament", "russia") == (headline.name, headline.tier, headline.bloc)


def test_english_title_with_a_surname_joins_the_full_name() -> None:
    """Who is called a lawmaker in a headline is the deputy whom the text names with the house."""
    text = "Later State Duma deputy Ivan Petrenko spoke."
    [(_, headline), _] = read_speakers(text, title="Lawmaker Petrenko slams Riga", lang="en")
    assert ("Ivan Petrenko", "parliament", "russia") == (headline.name, headline.tier, headline.bloc)


def test_surname_that_two_persons_bear_names_neither() -> None:
    """Two brothers are named in full, so that the surname alone joins none of them."""
    text = "Депутат Госдумы Олег Рогалев и сенатор Пётр Рогалев спорили. Рогалев назвал закон плохим."
    assert read_speakers(text)[-1][1].name is None


def test_trade_before_a_surname_finds_the_one_listed_person() -> None:
    """A host is a commentator of the outlet's side; the reason tells the rule."""
    for title, lang in (
        ("Телеведущий Попов обвинил Варшаву во лжи", "ru"),
        ("TV host Popov mocks Warsaw", "en"),
        ("TV Host Popov Mocks Warsaw", "en"),
    ):
        [(_, speaker)] = read_speakers(title=title, lang=lang, bloc="russia")
        assert ("Yevgeny Popov", "commentator", True) == (
            speaker.name,
            speaker.tier,
            speaker.reason.endswith("surname of Yevgeny Popov"),
        )


def test_surname_of_another_trade_or_side_is_not_joined() -> None:
    """A minister of that surname is somebody else, and so is a host of another country."""
    for title in ("Министр Попов обвинил Варшаву во лжи", "Латвийский телеведущий Попов высмеял Варшаву"):
        [(_, speaker)] = read_speakers(title=title, bloc="russia")
        assert "Popov" == speaker.name


def test_member_of_the_duma_with_a_rare_name_is_read_whole() -> None:
    """The dictionary declines such names badly; the office still holds them together."""
    for title, name in (
        ("Депутат Госдумы Бийсултан Хамзаев обвинил Финляндию", "Biysultan Khamzayev"),
        ("Депутат Госдумы Саид Вай осудил Ригу", "Said Vai"),
        ("Зампред комитета Госдумы по обороне Юрий Швыткин обвинил Латвию", "Yury Shvytkin"),
        ("Зампред думского комитета Дмитрий Белик осудил Ригу", "Dmitry Belik"),
    ):
        [(_, speaker)] = read_speakers(title=title)
        assert (name, "parliament", "russia") == (speaker.name, speaker.tier, speaker.bloc)


def test_deputy_at_the_beginning_of_a_headline_is_an_office() -> None:
    """The word before a surname is no first name."""
    [(_, speaker)] = read_speakers(title="Deputy Tolstoy refuses to answer", lang="en", bloc="russia")
    assert ("Pyotr Tolstoy", "parliament") == (speaker.name, speaker.tier)
