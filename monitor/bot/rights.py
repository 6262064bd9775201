"""Who may change what a group is told: its own administrators, and reviewers."""

from __future__ import annotations

import structlog
from telegram import Bot, CallbackQuery
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from monitor.bot.caller import Caller
from monitor.bot.phrases import say
from monitor.bot.replies import Replies
from monitor.bot.services import BotServices
from monitor.domain.access import Role

ADMINISTRATORS = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})

log = structlog.get_logger(__name__)


class Rights:
    """Asks Telegram, at every change, whether somebody administers the group."""

    def __init__(self, bot: Bot, services: BotServices, replies: Replies) -> None:
        self._bot = bot
        self._services = services
        self._replies = replies

    async def may_change(self, caller: Caller, query: CallbackQuery | None = None) -> bool:
        """Whether the caller may change the chat's subscriptions and settings; if not, they are told."""
        key = await self._why_not(caller)
        if key is None:
            return True
        text = say(caller.language, key)
        if query is not None:
            await self._replies.answer(query, text, alert=True)
        else:
            await self._replies.say(caller, text)
        return False

    async def _why_not(self, caller: Caller) -> str | None:
        if caller.private or caller.as_group or self._services.role_of(caller.user_id) >= Role.REVIEWER:
            return None
        try:
            member = await self._bot.get_chat_member(caller.chat_id, caller.user_id)
        except TelegramError as error:
            log.info("rights not known", chat=caller.chat_id, reason=error.message)
            return "rights_unknown"
        return None if member.status in ADMINISTRATORS else "admins_only"
