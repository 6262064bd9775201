"""Opening what a pressed button carries."""

from __future__ import annotations

from datetime import datetime

import structlog
from telegram import CallbackQuery

from monitor.bot.caller import Caller
from monitor.bot.phrases import say
from monitor.bot.replies import Replies
from monitor.bot.signing import ExpiredDataError, ForgedDataError, Signer

log = structlog.get_logger(__name__)


async def open_button(
    query: CallbackQuery,
    caller: Caller,
    signer: Signer,
    now: datetime,
    replies: Replies,
    *,
    for_chat: bool = False,
) -> str | None:
    """Return a button's payload; a forged, foreign or old one is answered so, and None returned.

    `for_chat` is said of buttons that every member of the chat may press.
    """
    try:
        return signer.open(query.data or "", caller.chat_id if for_chat else caller.user_id, now)
    except ForgedDataError:
        log.warning("button refused", user=caller.user_id, chat=caller.chat_id)
        await replies.answer(query, say(caller.language, "forged"), alert=True)
    except ExpiredDataError:
        await replies.answer(query, say(caller.language, "expired"), alert=True)
    return None
