"""Who writes to the bot, and from where."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Update
from telegram.constants import ChatType

from monitor.messages.inert import make_inert
from monitor.messages.reader import choose_language

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Caller:
    """One user in one chat; `language` is the interface's."""

    chat_id: int
    user_id: int
    language: str
    title: str
    private: bool
    text: str
    """What stands after the command, empty for other updates."""


def caller_of(update: Update) -> Caller | None:
    """Return who caused the update, None where there is no chat or no user."""
    chat, user = update.effective_chat, update.effective_user
    if chat is None or user is None:
        return None
    text = (update.message.text or "") if update.message else ""
    rest = text.split(maxsplit=1)[1] if text.startswith("/") and len(text.split(maxsplit=1)) == 2 else ""
    return Caller(
        chat_id=chat.id,
        user_id=user.id,
        language=choose_language(user.language_code),
        title=make_inert(chat.title or user.full_name)[:LONGEST_TITLE],
        private=chat.type == ChatType.PRIVATE,
        text=rest,
    )
