"""/whynot: why an article was not told, or when it was."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes

from monitor.bot.asking import Asking, as_address
from monitor.bot.caller import caller_of
from monitor.messages.fates import render_fate


class WhyNotAsked(Asking):
    """Answers for an article and for the chat's own subscriptions."""

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [CommandHandler("whynot", self.whynot)]

    async def whynot(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say what became of the article at the address that follows."""
        caller = caller_of(update)
        if caller is None:
            return
        if not caller.text.strip():
            await self.tell(caller, "whynot_usage")
            return
        words = caller.text.split()
        address = as_address(words[0]) if len(words) == 1 else None
        explain = self.questions.fates.explain
        now = self._services.now()
        fate = await self.beside(explain, address, caller.chat_id, now) if address else None
        if fate is None:
            await self.tell(caller, "bad_address")
            return
        await self._replies.say(caller, render_fate(fate, self.reader(caller)))
