"""The bot put together, and run beside other work in one event loop."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes
from telegram.request import HTTPXRequest

from monitor.bot.access import Access
from monitor.bot.caller import caller_of
from monitor.bot.fallback import Fallback
from monitor.bot.membership import Membership
from monitor.bot.order import ChatOrder
from monitor.bot.phrases import COMMANDS, say
from monitor.bot.reading import Reading
from monitor.bot.replies import Replies, seconds_asked
from monitor.bot.reviewing import Reviewing
from monitor.bot.secrecy import QuietBot, hide_in_logs
from monitor.bot.services import BotServices
from monitor.bot.signing import Signer
from monitor.bot.starting import Starting
from monitor.bot.subscribing import Subscribing

# python-telegram-bot's own way to ask for timedeltas; without it every 429 warns of deprecation.
os.environ.setdefault("PTB_TIMEDELTA", "true")

API_BASE = "https://api.telegram.org"
UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
UPDATES_AT_ONCE = 64
TIMEOUT = 20.0
LONGEST_WAIT = 60.0
GUARD, COMMANDS_GROUP = -1, 0

BotApplication = Application[Any, Any, Any, Any, Any, Any]
log = structlog.get_logger(__name__)


def build_application(token: str, services: BotServices, api_base: str = API_BASE) -> BotApplication:
    """Return the bot with all its handlers; nothing is sent or asked yet.

    Its `bot` sends for the outbox too. From here on the token is kept out of every log.
    """
    hide_in_logs(token)
    base = api_base.rstrip("/")
    bot = QuietBot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=_make_request(connections=16),
        get_updates_request=_make_request(connections=1),
    )
    order = ChatOrder(UPDATES_AT_ONCE)
    application = ApplicationBuilder().bot(bot).job_queue(None).concurrent_updates(order).build()
    replies = Replies(bot, services)
    access = Access(services, replies)
    signer = Signer.from_token(token)
    application.add_handlers(access.handlers(), GUARD)
    for group in (
        Membership(services),
        Starting(services, replies, access),
        Subscribing(services, replies, signer),
        Reading(services, replies),
        Reviewing(services, replies, signer),
        Fallback(replies),
    ):
        application.add_handlers(group.handlers(), COMMANDS_GROUP)
    application.add_error_handler(_make_error_handler(replies))
    return application


async def run_bot(application: BotApplication, stop: asyncio.Event) -> None:
    """Answer commands until `stop` is set; never raises for what Telegram does.

    A refused token, or another process that polls with the same one, ends the polling, not the
    process; the bot can still send.
    """
    if not await _persist(application.initialize, stop):
        await application.shutdown()
        return
    await application.start()
    try:
        await _name_commands(application)
        if await _persist(lambda: _start_polling(application), stop):
            await stop.wait()
    finally:
        if application.updater is not None and application.updater.running:
            await application.updater.stop()
        await application.stop()
        await application.shutdown()


async def _start_polling(application: BotApplication) -> None:
    updater = application.updater
    if updater is None:
        return
    quiet = logging.getLogger("telegram.ext.Updater")
    stopping: list[asyncio.Task[None]] = []

    def note(error: TelegramError) -> None:
        if not isinstance(error, Conflict):
            log.warning("Telegram cannot be polled", reason=error.message)
        elif not stopping:
            log.error("another process polls with this bot's token; commands are answered there, not here")
            # The library would complain of the same conflict once more while it stops.
            quiet.addFilter(_drop_conflict)
            stopping.append(asyncio.create_task(updater.stop()))

    await updater.start_polling(error_callback=note, allowed_updates=UPDATES)


def _drop_conflict(record: logging.LogRecord) -> bool:
    return not (record.exc_info and isinstance(record.exc_info[1], Conflict))


async def _persist(act: Callable[[], Awaitable[object]], stop: asyncio.Event) -> bool:
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
            await _sleep_until(stop, seconds)
            wait = min(wait * 2, LONGEST_WAIT)
        else:
            return True
    return False


async def _sleep_until(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


async def _name_commands(application: BotApplication) -> None:
    """Show the commands in Telegram's menu, in both languages; it works without."""
    try:
        await application.bot.set_my_commands(list(COMMANDS["en"].items()))
        await application.bot.set_my_commands(list(COMMANDS["ru"].items()), language_code="ru")
    except TelegramError as error:
        log.info("commands not named", reason=error.message)


def _make_request(connections: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        read_timeout=TIMEOUT,
        write_timeout=TIMEOUT,
        connect_timeout=TIMEOUT,
        pool_timeout=TIMEOUT,
    )


def _make_error_handler(
    replies: Replies,
) -> Callable[[object, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]:
    async def handle(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Record what broke and tell whoever waits for an answer."""
        log.error("command broke", exc_info=context.error)
        caller = caller_of(update) if isinstance(update, Update) else None
        if caller is not None:
            await replies.say(caller.chat_id, say(caller.language, "trouble"))

    return handle
