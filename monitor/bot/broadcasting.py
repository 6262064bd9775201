"""/broadcast: one text to all chats, after a look at it."""

from __future__ import annotations

from datetime import timedelta

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from monitor.bot.caller import caller_of
from monitor.bot.desk import Desk
from monitor.bot.phrases import say
from monitor.bot.phrases_access import FOR_ROLES, ROLES
from monitor.bot.signing import to_base36
from monitor.domain.access import Role, actor_of
from monitor.domain.broadcasts import LONGEST_BROADCAST
from monitor.domain.delivery import TELEGRAM, DeliveryKind, NewDelivery, Urgency
from monitor.messages.html import escape, utf16_length

PREFIX = "b:"
BUTTONS_LIVE = timedelta(hours=1)


class Broadcasting(Desk):
    """Asks whether a text is to go out, and puts it into the outbox once for each chat."""

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [
            CommandHandler("broadcast", self.ask),
            CallbackQueryHandler(self.send, pattern=f"^{PREFIX}"),
        ]

    async def ask(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the text as it will arrive, with a button that tells how many chats get it."""
        caller = caller_of(update)
        if caller is None:
            return
        language, text, now = caller.language, caller.text.strip(), self._services.now()
        count = len(self._chats())
        if not text:
            await self._replies.say(caller, say(language, "broadcast_usage"))
        elif (length := utf16_length(text)) > LONGEST_BROADCAST:
            refused = say(language, "broadcast_long", count=length, most=LONGEST_BROADCAST)
            await self._replies.say(caller, refused)
        elif not count:
            await self._replies.say(caller, say(language, "broadcast_nobody"))
        else:
            draft = self._services.office.broadcasts.draft(text, actor_of(caller.user_id), now)
            data = self._signer.sign(PREFIX + to_base36(draft.id), caller.user_id, now + BUTTONS_LIVE)
            button = InlineKeyboardButton(say(language, "broadcast_send", count=count), callback_data=data)
            shown = "\n".join(escape(line) for line in text.splitlines())
            question = say(language, "broadcast_ask", count=count, text=shown)
            await self._replies.say(caller, question, InlineKeyboardMarkup([[button]]))

    async def send(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Send what was shown; however often the button is pressed, each chat gets it once."""
        pressed = await self.open(update)
        if pressed is None:
            return
        query, caller, payload = pressed
        services, language = self._services, caller.language
        role = services.role_of(caller.user_id)
        if role < Role.OPERATOR:  # no longer one
            words = {"roles": FOR_ROLES[language][Role.OPERATOR], "role": ROLES[language][role]}
            refused = say(language, "needs_role", command="broadcast", **words)
            await self._replies.answer(query, refused, alert=True)
            return
        number, chats = int(payload.removeprefix(PREFIX), 36), self._chats()
        deliveries = [
            NewDelivery(DeliveryKind.BROADCAST, str(number), TELEGRAM, str(chat), Urgency.BULK)
            for chat in chats
        ]
        if not services.office.broadcasts.send(number, deliveries, services.now()):
            await self._replies.answer(query, say(language, "broadcast_before"), alert=True)
            return
        services.audit(caller.user_id, "broadcast", f"broadcast:{number}", f"{len(chats)} chats")
        done = say(language, "broadcast_sent", count=len(chats))
        await self._replies.answer(query, done)
        await self._replies.edit(query, done)

    def _chats(self) -> list[int]:
        """Return every chat that is served: those that joined, and those that configuration allows."""
        served = self._services.chats.served()
        return sorted(served | self._services.allowed_chats)
