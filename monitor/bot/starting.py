"""/start and /help."""

from __future__ import annotations

from collections.abc import Callable

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes

from monitor.bot.access import Access, Redemption
from monitor.bot.caller import Caller, caller_of
from monitor.bot.invitation_links import looks_like_link
from monitor.bot.phrases import say
from monitor.bot.phrases_access import ROLES
from monitor.bot.replies import Replies
from monitor.bot.services import BotServices
from monitor.domain.access import Role
from monitor.messages.html import escape

TOLD = {
    Redemption.WRONG: "wrong_code",
    Redemption.THROTTLED: "throttled",
    Redemption.EXPIRED: "link_expired",
    Redemption.USED: "link_used",
    Redemption.REVOKED: "link_revoked",
    Redemption.NEEDLESS: "link_needless",
    Redemption.PUBLIC: "privately",
    Redemption.REMOVED: "was_removed",
}


class Starting:
    """Greets, lets in whoever has the code or an invitation, and explains the commands."""

    def __init__(
        self,
        services: BotServices,
        replies: Replies,
        access: Access,
        offer: Callable[[Caller], InlineKeyboardMarkup],
    ) -> None:
        self._offer = offer
        self._services = services
        self._replies = replies
        self._access = access

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [CommandHandler("start", self.start), CommandHandler("help", self.help)]

    async def start(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Serve the chat if it is listed, or brings the right code or an invitation."""
        caller = caller_of(update)
        if caller is None:
            return
        word = caller.text.strip()
        if looks_like_link(word):
            await self._redeem(caller, word)  # whoever is served may be invited to more
        elif self._access.admit(caller) or self._access.join(caller):
            self._access.serve(caller)  # a new language or title is remembered
            await self._welcome(caller)
        elif not word:
            await self._access.refuse(caller)
        else:
            await self._redeem(caller, word)

    async def help(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Explain the commands, with the targets by name."""
        caller = caller_of(update)
        if caller is None:
            return
        reader = self._services.reader_for(caller)
        targets = ", ".join(escape(reader.target(target.id)) for target in self._services.targets)
        text = say(caller.language, "help", targets=targets)
        text += say(caller.language, "help_asking")
        role = self._services.role_of(caller.user_id)
        if role >= Role.REVIEWER:
            text += say(caller.language, "help_reviewer")
        if role >= Role.OPERATOR:
            text += say(caller.language, "help_operator")
        await self._replies.say(caller, text)

    async def _redeem(self, caller: Caller, word: str) -> None:
        outcome = self._access.redeem(caller, word)
        if outcome is Redemption.RIGHT:
            await self._welcome(caller)
            return
        role = ROLES[caller.language][self._services.role_of(caller.user_id)]
        await self._replies.say(caller, say(caller.language, TOLD[outcome], role=role))

    async def _welcome(self, caller: Caller) -> None:
        text = say(caller.language, "welcome")
        role = self._services.role_of(caller.user_id)
        if role > Role.ANALYST:
            text += "\n\n" + say(caller.language, "welcome_role", role=ROLES[caller.language][role])
        await self._replies.say(caller, text, self._offer(caller))
