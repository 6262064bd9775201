"""The sinks by name: a new one is a module of this package and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console
from telegram import Bot

from monitor.domain.delivery import Delivery, SentMessage
from monitor.messages.reader import Reader
from monitor.notify.console import ConsoleSink
from monitor.notify.pacing import TELEGRAM_LIMITS, Pacer
from monitor.notify.sink import Sink
from monitor.notify.telegram import MakeKeyboard, TelegramSink
from monitor.pipeline.ports import Chats


@dataclass(frozen=True, slots=True)
class SinkParts:
    """What sinks are made from; a part that is not there leaves out the sinks that need it."""

    now: Callable[[], datetime]
    reader: Callable[[str], Reader]
    """The reader behind a recipient ("-" is the console's)."""
    chats: Chats
    console: Console | None = None
    bot: Bot | None = None
    pacer: Pacer | None = None
    """The turns of the bot's account, shared with the bot's own replies."""
    keyboard: MakeKeyboard = lambda _content, _place, _reader: None
    """What stands under an alert."""
    note: Callable[[SentMessage], None] = lambda _: None
    """Told of each message that shows an alert."""
    is_overtaken: Callable[[Delivery], bool] = lambda _: False


def _make_console(parts: SinkParts) -> Sink | None:
    return ConsoleSink(parts.console, parts.reader) if parts.console else None


def _make_telegram(parts: SinkParts) -> Sink | None:
    if parts.bot is None:
        return None
    pacer = parts.pacer or Pacer(TELEGRAM_LIMITS, parts.now)
    return TelegramSink(
        parts.bot,
        parts.chats,
        parts.reader,
        parts.now,
        pacer,
        keyboard=parts.keyboard,
        note=parts.note,
        is_overtaken=parts.is_overtaken,
    )


SINKS: dict[str, Callable[[SinkParts], Sink | None]] = {
    "console": _make_console,
    "telegram": _make_telegram,
}


def make_sinks(parts: SinkParts) -> dict[str, Sink]:
    """Return every sink whose parts are there, by name."""
    made = {name: make(parts) for name, make in SINKS.items()}
    return {name: sink for name, sink in made.items() if sink is not None}
