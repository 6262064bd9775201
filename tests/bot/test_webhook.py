"""Updates that Telegram posts, over HTTP on loopback."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from monitor.bot import build_application, run_bot
from monitor.bot.webhook import Webhook, secret_of
from storage import Store
from tests.bot.conftest import LISTED, make_services
from tests.builders import NOON
from tests.fakes.bot_api import TOKEN, FakeBotApi
from tests.fakes.clock import FakeClock
from tests.fakes.telegram_shapes import make_chat, make_user

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


def make_update(number: int, text: str) -> dict[str, Any]:
    """Return what Telegram would post when a user of the listed chat writes."""
    entity = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
    message = {
        "message_id": number,
        "date": 0,
        "chat": make_chat(LISTED),
        "from": make_user(LISTED, "en"),
        "text": text,
        "entities": [entity],
    }
    return {"update_id": number, "message": message}


@asynccontextmanager
async def listening(fake: FakeBotApi, store: Store, port: int) -> AsyncIterator[httpx.AsyncClient]:
    """Run the bot in webhook mode and give a client that stands for Telegram's side."""
    application = build_application(TOKEN, make_services(store, FakeClock(NOON), []), fake.base)
    stop = asyncio.Event()
    webhook = Webhook("https://monitor.example/hooks/telegram", "127.0.0.1", port)
    running = asyncio.create_task(run_bot(application, stop, webhook=webhook))
    await fake.until(lambda: bool(fake.webhook))
    # The library names its address to Telegram before it listens there.
    transport = httpx.AsyncHTTPTransport(retries=5)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", transport=transport) as client:
        try:
            yield client
        finally:
            stop.set()
            await running


async def test_posted_command_is_answered(fake: FakeBotApi, store: Store, unused_tcp_port: int) -> None:
    """Telegram is told where to post and with which secret; nobody polls."""
    async with listening(fake, store, unused_tcp_port) as client:
        assert "https://monitor.example/hooks/telegram" == fake.webhook["url"]
        assert secret_of(TOKEN) == fake.webhook["secret_token"]
        assert {"message", "callback_query", "my_chat_member"} <= set(
            json.loads(fake.webhook["allowed_updates"])
        )
        answer = await client.post(
            "/hooks/telegram",
            json=make_update(1, "/subscriptions"),
            headers={SECRET_HEADER: secret_of(TOKEN)},
        )
        assert 200 == answer.status_code
        await fake.until(lambda: bool(fake.sent))
    assert "no subscriptions" in fake.sent[0].text
    assert [] == [method for method, _ in fake.calls if method == "getUpdates"]


async def test_post_without_the_secret_changes_nothing(
    fake: FakeBotApi, store: Store, unused_tcp_port: int
) -> None:
    """Whoever finds the address is refused."""
    async with listening(fake, store, unused_tcp_port) as client:
        update = make_update(1, "/subscribe armenia")
        wrong = ({}, {SECRET_HEADER: "guess"}, {SECRET_HEADER: TOKEN})
        statuses = [
            (await client.post("/hooks/telegram", json=update, headers=headers)).status_code
            for headers in wrong
        ]
        right = {SECRET_HEADER: secret_of(TOKEN)}
        elsewhere = await client.post("/hooks/other", json=update, headers=right)
        await client.post("/hooks/telegram", json=make_update(2, "/help"), headers=right)
        await fake.until(lambda: bool(fake.sent))
    assert [403, 403, 403] == statuses
    assert 404 == elsewhere.status_code
    assert 1 == len(fake.sent)
    assert [] == store.chats.subscriptions(LISTED)


def test_secret_is_not_the_token() -> None:
    """It travels in a header of somebody else's server."""
    assert TOKEN not in secret_of(TOKEN)
    assert secret_of(TOKEN) != secret_of(TOKEN + "x")
    assert len(secret_of(TOKEN)) <= 256
