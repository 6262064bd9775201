"""Keeping the bot's token out of logs, errors and representations."""

from __future__ import annotations

import logging
import traceback
from typing import Any

from telegram.error import InvalidToken
from telegram.ext import ExtBot

HIDDEN = "[token]"
_secrets: set[str] = set()


class QuietBot(ExtBot[None]):
    """The library's bot, which shows its token neither in its representation nor in errors."""

    def __repr__(self) -> str:
        return "QuietBot[…]"

    async def initialize(self) -> None:
        """Ask Telegram who we are; a refused token raises InvalidToken that does not name it."""
        refused = False
        try:
            await super().initialize()
        except InvalidToken:
            refused = True
        if refused:  # outside the handler, so that the library's error is not kept as context
            raise InvalidToken("Telegram does not accept the bot's token")


def hide_in_logs(secret: str) -> None:
    """Replace the secret in every log record from now on, whoever writes it and at whatever level."""
    if not _secrets:
        _wrap_record_factory()
    _secrets.add(secret)


def _wrap_record_factory() -> None:
    make_record = logging.getLogRecordFactory()

    def make_clean_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make_record(*args, **kwargs)
        _clean(record)
        return record

    logging.setLogRecordFactory(make_clean_record)


def _clean(record: logging.LogRecord) -> None:
    """Take the secrets out of a record's message and traceback."""
    try:
        message = record.getMessage()
    except (TypeError, ValueError):
        return  # logging itself reports arguments that do not fit, without printing them as a message
    if (clean := redact(message)) != message:
        record.msg, record.args = clean, ()
    if record.exc_info and record.exc_info[1] is not None:
        trace = "".join(traceback.format_exception(record.exc_info[1])).rstrip()
        if (clean := redact(trace)) != trace:
            record.exc_info, record.exc_text = None, clean


def redact(text: str) -> str:
    """Return the text without any secret."""
    for secret in _secrets:
        text = text.replace(secret, HIDDEN)
    return text
