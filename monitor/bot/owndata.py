"""/mydata and /forgetme: what is kept of somebody, for themselves."""

from __future__ import annotations

import json
import secrets
from datetime import timedelta

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from monitor.bot.caller import Caller, caller_of
from monitor.bot.desk import Desk
from monitor.bot.phrases import say
from monitor.domain.access import Role, actor_of, erased_name, make_pseudonym

PREFIX = "o:"
BUTTONS_LIVE = timedelta(minutes=15)
SALT_BYTES = 16

log = structlog.get_logger(__name__)


class OwnData(Desk):
    """Hands out and erases what is kept of whoever asks."""

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [
            CommandHandler("mydata", self.export),
            CommandHandler("forgetme", self.ask),
            CallbackQueryHandler(self.erase, pattern=f"^{PREFIX}"),
        ]

    async def export(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Send everything as a document; only in private, for it is nobody else's business."""
        caller = caller_of(update)
        if caller is None or not await self._is_private(caller):
            return
        services = self._services
        services.audit(caller.user_id, "export", actor_of(caller.user_id))
        kept = services.office.personal.export(caller.user_id)
        document = {
            "user_id": caller.user_id,
            "role": services.role_of(caller.user_id).word,
            "exported_at": services.now().isoformat(),
            **kept,
        }
        data = json.dumps(document, ensure_ascii=False, indent=1).encode()
        name = f"rhetoric-monitor-{caller.user_id}.json"
        await self._replies.send_file(caller, name, data, say(caller.language, "mydata"))

    async def ask(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say what erasing means, with a button that does it."""
        caller = caller_of(update)
        if caller is None or not await self._is_private(caller):
            return
        if self._is_last_owner(caller):
            await self._replies.say(caller, say(caller.language, "forget_last_owner"))
            return
        named = self._services.office.configured.role(caller.user_id) is not None
        more = say(caller.language, "forgetme_configured") if named else ""
        data = self._signer.sign(f"{PREFIX}yes", caller.user_id, self._services.now() + BUTTONS_LIVE)
        button = InlineKeyboardButton(say(caller.language, "forget"), callback_data=data)
        text = say(caller.language, "forgetme", configured=more)
        await self._replies.say(caller, text, InlineKeyboardMarkup([[button]]))

    async def erase(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Erase everything, and keep only that somebody had it erased."""
        pressed = await self.open(update)
        if pressed is None or not pressed.caller.private:
            return
        query, caller, _ = pressed
        services = self._services
        if self._is_last_owner(caller):
            await self._replies.answer(query, say(caller.language, "forget_last_owner"), alert=True)
            return
        # The salt is kept nowhere, so that nobody can try which user the pseudonym stands for.
        pseudonym = make_pseudonym(caller.user_id, secrets.token_bytes(SALT_BYTES))
        erased = services.office.personal.erase(caller.user_id, pseudonym)
        services.audit(erased_name(pseudonym), "erase", erased_name(pseudonym))
        log.info("personal data erased", rows=sum(erased.values()))
        await self._replies.answer(query)
        await self._replies.edit(query, say(caller.language, "forgotten"))

    async def _is_private(self, caller: Caller) -> bool:
        if not caller.private:
            await self._replies.say(caller, say(caller.language, "privately"))
        return caller.private

    def _is_last_owner(self, caller: Caller) -> bool:
        office = self._services.office
        owners = {one.user_id for one in office.people.all() if one.role is Role.OWNER}
        return not office.configured.owners and owners == {caller.user_id}
