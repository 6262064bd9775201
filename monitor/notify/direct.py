"""Telling operators at once, past the outbox: for when nothing can be written."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from telegram import Bot
from telegram.error import TelegramError

from monitor.notify.pacing import Pacer

log = structlog.get_logger(__name__)


async def tell_directly(bot: Bot, pacer: Pacer, chats: Sequence[int], text: str) -> bool:
    """Send a plain text to each chat, once; returns whether all have it. Never raises for Telegram."""
    reached = 0
    for chat in chats:
        try:
            async with pacer.turn(str(chat)):
                await bot.send_message(chat, text)
        except TelegramError as error:
            log.warning("operator not told", chat=chat, reason=error.message)
        else:
            reached += 1
    return reached == len(chats)
