"""What is known of a file, and who told it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.errors import DocumentError
from monitor.ingest.about import About, read_about, read_name, read_sidecar, settle_date
from tests.ingest.given import CHANGED, NOW, extract

ZONE = "Europe/Moscow"


@pytest.mark.parametrize(
    ("stem", "title", "moment"),
    [
        ("2026-11-20 Вечер с Соловьевым", "Вечер с Соловьевым", "2026-11-19T21:00"),
        ("Вечер 20.11.2026", "Вечер", "2026-11-19T21:00"),
        ("20261120_2030_Большая_игра", "Большая игра", "2026-11-20T17:30"),
        ("2026-11-20T20-30 60 минут", "60 минут", "2026-11-20T17:30"),
        ("2026-02-30 Вечер", "2026-02-30 Вечер", None),
        ("60 минут", "60 минут", None),
    ],
)
def test_names_of_files_tell_date_and_title(stem: str, title: str, moment: str | None) -> None:
    """In the source's zone."""
    about = read_name(stem, ZONE)
    expected = datetime.fromisoformat(moment).replace(tzinfo=UTC) if moment else None
    assert (title, expected) == (about.title, about.published_at)


def test_language_behind_the_name_is_no_title() -> None:
    """As downloaded subtitles are called."""
    assert ("Вечер", "ru") == ((about := read_name("Вечер.ru", ZONE)).title, about.language)


def test_sidecar_counts_before_the_name_and_the_note_says_so() -> None:
    """So an operator sees why an alert has this date."""
    sidecar = read_sidecar('title = "Эфир"\npublished_at = 2026-11-20T20:00:00+03:00', "a.toml", ZONE, NOW)
    article = extract("2026-11-18 Вечер.txt", "Слово и дело.", sidecar)
    assert datetime(2026, 11, 20, 17, tzinfo=UTC) == article.published_at
    assert ("Эфир", "date from a.toml; title from a.toml") == (article.title, article.date_note)
    named = extract("2026-11-18 Вечер.txt", "Слово и дело.")
    assert "date from the file's name, a day only; title from the file's name" == named.date_note


def test_file_without_a_date_has_that_of_its_last_change() -> None:
    """And says that it was not told."""
    article = extract("Вечер.txt", "Слово и дело.")
    assert CHANGED == article.published_at
    assert article.date_note.startswith("no date was given: the time of the file's last change")


def test_dates_that_cannot_be_are_not_believed() -> None:
    """The future is now; before 1991 is nothing."""
    future = About(published_at=datetime(2030, 1, 1, tzinfo=UTC), date_from="a.toml")
    assert (NOW, "date from a.toml, in the future: clamped to the time of reading") == settle_date(
        future, CHANGED, NOW
    )
    moment, note = settle_date(About(published_at=datetime(1970, 1, 1, tzinfo=UTC)), CHANGED, NOW)
    assert CHANGED == moment
    assert "before 1991" in note
    assert NOW == settle_date(About(), datetime(2031, 1, 1, tzinfo=UTC), NOW)[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('titel = "x"', "a.toml: `titel`: is not known; known are title"),
        ('published_at = "скоро"', "a.toml: `published_at`: 'скоро' is no date"),
        ('url = "javascript:alert(1)"', "a.toml: `url`"),
        ("title = 5", "a.toml: `title`"),
        ("title =", "a.toml is no TOML"),
    ],
)
def test_wrong_sidecar_is_refused_by_file_and_key(text: str, said: str) -> None:
    """A wrong date or address never enters silently."""
    with pytest.raises(DocumentError, match=r"^a\.toml") as caught:
        read_sidecar(text, "a.toml", ZONE, NOW)
    assert str(caught.value).startswith(said)


def test_what_is_known_survives_the_archive() -> None:
    """An article can be made again from the page's header."""
    about = read_about(
        {"title": "Эфир", "published_at": "2026-11-20", "speakers": {"A": "Б"}}, ZONE, NOW, "a.toml"
    )
    assert about == About.from_data(about.to_data())
