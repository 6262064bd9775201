"""/feed over the fake Bot API."""

from __future__ import annotations

import pytest

from monitor.domain.subscriptions import Subscription
from tests.bot.conftest import LISTED, World
from tests.builders import NOON

GROUP = -7


@pytest.mark.parametrize(
    ("language", "told", "closed", "usage"),
    [
        ("en", "Whoever has this address can read it", "is closed", "Of which subscription?"),
        ("ru", "Читать её может каждый", "закрыта", "Какой подписки?"),
    ],
)
async def test_feed_is_opened_shown_again_and_closed(
    world: World, language: str, told: str, closed: str, usage: str
) -> None:
    """The same address until it is closed; then it opens nothing."""
    mine = world.store.chats.subscribe(Subscription(0, LISTED), NOON)
    assert usage in await world.ask(LISTED, "/feed", language=language)
    answer = await world.ask(LISTED, f"/feed {mine.id}", language=language)
    assert told in answer
    assert answer == await world.ask(LISTED, f"/feed {mine.id}", language=language)
    secret = answer.split("/feeds/")[1].split(".xml")[0]
    opened = world.store.feeds.subscription(secret)
    assert opened is not None
    assert mine.id == opened.id
    assert closed in await world.ask(LISTED, f"/feed {mine.id} off", language=language)
    assert world.store.feeds.subscription(secret) is None


async def test_feed_of_another_chat_is_none_of_ours(world: World) -> None:
    """Its number opens nothing here."""
    other = world.store.chats.subscribe(Subscription(0, 999), NOON)
    assert "no subscription" in await world.ask(LISTED, f"/feed {other.id}")


async def test_plain_member_opens_no_feed_of_a_group(world: World) -> None:
    """Who may change what the group is told may also publish it."""
    world.fake.plain_members = {12345}
    shared = world.store.chats.subscribe(Subscription(0, GROUP), NOON)
    answer = await world.ask(GROUP, f"/feed {shared.id}", user_id=12345)
    assert "only administrators" in answer


async def test_nothing_is_served_where_no_address_is_set(world: World) -> None:
    """And that is said."""
    world.services.feed_address = None
    assert "not served here" in await world.ask(LISTED, "/feed 1")
