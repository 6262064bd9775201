"""Who is served, and who joins: by configuration, by invitation, by the code, or where it is open."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from telegram import Update
from telegram.ext import ApplicationHandlerStop, BaseHandler, ContextTypes, TypeHandler

from monitor.bot.caller import Caller, caller_of
from monitor.bot.invitation_links import InvitationLinks, OpenedLink
from monitor.bot.permits import NEEDS, command_of
from monitor.bot.phrases import say
from monitor.bot.phrases_access import FOR_ROLES, ROLES
from monitor.bot.replies import Replies
from monitor.bot.services import BotServices
from monitor.bot.signing import ForgedDataError, same_secret
from monitor.domain.access import Person, Redeemed, Role, may_give, stronger, user_of

ATTEMPTS_PER_USER = 5
ATTEMPTS_OVERALL = 60
WINDOW = timedelta(hours=1)
REMEMBERED = 10_000
BY_CODE, BY_START = "code", "open"
"""What stands for the person who let somebody in where that was nobody."""


class Redemption(Enum):
    """What came of a code or a link."""

    RIGHT = "right"
    WRONG = "wrong"
    THROTTLED = "throttled"
    EXPIRED = "expired"
    USED = "used"
    REVOKED = "revoked"
    NEEDLESS = "needless"
    """The link gives nothing that the user has not got; it can still be used."""
    PUBLIC = "public"
    """A link in a group, where everybody could read it."""
    REMOVED = "removed"
    """The code is right, but somebody who was removed needs a new invitation."""


_REFUSED = {
    Redeemed.EXPIRED: Redemption.EXPIRED,
    Redeemed.USED: Redemption.USED,
    Redeemed.REVOKED: Redemption.REVOKED,
}


@dataclass(slots=True)
class Attempts:
    """Wrong codes of the last hour, so that nobody can guess."""

    by_user: dict[int, deque[datetime]] = field(default_factory=dict)
    overall: deque[datetime] = field(default_factory=deque)

    def exhausted(self, user_id: int, now: datetime) -> bool:
        """Whether the user, or everybody together, must wait."""
        mine = self.by_user.get(user_id, deque())
        for times in (mine, self.overall):
            while times and times[0] <= now - WINDOW:
                times.popleft()
        return len(mine) >= ATTEMPTS_PER_USER or len(self.overall) >= ATTEMPTS_OVERALL

    def add(self, user_id: int, now: datetime) -> None:
        """Count a wrong code."""
        if len(self.by_user) >= REMEMBERED:
            self.by_user.clear()  # the overall limit still holds
        self.by_user.setdefault(user_id, deque()).append(now)
        self.overall.append(now)


class Access:
    """Decides who may go on to the commands; everybody else is refused politely, once."""

    def __init__(self, services: BotServices, replies: Replies, links: InvitationLinks) -> None:
        self._services = services
        self._replies = replies
        self._links = links
        self._attempts = Attempts()
        self._refused: set[int] = set()

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return what must run before every other handler."""
        return [TypeHandler(Update, self.guard)]

    async def guard(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Let through those who are served and whose role reaches the command, /start, and what
        Telegram itself reports of a chat."""
        if update.my_chat_member or (update.message and update.message.migrate_to_chat_id):
            return
        caller = caller_of(update)
        if caller is None:
            raise ApplicationHandlerStop
        command = command_of(update)
        if command == "start":
            return
        if self.admit(caller):
            text = refusal(caller, command, self._services.role_of(caller.user_id))
            if text is None:
                return
            await self._replies.say(caller, text)
        elif update.callback_query:
            await self._replies.answer(update.callback_query, self._refusal(caller), alert=True)
        else:
            await self.refuse(caller)
        raise ApplicationHandlerStop

    def admit(self, caller: Caller) -> bool:
        """Whether the chat is served; one that the operator listed, and the private chat of somebody
        with a role, is remembered at its first word."""
        if self._services.chats.is_served(caller.chat_id):
            return True
        if not self._is_listed(caller):
            return False
        self.serve(caller)
        return True

    def join(self, caller: Caller) -> bool:
        """Let a newcomer in where anybody may; not somebody who was removed."""
        if not self._services.office.is_open or self._is_removed(caller):
            return False
        self._let_in(caller, BY_START)
        return True

    def serve(self, caller: Caller) -> None:
        """Begin, or begin again, to serve the chat."""
        services = self._services
        services.chats.serve(caller.chat_id, caller.title, caller.language, services.now())
        if caller.private:
            services.office.people.rename(caller.user_id, caller.name)
        self._refused.discard(caller.chat_id)

    def redeem(self, caller: Caller, word: str) -> Redemption:
        """Take a code or an invitation's payload; whatever is not right changes nothing."""
        now = self._services.now()
        if self._attempts.exhausted(caller.user_id, now):
            return Redemption.THROTTLED
        if same_secret(word, self._services.invite_code):
            if self._is_removed(caller):
                return Redemption.REMOVED
            self._let_in(caller, BY_CODE)
            return Redemption.RIGHT
        try:
            outcome = self._take(caller, self._links.open(word), now)
        except ForgedDataError:
            outcome = Redemption.WRONG
        if outcome in (Redemption.WRONG, *_REFUSED.values()):
            self._attempts.add(caller.user_id, now)
        return outcome

    async def refuse(self, caller: Caller) -> None:
        """Say once that the chat is not served, then be silent."""
        if caller.chat_id in self._refused:
            return
        if len(self._refused) >= REMEMBERED:
            self._refused.clear()
        self._refused.add(caller.chat_id)
        await self._replies.say(caller, self._refusal(caller))

    def _take(self, caller: Caller, link: OpenedLink, now: datetime) -> Redemption:
        services = self._services
        if now >= link.expires_at:
            return Redemption.EXPIRED
        if not caller.private:
            return Redemption.PUBLIC
        served = Role.ANALYST if services.chats.is_served(caller.chat_id) else None
        has = stronger(services.office.role_of(caller.user_id), served)
        if has is not None and has >= link.role:
            self.serve(caller)
            return Redemption.NEEDLESS
        if not self._is_backed(link, now):
            return Redemption.REVOKED
        outcome = services.office.people.redeem(link.nonce, caller.user_id, caller.name, now)
        if outcome is not Redeemed.TAKEN:
            return _REFUSED[outcome]
        services.audit(caller.user_id, "redeem", f"invitation:{link.nonce}", link.role.word)
        self.serve(caller)
        return Redemption.RIGHT

    def _is_backed(self, link: OpenedLink, now: datetime) -> bool:
        """Whether whoever made an open invitation may still give its role; one that is not open is
        the store's to explain."""
        office = self._services.office
        there = next((one for one in office.people.open_invitations(now) if one.nonce == link.nonce), None)
        if there is None:
            return True
        maker = user_of(there.created_by)
        role = office.role_of(maker) if maker is not None else None
        return role is not None and may_give(role, there.role)

    def _let_in(self, caller: Caller, how: str) -> None:
        """Serve the chat, and keep that its user is an analyst now."""
        services = self._services
        if caller.private:
            newcomer = Person(caller.user_id, caller.name, Role.ANALYST, how, services.now())
            services.office.people.add(newcomer)
        self.serve(caller)
        services.audit(caller.user_id, "join", f"chat:{caller.chat_id}", how)

    def _refusal(self, caller: Caller) -> str:
        joinable = self._services.office.is_open and not self._is_removed(caller)
        return say(caller.language, "refusal_open" if joinable else "refusal")

    def _is_removed(self, caller: Caller) -> bool:
        return self._services.office.role_of(caller.user_id) is Role.REMOVED

    def _is_listed(self, caller: Caller) -> bool:
        if caller.chat_id in self._services.allowed_chats:
            return True
        role = self._services.office.role_of(caller.user_id)
        return caller.private and role is not None and role >= Role.ANALYST


def refusal(caller: Caller, command: str, role: Role) -> str | None:
    """Return what to tell somebody whose role does not reach a command, None where it does."""
    needed = NEEDS.get(command)
    if needed is None or role >= needed:
        return None
    return say(
        caller.language,
        "needs_role",
        command=command,
        roles=FOR_ROLES[caller.language][needed],
        role=ROLES[caller.language][max(role, Role.ANALYST)],
    )
