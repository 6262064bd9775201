"""Who is served and who is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bot.conftest import CODE, LISTED, REVIEWER, World


@pytest.mark.parametrize(
    ("language", "refusal", "welcome"),
    [("en", "invited chats only", "Welcome."), ("ru-RU", "в приглашённых чатах", "Здравствуйте.")],
)
async def test_newcomer_is_refused_politely_and_let_in_with_the_code(
    world: World, language: str, refusal: str, welcome: str
) -> None:
    """A whole first conversation, in the user's language."""
    assert refusal in await world.ask(7, "/start", language=language)
    assert "latest" not in (await world.ask(7, f"/start {CODE}x", language=language)).lower()
    assert welcome in await world.ask(7, f"/start {CODE}", language=language)
    assert world.store.chats.is_served(7)
    assert "/subscribe" in await world.ask(7, "/help", language=language)


async def test_stranger_is_refused_once_and_gets_nothing(world: World) -> None:
    """Neither commands nor buttons; and the refusal is not repeated."""
    for text in ("/latest", "/subscribe", "/subscribe armenia", "/why 1", "/digest", "hello", "/start"):
        world.fake.say(66, text)
    await world.settle()
    assert 1 == sum(message.chat_id == 66 for message in world.fake.sent)
    assert [] == world.store.chats.subscriptions(66)
    assert not world.store.chats.is_served(66)


async def test_strangers_button_does_nothing(world: World) -> None:
    """Even one that was made for somebody else."""
    menu = await world.fake.reply_to(LISTED, "/subscribe")
    world.fake.press(menu, menu.button("Save"), user_id=66)
    await world.fake.until(lambda: bool(world.fake.answers))
    assert [] == world.store.chats.subscriptions(LISTED)


async def test_listed_chat_and_reviewer_are_served_without_a_code(world: World) -> None:
    """By the operator's configuration."""
    assert "Welcome" in await world.ask(LISTED, "/start")
    assert "/digest" in await world.ask(REVIEWER, "/help")
    assert "/digest" not in await world.ask(LISTED, "/help")


async def test_guessing_codes_is_throttled(world: World) -> None:
    """After five wrong ones not even the right one helps, until an hour has passed."""
    for number in range(5):
        assert "not valid" in await world.ask(66, f"/start guess{number}")
    assert "Too many attempts" in await world.ask(66, f"/start {CODE}")
    assert not world.store.chats.is_served(66)
    world.clock.move(timedelta(hours=1, seconds=1).total_seconds())
    assert "Welcome" in await world.ask(66, f"/start {CODE}")


async def test_many_guessers_together_are_throttled_too(world: World) -> None:
    """Changing accounts does not help."""
    for user in range(1000, 1060):
        assert "not valid" in await world.ask(user, "/start guess")
    assert "Too many attempts" in await world.ask(2000, "/start guess")


async def test_blocking_the_bot_disables_the_chat_and_start_enables_it(world: World) -> None:
    """Telegram reports the block; the user may come back."""
    await world.ask(7, f"/start {CODE}")
    await world.ask(7, "/subscribe armenia")
    member = {"user": {"id": 123456789, "is_bot": True, "first_name": "Monitor"}}
    world.fake.push(
        {
            "my_chat_member": {
                "chat": {"id": 7, "type": "private", "first_name": "Anna"},
                "from": {"id": 7, "is_bot": False, "first_name": "Anna"},
                "date": 1710331200,
                "old_chat_member": {**member, "status": "member"},
                "new_chat_member": {**member, "status": "kicked", "until_date": 0},
            }
        }
    )
    await world.settle()
    assert not world.store.chats.is_served(7)
    assert "Welcome" in await world.ask(7, f"/start {CODE}")
    assert 1 == len(world.store.chats.subscriptions(7))


async def test_group_that_became_a_supergroup_keeps_its_subscriptions(world: World) -> None:
    """Telegram reports it as a message in the old group."""
    await world.ask(-7, "/subscribe armenia", user_id=7)
    stub = {"message_id": 1, "date": 1710331200, "chat": {"id": -7, "type": "group", "title": "Analysts"}}
    sender = {"id": 7, "is_bot": False, "first_name": "Anna"}
    world.fake.push({"message": {**stub, "from": sender, "migrate_to_chat_id": -1007}})
    await world.settle()
    assert [] == world.store.chats.subscriptions(-7)
    assert 1 == len(world.store.chats.subscriptions(-1007))
