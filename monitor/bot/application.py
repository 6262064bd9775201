"""The bot put together, and run beside other work in one event loop."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ApplicationBuilder, ContextTypes

from monitor.bot.access import Access
from monitor.bot.auditing import Auditing
from monitor.bot.broadcasting import Broadcasting
from monitor.bot.caller import caller_of
from monitor.bot.checking import Checking
from monitor.bot.editor import Editor
from monitor.bot.fallback import Fallback
from monitor.bot.feeding import Feeding
from monitor.bot.invitation_links import InvitationLinks
from monitor.bot.inviting import Inviting
from monitor.bot.looking import Looking
from monitor.bot.membership import Membership
from monitor.bot.muting import Muting
from monitor.bot.operating import Operating
from monitor.bot.order import ChatOrder
from monitor.bot.owndata import OwnData
from monitor.bot.peopling import Peopling
from monitor.bot.phrases import COMMANDS, say
from monitor.bot.polling import BotApplication, Etiquette, Poller, persist
from monitor.bot.porting import Porting
from monitor.bot.reading import Reading
from monitor.bot.replies import Replies
from monitor.bot.reviewing import Reviewing
from monitor.bot.rights import Rights
from monitor.bot.ruling import RulingDesk
from monitor.bot.searching import Searching
from monitor.bot.secrecy import QuietBot, hide_in_logs
from monitor.bot.services import BotServices
from monitor.bot.setting import Setting
from monitor.bot.signing import Signer
from monitor.bot.starting import Starting
from monitor.bot.subscribing import Subscribing
from monitor.bot.tapping import Tapping
from monitor.bot.transport import FinishingRequest
from monitor.bot.trending import Trending
from monitor.bot.webhook import Webhook, listen
from monitor.bot.whynot import WhyNotAsked

# python-telegram-bot's own way to ask for timedeltas; without it every 429 warns of deprecation.
os.environ.setdefault("PTB_TIMEDELTA", "true")

API_BASE = "https://api.telegram.org"
UPDATES_AT_ONCE = 64
GUARD, COMMANDS_GROUP = -1, 0
__all__ = ["BotApplication", "build_application", "run_bot"]

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
        request=FinishingRequest(connections=16),
        get_updates_request=FinishingRequest(connections=1),
    )
    order = ChatOrder(UPDATES_AT_ONCE)
    application = ApplicationBuilder().bot(bot).job_queue(None).concurrent_updates(order).build()
    replies = Replies(bot, services)
    signer = Signer.from_token(token)
    links = InvitationLinks.of(signer)
    access = Access(services, replies, links)
    rights = Rights(bot, services, replies)
    reading = Reading(services, replies)
    editor = Editor(services, replies, signer, rights)
    subscribing = Subscribing(services, replies, signer, rights, editor)
    application.add_handlers(access.handlers(), GUARD)
    for group in (
        Membership(services),
        Starting(services, replies, access, subscribing.offer),
        subscribing,
        editor,
        Setting(services, replies, signer, rights),
        Muting(services, replies, signer, rights),
        Porting(bot, services, replies, rights),
        Feeding(services, replies, rights),
        reading,
        Checking(services, replies),
        WhyNotAsked(services, replies),
        Trending(services, replies),
        Searching(services, replies, signer),
        Looking(services, replies),
        Reviewing(services, replies, signer),
        Tapping(services, replies, signer, rights, reading.show_ground),
        RulingDesk(services, replies, signer),
        Inviting(services, replies, signer, links),
        Peopling(services, replies, signer),
        Auditing(services, replies),
        OwnData(services, replies, signer),
        Operating(services, replies),
        Broadcasting(services, replies, signer),
        Fallback(replies),
    ):
        application.add_handlers(group.handlers(), COMMANDS_GROUP)
    application.add_error_handler(_make_error_handler(replies))
    return application


async def run_bot(
    application: BotApplication,
    stop: asyncio.Event,
    etiquette: Etiquette | None = None,
    webhook: Webhook | None = None,
) -> None:
    """Answer commands until `stop` is set; never raises for what Telegram does.

    Updates are asked for, or come by a webhook. A refused token, or another process that polls with
    the same one, ends the polling, not the process; where the token is good, the bot can still send.
    """
    try:
        if await persist(application.initialize, stop):
            await application.start()
            await _name_commands(application)
            if webhook is not None:
                await listen(application, webhook, stop)
            else:
                await Poller(application, etiquette or Etiquette()).run(stop)
        await stop.wait()
    finally:
        if application.running:
            await application.stop()
        await application.shutdown()
        await application.bot.shutdown()  # the library leaves it open where initialising had failed


async def _name_commands(application: BotApplication) -> None:
    """Show the commands in Telegram's menu, in both languages; it works without."""
    try:
        await application.bot.set_my_commands(list(COMMANDS["en"].items()))
        await application.bot.set_my_commands(list(COMMANDS["ru"].items()), language_code="ru")
    except TelegramError as error:
        log.info("commands not named", reason=error.message)


def _make_error_handler(
    replies: Replies,
) -> Callable[[object, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]:
    async def handle(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Record what broke and tell whoever waits for an answer."""
        log.error("command broke", exc_info=context.error)
        caller = caller_of(update) if isinstance(update, Update) else None
        if caller is not None:
            await replies.say(caller, say(caller.language, "trouble"))

    return handle
