"""What groups of handlers with buttons have in common."""

from __future__ import annotations

from typing import NamedTuple

from telegram import CallbackQuery, Update

from monitor.bot.buttons import open_button
from monitor.bot.caller import Caller, caller_of
from monitor.bot.replies import Replies
from monitor.bot.rights import Rights
from monitor.bot.services import BotServices
from monitor.bot.signing import Signer


class Press(NamedTuple):
    """A genuine press of a button: what Telegram reported, who pressed, and what the button carries."""

    query: CallbackQuery
    caller: Caller
    payload: str


async def open_press(
    update: Update, services: BotServices, replies: Replies, signer: Signer, *, for_chat: bool = False
) -> Press | None:
    """Return a press of a button of ours; a forged, foreign or old one is answered so, and None returned.

    Buttons are signed for one user, or `for_chat` for all of a chat.
    """
    query, caller = update.callback_query, caller_of(update)
    if query is None or caller is None:
        return None
    payload = await open_button(query, caller, signer, services.now(), replies, for_chat=for_chat)
    return None if payload is None else Press(query, caller, payload)


class Desk:
    """Handlers that answer commands and signed buttons."""

    def __init__(self, services: BotServices, replies: Replies, signer: Signer) -> None:
        self._services = services
        self._replies = replies
        self._signer = signer

    async def open(self, update: Update, *, for_chat: bool = False) -> Press | None:
        """Return a genuine press as `open_press` does."""
        return await open_press(update, self._services, self._replies, self._signer, for_chat=for_chat)


class ChangingDesk(Desk):
    """Handlers that change what a chat is told, which in a group not everybody may."""

    def __init__(self, services: BotServices, replies: Replies, signer: Signer, rights: Rights) -> None:
        super().__init__(services, replies, signer)
        self._rights = rights
