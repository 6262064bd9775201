"""Groups: who may change what they are told, and where in a forum it goes."""

from __future__ import annotations

import pytest

from monitor.domain.preferences import Preferences
from monitor.domain.subscriptions import Filter, Subscription
from tests.bot.conftest import REVIEWER, World
from tests.bot.playing import press, press_data, press_for_new
from tests.builders import NOON
from tests.fakes.telegram_groups import in_topic

GROUP, ADMIN, MEMBER = -7, 71, 72


@pytest.fixture
def group(world: World) -> World:
    """Give the bot in a group that has a subscription, where one member is no administrator."""
    world.fake.plain_members = {MEMBER, REVIEWER}
    world.store.chats.subscribe(Subscription(0, GROUP, Filter(min_severity=5)), NOON)
    return world


@pytest.mark.parametrize(
    "command",
    [
        "/subscribe",
        "/subscribe armenia",
        "/unsubscribe",
        "/name 1 Mine",
        "/words 1 mine",
        "/zone Asia/Yerevan",
        "/quiet 23-7",
        "/mute armenia",
        "/unmute",
        '/import {"format": "rhetoric-monitor/subscriptions/1"}',
    ],
)
async def test_plain_member_changes_nothing(group: World, command: str) -> None:
    """They are told whom to ask, in their language."""
    before = group.store.chats.subscriptions()
    assert "only administrators" in await group.ask(GROUP, command, user_id=MEMBER)
    assert "её администраторы" in await group.ask(GROUP, command, user_id=MEMBER, language="ru")
    assert before == group.store.chats.subscriptions()
    assert (Preferences(), {}) == (group.store.preferences.get(GROUP), group.store.preferences.mutes(NOON))


async def test_plain_member_may_look(group: World) -> None:
    """What the group is told is no secret within it; the buttons that change it refuse."""
    listed = await group.fake.reply_to(GROUP, "/subscriptions", user_id=MEMBER)
    assert "severity from 5" in listed.text
    for label in ("Edit", "Delete"):
        answer = await press_data(group, listed, listed.button(label), user_id=MEMBER)
        assert "only administrators" in answer
    page = await group.fake.reply_to(GROUP, "/settings", user_id=MEMBER)
    assert "only administrators" in await press_data(group, page, page.button("+"), user_id=MEMBER)
    assert Preferences() == group.store.preferences.get(GROUP)
    assert 1 == len(group.store.chats.subscriptions(GROUP))


async def test_administrator_reviewer_and_the_group_itself_may(group: World) -> None:
    """An anonymous administrator writes in the group's name."""
    await group.ask(GROUP, "/subscribe armenia", user_id=ADMIN)
    await group.ask(GROUP, "/subscribe kazakhstan", user_id=REVIEWER)
    sender = {"id": GROUP, "type": "group", "title": "Analysts"}
    await group.ask(GROUP, "/subscribe hostile", user_id=MEMBER, sender_chat=sender)
    assert 4 == len(group.store.chats.subscriptions(GROUP))


async def test_somebody_elses_channel_is_not_the_group(group: World) -> None:
    """Members may write in the name of a channel of theirs."""
    sender = {"id": -100999, "type": "channel", "title": "Mine"}
    assert "only administrators" in await group.ask(
        GROUP, "/subscribe hostile", user_id=MEMBER, sender_chat=sender
    )


async def test_former_administrator_cannot_save_an_open_card(group: World) -> None:
    """Telegram is asked when it is saved, not only when it was opened."""
    card = await group.fake.reply_to(GROUP, "/subscribe", user_id=ADMIN)
    group.fake.plain_members.add(ADMIN)
    assert "only administrators" in await press_data(group, card, card.button("Save"), user_id=ADMIN)
    assert 1 == len(group.store.chats.subscriptions(GROUP))


async def test_nothing_is_changed_where_telegram_does_not_say(group: World) -> None:
    """Doubt does not open the door."""
    group.fake.fail("getChatMember", 500, "Internal Server Error")
    assert "could not find out" in await group.ask(GROUP, "/subscribe armenia", user_id=ADMIN)
    assert 1 == len(group.store.chats.subscriptions(GROUP))


async def test_subscription_made_in_a_topic_goes_there_and_so_do_the_answers(world: World) -> None:
    """By words, by buttons and by the offer of /start."""
    topic = {"user_id": ADMIN, **in_topic(12)}
    said = await world.fake.reply_to(GROUP, "/subscribe armenia", **topic)
    assert (12, True) == (said.thread_id, "into topic 12" in said.text)
    card = await world.fake.reply_to(GROUP, "/subscribe", **topic)
    await press(world, card, "+", user_id=ADMIN)
    await press(world, card, "Save", user_id=ADMIN)
    welcome = await world.fake.reply_to(GROUP, "/start", **topic)
    taken = await press_for_new(world, welcome, "Moscow", user_id=ADMIN)
    assert [12, 12, 12] == [card.thread_id, welcome.thread_id, taken.thread_id]
    outside = await world.fake.reply_to(GROUP, "/subscribe armenia", user_id=ADMIN)
    assert 0 == outside.thread_id
    assert [12, 12, 12, 0] == [one.thread_id for one in world.store.chats.subscriptions(GROUP)]


async def test_chain_of_replies_is_no_topic(world: World) -> None:
    """Ordinary groups number those too."""
    await world.ask(GROUP, "/subscribe armenia", user_id=ADMIN, message_thread_id=55)
    (one,) = world.store.chats.subscriptions(GROUP)
    assert 0 == one.thread_id


async def test_general_questions_are_answered_in_the_topic_too(world: World) -> None:
    """All that the bot says stays where it was asked."""
    for command in ("/help", "/latest", "/settings", "/mutes", "/subscriptions"):
        said = await world.fake.reply_to(GROUP, command, user_id=MEMBER, **in_topic(12))
        assert (command, 12) == (command, said.thread_id)
