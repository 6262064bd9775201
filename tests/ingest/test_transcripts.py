"""Plain text and Markdown."""

from __future__ import annotations

from monitor.ingest.about import About
from tests.ingest.given import extract, said_at


def test_times_are_positions_and_no_text() -> None:
    """At the start of a line and in brackets inside one; a time that is spoken of stays."""
    article = extract(
        "a.txt",
        "[00:00:05] Соловьев: Добрый вечер. [12:45] Начнём.\n\n"
        "00:13:00 - Симоньян: В 12:45 они предали нас.\n",
    )
    assert "Соловьев:\nДобрый вечер. Начнём.\n\nСимоньян:\nВ 12:45 они предали нас." == article.text
    assert {"Добрый вечер. Начнём.": 5, "Начнём.": 765, "В 12:45 они предали нас.": 780} == said_at(article)


def test_name_and_time_on_a_line_of_their_own_begin_a_turn() -> None:
    """As meeting programs write it."""
    article = extract("a.txt", "Владимир Соловьев  0:01\nДобрый вечер.\nНачнём.\n\nГость (1:15)\nНет.\n")
    assert "Владимир Соловьев:\nДобрый вечер. Начнём.\n\nГость:\nНет." == article.text
    assert 75 == said_at(article)["Нет."]


def test_markdown_loses_its_signs_and_gives_the_title() -> None:
    """Bold labels are labels; "Вывод:" is speech; a paragraph goes on with the same speaker."""
    article = extract(
        "a.md",
        "# Вечер. Стенограмма\n\n**Владимир Соловьёв:** [Казахстан](https://e.org/k) *предал* нас.\n\n"
        "Вывод: он заплатит.\n\n**Маргарита Симоньян** (RT): Нет.\n",
    )
    assert (
        "Владимир Соловьёв:\nКазахстан предал нас.\n\nВывод: он заплатит.\n\nМаргарита Симоньян:\nНет."
        == article.text
    )
    assert "Вечер. Стенограмма" == article.title


def test_text_that_is_no_transcript_stays_as_it_is() -> None:
    """An article with a colon or a time here and there has no turns."""
    text = "МОСКВА, 20 ноября. Заседание началось в 12:45.\n\nИтог: стороны договорились.\n\nПесков: мы рады."
    article = extract("a.txt", text)
    assert (text, "text txt", ()) == (article.text, article.extractor, article.positions)


def test_dialogue_by_dashes_is_nobodys_in_particular() -> None:
    """Questions are not put into the mouth of whom the file names."""
    article = extract("a.txt", "— Что с Арменией?\n— Ошибается.\n", About(speaker="Vladimir Solovyov"))
    assert "Реплика:\nЧто с Арменией?\n\nРеплика:\nОшибается." == article.text


def test_front_matter_tells_of_the_text_and_is_no_text() -> None:
    """Of either kind; a text between rules is no front matter."""
    plain = extract(
        "a.md", '---\ntitle: "Эфир"\ndate: 2026-11-20\nurl: https://e.org/v\ntags: x\n---\nСлово и дело.'
    )
    assert ("Эфир", "https://e.org/v", "Слово и дело.") == (plain.title, plain.url, plain.text)
    assert "date from front matter; title from front matter" == plain.date_note
    toml = extract("a.txt", '+++\ntitle = "Эфир"\nspeaker = "Vladimir Solovyov"\n+++\nСлово и дело.')
    assert ("Эфир", "Vladimir Solovyov:\nСлово и дело.") == (toml.title, toml.text)
    assert extract("a.md", "---\nПросто слова.\n---\nЕщё слова.").text.startswith("---\nПросто")
