"""More like this, less like this: subscriptions from the buttons under alerts, each with a way back."""

from __future__ import annotations

from dataclasses import replace

from monitor.bot import alert_buttons as buttons
from monitor.bot.phrases import say
from monitor.bot.taps import Tap, TapDesk, Verbs
from monitor.domain.likeness import ask_for_less, asked_for, filter_like
from monitor.domain.subscriptions import Filter, Subscription, TooManySubscriptionsError
from monitor.messages.html import escape
from monitor.messages.words import STANCES
from monitor.text.lemmas import lemmas_of

ROOM_TO_UNDO = 24
"""Characters that a button has for the subscriptions whose change it takes back."""


class Likening(TapDesk):
    """Offers a subscription like an alert, and raises the severity of those that asked for it."""

    def verbs(self) -> Verbs:
        """Return what each button does."""
        return {
            buttons.MORE: self._offer_more,
            buttons.SUBSCRIBE: self._subscribe,
            buttons.UNDO_MORE: self._undo_more,
            buttons.LESS: self._ask_for_less,
            buttons.UNDO_LESS: self._undo_less,
        }

    async def _offer_more(self, tap: Tap) -> None:
        language = tap.caller.language
        wish = self._describe(filter_like(tap.alert), language)
        where = (tap.number, tap.caller.chat_id, language)
        accept = self._buttons.one("button_subscribe", buttons.SUBSCRIBE, *where)
        await self._tell(tap, say(language, "offer_more", number=tap.number, wish=wish), keyboard=accept)

    async def _subscribe(self, tap: Tap) -> None:
        services, caller = self._services, tap.caller
        wanted = Subscription(0, caller.chat_id, filter_like(tap.alert), thread_id=caller.thread_id)
        try:
            saved = services.chats.subscribe(wanted, services.now())
        except TooManySubscriptionsError:
            await self._replies.answer(tap.query, say(caller.language, "more_too_many"), alert=True)
            return
        self._note(tap, "subscribe", str(saved.id))
        wish = self._describe(saved.filter, caller.language)
        await self._replies.answer(tap.query)
        text = say(caller.language, "more_done", id=saved.id, wish=wish)
        await self._replies.edit(tap.query, text, self._undo(tap, buttons.UNDO_MORE, str(saved.id)))

    async def _undo_more(self, tap: Tap) -> None:
        ended = self._services.chats.unsubscribe(tap.caller.chat_id, int(tap.rest))
        if ended:
            self._note(tap, "unsubscribe", tap.rest)
        await self._finish(tap, say(tap.caller.language, "more_undone", id=tap.rest), done=bool(ended))

    async def _ask_for_less(self, tap: Tap) -> None:
        """Raise the least severity of what asked for the alert, as far as one button can take it back."""
        language = tap.caller.language
        asking = [
            s
            for s in asked_for(self._services.chats.subscriptions(tap.caller.chat_id), tap.alert, lemmas_of)
            if s.thread_id == tap.caller.thread_id
        ]
        raised, former = self._raise(asking)
        if not raised:
            await self._tell(tap, say(language, "less_none", number=tap.number))
            return
        self._note(tap, "raise severity", former)
        rows = [
            say(
                language,
                "less_row",
                id=was.id,
                severity=ask_for_less(was).filter.min_severity,
                former=was.filter.min_severity,
            )
            for was in raised
        ]
        if left := len(asking) - len(raised):
            rows.append(say(language, "less_more", count=left))
        text = say(language, "less_done", number=tap.number, rows="\n".join(rows))
        await self._tell(tap, text, buttons.UNDO_LESS, former)

    def _raise(self, asking: list[Subscription]) -> tuple[list[Subscription], str]:
        """Raise severities; returns what was raised as it was before, and what the way back must know."""
        raised: list[Subscription] = []
        former = ""
        for subscription in asking:
            mark = f"{subscription.id}.{subscription.filter.min_severity}"
            longer = f"{former},{mark}" if former else mark
            if len(longer) <= ROOM_TO_UNDO and self._services.chats.change(ask_for_less(subscription)):
                former = longer
                raised.append(subscription)
        return raised, former

    async def _undo_less(self, tap: Tap) -> None:
        chats = self._services.chats
        pairs = (pair.partition(".") for pair in tap.rest.split(","))
        former = {int(number): int(least) for number, _, least in pairs}
        done = False
        for subscription in chats.subscriptions(tap.caller.chat_id):
            least = former.get(subscription.id, subscription.filter.min_severity)
            if least != subscription.filter.min_severity:
                wanted = replace(subscription.filter, min_severity=least)
                done |= chats.change(replace(subscription, filter=wanted))
        if done:
            self._note(tap, "restore severity", tap.rest)
        await self._finish(tap, say(tap.caller.language, "less_undone"), done=done)

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
