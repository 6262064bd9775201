"""What the buttons under alerts do: verdicts, the evidence, mutes, more and less of the same."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from telegram import CallbackQuery, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from monitor.bot import alert_buttons as buttons
from monitor.bot.alert_buttons import AlertButtons, muted_value
from monitor.bot.buttons import open_button
from monitor.bot.caller import Caller, caller_of
from monitor.bot.phrases import say
from monitor.bot.replies import Replies
from monitor.bot.rights import Rights
from monitor.bot.services import BotServices
from monitor.bot.signing import Signer
from monitor.domain.access import chat_subject
from monitor.domain.alerts import Alert
from monitor.domain.feedback import Verdict
from monitor.domain.likeness import ask_for_less, asked_for, filter_like
from monitor.domain.preferences import Mute
from monitor.domain.stance import Stance
from monitor.domain.subscriptions import Filter, Subscription, TooManySubscriptionsError
from monitor.messages.alert import render_explanation
from monitor.messages.html import escape
from monitor.messages.words import STANCES
from monitor.text.lemmas import lemmas_of

MUTED_FOR = timedelta(days=1)
CHANGING = frozenset(
    {
        *(buttons.SUBSCRIBE, buttons.UNDO_MORE, buttons.LESS, buttons.UNDO_LESS, buttons.UNDO_MUTE),
        *buttons.MUTES,
    }
)
"""What changes what the chat is told: in a group for its administrators, as /subscribe is."""
ROOM_TO_UNDO = 24
"""Characters that a button has for the subscriptions whose change it takes back."""


@dataclass(frozen=True, slots=True)
class Tap:
    """One press of a button under an alert."""

    query: CallbackQuery
    caller: Caller
    verb: str
    number: int
    alert: Alert
    rest: str


class Tapping:
    """Does what the buttons under alerts say: every member may ask and judge, who may change the chat's
    subscriptions may have more, less or nothing of something."""

    def __init__(self, services: BotServices, replies: Replies, signer: Signer, rights: Rights) -> None:
        self._services = services
        self._replies = replies
        self._signer = signer
        self._rights = rights
        self._buttons = AlertButtons(signer, services.now, services.readers)
        self._verbs: dict[str, Callable[[Tap], Awaitable[None]]] = {
            buttons.WHY: self._explain,
            buttons.RIGHT: self._confirm,
            buttons.WRONG: self._ask_what_instead,
            buttons.BACK: self._show_usual,
            buttons.OTHER: self._correct,
            buttons.MORE: self._offer_more,
            buttons.SUBSCRIBE: self._subscribe,
            buttons.UNDO_MORE: self._undo_more,
            buttons.LESS: self._ask_for_less,
            buttons.UNDO_LESS: self._undo_less,
            buttons.UNDO_MUTE: self._unmute,
            **dict.fromkeys(buttons.CORRECTIONS, self._correct),
            **dict.fromkeys(buttons.MUTES, self._mute),
        }

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [CallbackQueryHandler(self.press, pattern=f"^{buttons.PREFIX}")]

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what a button says, if it is genuine and was made for this chat."""
        query, caller = update.callback_query, caller_of(update)
        if query is None or caller is None:
            return
        now = self._services.now()
        payload = await open_button(query, caller, self._signer, now, self._replies, for_chat=True)
        if payload is None:
            return
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
        await self._replies.answer(tap.query)
        await self._say(tap, render_explanation(tap.number, tap.alert, rule, reader))

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
        await self._replies.answer(tap.query)
        await self._say(
            tap,
            say(language, "muted", until=moment, what=escape(what)),
            self._undo(tap, buttons.UNDO_MUTE, tap.verb),
        )

    async def _unmute(self, tap: Tap) -> None:
        kind = buttons.MUTES[tap.rest]
        value = muted_value(kind, tap.alert)
        ended = self._services.preferences.unmute(tap.caller.chat_id, kind, value)
        if ended:
            self._note(tap, "unmute", f"{kind}:{value}")
        what = self._buttons.name_muted(kind, tap.number, tap.alert, tap.caller.language)
        await self._finish(tap, say(tap.caller.language, "unmuted", what=escape(what)), done=bool(ended))

    async def _offer_more(self, tap: Tap) -> None:
        language = tap.caller.language
        wish = self._describe(filter_like(tap.alert), language)
        text = say(language, "offer_more", number=tap.number, wish=wish)
        button = self._buttons.one(
            "button_subscribe", buttons.SUBSCRIBE, tap.number, tap.caller.chat_id, language
        )
        await self._replies.answer(tap.query)
        await self._say(tap, text, button)

    async def _subscribe(self, tap: Tap) -> None:
        services, language = self._services, tap.caller.language
        wanted = Subscription(0, tap.caller.chat_id, filter_like(tap.alert), thread_id=tap.caller.thread_id)
        try:
            saved = services.chats.subscribe(wanted, services.now())
        except TooManySubscriptionsError:
            await self._replies.answer(tap.query, say(language, "more_too_many"), alert=True)
            return
        self._note(tap, "subscribe", str(saved.id))
        text = say(language, "more_done", id=saved.id, wish=self._describe(saved.filter, language))
        await self._replies.answer(tap.query)
        await self._replies.edit(tap.query, text, self._undo(tap, buttons.UNDO_MORE, str(saved.id)))

    async def _undo_more(self, tap: Tap) -> None:
        ended = self._services.chats.unsubscribe(tap.caller.chat_id, int(tap.rest))
        if ended:
            self._note(tap, "unsubscribe", tap.rest)
        await self._finish(tap, say(tap.caller.language, "more_undone", id=tap.rest), done=bool(ended))

    async def _ask_for_less(self, tap: Tap) -> None:
        """Raise the least severity of what asked for the alert, as far as one button can take it back."""
        services, language = self._services, tap.caller.language
        asking = [
            s
            for s in asked_for(services.chats.subscriptions(tap.caller.chat_id), tap.alert, lemmas_of)
            if s.thread_id == tap.caller.thread_id
        ]
        rows: list[str] = []
        former = ""
        left = 0
        for subscription in asking:
            mark = f"{subscription.id}.{subscription.filter.min_severity}"
            longer = f"{former},{mark}" if former else mark
            higher = ask_for_less(subscription)
            if len(longer) > ROOM_TO_UNDO or not services.chats.change(higher):
                left += 1
                continue
            former = longer
            rows.append(
                say(
                    language,
                    "less_row",
                    id=subscription.id,
                    severity=higher.filter.min_severity,
                    former=subscription.filter.min_severity,
                )
            )
        await self._replies.answer(tap.query)
        if not rows:
            await self._say(tap, say(language, "less_none", number=tap.number))
            return
        self._note(tap, "raise severity", former)
        if left:
            rows.append(say(language, "less_more", count=left))
        text = say(language, "less_done", number=tap.number, rows="\n".join(rows))
        await self._say(tap, text, self._undo(tap, buttons.UNDO_LESS, former))

    async def _undo_less(self, tap: Tap) -> None:
        chats, chat_id = self._services.chats, tap.caller.chat_id
        former = dict(tuple(map(int, pair.split("."))) for pair in tap.rest.split(","))
        done = False
        for subscription in chats.subscriptions(chat_id):
            least = subscription.filter.min_severity
            if former.get(subscription.id, least) != least:
                wanted = replace(subscription.filter, min_severity=former[subscription.id])
                done |= chats.change(replace(subscription, filter=wanted))
        if done:
            self._note(tap, "restore severity", tap.rest)
        await self._finish(tap, say(tap.caller.language, "less_undone"), done=done)

    async def _finish(self, tap: Tap, text: str, *, done: bool) -> None:
        """Show in place of what was said that it was taken back."""
        await self._replies.answer(tap.query)
        await self._replies.edit(tap.query, text if done else say(tap.caller.language, "nothing_undone"))

    async def _say(self, tap: Tap, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        await self._replies.say(tap.caller, text, keyboard)

    def _usual(self, tap: Tap) -> InlineKeyboardMarkup:
        return self._buttons.make(tap.number, tap.alert, tap.caller.chat_id, self._language(tap))

    def _language(self, tap: Tap) -> str:
        """Return the chat's own language: in a group the buttons are there for all."""
        known = self._services.chats.language(tap.caller.chat_id)
        return known if known in self._services.readers else tap.caller.language

    def _undo(self, tap: Tap, verb: str, rest: str) -> InlineKeyboardMarkup:
        where = (tap.number, tap.caller.chat_id, tap.caller.language)
        return self._buttons.one("button_undo", verb, *where, rest)

    def _note(self, tap: Tap, action: str, detail: str) -> None:
        self._services.audit(tap.caller.user_id, action, chat_subject(tap.caller.chat_id), detail)

    def _describe(self, wanted: Filter, language: str) -> str:
        """Return a filter that `filter_like` made in words, as HTML."""
        reader = self._services.readers[language]
        parts = [
            *(reader.target(target) for target in sorted(wanted.targets)),
            *(say(language, direction.value) for direction in sorted(wanted.directions)),
            *(STANCES[language][stance] for stance in sorted(wanted.stances)),
        ]
        if wanted.min_severity:
            parts.append(say(language, "severity_from", severity=wanted.min_severity))
        return escape("; ".join(parts))
