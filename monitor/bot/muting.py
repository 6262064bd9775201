"""/mute, /mutes and /unmute: nothing of a target, a speaker or anything for a while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from monitor.bot.caller import Caller, caller_of
from monitor.bot.desk import ChangingDesk
from monitor.bot.keyboards import Keyboards
from monitor.bot.phrases import say
from monitor.bot.signing import short_id
from monitor.bot.subscribing import explain_misread
from monitor.bot.times import split_duration
from monitor.bot.vocabulary import fold_word, inflect_targets
from monitor.bot.wishes import MisreadError, nearest_word
from monitor.domain.preferences import Mute, MuteKind
from monitor.messages.html import escape
from monitor.messages.reader import Reader

PREFIX = "n:"
BUTTONS_LIVE = timedelta(hours=24)
USUAL = timedelta(days=1)
_ALL = frozenset({"all", "everything", "все"})


class Muting(ChangingDesk):
    """Keeps what a chat wants to hear nothing of."""

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [
            CommandHandler("mute", self.mute),
            CommandHandler("mutes", self.list_mutes),
            CommandHandler("unmute", self.unmute),
            CallbackQueryHandler(self.press, pattern=f"^{PREFIX}"),
        ]

    async def mute(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Mute what the words name, for a day if they name no time."""
        caller = caller_of(update)
        if caller is None or not await self._rights.may_change(caller):
            return
        language = caller.language
        if not caller.text:
            await self._replies.say(caller, say(language, "mute_usage"))
            return
        try:
            what, length = split_duration(caller.text, USUAL)
            kind, value = self._find(what)
        except ValueError:
            await self._replies.say(caller, say(language, "mute_too_long"))
            return
        except MisreadError as error:
            text = f"{explain_misread(error, language)}\n\n{say(language, 'mute_usage')}"
            await self._replies.say(caller, text)
            return
        mute = Mute(caller.chat_id, kind, value, self._services.now() + length)
        self._services.preferences.mute(mute)
        self._note(caller, "mute", mute)
        reader = self._services.reader_for(caller)
        text = say(language, "muted_until", until=reader.moment(mute.until), what=_name(mute, reader))
        await self._replies.say(caller, text)

    async def list_mutes(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show what is muted, with a button to end each."""
        if caller := caller_of(update):
            await self._replies.say(caller, *self._list(caller))

    async def unmute(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """End what the words name, or all."""
        caller = caller_of(update)
        if caller is None or not await self._rights.may_change(caller):
            return
        language, preferences = caller.language, self._services.preferences
        try:
            kind, value = self._find(caller.text) if caller.text else (None, "")
        except MisreadError as error:
            await self._replies.say(caller, explain_misread(error, language))
            return
        ended = preferences.unmute(caller.chat_id, kind, value)
        if not ended and kind is MuteKind.ALL:
            ended = preferences.unmute(caller.chat_id)
        if ended:
            self._services.audit(caller.user_id, "unmute", f"chat:{caller.chat_id}", caller.text[:100])
        text = say(language, "mutes_ended", count=ended) if ended else say(language, "not_muted")
        await self._replies.say(caller, text)

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """End the mute of a button."""
        pressed = await self.open(update)
        if pressed is None:
            return
        query, caller, payload = pressed
        if not await self._rights.may_change(caller, query):
            return
        for mute in self._mutes(caller):
            if _short(mute) == payload.removeprefix(PREFIX):
                self._services.preferences.unmute(caller.chat_id, mute.kind, mute.value)
                self._note(caller, "unmute", mute)
        await self._replies.answer(query)
        await self._replies.edit(query, *self._list(caller))

    def _find(self, text: str) -> tuple[MuteKind, str]:
        """Return what the words name; raises MisreadError where that is nothing."""
        wanted = fold_word(text.strip(' .,;!«»"“”'))
        if wanted in _ALL:
            return MuteKind.ALL, ""
        targets = inflect_targets(self._services.targets)
        if wanted in targets:
            return MuteKind.TARGET, targets[wanted]
        people = self._people()
        if wanted in people:
            return MuteKind.SPEAKER, people[wanted]
        raise MisreadError(text, nearest_word(wanted, [*targets, *people]))

    def _people(self) -> dict[str, str]:
        """Return ways to write a speaker → the canonical name; a last name where only one has it."""
        found: dict[str, str] = {}
        last: dict[str, set[str]] = {}
        for reader in self._services.readers.values():
            for canonical, shown in reader.people.items():
                for name in (canonical, shown):
                    found[fold_word(name)] = canonical
                    last.setdefault(fold_word(name.split()[-1]), set()).add(canonical)
        single = {name: min(owners) for name, owners in last.items() if len(owners) == 1}
        return {**single, **found}

    def _mutes(self, caller: Caller) -> Sequence[Mute]:
        return self._services.preferences.mutes(self._services.now()).get(caller.chat_id, ())

    def _list(self, caller: Caller) -> tuple[str, InlineKeyboardMarkup | None]:
        language, reader, mine = caller.language, self._services.reader_for(caller), self._mutes(caller)
        if not mine:
            return say(language, "no_mutes"), None
        rows = [
            say(language, "mute_until", what=_name(mute, reader), until=reader.moment(mute.until))
            for mute in mine
        ]
        buttons = Keyboards(self._signer, caller.user_id, PREFIX, self._services.now() + BUTTONS_LIVE)
        keyboard = [
            buttons.row((say(language, "unmute_button", what=_plain_name(mute, reader)), (_short(mute),)))
            for mute in mine
        ]
        return "\n".join([say(language, "mutes"), *rows]), InlineKeyboardMarkup(keyboard[:50])

    def _note(self, caller: Caller, action: str, mute: Mute) -> None:
        detail = f"{mute.kind} {mute.value}".strip()
        self._services.audit(caller.user_id, action, f"chat:{caller.chat_id}", detail)


def _short(mute: Mute) -> str:
    return short_id(f"{mute.kind}|{mute.value}")


def _name(mute: Mute, reader: Reader) -> str:
    return escape(_plain_name(mute, reader))


def _plain_name(mute: Mute, reader: Reader) -> str:
    if mute.kind is MuteKind.TARGET:
        return reader.target(mute.value)
    if mute.kind is MuteKind.SPEAKER:
        return reader.people.get(mute.value, mute.value)
    if mute.kind is MuteKind.STORY:
        return say(reader.language, "mute_story", number=mute.value)
    return say(reader.language, "mute_all")
