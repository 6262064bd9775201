"""What the commands that answer questions share."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from monitor.bot.caller import Caller
from monitor.bot.phrases import say
from monitor.bot.questions import Questions
from monitor.bot.replies import Replies
from monitor.bot.services import BotServices
from monitor.bot.wishes import nearest_word
from monitor.messages.html import escape
from monitor.messages.reader import Reader

P = ParamSpec("P")
T = TypeVar("T")

_THREADS = ThreadPoolExecutor(4, thread_name_prefix="answer")
"""Threads of their own: however many ask, collecting and judging keep theirs."""
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,20}:\S+", re.IGNORECASE)
_BARE = re.compile(r"(?:[\w-]+\.)+[a-zа-я]{2,12}/\S+", re.IGNORECASE)


class Asking:
    """Answers questions: the blocking part of every answer runs beside the event loop."""

    def __init__(self, services: BotServices, replies: Replies) -> None:
        self._services = services
        self._replies = replies

    @property
    def questions(self) -> Questions:
        """What answers, by the settings as they are now."""
        return self._services.questions

    async def beside(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do blocking work in one of the few threads for answers."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_THREADS, partial(work, *args, **kwargs))

    def reader(self, caller: Caller) -> Reader:
        """Return for whom the answer is written."""
        return self._services.reader_for(caller)

    async def tell(self, caller: Caller, key: str, **values: object) -> None:
        """Say one of the bot's phrases; its values come escaped."""
        await self._replies.say(caller, say(caller.language, key, **values))


def as_address(text: str) -> str | None:
    """Return the web address that a text is, None where it is something else.

    Whatever has a scheme counts, so that javascript: is refused as an address and not judged as a text.
    """
    text = text.strip()
    if _SCHEME.fullmatch(text):
        return text
    return f"https://{text}" if _BARE.fullmatch(text) else None


def offer_nearest(language: str, word: str, known: list[str]) -> str:
    """Return the question whether the nearest known word was meant, empty where none is near."""
    near = nearest_word(word, known)
    return say(language, "nearest", nearest=escape(near)) if near else ""
