"""The bot beside other work: two pollers, no network, a refused token, secrets, waits."""

from __future__ import annotations

import asyncio
import io
import logging
import time
from collections.abc import Iterator

import pytest
import structlog
from telegram.error import InvalidToken

from monitor.bot import build_application, run_bot
from monitor.bot.polling import Etiquette
from monitor.bot.secrecy import QuietBot
from monitor.notify.content import NoticeContent
from monitor.notify.pacing import Limits, Pacer
from monitor.notify.telegram import TelegramSink
from storage import Store
from tests.bot.conftest import LISTED, World, make_services, running_bot
from tests.builders import NOON
from tests.fakes.bot_api import TOKEN, FakeBotApi
from tests.fakes.clock import FakeClock
from tests.notify.builders import READERS, make_delivery


@pytest.fixture
def everything_logged() -> Iterator[io.StringIO]:
    """Give all that any logger writes at DEBUG, tracebacks included."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
    loggers = [
        logging.getLogger(name) for name in ("", "httpx", "httpcore", "telegram", "telegram.ext", "asyncio")
    ]
    levels = [logger.level for logger in loggers]
    logging.getLogger().addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(text))
    yield text
    structlog.reset_defaults()
    logging.getLogger().removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


async def test_token_is_in_no_log_error_or_representation(
    fake: FakeBotApi, store: Store, everything_logged: io.StringIO
) -> None:
    """Through a whole life with commands, failures of every kind and a conflict, at DEBUG."""
    clock = FakeClock(NOON)
    services = make_services(store, clock, [])
    application = build_application(TOKEN, services, fake.base)
    stop = asyncio.Event()
    fake.fail("getMe", 500)
    task = asyncio.create_task(run_bot(application, stop))
    await fake.reply_to(LISTED, "/start")
    for options in ({"status": 500}, {"drop": "before"}, {"status": 403}, {"status": 401}, {"status": 404}):
        fake.fail("sendMessage", **options)
        sink = TelegramSink(application.bot, store.chats, lambda _: READERS["en"], clock.now, Pacer(Limits()))
        with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever it is, it must not tell
            await sink.send(make_delivery(), NoticeContent("text"))
        logging.getLogger("test").error("sending failed", exc_info=caught.value)
    fake.fail("getUpdates", 401, "Unauthorized")
    fake.push({"message": {}})
    logging.getLogger("test").debug("objects: %r %s %r", application, application.bot, application.updater)
    logging.getLogger("test").debug("services: %r", services)
    for thing in (application, application.bot, application.updater, services, sink):
        assert TOKEN not in repr(thing) + str(thing)
    logging.getLogger("httpx").info("a library writes %s", f"{fake.base}/bot{TOKEN}/getMe")
    await asyncio.sleep(0.2)
    stop.set()
    await task
    logged = everything_logged.getvalue()
    assert "getMe" in logged
    assert "[token]" in logged
    assert TOKEN not in logged
    assert TOKEN.split(":")[1] not in logged
    assert services.invite_code not in logged


async def test_refused_token_ends_the_bot_and_tells_nobody_the_token(
    fake: FakeBotApi, store: Store, everything_logged: io.StringIO
) -> None:
    """The process goes on, the operator reads what to do."""
    fake.token = "1:revoked"
    services = make_services(store, FakeClock(NOON), [])
    async with running_bot(services, fake.base):
        await fake.until(lambda: bool(fake.calls))
    assert "does not accept the bot's token" in everything_logged.getvalue()
    assert TOKEN not in everything_logged.getvalue()
    bot = QuietBot(TOKEN, base_url=f"{fake.base}/bot")
    with pytest.raises(InvalidToken) as caught:
        await bot.initialize()
    await bot.shutdown()
    assert TOKEN not in repr(caught.value) + repr(caught.value.__context__) + repr(caught.value.__cause__)


async def test_newcomer_gives_way_to_a_settled_poller_and_takes_over_later(
    fake: FakeBotApi, store: Store, everything_logged: io.StringIO
) -> None:
    """409 is said once by each; commands are answered once, by one; nobody ends the process."""
    services = make_services(store, FakeClock(NOON), [])
    settled, newcomer = Etiquette(settled=0), Etiquette(settled=60, first_wait=3, longest_wait=3)
    async with running_bot(services, fake.base, newcomer) as second:
        await fake.reply_to(LISTED, "/start")
        async with running_bot(services, fake.base, settled) as first:
            await fake.until(lambda: everything_logged.getvalue().count("another process polls") == 2)
            for number in range(1, 5):
                before = len(fake.sent)
                fake.say(LISTED, f"/why {number}")
                await fake.until(lambda n=before: len(fake.sent) > n, seconds=2)
                await asyncio.sleep(0.2)
                assert before + 1 == len(fake.sent)
            assert not second.done()
        assert first.done()
        await fake.reply_to(LISTED, "/help")
    logged = everything_logged.getvalue()
    assert (1, 1) == (logged.count("answering=there"), logged.count("answering=here"))
    assert "Traceback" not in logged


async def test_send_under_way_ends_before_the_connections_close(fake: FakeBotApi, store: Store) -> None:
    """SIGTERM stops the bot and the outbox at one moment; nothing is cut off in between."""
    fake.latency = 0.4
    clock = FakeClock(NOON)
    stop = asyncio.Event()
    application = build_application(TOKEN, make_services(store, clock, []), fake.base)
    task = asyncio.create_task(run_bot(application, stop))
    await fake.reply_to(LISTED, "/start")
    pacer = Pacer(Limits())
    sink = TelegramSink(application.bot, store.chats, lambda _: READERS["en"], clock.now, pacer)
    sending = asyncio.create_task(sink.send(make_delivery(), NoticeContent("the last word")))
    await fake.until(lambda: "the last word" in [message.text for message in fake.sent])
    stop.set()
    await task
    assert sending.done()
    await sending


async def test_bot_waits_for_the_network_at_start(store: Store) -> None:
    """And stops when told to, though Telegram was never reached."""
    services = make_services(store, FakeClock(NOON), [])
    stop = asyncio.Event()
    application = build_application(TOKEN, services, "http://127.0.0.1:9")
    task = asyncio.create_task(run_bot(application, stop))
    await asyncio.sleep(0.3)
    assert not task.done()
    stop.set()
    await asyncio.wait_for(task, 5)


async def test_chat_that_must_wait_holds_up_nobody(world: World) -> None:
    """A reply waits exactly as long as Telegram asks, other chats are answered meanwhile."""
    world.fake.fail("sendMessage", 429, "Too Many Requests", parameters={"retry_after": 1}, chat_id=LISTED)
    began = time.monotonic()
    world.fake.say(LISTED, "/help")
    await world.ask(-7, "/help", user_id=8)
    assert time.monotonic() - began < 0.9
    await world.fake.until(lambda: any(m.chat_id == LISTED for m in world.fake.sent))
    assert 1 <= time.monotonic() - began < 3


async def test_reply_with_refused_markup_goes_out_plain(world: World) -> None:
    """Commands have the same last resort as alerts."""
    world.fake.fail("sendMessage", 400, "Bad Request: can't parse entities: oops")
    assert "Welcome" in await world.ask(LISTED, "/start")


async def test_chat_that_blocked_the_bot_is_disabled_by_a_reply(world: World) -> None:
    """Whatever tells us first."""
    await world.ask(LISTED, "/start")
    world.fake.fail("sendMessage", 403, "Forbidden: bot was blocked by the user")
    world.fake.say(LISTED, "/help")
    await world.fake.until(lambda: not world.fake.faults[-1].times)
    async with asyncio.timeout(5):
        while world.store.chats.is_served(LISTED):  # noqa: ASYNC110 - the store tells nobody when it changes
            await asyncio.sleep(0.01)


async def test_commands_are_named_in_telegrams_menu_in_both_languages(world: World) -> None:
    """So that people find them."""
    await world.ask(LISTED, "/help")
    named = [fields for method, fields in world.fake.calls if method == "setMyCommands"]
    assert [None, "ru"] == [fields.get("language_code") for fields in named]
