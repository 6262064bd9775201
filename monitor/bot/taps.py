"""One press of a button under an alert, and answering it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import CallbackQuery, InlineKeyboardMarkup

from monitor.bot.alert_buttons import AlertButtons
from monitor.bot.caller import Caller
from monitor.bot.desk import Desk
from monitor.bot.phrases import say
from monitor.bot.replies import Replies
from monitor.bot.services import BotServices
from monitor.domain.access import chat_subject
from monitor.domain.alerts import Alert


@dataclass(frozen=True, slots=True)
class Tap:
    """Who pressed which button under which alert; `rest` is what the button remembers beside."""

    query: CallbackQuery
    caller: Caller
    verb: str
    number: int
    alert: Alert
    rest: str


Verbs = dict[str, Callable[[Tap], Awaitable[None]]]
"""What each button does."""


class TapDesk(Desk):
    """What everything that buttons do has in common: say what was done, with a way back."""

    def __init__(self, services: BotServices, replies: Replies, made: AlertButtons) -> None:
        super().__init__(services, replies, made.signer)
        self._buttons = made

    async def _tell(
        self,
        tap: Tap,
        text: str,
        undo: str = "",
        rest: str = "",
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> None:
        """Acknowledge a press and say what was done, with the button that takes it back if there is one."""
        await self._replies.answer(tap.query)
        await self._replies.say(tap.caller, text, self._undo(tap, undo, rest) if undo else keyboard)

    async def _finish(self, tap: Tap, text: str, *, done: bool) -> None:
        """Show in place of what was said that it was taken back."""
        await self._replies.answer(tap.query)
        await self._replies.edit(tap.query, text if done else say(tap.caller.language, "nothing_undone"))

    def _undo(self, tap: Tap, verb: str, rest: str) -> InlineKeyboardMarkup:
        where = (tap.number, tap.caller.chat_id, tap.caller.language)
        return self._buttons.one("button_undo", verb, *where, rest)

    def _note(self, tap: Tap, action: str, detail: str) -> None:
        self._services.audit(tap.caller.user_id, action, chat_subject(tap.caller.chat_id), detail)
