"""A fake Bot API, a store in memory, and a bot between them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from telegram import Bot

from storage import Store, open_store
from tests.builders import NOON
from tests.fakes.bot_api import TOKEN, FakeBotApi


@pytest.fixture
async def fake() -> AsyncIterator[FakeBotApi]:
    """Give Telegram without its limits on how many messages may come."""
    async with FakeBotApi.running() as api:
        yield api


@pytest.fixture
async def bot(fake: FakeBotApi) -> AsyncIterator[Bot]:
    """Give the library's bot, talking to the fake."""
    async with Bot(TOKEN, base_url=f"{fake.base}/bot") as bot:
        yield bot


@pytest.fixture
def store() -> Iterator[Store]:
    """Give an empty store in memory."""
    opened = open_store("sqlite://", NOON)
    yield opened
    opened.close()
