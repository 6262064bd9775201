"""Choosing a subscription by buttons: a draft that is kept between taps, over restarts too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from monitor.bot.caller import Caller
from monitor.bot.describing import describe, estimate_of, tell_estimate, title_of
from monitor.bot.desk import ChangingDesk
from monitor.bot.keyboards import Keyboards
from monitor.bot.parts import CHOSEN, Option, clear_part, list_options, set_value
from monitor.bot.phrases import say
from monitor.bot.phrases_subscriptions import PACES, PARTS
from monitor.bot.signing import short_id, to_base36
from monitor.domain.subscriptions import MOST_SUBSCRIPTIONS, Pace, Subscription, TooManySubscriptionsError

PREFIX = "e:"
BUTTONS_LIVE = timedelta(hours=24)
PER_PAGE = 12
STEP = 10
HINTED = ("name", "words")
MAIN, OPEN, SET, CLEAR, PACE, SEVERITY, SAVE, CANCEL = "moscpvkx"


class Editor(ChangingDesk):
    """Shows a draft with what it would have sent, and changes it tap by tap.

    Every button says what is to be, not what is to change, so that a tap that Telegram reports twice
    does no harm.
    """

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [CallbackQueryHandler(self.press, pattern=f"^{PREFIX}")]

    async def begin(self, caller: Caller, subscription: Subscription) -> None:
        """Open a subscription, or a new one (number 0), in a message of its own."""
        number = self._services.drafts.open(caller.user_id, subscription, self._services.now())
        await self.show(caller, number, subscription)

    async def show(self, caller: Caller, number: int, draft: Subscription) -> None:
        """Show a draft in a message of its own."""
        text, keyboard = await self._main_page(caller, number, draft)
        await self._replies.say(caller, text, keyboard)

    def offer_again(self, caller: Caller, ended: Subscription) -> InlineKeyboardButton:
        """Return a button that saves a subscription again that was just deleted."""
        again = replace(ended, id=0)
        number = self._services.drafts.open(caller.user_id, again, self._services.now())
        return self._buttons(caller, number).button(say(caller.language, "undo", id=ended.id), (SAVE,))

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what a button says to the draft that it belongs to."""
        pressed = await self.open(update)
        if pressed is None:
            return
        query, caller, payload = pressed
        number, verb, *args = payload.removeprefix(PREFIX).split(":")
        found = self._services.drafts.get(caller.chat_id, caller.user_id, int(number, 36))
        if found is None:
            await self._replies.answer(query, say(caller.language, "expired"), alert=True)
        elif verb == SAVE:
            await self._save(query, caller, *found)
        elif verb == CANCEL:
            self._services.drafts.drop(found[0])
            await self._replies.answer(query)
            await self._replies.edit(query, say(caller.language, "cancelled"))
        else:
            await self._change(query, caller, found, verb, args)

    async def _change(
        self,
        query: CallbackQuery,
        caller: Caller,
        found: tuple[int, Subscription],
        verb: str,
        args: Sequence[str],
    ) -> None:
        number, old = found
        draft = self._changed(old, caller.language, verb, args)
        if draft != old:
            self._services.drafts.save(number, draft, self._services.now())
        if verb in (OPEN, SET, CLEAR):
            text, keyboard = await self._part_page(caller, number, draft, args[0], int(args[1]))
        else:
            text, keyboard = await self._main_page(caller, number, draft)
        await self._replies.answer(query)
        await self._replies.edit(query, text, keyboard)

    def _changed(self, draft: Subscription, language: str, verb: str, args: Sequence[str]) -> Subscription:
        """Return the draft as a button wants it."""
        wanted = draft.filter
        if verb == PACE:
            return replace(draft, pace=Pace(args[0]))
        if verb == SEVERITY:
            return replace(draft, filter=replace(wanted, min_severity=int(args[0])))
        if verb == CLEAR:
            return replace(draft, filter=clear_part(wanted, args[0]))
        if verb == SET:
            for option in self._options(draft, args[0], language):
                if short_id(option.value) == args[2]:
                    changed = set_value(wanted, args[0], option.value, chosen=args[3] == "1")
                    return replace(draft, filter=changed)
        return draft

    async def _save(self, query: CallbackQuery, caller: Caller, number: int, draft: Subscription) -> None:
        language, chats = caller.language, self._services.chats
        if not await self._rights.may_change(caller, query):
            return
        if draft.id == 0:
            try:
                saved = chats.subscribe(draft, self._services.now())
            except TooManySubscriptionsError:
                text = say(language, "too_many", most=MOST_SUBSCRIPTIONS)
                await self._replies.answer(query, text, alert=True)
                return
        elif chats.change(draft):
            saved = draft
        else:
            there = any(one.id == draft.id for one in chats.subscriptions(caller.chat_id))
            await self._replies.answer(query, say(language, "twin" if there else "gone"), alert=True)
            return
        self._services.drafts.drop(number)
        self._services.audit(caller.user_id, "subscribe", f"chat:{caller.chat_id}", f"{saved.id}")
        await self._replies.answer(query)
        text = say(language, "saved", id=saved.id, wish=describe(saved, self._services, language))
        await self._replies.edit(query, f"{text}\n/subscriptions")

    async def _main_page(
        self, caller: Caller, number: int, draft: Subscription
    ) -> tuple[str, InlineKeyboardMarkup]:
        language = caller.language
        found = await estimate_of(draft, self._services)
        estimate = tell_estimate(found, draft, self._services.readers[language])
        text = f"{title_of(draft, language)}\n{describe(draft, self._services, language)}\n\n{estimate}"
        buttons = self._buttons(caller, number)
        severity = draft.filter.min_severity
        rows = [
            *buttons.in_rows([(self._part_label(draft, p, language), (OPEN, p, 0)) for p in PARTS[language]]),
            buttons.row(
                ("−", (SEVERITY, max(0, severity - STEP))),
                (say(language, "severity_is", severity=severity), (MAIN,)),
                ("+", (SEVERITY, min(100, severity + STEP))),
            ),
            buttons.row((say(language, "save"), (SAVE,)), (say(language, "cancel"), (CANCEL,))),
        ]
        return text, InlineKeyboardMarkup(rows)

    async def _part_page(
        self, caller: Caller, number: int, draft: Subscription, part: str, page: int
    ) -> tuple[str, InlineKeyboardMarkup]:
        language = caller.language
        buttons = self._buttons(caller, number)
        back = buttons.row((say(language, "back"), (MAIN,)))
        if part in HINTED:
            return say(language, f"{part}_hint"), InlineKeyboardMarkup([back])
        found = await estimate_of(draft, self._services)
        estimate = tell_estimate(found, draft, self._services.readers[language], examples=False)
        chosen = describe(draft, self._services, language)
        if part == "pace":
            marks = [
                (_tick(name, on=pace is draft.pace), (PACE, pace.value))
                for pace, name in PACES[language].items()
            ]
            text = f"{say(language, 'pace_hint')}\n\n{chosen}\n{estimate}"
            return text, InlineKeyboardMarkup([*buttons.in_rows(marks), back])
        text = f"{say(language, 'page_hint', part=PARTS[language][part])}\n\n{chosen}\n{estimate}"
        options = self._options(draft, part, language)
        pages = max(1, -(-len(options) // PER_PAGE))
        page = min(page, pages - 1)
        values: frozenset[str] = getattr(draft.filter, part)
        shown = [
            (
                _tick(option.label, on=option.value in values),
                (SET, part, page, short_id(option.value), int(option.value not in values)),
            )
            for option in options[page * PER_PAGE : (page + 1) * PER_PAGE]
        ]
        rows = buttons.in_rows(shown)
        if pages > 1:
            rows.append(
                buttons.row(
                    ("◀", (OPEN, part, (page - 1) % pages)),
                    (f"{page + 1}/{pages}", (OPEN, part, page)),
                    ("▶", (OPEN, part, (page + 1) % pages)),
                )
            )
        rows.append([*buttons.row((say(language, "clear"), (CLEAR, part, page))), *back])
        return text, InlineKeyboardMarkup(rows)

    def _options(self, draft: Subscription, part: str, language: str) -> list[Option]:
        """Return what can be chosen, and what was chosen once and is not known any more."""
        options = list_options(part, self._services, language) if part in CHOSEN else []
        gone = sorted(getattr(draft.filter, part, frozenset()) - {option.value for option in options})
        return [*options, *(Option(value, value) for value in gone)]

    def _part_label(self, draft: Subscription, part: str, language: str) -> str:
        name = PARTS[language][part]
        if part == "pace":
            return f"{name}: {PACES[language][draft.pace]}"
        if part == "name":
            return f"{name}: {draft.name}" if draft.name else name
        values = getattr(draft.filter, part)
        return f"{name}: {len(values) or say(language, 'any')}"

    def _buttons(self, caller: Caller, number: int) -> Keyboards:
        ends = self._services.now() + BUTTONS_LIVE
        return Keyboards(self._signer, caller.user_id, f"{PREFIX}{to_base36(number)}:", ends)


def _tick(label: str, *, on: bool) -> str:
    return f"✓ {label}" if on else label
