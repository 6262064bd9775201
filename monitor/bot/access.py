"""Who is served: chats on the operator's list, reviewers, and those that redeemed the code."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from telegram import Update
from telegram.ext import ApplicationHandlerStop, BaseHandler, ContextTypes, TypeHandler

from monitor.bot.caller import Caller, caller_of
from monitor.bot.phrases import say
from monitor.bot.replies import Replies
from monitor.bot.services import BotServices
from monitor.bot.signing import same_secret
from monitor.domain.access import Role

ATTEMPTS_PER_USER = 5
ATTEMPTS_OVERALL = 60
WINDOW = timedelta(hours=1)
REMEMBERED = 10_000


class Redemption(Enum):
    """What came of a code."""

    RIGHT = "right"
    WRONG = "wrong"
    THROTTLED = "throttled"


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

    def __init__(self, services: BotServices, replies: Replies) -> None:
        self._services = services
        self._replies = replies
        self._attempts = Attempts()
        self._refused: set[int] = set()

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return what must run before every other handler."""
        return [TypeHandler(Update, self.guard)]

    async def guard(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Let through those who are served, /start, and what Telegram itself reports of a chat."""
        if update.my_chat_member or (update.message and update.message.migrate_to_chat_id):
            return
        caller = caller_of(update)
        if caller is None:
            raise ApplicationHandlerStop
        if _is_start(update) or self.admit(caller):
            return
        if update.callback_query:
            await self._replies.answer(update.callback_query, say(caller.language, "refusal"), alert=True)
        else:
            await self.refuse(caller)
        raise ApplicationHandlerStop

    def admit(self, caller: Caller) -> bool:
        """Whether the chat is served; one that the operator listed is remembered at its first word."""
        if self._services.chats.is_served(caller.chat_id):
            return True
        if not self._is_listed(caller):
            return False
        self.serve(caller)
        return True

    def serve(self, caller: Caller) -> None:
        """Begin, or begin again, to serve the chat."""
        self._services.chats.serve(caller.chat_id, caller.title, caller.language, self._services.now())
        self._refused.discard(caller.chat_id)

    def redeem(self, caller: Caller, code: str) -> Redemption:
        """Check an operator's code."""
        now = self._services.now()
        if self._attempts.exhausted(caller.user_id, now):
            return Redemption.THROTTLED
        if same_secret(code.strip(), self._services.invite_code):
            return Redemption.RIGHT
        self._attempts.add(caller.user_id, now)
        return Redemption.WRONG

    async def refuse(self, caller: Caller) -> None:
        """Say once that the chat is not served, then be silent."""
        if caller.chat_id in self._refused:
            return
        if len(self._refused) >= REMEMBERED:
            self._refused.clear()
        self._refused.add(caller.chat_id)
        await self._replies.say(caller.chat_id, say(caller.language, "refusal"))

    def _is_listed(self, caller: Caller) -> bool:
        if caller.chat_id in self._services.allowed_chats:
            return True
        role = self._services.office.role_of(caller.user_id)
        return caller.private and role is not None and role >= Role.ANALYST


def _is_start(update: Update) -> bool:
    text = (update.message.text or "") if update.message else ""
    return bool(text) and text.split(maxsplit=1)[0].split("@")[0] == "/start"
