"""What no other handler understood."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from monitor.bot.caller import caller_of
from monitor.bot.phrases import KNOWN_COMMANDS, say
from monitor.bot.replies import Replies
from monitor.bot.wishes import nearest_word


class Fallback:
    """Points people to what they may have meant; groups are not disturbed."""

    def __init__(self, replies: Replies) -> None:
        self._replies = replies

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers that come last."""
        return [
            MessageHandler(filters.COMMAND & filters.ChatType.PRIVATE, self.unknown_command),
            MessageHandler(filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL, self.talk),
            CallbackQueryHandler(self.unknown_button),
        ]

    async def unknown_command(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Name the command that looks most like the unknown one."""
        caller = caller_of(update)
        if caller is None or update.message is None:
            return
        word = (update.message.text or "/").split(maxsplit=1)[0].lstrip("/").split("@")[0].casefold()
        near = nearest_word(word, KNOWN_COMMANDS)
        nearest = say(caller.language, "nearest", nearest=f"/{near}") if near else ""
        await self._replies.say(caller, say(caller.language, "unknown_command", nearest=nearest))

    async def talk(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say that only commands are understood."""
        if caller := caller_of(update):
            await self._replies.say(caller, say(caller.language, "talk"))

    async def unknown_button(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Refuse a button that we did not make."""
        caller = caller_of(update)
        if caller and update.callback_query:
            await self._replies.answer(update.callback_query, say(caller.language, "forged"), alert=True)
