"""/feed: a subscription as an Atom feed."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes

from monitor.bot.caller import Caller, caller_of
from monitor.bot.phrases import say
from monitor.bot.replies import Replies
from monitor.bot.rights import Rights
from monitor.bot.services import BotServices
from monitor.bot.wishes import parse_number
from monitor.domain.access import chat_subject
from monitor.messages.html import escape

CLOSING = frozenset({"off", "close", "выкл", "закрыть"})


class Feeding:
    """Opens and closes feeds of the chat's own subscriptions."""

    def __init__(self, services: BotServices, replies: Replies, rights: Rights) -> None:
        self._services = services
        self._replies = replies
        self._rights = rights

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [CommandHandler("feed", self.feed)]

    async def feed(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer with the address of a subscription's feed, or close it."""
        caller = caller_of(update)
        if caller is None:
            return
        services, number = self._services, parse_number(caller.text)
        if services.feeds is None or not services.feed_address:
            text = say(caller.language, "feed_off")
        elif number is None:
            text = say(caller.language, "feed_usage")
        elif not await self._rights.may_change(caller):
            return
        elif CLOSING & set(caller.text.casefold().split()):
            if closed := services.feeds.close(caller.chat_id, number):
                self._note(caller, f"{number} closed")
            text = say(caller.language, "feed_closed" if closed else "no_such_subscription", id=number)
        elif secret := services.feeds.open(caller.chat_id, number, services.now()):
            self._note(caller, f"{number}")
            address = escape(services.feed_address(secret))
            text = say(caller.language, "feed_address", id=number, address=address)
        else:
            text = say(caller.language, "no_such_subscription", id=number)
        await self._replies.say(caller, text)

    def _note(self, caller: Caller, detail: str) -> None:
        self._services.audit(caller.user_id, "feed", chat_subject(caller.chat_id), detail)
