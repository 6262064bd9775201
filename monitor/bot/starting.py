"""/start and /help."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes

from monitor.bot.access import Access, Redemption
from monitor.bot.caller import Caller, caller_of
from monitor.bot.phrases import say
from monitor.bot.replies import Replies
from monitor.bot.services import BotServices
from monitor.domain.access import Role
from monitor.messages.html import escape


class Starting:
    """Greets, lets in whoever has the code, and explains the commands."""

    def __init__(self, services: BotServices, replies: Replies, access: Access) -> None:
        self._services = services
        self._replies = replies
        self._access = access

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [CommandHandler("start", self.start), CommandHandler("help", self.help)]

    async def start(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Serve the chat if it is listed or brings the right code."""
        caller = caller_of(update)
        if caller is None:
            return
        if self._access.admit(caller):
            self._access.serve(caller)  # a new language or title is remembered
            await self._welcome(caller)
        elif not caller.text:
            await self._access.refuse(caller)
        else:
            await self._redeem(caller)

    async def help(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Explain the commands, with the targets by name."""
        caller = caller_of(update)
        if caller is None:
            return
        reader = self._services.readers[caller.language]
        targets = ", ".join(escape(reader.target(target.id)) for target in self._services.targets)
        text = say(caller.language, "help", targets=targets)
        if self._services.role_of(caller.user_id) >= Role.REVIEWER:
            text += say(caller.language, "help_reviewer")
        await self._replies.say(caller.chat_id, text)

    async def _redeem(self, caller: Caller) -> None:
        outcome = self._access.redeem(caller, caller.text)
        if outcome is Redemption.RIGHT:
            self._access.serve(caller)
            await self._welcome(caller)
        else:
            key = "throttled" if outcome is Redemption.THROTTLED else "wrong_code"
            await self._replies.say(caller.chat_id, say(caller.language, key))

    async def _welcome(self, caller: Caller) -> None:
        await self._replies.say(caller.chat_id, say(caller.language, "welcome"))
