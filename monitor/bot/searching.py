"""/search: statements by words in any form, page after page."""

from __future__ import annotations

from collections import OrderedDict
from datetime import timedelta

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from monitor.bot.asking import Asking
from monitor.bot.caller import Caller, caller_of
from monitor.bot.desk import open_press
from monitor.bot.phrases import say
from monitor.bot.replies import Replies
from monitor.bot.services import BotServices
from monitor.bot.signing import Signer, short_id, to_base36
from monitor.domain.searches import Cursor
from monitor.messages.answers import render_search

PREFIX = "f:"
BUTTONS_LIVE = timedelta(hours=12)
MOST_WORDS = 10
LONGEST = 200
REMEMBERED = 1_000


class Searching(Asking):
    """Searches; where a page ends is remembered here, for a button has no room for it."""

    def __init__(self, services: BotServices, replies: Replies, signer: Signer) -> None:
        super().__init__(services, replies)
        self._signer = signer
        self._pages: OrderedDict[str, tuple[str, Cursor]] = OrderedDict()

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [
            CommandHandler("search", self.search),
            CallbackQueryHandler(self.more, pattern=f"^{PREFIX}"),
        ]

    async def search(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the newest statements that hold all the words."""
        caller = caller_of(update)
        if caller is None:
            return
        words = " ".join(caller.text.split())
        if not words:
            await self.tell(caller, "search_usage")
        elif len(words) > LONGEST or len(words.split()) > MOST_WORDS:
            await self.tell(caller, "search_too_long", most=MOST_WORDS)
        else:
            await self._show(caller, words, None)

    async def more(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the next page of a search, if its button is genuine and its place remembered."""
        pressed = await open_press(update, self._services, self._replies, self._signer)
        if pressed is None:
            return
        query, caller, payload = pressed
        page = self._pages.get(payload.removeprefix(PREFIX))
        if page is None:  # the program was started anew, or many searched since
            await self._replies.answer(query, say(caller.language, "expired"), alert=True)
            return
        await self._replies.answer(query)
        await self._show(caller, *page)

    async def _show(self, caller: Caller, words: str, after: Cursor | None) -> None:
        page = await self.beside(self.questions.searcher.search, words, self._services.now(), after)
        text = render_search(page, words, self.reader(caller))
        keyboard = self._keyboard(caller, words, page.following) if page.following else None
        await self._replies.say(caller, text, keyboard)

    def _keyboard(self, caller: Caller, words: str, following: Cursor) -> InlineKeyboardMarkup:
        moment, number = following
        place = f"{short_id(f'{words} {moment.isoformat()}')}{to_base36(number)}"
        self._pages[place] = (words, following)
        self._pages.move_to_end(place)
        while len(self._pages) > REMEMBERED:
            self._pages.popitem(last=False)
        data = self._signer.sign(PREFIX + place, caller.user_id, self._services.now() + BUTTONS_LIVE)
        button = InlineKeyboardButton(say(caller.language, "search_more"), callback_data=data)
        return InlineKeyboardMarkup([[button]])
