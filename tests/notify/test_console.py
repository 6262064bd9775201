"""The terminal notifier."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from monitor.errors import DeliveryError
from monitor.notify.console import ConsoleSink, make_console
from monitor.notify.content import AlertContent, NoticeContent
from tests.builders import make_finding
from tests.notify.builders import READERS, make_alert, make_delivery, quote


async def show(
    content: AlertContent | NoticeContent, *, colour: bool = False, encoding: str = "utf-8"
) -> str:
    """Return what an 80 column terminal gets."""
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, errors="replace")
    console = Console(
        file=file, width=80, force_terminal=colour, color_system="truecolor" if colour else None,
        highlight=False, markup=False, emoji=False,
    )  # fmt: skip
    await ConsoleSink(console, lambda _: READERS["en"]).send(make_delivery(recipient="-"), content)
    file.flush()
    return raw.getvalue().decode(encoding)


async def test_panel_shows_everything_without_colour_in_80_columns() -> None:
    """Colour is never the only sign, and no line is too wide."""
    text = await show(AlertContent(12, make_alert()))
    for expected in (
        "HOSTILE",
        "Armenia",
        "severity 49",
        "[Yerevan]",
        "Sergei Ivanov",
        "government, Russia",
        "hostile 0.90",
        "accuses",
        "Agency and 2 others",
        "16:00 +04",
        "https://example.org/1",
        "/why 12",
    ):
        assert expected in text
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "\x1b" not in text


async def test_colour_is_used_where_there_is_some() -> None:
    """Red for hostile."""
    assert "\x1b[1;31m" in await show(AlertContent(12, make_alert()), colour=True)


async def test_scraped_text_is_inert() -> None:
    """No markup is interpreted and no escape sequence reaches the terminal."""
    text = "\x1b]0;owned\x07[red]He[/red] \x1b[2Jtold Yerevan :smile: \u202eoff\x9b31m\r\n"
    finding = make_finding(1, quote(text), outlets=("[bold]Outlet\x1b[0m",))
    shown = await show(AlertContent(1, make_alert(replace(finding, url="javascript:x"))))
    assert "[red]He[/red]" in shown
    assert ":smile:" in shown
    assert "[bold]Outlet" in shown
    assert not set(shown) & set("\x1b\x07\x9b\u202e\r")
    assert "javascript" not in shown


async def test_terminal_without_unicode_still_shows_alerts() -> None:
    """An ASCII terminal gets ASCII bars and arrows."""
    shown = await show(AlertContent(12, make_alert()), encoding="ascii")
    assert "#########. hostile 0.90" in shown
    assert "HOSTILE -> Armenia" in shown


async def test_console_of_a_narrow_encoding_replaces_what_it_cannot_show() -> None:
    """Cyrillic on an ASCII stream is no reason to fail."""
    raw = io.BytesIO()
    console = make_console(io.TextIOWrapper(raw, encoding="ascii"))
    await ConsoleSink(console, lambda _: READERS["ru"]).send(make_delivery(), NoticeContent("Привет, hello"))
    console.file.flush()
    assert b"hello" in raw.getvalue()


async def test_closed_terminal_is_a_delivery_error() -> None:
    """The message stays in the outbox."""
    file = io.StringIO()
    file.close()
    with pytest.raises(DeliveryError):
        await ConsoleSink(Console(file=file), lambda _: READERS["en"]).send(
            make_delivery(), NoticeContent("text")
        )
