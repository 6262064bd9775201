"""The sinks by name: a new one is a module of this package and a line here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console
from telegram import Bot

from monitor.domain.delivery import TELEGRAM, Delivery
from monitor.domain.forwards import Forward, ForwardKind
from monitor.messages.reader import Reader
from monitor.notify.console import ConsoleSink
from monitor.notify.pacing import TELEGRAM_LIMITS, Pacer
from monitor.notify.sink import Sink
from monitor.notify.telegram import MakeKeyboard, TelegramSink, Translate
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
    is_overtaken: Callable[[Delivery], bool] = lambda _: False
    translate: Translate | None = None
    forwards: Sequence[Forward] = ()
    reader_in: Callable[[str], Reader] | None = None
    """The reader of an interface language."""


def _make_console(parts: SinkParts) -> Sink | None:
    return ConsoleSink(parts.console, parts.reader) if parts.console else None


def _make_telegram(parts: SinkParts) -> Sink | None:
    if parts.bot is None:
        return None
    pacer = parts.pacer or Pacer(TELEGRAM_LIMITS)
    return TelegramSink(
        parts.bot,
        parts.chats,
        parts.reader,
        parts.now,
        pacer,
        keyboard=parts.keyboard,
        is_overtaken=parts.is_overtaken,
        translate=parts.translate,
    )


def _make_webhook(parts: SinkParts) -> Sink | None:
    mine = _forwards_of(parts, ForwardKind.WEBHOOK)
    if not mine:
        return None
    from monitor.notify.webhook import WebhookSink

    return WebhookSink(mine, parts.now)


def _make_apprise(parts: SinkParts) -> Sink | None:
    mine = _forwards_of(parts, ForwardKind.APPRISE)
    if not mine or parts.reader_in is None:
        return None
    from monitor.notify.apprise_sink import AppriseSink  # it takes a second to load

    return AppriseSink(mine, parts.reader_in)


def _forwards_of(parts: SinkParts, kind: ForwardKind) -> dict[str, Forward]:
    return {forward.id: forward for forward in parts.forwards if forward.kind is kind}


SINKS: dict[str, Callable[[SinkParts], Sink | None]] = {
    "console": _make_console,
    TELEGRAM: _make_telegram,
    ForwardKind.WEBHOOK: _make_webhook,
    ForwardKind.APPRISE: _make_apprise,
}


def make_sinks(parts: SinkParts) -> dict[str, Sink]:
    """Return every sink whose parts are there, by name."""
    made = {name: make(parts) for name, make in SINKS.items()}
    return {name: sink for name, sink in made.items() if sink is not None}
