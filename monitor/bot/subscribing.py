"""/subscribe, /subscriptions, /unsubscribe, /name and /words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from monitor.bot.caller import Caller, caller_of
from monitor.bot.describing import describe, estimate_of, tell_estimate
from monitor.bot.desk import ChangingDesk
from monitor.bot.editor import Editor
from monitor.bot.keyboards import Keyboards
from monitor.bot.phrases import say
from monitor.bot.replies import Replies
from monitor.bot.rights import Rights
from monitor.bot.services import BotServices
from monitor.bot.signing import Signer
from monitor.bot.vocabulary import make_vocabulary
from monitor.bot.wishes import MisreadError, parse_number, parse_wish, read_words
from monitor.domain.subscriptions import (
    LONGEST_NAME,
    LONGEST_WORD,
    MOST_SUBSCRIPTIONS,
    MOST_WORDS,
    USUAL,
    Subscription,
    TooManySubscriptionsError,
)
from monitor.messages.html import escape
from monitor.messages.inert import make_inert

PREFIX = "s:"
BUTTONS_LIVE = timedelta(hours=24)
TAKE_USUAL, CHOOSE, EDIT, DELETE = "ucex"
NO_WORDS = ("-", "–", "—")


class Subscribing(ChangingDesk):
    """Keeps what a chat wants to be told."""

    def __init__(
        self, services: BotServices, replies: Replies, signer: Signer, rights: Rights, editor: Editor
    ) -> None:
        super().__init__(services, replies, signer, rights)
        self._editor = editor

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [
            CommandHandler("subscribe", self.subscribe),
            CommandHandler("subscriptions", self.list_subscriptions),
            CommandHandler("unsubscribe", self.unsubscribe),
            CommandHandler("name", self.name),
            CommandHandler("words", self.words),
            CallbackQueryHandler(self.press, pattern=f"^{PREFIX}"),
        ]

    async def subscribe(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Save what the words ask for; without words open the buttons."""
        caller = caller_of(update)
        if caller is None or not await self._rights.may_change(caller):
            return
        if not caller.text:
            await self._editor.begin(caller, self._new(caller))
            return
        try:
            wish = parse_wish(caller.text, make_vocabulary(self._services.targets, self._services.sources))
        except MisreadError as error:
            await self._replies.say(caller, explain_misread(error, caller.language))
            return
        await self._save(caller, replace(self._new(caller), filter=wish.filter, pace=wish.pace))

    async def list_subscriptions(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the chat's subscriptions, each with buttons to change and to delete it."""
        if caller := caller_of(update):
            await self._replies.say(caller, *self._list(caller))

    async def unsubscribe(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """End one subscription or all."""
        caller = caller_of(update)
        if caller is None or not await self._rights.may_change(caller):
            return
        number = parse_number(caller.text)
        if caller.text and number is None:
            text = say(caller.language, "no_such_subscription", id=escape(caller.text[:50]))
        elif ended := self._services.chats.unsubscribe(caller.chat_id, number):
            self._note(caller, "unsubscribe", str(number or "all"))
            text = say(caller.language, "unsubscribed", count=ended)
        elif number is not None:
            text = say(caller.language, "no_such_subscription", id=number)
        else:
            text = say(caller.language, "no_subscriptions")
        await self._replies.say(caller, text)

    async def name(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Name a subscription by its number, or the draft that is open."""

        def change(one: Subscription, text: str) -> Subscription:
            if len(text) > LONGEST_NAME:
                raise _UnfitError("name_long", most=LONGEST_NAME)
            return replace(one, name=make_inert(text).strip())

        await self._change(update, change, "name_usage")

    async def words(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Set the words that a subscription, or the draft that is open, asks for."""

        def change(one: Subscription, text: str) -> Subscription:
            try:
                wanted = read_words("" if text.strip() in NO_WORDS else text)
            except MisreadError as error:
                raise _UnfitError("words_long", most=MOST_WORDS, length=LONGEST_WORD) from error
            return replace(one, filter=replace(one.filter, words=wanted))

        await self._change(update, change, "words_usage")

    async def _change(
        self, update: Update, change: Callable[[Subscription, str], Subscription], usage: str
    ) -> None:
        caller = caller_of(update)
        if caller is None or not await self._rights.may_change(caller):
            return
        language, (number, text) = caller.language, _split_number(caller.text)
        if not text:
            await self._replies.say(caller, say(language, usage))
            return
        draft = self._services.drafts.get(caller.chat_id, caller.user_id)
        try:
            if number is None and draft is None:
                answer = say(language, "no_draft")
            elif number is not None and (draft is None or draft[1].id != number):
                answer = self._change_saved(caller, number, lambda one: change(one, text))
            elif draft is not None:
                changed = change(draft[1], text)
                self._services.drafts.save(draft[0], changed, self._services.now())
                await self._editor.show(caller, draft[0], changed)
                return
        except _UnfitError as error:
            answer = error.tell(language)
        await self._replies.say(caller, answer)

    def _change_saved(
        self, caller: Caller, number: int, change: Callable[[Subscription], Subscription]
    ) -> str:
        language = caller.language
        old = self._find(caller, number)
        if old is None:
            return say(language, "no_such_subscription", id=number)
        new = change(old)
        if not self._services.chats.change(new):
            return say(language, "twin")
        self._note(caller, "subscribe", str(number))
        if new.name != old.name:
            return say(language, "named", id=number, name=escape(new.name))
        return say(language, "worded", id=number, wish=describe(new, self._services, language))

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Take what is offered, or open or delete one of the chat's subscriptions."""
        pressed = await self.open(update)
        if pressed is None:
            return
        query, caller, payload = pressed
        if not await self._rights.may_change(caller, query):
            return
        verb, _, number = payload.removeprefix(PREFIX).partition(":")
        if verb == TAKE_USUAL:
            await self._replies.answer(query)
            await self._save(caller, replace(self._new(caller), filter=USUAL))
        elif verb == CHOOSE:
            await self._replies.answer(query)
            await self._editor.begin(caller, self._new(caller))
        else:
            await self._press_listed(query, caller, verb, int(number))

    async def _press_listed(self, query: CallbackQuery, caller: Caller, verb: str, number: int) -> None:
        found = self._find(caller, number)
        if found is None:
            await self._replies.answer(query, say(caller.language, "gone"), alert=True)
            return
        if verb == EDIT:
            await self._replies.answer(query)
            await self._editor.begin(caller, found)
            return
        self._services.chats.unsubscribe(caller.chat_id, number)
        self._note(caller, "unsubscribe", str(number))
        await self._replies.answer(query, say(caller.language, "deleted", id=number))
        text, keyboard = self._list(caller)
        undo = self._editor.offer_again(caller, found)
        rows = keyboard.inline_keyboard if keyboard else ()
        await self._replies.edit(query, text, InlineKeyboardMarkup([*rows, [undo]]))

    def offer(self, caller: Caller) -> InlineKeyboardMarkup:
        """Return the buttons that make a newcomer's first subscription in one tap."""
        buttons, language = self._buttons(caller), caller.language
        usual = buttons.row((say(language, "offer_usual"), (TAKE_USUAL,)))
        return InlineKeyboardMarkup([usual, buttons.row((say(language, "offer_choose"), (CHOOSE,)))])

    async def _save(self, caller: Caller, wanted: Subscription) -> None:
        """Save a subscription and say what it would have sent; the same one twice is one."""
        language = caller.language
        try:
            saved = self._services.chats.subscribe(wanted, self._services.now())
        except TooManySubscriptionsError:
            await self._replies.say(caller, say(language, "too_many", most=MOST_SUBSCRIPTIONS))
            return
        self._note(caller, "subscribe", str(saved.id))
        text = say(language, "subscribed", id=saved.id, wish=describe(saved, self._services, language))
        found = await estimate_of(saved, self._services)
        estimate = tell_estimate(found, saved, self._services.readers[language])
        keyboard = InlineKeyboardMarkup([self._listed(caller, saved.id)])
        await self._replies.say(caller, f"{text}\n\n{estimate}", keyboard)

    def _list(self, caller: Caller) -> tuple[str, InlineKeyboardMarkup | None]:
        language = caller.language
        mine = self._services.chats.subscriptions(caller.chat_id)
        if not mine:
            return say(language, "no_subscriptions"), None
        rows = [self._list_one(one, language) for one in mine]
        text = "\n".join([say(language, "subscriptions"), *rows])
        return text, InlineKeyboardMarkup([self._listed(caller, one.id) for one in mine])

    def _list_one(self, one: Subscription, language: str) -> str:
        name = f"{escape(one.name)} – " if one.name else ""
        return f"<b>{one.id}</b>: {name}{describe(one, self._services, language)}"

    def _listed(self, caller: Caller, number: int) -> list[InlineKeyboardButton]:
        language = caller.language
        return self._buttons(caller).row(
            (say(language, "edit", id=number), (EDIT, number)),
            (say(language, "delete", id=number), (DELETE, number)),
        )

    def _new(self, caller: Caller) -> Subscription:
        return Subscription(0, caller.chat_id, thread_id=caller.thread_id)

    def _find(self, caller: Caller, number: int) -> Subscription | None:
        mine = self._services.chats.subscriptions(caller.chat_id)
        return next((one for one in mine if one.id == number), None)

    def _buttons(self, caller: Caller) -> Keyboards:
        return Keyboards(self._signer, caller.user_id, PREFIX, self._services.now() + BUTTONS_LIVE)

    def _note(self, caller: Caller, action: str, detail: str) -> None:
        self._services.audit(caller.user_id, action, f"chat:{caller.chat_id}", detail)


class _UnfitError(Exception):
    """What was typed does not fit; told by a phrase."""

    def __init__(self, phrase: str, **values: int) -> None:
        super().__init__(phrase)
        self._phrase, self._values = phrase, values

    def tell(self, language: str) -> str:
        return say(language, self._phrase, **self._values)


def explain_misread(error: MisreadError, language: str) -> str:
    """Return what was not understood and the nearest word that would have been, as HTML."""
    text = say(language, "misread", word=escape(error.word[:100]))
    return text + (say(language, "nearest", nearest=escape(error.nearest)) if error.nearest else "")


def _split_number(text: str) -> tuple[int | None, str]:
    """Return a leading number and the rest."""
    first, _, rest = text.strip().partition(" ")
    if first.isdecimal() and len(first) <= 15:
        return int(first), rest.strip()
    return None, text.strip()
