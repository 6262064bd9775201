"""What the buttons under alerts do: verdicts, the evidence, and mutes for a day."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from monitor.bot import alert_buttons as buttons
from monitor.bot.alert_buttons import AlertButtons, muted_value
from monitor.bot.caller import Caller
from monitor.bot.likening import Likening
from monitor.bot.phrases import say
from monitor.bot.proving import pack_copy
from monitor.bot.replies import Replies
from monitor.bot.rights import Rights
from monitor.bot.services import BotServices
from monitor.bot.signing import Signer
from monitor.bot.taps import Tap, TapDesk, Verbs
from monitor.domain.feedback import Verdict
from monitor.domain.preferences import Mute
from monitor.domain.stance import Stance
from monitor.domain.statement import Finding
from monitor.messages.alert import render_explanation
from monitor.messages.html import escape
from monitor.messages.words import STANCES

MUTED_FOR = timedelta(days=1)
CHANGING = frozenset(
    {
        *(buttons.SUBSCRIBE, buttons.UNDO_MORE, buttons.LESS, buttons.UNDO_LESS, buttons.UNDO_MUTE),
        *buttons.MUTES,
    }
)
"""What changes what the chat is told: in a group for its administrators, as /subscribe is."""


class Tapping(TapDesk):
    """Does what the buttons under alerts say: every member may ask and judge, who may change the chat's
    subscriptions may have more, less or nothing of something."""

    def __init__(
        self,
        services: BotServices,
        replies: Replies,
        signer: Signer,
        rights: Rights,
        show_ground: Callable[[Caller, Finding], Awaitable[None]],
    ) -> None:
        made = AlertButtons(signer, services.now, services.readers)
        super().__init__(services, replies, made)
        self._rights = rights
        self._show_ground = show_ground
        self._verbs: Verbs = {
            buttons.WHY: self._explain,
            buttons.COPY: self._send_copy,
            buttons.RIGHT: self._confirm,
            buttons.WRONG: self._ask_what_instead,
            buttons.BACK: self._show_usual,
            buttons.OTHER: self._correct,
            buttons.UNDO_MUTE: self._unmute,
            **dict.fromkeys(buttons.CORRECTIONS, self._correct),
            **dict.fromkeys(buttons.MUTES, self._mute),
            **Likening(services, replies, made).verbs(),
        }

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [CallbackQueryHandler(self.press, pattern=f"^{buttons.PREFIX}")]

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what a button says, if it is genuine and was made for this chat."""
        pressed = await self.open(update, for_chat=True)
        if pressed is None:
            return
        query, caller, payload = pressed
        verb, number, *rest = payload.removeprefix(buttons.PREFIX).split(":")
        alert = self._services.alerts.by_number(int(number))
        if alert is None:
            await self._replies.answer(query, say(caller.language, "alert_gone"), alert=True)
            return
        if verb in CHANGING and not await self._rights.may_change(caller, query):
            return
        await self._verbs[verb](Tap(query, caller, verb, int(number), alert, rest[0] if rest else ""))

    async def _explain(self, tap: Tap) -> None:
        rule = self._services.rules.get(tap.alert.rule_id)
        reader = self._services.reader_for(tap.caller)
        await self._tell(tap, render_explanation(tap.number, tap.alert, rule, reader))
        await self._show_ground(tap.caller, tap.alert.finding)

    async def _send_copy(self, tap: Tap) -> None:
        language = tap.caller.language
        archive = self._services.archive
        evidence = archive.evidence(tap.alert.finding.id) if archive else None
        packed = await asyncio.to_thread(pack_copy, evidence) if evidence else None
        if evidence is None or packed is None:
            text = say(language, "copy_gone", number=tap.number)
            await self._replies.answer(tap.query, text, alert=True)
            return
        await self._replies.answer(tap.query)
        page = evidence.capture.page
        moment = self._services.reader_for(tap.caller).moment(page.fetched_at)
        caption = say(language, "copy_caption", moment=escape(moment), sha256=page.sha256)
        await self._replies.send_file(tap.caller, f"alert-{tap.number}-archived.zip", packed, caption)

    async def _confirm(self, tap: Tap) -> None:
        self._keep(tap, confirmed=True, stance=None)
        await self._replies.answer(tap.query, say(tap.caller.language, "noted_right"))

    async def _ask_what_instead(self, tap: Tap) -> None:
        language = self._language(tap)
        asked = self._buttons.ask_what_instead(tap.number, tap.alert, tap.caller.chat_id, language)
        await self._replies.answer(tap.query, say(tap.caller.language, "what_instead"))
        await self._replies.edit_buttons(tap.query, asked)

    async def _show_usual(self, tap: Tap) -> None:
        await self._replies.answer(tap.query)
        await self._replies.edit_buttons(tap.query, self._usual(tap))

    async def _correct(self, tap: Tap) -> None:
        stance = buttons.CORRECTIONS.get(tap.verb)
        self._keep(tap, confirmed=False, stance=stance)
        if stance is None:
            said = say(tap.caller.language, "noted_other")
        else:
            said = say(tap.caller.language, "noted_wrong", stance=STANCES[tap.caller.language][stance])
        await self._replies.answer(tap.query, said)
        await self._replies.edit_buttons(tap.query, self._usual(tap))

    def _keep(self, tap: Tap, *, confirmed: bool, stance: Stance | None) -> None:
        services = self._services
        user, finding = tap.caller.user_id, tap.alert.finding.id
        services.verdicts.save(Verdict(finding, user, confirmed, stance, services.now()))
        said = "right" if confirmed else stance.value if stance else "other"
        services.audit(user, "verdict", f"finding:{finding}", said)

    async def _mute(self, tap: Tap) -> None:
        services, language = self._services, tap.caller.language
        kind = buttons.MUTES[tap.verb]
        until = services.now() + MUTED_FOR
        value = muted_value(kind, tap.alert)
        services.preferences.mute(Mute(tap.caller.chat_id, kind, value, until))
        self._note(tap, "mute", f"{kind}:{value}")
        what = self._buttons.name_muted(kind, tap.number, tap.alert, language)
        moment = services.reader_for(tap.caller).moment(until)
        said = say(language, "muted", until=moment, what=escape(what))
        await self._tell(tap, said, buttons.UNDO_MUTE, tap.verb)

    async def _unmute(self, tap: Tap) -> None:
        kind = buttons.MUTES[tap.rest]
        value = muted_value(kind, tap.alert)
        ended = self._services.preferences.unmute(tap.caller.chat_id, kind, value)
        if ended:
            self._note(tap, "unmute", f"{kind}:{value}")
        what = self._buttons.name_muted(kind, tap.number, tap.alert, tap.caller.language)
        await self._finish(tap, say(tap.caller.language, "unmuted", what=escape(what)), done=bool(ended))

    def _usual(self, tap: Tap) -> InlineKeyboardMarkup:
        return self._buttons.make(tap.number, tap.alert, tap.caller.chat_id, self._language(tap))

    def _language(self, tap: Tap) -> str:
        """Return the chat's own language: in a group the buttons are there for all."""
        known = self._services.chats.language(tap.caller.chat_id)
        return known if known in self._services.readers else tap.caller.language
