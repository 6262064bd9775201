"""A process that empties the outbox of a store into a Bot API: the victim of the kill tests.

`python -m tests.notify.sending_process STORE_URL API_BASE [lead]`; with `lead` it sends only while it
holds the store's lease.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from telegram import Bot

from monitor.leading import Leadership
from monitor.messages.reader import Reader
from monitor.notify.content import ContentLoader
from monitor.notify.dispatcher import Dispatcher
from monitor.notify.pacing import Limits, Pacer
from monitor.notify.telegram import TelegramSink
from storage import open_store
from tests.fakes.bot_api import TOKEN

VALID = timedelta(seconds=2)


def now() -> datetime:
    """Return the moment."""
    return datetime.now(UTC)


async def send_until_told(url: str, base: str, mode: str = "") -> None:
    """Send what waits until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    store = open_store(url, now())
    reader = Reader.of("en", ZoneInfo("UTC"), (), ())
    async with Bot(TOKEN, base_url=f"{base}/bot") as bot:
        sink = TelegramSink(
            bot,
            store.chats,
            lambda _: reader,
            now,
            Pacer(Limits()),
            is_overtaken=lambda delivery: store.outbox.is_overtaken(delivery, now()),
        )
        load = ContentLoader(
            store.alerts, store.digests, store.held, store.messages, broadcasts=store.broadcasts
        )
        dispatcher = Dispatcher(store.outbox, {"telegram": sink}, load, now, in_flight=6, idle=0.05)
        if mode == "lead":
            await Leadership(store.leases, now, valid=VALID, renew_seconds=0.3, look_seconds=0.1).lead(
                stop, dispatcher.run
            )
        else:
            await dispatcher.run(stop)
    store.close()


if __name__ == "__main__":
    asyncio.run(send_until_told(*sys.argv[1:]))
