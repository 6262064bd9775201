"""What a president's office and a ministry tell of others, and whose words their posts carry."""

from __future__ import annotations

from datetime import date

from tests.text.speaker_reading import read_names

OFFICE = "Kremlin"
MINISTRY = "Russian Foreign Ministry"
DAY = date(2025, 3, 6)


def test_acts_of_the_president_are_told_by_his_office() -> None:
    """The office narrates what its president does; what he says stays his."""
    text = (
        "Владимир Путин вручил ордена. Президент передал ей медаль. Глава государства возложил цветы. "
        "Владимир Путин поблагодарил врачей."
    )
    assert [OFFICE, OFFICE, OFFICE, "Vladimir Putin"] == read_names(text, default=OFFICE, said_on=DAY)


def test_acts_of_others_are_theirs_on_an_official_source() -> None:
    """A measure of another state's organ keeps its author."""
    text = "The Polish Foreign Ministry expelled two diplomats."
    assert ["Polish Foreign Ministry"] == read_names(text, lang="en", default=MINISTRY)


def test_leaders_without_names_are_told_by_the_office() -> None:
    """Of unnamed leaders none is singled out on the site of a president's office."""
    text = "Лидеры выразили удовлетворение уровнем отношений."
    assert [OFFICE] == read_names(text, default=OFFICE, said_on=DAY)


def test_ministers_without_names_are_the_ministrys_own_first() -> None:
    """On a foreign ministry's channel "the Ministers" are first of all its own minister."""
    text = "The Ministers emphasised the need for talks. The parties noted the same."
    assert ["Sergey Lavrov", MINISTRY] == read_names(text, lang="en", default=MINISTRY, said_on=DAY)


def test_label_after_a_date_begins_a_turn() -> None:
    """A link that ends with a date may stand before the next speaker's label."""
    text = "Смотрите также Встреча 19 апреля 2025 года В.Путин: Работа возобновилась. Мы об этом сказали."
    assert ["Vladimir Putin"] * 2 == read_names(text, default=OFFICE, said_on=DAY)


def test_links_after_the_last_turn_are_the_pages() -> None:
    """Notes at a page's end belong to nobody's speech."""
    text = "В.Путин: Спасибо за работу.\n\nСмотрите также Встреча с губернатором."
    assert ["Vladimir Putin", OFFICE] == read_names(text, default=OFFICE, said_on=DAY)


def test_title_announces_whose_words_follow() -> None:
    """Excerpts, articles and memoirs are their author's, also after who reposts them."""
    text = "🎙 Read excerpts from the statement by Ambassador of Russia to Chad Ivan Sorokin. It is time."
    assert ["Ivan Sorokin"] * 2 == read_names(text, lang="en", default=MINISTRY)
    text = (
        "Embassy in Chad : ✍ Article by the Ambassador of Russia to Chad, Ivan Sorokin On Monday a ceremony "
        "was held at the old memorial. It is time to act."
    )
    assert ["Ivan Sorokin"] * 2 == read_names(text, lang="en", default=MINISTRY)


def test_section_of_a_post_is_whom_it_names() -> None:
    """Opening remarks within a post begin a part of their own."""
    text = (
        "The talks took place in Moscow. *** 💬 Foreign Minister Sergey Lavrov’s opening remarks: friends. "
        "It is a pleasure to be here."
    )
    assert [MINISTRY, "Sergey Lavrov", "Sergey Lavrov"] == read_names(text, lang="en", default=MINISTRY)


def test_story_that_mentions_an_article_stays_the_channels() -> None:
    """A document spoken of within a sentence is no title."""
    text = "In Moscow we read an article by Ivan Sorokin. It was long."
    assert [MINISTRY] * 2 == read_names(text, lang="en", default=MINISTRY)
