"""Asking Telegram for updates: through a network that comes and goes, and beside other pollers."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application

from monitor.bot.replies import seconds_asked

UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
LONGEST_WAIT = 60.0

BotApplication = Application[Any, Any, Any, Any, Any, Any]
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Etiquette:
    """How two processes with one token share the polling, in seconds.

    Telegram lets only the latest poller in and tells the other one 409. Whoever has polled for
    `settled` stays; a newcomer gives way and asks again after `first_wait`, then twice as long
    up to `longest_wait`, so that it takes over when the other has ended.
    """

    settled: float = 60.0
    first_wait: float = 30.0
    longest_wait: float = 900.0

    def wait(self, conflicts: int) -> float:
        """Return how long to stay away; by chance longer, so that two newcomers do not keep step."""
        wait = min(self.longest_wait, self.first_wait * 2.0 ** min(conflicts - 1, 20))
        return wait * random.uniform(1, 2)  # noqa: S311 - spreads tries, guards nothing


class Poller:
    """Polls until it is stopped; it never raises for what Telegram or the network does."""

    def __init__(self, application: BotApplication, etiquette: Etiquette) -> None:
        self._application = application
        self._etiquette = etiquette
        self._conflicts = 0
        # While it stops, the library would complain with a traceback of the conflict that stopped it.
        logging.getLogger("telegram.ext.Updater").addFilter(_is_no_conflict)

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set or Telegram refuses the token."""
        while not stop.is_set():
            gave_way = asyncio.Event()
            began = time.monotonic()
            if not await persist(lambda: self._start(began, gave_way), stop):  # noqa: B023 - awaited here
                return
            try:
                await wait_for_any(stop, gave_way)
            finally:
                await self._stop()
            if not stop.is_set():
                self._conflicts += 1
                await wait_for_any(stop, seconds=self._etiquette.wait(self._conflicts))

    async def _start(self, began: float, gave_way: asyncio.Event) -> None:
        said = self._conflicts > 0

        def note(error: TelegramError) -> None:
            nonlocal said
            if not isinstance(error, Conflict):
                log.warning("Telegram cannot be polled", reason=error.message)
                return
            settled = time.monotonic() - began >= self._etiquette.settled
            if not settled:
                gave_way.set()
            if not said:
                said = True
                log.error(
                    "another process polls with this bot's token; end one of the two",
                    answering="here" if settled else "there",
                )

        updater = self._application.updater
        if updater is not None:
            await updater.start_polling(error_callback=note, allowed_updates=UPDATES)

    async def _stop(self) -> None:
        updater = self._application.updater
        if updater is None or not updater.running:
            return
        try:
            await updater.stop()
        except TelegramError as error:  # what ended the polling before, such as a token revoked meanwhile
            log.error("polling had ended", reason=error.message)  # noqa: TRY400


async def persist(act: Callable[[], Awaitable[object]], stop: asyncio.Event) -> bool:
    """Do it, waiting out a network that is down; False when stopped or when the token is refused."""
    wait = 1.0
    while not stop.is_set():
        try:
            await act()
        except InvalidToken:
            log.error("Telegram does not accept the bot's token; put a valid one into its file")  # noqa: TRY400
            return False
        except TelegramError as error:
            seconds = seconds_asked(error) if isinstance(error, RetryAfter) else wait
            log.warning("Telegram cannot be reached", reason=error.message, again_in=seconds)
            await wait_for_any(stop, seconds=seconds)
            wait = min(wait * 2, LONGEST_WAIT)
        else:
            return True
    return False


async def wait_for_any(*events: asyncio.Event, seconds: float | None = None) -> None:
    """Return when one of the events is set, or the time is over."""
    tasks = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


def _is_no_conflict(record: logging.LogRecord) -> bool:
    return not (record.exc_info and isinstance(record.exc_info[1], Conflict))
