"""/audit: what was changed, by whom."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes

from monitor.bot.caller import Caller, caller_of
from monitor.bot.phrases import say
from monitor.bot.replies import Replies
from monitor.bot.services import BotServices
from monitor.bot.wishes import parse_number
from monitor.domain.access import Entry
from monitor.messages.html import escape

USUAL, MOST = 20, 200
LONGEST_DETAIL = 200


class Auditing:
    """Shows the newest changes."""

    def __init__(self, services: BotServices, replies: Replies) -> None:
        self._services = services
        self._replies = replies

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [CommandHandler("audit", self.show)]

    async def show(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show so many changes as are asked for, the newest first."""
        caller = caller_of(update)
        if caller is None:
            return
        count = min(max(parse_number(caller.text) or USUAL, 1), MOST)
        entries = self._services.office.audit.latest(count)
        names = self._services.office.names()
        lines = [self._line(entry, names.get(entry.actor, entry.actor), caller) for entry in entries]
        text = "\n".join([say(caller.language, "audit"), *lines])
        await self._replies.say(caller, text if lines else say(caller.language, "nothing_done"))

    def _line(self, entry: Entry, actor: str, caller: Caller) -> str:
        moment = self._services.reader_for(caller).moment(entry.at)
        words = " ".join(part for part in (entry.subject, entry.detail[:LONGEST_DETAIL]) if part)
        return f"{moment} · {escape(actor)} · <b>{escape(entry.action)}</b> {escape(words)}".rstrip()
