"""Who writes to the bot, and from where."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message, Update
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
    name: str = ""
    """The user's own name."""
    thread_id: int = 0
    """The forum topic's number in which it was said, 0 where there is none."""
    as_group: bool = False
    """Whether the message was sent in the name of the group itself, as its administrators may."""


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
        name=make_inert(user.full_name)[:LONGEST_TITLE],
        thread_id=_topic_of(update.effective_message),
        as_group=bool(update.message and update.message.sender_chat and update.message.sender_chat == chat),
    )


def _topic_of(message: Message | None) -> int:
    """Return a forum topic's number; in other groups a thread is only a chain of replies."""
    if isinstance(message, Message) and message.is_topic_message:
        return message.message_thread_id or 0
    return 0
