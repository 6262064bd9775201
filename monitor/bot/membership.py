"""What Telegram reports of chats: the bot was blocked or removed, a group became a supergroup."""

from __future__ import annotations

import structlog
from telegram import ChatMember, Update
from telegram.ext import BaseHandler, ChatMemberHandler, ContextTypes, MessageHandler, filters

from monitor.bot.services import BotServices

GONE = frozenset({ChatMember.LEFT, ChatMember.BANNED})

log = structlog.get_logger(__name__)


class Membership:
    """Keeps the store true to where the bot may write."""

    def __init__(self, services: BotServices) -> None:
        self._services = services

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [
            ChatMemberHandler(self.membership_changed, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(filters.StatusUpdate.MIGRATE, self.migrated),
        ]

    async def membership_changed(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Stop sending to a chat that blocked or removed the bot."""
        change = update.my_chat_member
        if change is not None and change.new_chat_member.status in GONE:
            reason = f"bot {change.new_chat_member.status}"
            self._services.chats.disable(change.chat.id, reason, self._services.now())
            log.info("chat disabled", chat=change.chat.id, reason=reason)

    async def migrated(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Follow a group to its supergroup; Telegram tells both sides, one report is enough."""
        message = update.message
        if message is not None and message.migrate_to_chat_id is not None:
            self._services.chats.migrate(message.chat.id, message.migrate_to_chat_id)
            log.info("chat moved", old=message.chat.id, new=message.migrate_to_chat_id)
