"""/subscribe, /subscriptions and /unsubscribe, in words and by buttons."""

from __future__ import annotations

from datetime import timedelta

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from monitor.bot.buttons import open_button
from monitor.bot.caller import Caller, caller_of
from monitor.bot.phrases import say
from monitor.bot.replies import Replies
from monitor.bot.services import BotServices
from monitor.bot.signing import Signer, short_id
from monitor.bot.wishes import MisreadError, name_targets, parse_number, parse_wish
from monitor.domain.stance import Stance
from monitor.domain.subscriptions import Filter, Subscription
from monitor.messages.html import escape
from monitor.messages.words import STANCES

PREFIX = "s:"
EVERYTHING = "all"
BUTTONS_LIVE = timedelta(hours=24)
BUTTONS_PER_ROW = 2


class Subscribing:
    """Keeps what a chat wants to be told."""

    def __init__(self, services: BotServices, replies: Replies, signer: Signer) -> None:
        self._services = services
        self._replies = replies
        self._signer = signer

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [
            CommandHandler("subscribe", self.subscribe),
            CommandHandler("subscriptions", self.list_subscriptions),
            CommandHandler("unsubscribe", self.unsubscribe),
            CallbackQueryHandler(self.press, pattern=f"^{PREFIX}"),
        ]

    async def subscribe(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Save what the words ask for; without words show buttons."""
        caller = caller_of(update)
        if caller is None:
            return
        if not caller.text:
            await self._replies.say(caller.chat_id, say(caller.language, "choose"), self._keyboard(caller))
            return
        try:
            wish = parse_wish(caller.text, name_targets(self._services.targets))
        except MisreadError as error:
            await self._replies.say(caller.chat_id, explain_misread(error, caller.language))
            return
        saved = self._save(caller, wish)
        text = say(caller.language, "subscribed", id=saved.id, wish=self.describe(saved, caller.language))
        await self._replies.say(caller.chat_id, text)

    async def list_subscriptions(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the chat's subscriptions with their numbers."""
        caller = caller_of(update)
        if caller is None:
            return
        mine = self._services.chats.subscriptions(caller.chat_id)
        rows = [f"<b>{one.id}</b>: {self.describe(one, caller.language)}" for one in mine]
        text = "\n".join([say(caller.language, "subscriptions"), *rows])
        await self._replies.say(caller.chat_id, text if rows else say(caller.language, "no_subscriptions"))

    async def unsubscribe(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """End one subscription or all."""
        caller = caller_of(update)
        if caller is None:
            return
        number = parse_number(caller.text)
        if caller.text and number is None:
            text = say(caller.language, "no_such_subscription", id=escape(caller.text[:50]))
        elif ended := self._services.chats.unsubscribe(caller.chat_id, number):
            text = say(caller.language, "unsubscribed", count=ended)
        elif number is not None:
            text = say(caller.language, "no_such_subscription", id=number)
        else:
            text = say(caller.language, "no_subscriptions")
        await self._replies.say(caller.chat_id, text)

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Add or remove the target of a button."""
        query, caller = update.callback_query, caller_of(update)
        if query is None or caller is None:
            return
        payload = await open_button(query, caller, self._signer, self._services.now(), self._replies)
        if payload is not None:
            await self._toggle(query, caller, payload.removeprefix(PREFIX))

    async def _toggle(self, query: CallbackQuery, caller: Caller, short: str) -> None:
        target = next((t.id for t in self._services.targets if short_id(t.id) == short), None)
        if target is None and short != EVERYTHING:
            await self._replies.answer(query, say(caller.language, "expired"), alert=True)
            return
        wish = Filter(frozenset({target} if target else ()))
        there = self._find(caller, wish)
        if there is not None:
            self._services.chats.unsubscribe(caller.chat_id, there.id)
        else:
            self._save(caller, wish)
        name = self._target_name(target, caller.language)
        await self._replies.answer(query, say(caller.language, "removed" if there else "added", name=name))
        await self._replies.edit_buttons(query, self._keyboard(caller))

    def _save(self, caller: Caller, wish: Filter) -> Subscription:
        """Save a subscription unless the chat has the same one already."""
        wanted = Subscription(0, caller.chat_id, wish)
        return self._find(caller, wish) or self._services.chats.subscribe(wanted, self._services.now())

    def _find(self, caller: Caller, wish: Filter) -> Subscription | None:
        for one in self._services.chats.subscriptions(caller.chat_id):
            if one.filter == wish:
                return one
        return None

    def describe(self, subscription: Subscription, language: str) -> str:
        """Return a subscription in words, as HTML."""
        reader = self._services.readers[language]
        stances = [stance for stance in Stance if stance in subscription.filter.stances]
        parts = [
            ", ".join(sorted(reader.target(target) for target in subscription.filter.targets)),
            ", ".join(STANCES[language][stance] for stance in stances),
            say(language, "severity_from", severity=subscription.filter.min_severity)
            if subscription.filter.min_severity
            else "",
        ]
        return escape("; ".join(part for part in parts if part) or say(language, "everything"))

    def _keyboard(self, caller: Caller) -> InlineKeyboardMarkup:
        """Return a button for each target, those subscribed to with a tick."""
        mine = {
            one.filter.targets for one in self._services.chats.subscriptions(caller.chat_id) if _is_plain(one)
        }
        choices: list[str | None] = [None, *(target.id for target in self._services.targets)]
        buttons = [self._button(caller, choice, mine) for choice in choices]
        rows = [buttons[:1]]
        rows += [buttons[i : i + BUTTONS_PER_ROW] for i in range(1, len(buttons), BUTTONS_PER_ROW)]
        return InlineKeyboardMarkup(rows)

    def _button(self, caller: Caller, target: str | None, mine: set[frozenset[str]]) -> InlineKeyboardButton:
        chosen = frozenset({target} if target else ()) in mine
        name = self._target_name(target, caller.language)
        payload = PREFIX + (short_id(target) if target else EVERYTHING)
        data = self._signer.sign(payload, caller.user_id, self._services.now() + BUTTONS_LIVE)
        return InlineKeyboardButton(f"✓ {name}" if chosen else name, callback_data=data)

    def _target_name(self, target: str | None, language: str) -> str:
        if target is None:
            return say(language, "everything").capitalize()
        return self._services.readers[language].target(target)


def explain_misread(error: MisreadError, language: str) -> str:
    """Return what was not understood and the nearest word that would have been, as HTML."""
    text = say(language, "misread", word=escape(error.word[:100]))
    return text + (say(language, "nearest", nearest=escape(error.nearest)) if error.nearest else "")


def _is_plain(subscription: Subscription) -> bool:
    """Whether it is one that a button makes: targets and nothing else."""
    return subscription.filter == Filter(subscription.filter.targets)
