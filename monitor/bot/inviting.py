"""/invite and /invitations: links that let one person in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from monitor.bot.caller import Caller, caller_of
from monitor.bot.desk import Desk
from monitor.bot.invitation_links import InvitationLinks
from monitor.bot.phrases import say
from monitor.bot.phrases_access import ROLES, read_role
from monitor.bot.replies import Replies
from monitor.bot.services import BotServices
from monitor.bot.signing import Signer
from monitor.domain.access import (
    GIVEN,
    LONGEST_INVITATION,
    SHORTEST_INVITATION,
    Invitation,
    Role,
    actor_of,
    may_give,
)
from monitor.messages.html import escape

PREFIX = "i:"
BUTTONS_LIVE = timedelta(hours=12)
BUTTONS_PER_ROW = 3
MOST_SHOWN = 60
USUAL = timedelta(days=2)
_SPAN = re.compile(r"(?P<count>\d{1,5})(?P<unit>d|h|m|min|д|ч|м|мин)")
_UNITS = {
    **dict.fromkeys(("d", "д"), timedelta(days=1)),
    **dict.fromkeys(("h", "ч"), timedelta(hours=1)),
    **dict.fromkeys(("m", "min", "м", "мин"), timedelta(minutes=1)),
}


class Inviting(Desk):
    """Makes, shows and revokes invitations."""

    def __init__(
        self, services: BotServices, replies: Replies, signer: Signer, links: InvitationLinks
    ) -> None:
        super().__init__(services, replies, signer)
        self._links = links

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [
            CommandHandler("invite", self.invite),
            CommandHandler("invitations", self.list_invitations),
            CallbackQueryHandler(self.press, pattern=f"^{PREFIX}"),
        ]

    async def invite(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Make a link for a role and a time; only in private, for whoever reads it could use it."""
        caller = caller_of(update)
        if caller is None:
            return
        wish = parse_invitation(caller.text)
        if not caller.private:
            text = say(caller.language, "privately")
        elif wish is None:
            text = say(caller.language, "invite_usage", roles=self._givable(caller))
        elif not may_give(self._services.role_of(caller.user_id), wish[0]):
            text = say(caller.language, "invite_too_much")
        else:
            text = self._make(caller, *wish, context.bot.username)
        await self._replies.say(caller, text)

    async def list_invitations(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the invitations that can be used, each with a button that revokes it."""
        if caller := caller_of(update):
            await self._replies.say(caller, *self._show(caller))

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Revoke the invitation of a button."""
        pressed = await self.open(update)
        if pressed is None:
            return
        query, caller, payload = pressed
        nonce = payload.removeprefix(PREFIX)
        mine = {one.nonce for one in self._mine(caller)}
        revoked = self._services.office.people.revoke(nonce) if nonce in mine else None
        if revoked is not None:
            self._services.audit(caller.user_id, "revoke", f"invitation:{nonce}", revoked.role.word)
        await self._replies.answer(query, say(caller.language, "revoked" if revoked else "revoked_before"))
        await self._replies.edit(query, *self._show(caller))

    def _make(self, caller: Caller, role: Role, span: timedelta, bot_name: str) -> str:
        services, now = self._services, self._services.now()
        # Links keep whole minutes, rounded down; the store must not say later than the link.
        until = (now + span).replace(second=0, microsecond=0)
        nonce = self._links.make_nonce()
        services.office.people.invite(Invitation(nonce, role, actor_of(caller.user_id), now, until))
        services.audit(
            caller.user_id, "invite", f"invitation:{nonce}", f"{role.word} until {until:%Y-%m-%d %H:%M} UTC"
        )
        return say(
            caller.language,
            "invited",
            role=ROLES[caller.language][role],
            until=self._moment(caller, until),
            link=escape(f"https://t.me/{bot_name}?start={self._links.pack(nonce, role, until)}"),
        )

    def _mine(self, caller: Caller) -> Sequence[Invitation]:
        """Return the open invitations to roles that the caller may give."""
        role = self._services.role_of(caller.user_id)
        found = self._services.office.people.open_invitations(self._services.now())
        return [one for one in found if may_give(role, one.role)][:MOST_SHOWN]

    def _show(self, caller: Caller) -> tuple[str, InlineKeyboardMarkup | None]:
        language, names = caller.language, self._services.office.names()
        lines, buttons = [], []
        for index, one in enumerate(self._mine(caller), start=1):
            role, until = ROLES[language][one.role], self._moment(caller, one.expires_at)
            by = escape(names.get(one.created_by, one.created_by))
            lines.append(say(language, "invitation", index=index, role=role, until=until, by=by))
            data = self._signer.sign(PREFIX + one.nonce, caller.user_id, self._services.now() + BUTTONS_LIVE)
            buttons.append(InlineKeyboardButton(say(language, "revoke", index=index), callback_data=data))
        if not lines:
            return say(language, "no_invitations"), None
        rows = [buttons[i : i + BUTTONS_PER_ROW] for i in range(0, len(buttons), BUTTONS_PER_ROW)]
        return "\n".join([say(language, "invitations"), *lines]), InlineKeyboardMarkup(rows)

    def _givable(self, caller: Caller) -> str:
        role = self._services.role_of(caller.user_id)
        return ", ".join(ROLES[caller.language][one] for one in GIVEN if may_give(role, one))

    def _moment(self, caller: Caller, moment: datetime) -> str:
        return self._services.reader_for(caller).moment(moment)


def parse_invitation(text: str) -> tuple[Role, timedelta] | None:
    """Read "analyst 2d", in either language and order; None for anything else or a time out of bounds."""
    role: Role | None = None
    span: timedelta | None = None
    for word in text.casefold().split():
        if (found := read_role(word)) is not None and role is None:
            role = found
        elif (match := _SPAN.fullmatch(word)) and span is None:
            span = int(match["count"]) * _UNITS[match["unit"]]
        else:
            return None
    span = USUAL if span is None else span
    if role is None or not SHORTEST_INVITATION <= span <= LONGEST_INVITATION:
        return None
    return role, span
