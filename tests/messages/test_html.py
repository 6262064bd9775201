"""Telegram's HTML: escaped, measured, and split where it is long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.messages.html import escape, link, split_html, to_plain
from monitor.messages.inert import make_inert
from tests.fakes.telegram_rules import parse_html, utf16_units

HOSTILE_TEXTS = (
    '<script>alert("x")</script>',
    "<b>bold</b> & <a href='javascript:alert(1)'>x</a>",
    "</blockquote></b>",
    "&lt;already&gt; &amp;amp;",
    "\u202eright to left\u202c and \u200bzero\u200b width",
    "lone \ud800 surrogate",
    "[red]rich markup[/red] \x1b[31mred\x1b[0m \x07",
)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_scraped_text_comes_out_as_words_never_as_markup(text: str) -> None:
    """What Telegram shows has no entity and none of the invisible characters."""
    seen, entities = parse_html(escape(text))
    assert [] == entities
    assert not set(seen) & set("\x1b\x07\u202e\u202c\u200b\ud800")
    assert make_inert(text) == seen


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "tg://user?id=1", "https://a b", 'https://x/"><b>', ""]
)
def test_only_plain_http_addresses_become_links(url: str) -> None:
    """Others leave their label."""
    assert "source" == link(url, "source")


def test_ordinary_address_becomes_a_link() -> None:
    """With its ampersands escaped."""
    assert '<a href="https://example.org/?a=1&amp;b=2">source</a>' == link(
        "https://example.org/?a=1&b=2", "source"
    )


def test_short_text_is_one_message_and_unchanged() -> None:
    """Nothing is split that fits."""
    assert ["<b>one</b> &amp; two"] == split_html("<b>one</b> &amp; two")


def test_long_text_is_split_on_line_ends() -> None:
    """Lines stay whole and nothing is lost."""
    lines = [f"<b>{number}</b> line" for number in range(1000)]
    parts = split_html("\n".join(lines))
    assert lines == [line for part in parts for line in part.split("\n")]
    assert all(utf16_units(parse_html(part)[0]) <= 4096 for part in parts)


def test_markup_that_is_divided_is_closed_and_opened_again() -> None:
    """Every part is valid on its own and keeps its style."""
    parts = split_html("<b><i>" + "word " * 2000 + "</i></b>")
    assert len(parts) == 3
    for part in parts:
        assert {"b", "i"} == {tag for tag, _ in parse_html(part)[1]}


def test_characters_outside_the_basic_plane_count_twice() -> None:
    """Telegram counts UTF-16 units."""
    assert [2048, 952] == [to_plain(part).count("😀") for part in split_html("😀" * 3000)]


pieces = st.lists(
    st.one_of(
        st.text(max_size=20).map(escape),
        st.text(max_size=20).map(lambda text: f"<b>{escape(text)}</b>"),
        st.text(max_size=20).map(lambda text: f"<blockquote><u>{escape(text)}</u></blockquote>"),
        st.sampled_from(["\n", " ", "&amp;", "😀"]),
    ),
    max_size=40,
)


@given(pieces, st.integers(min_value=3, max_value=60))
def test_any_split_is_valid_short_and_complete(parts: list[str], limit: int) -> None:
    """Whatever the text: each part parses and fits, and together they hold every visible character."""
    text = "".join(parts)
    split = split_html(text, limit)
    assert all(utf16_units(parse_html(part)[0]) <= limit for part in split)
    shown = "".join("".join(parse_html(part)[0].split()) for part in split)
    assert "".join(to_plain(text).split()) == shown
