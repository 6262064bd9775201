"""Subscriptions and settings go out and come in again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from monitor.domain.portable import FORMAT, LARGEST
from monitor.domain.preferences import Preferences
from monitor.domain.subscriptions import MOST_SUBSCRIPTIONS, Filter, Pace, Subscription
from tests.bot.conftest import LISTED, REVIEWER, World
from tests.builders import NOON
from tests.fakes.telegram_groups import in_topic

GROUP = -7


async def upload(world: World, chat_id: int, body: bytes, text: str = "/import", **more: Any) -> str:
    """Let a user answer a file with a command, and return the answer."""
    world.fake.uploads["subscriptions.json"] = body
    file = {"file_id": "subscriptions.json", "file_unique_id": "1", "file_size": len(body)}
    sent = {**world.fake._stub(chat_id), "document": file}
    return (await world.fake.reply_to(chat_id, text, reply_to_message=sent, **more)).text


def tune(world: World) -> list[Subscription]:
    """Give the chat two subscriptions and settings."""
    world.store.preferences.save(LISTED, Preferences(zone="Asia/Tashkent", hourly_cap=5))
    wishes = (
        Subscription(0, LISTED, Filter(frozenset({"armenia"}), words=frozenset({"газ"})), "Газ", Pace.DAILY),
        Subscription(0, LISTED, Filter(sources=frozenset({"daily-3"}), min_severity=40)),
    )
    return [world.store.chats.subscribe(wish, NOON) for wish in wishes]


async def export(world: World) -> bytes:
    """Return the file that /export sends."""
    sent = await world.fake.reply_to(LISTED, "/export")
    assert ("sendDocument", True) == (sent.method, "/import" in sent.text)
    return sent.file


async def test_what_goes_out_comes_in_again(world: World) -> None:
    """To the same chat after a loss, and to another one; a second time adds nothing."""
    mine = tune(world)
    body = await export(world)
    world.store.chats.unsubscribe(LISTED, None)
    world.store.preferences.save(LISTED, Preferences())
    assert "2 new subscriptions of 2, and the settings" in await upload(world, LISTED, body)
    assert "0 new subscriptions of 2" in await upload(world, LISTED, body)
    assert "2 new subscriptions of 2" in await upload(world, REVIEWER, body)
    for chat in (LISTED, REVIEWER):
        back = world.store.chats.subscriptions(chat)
        assert [one.to_json() for one in mine] == [one.to_json() for one in back]
        assert Preferences(zone="Asia/Tashkent", hourly_cap=5) == world.store.preferences.get(chat)


async def test_file_may_carry_the_command_and_text_may_follow_it(world: World) -> None:
    """Three ways in."""
    tune(world)
    body = await export(world)
    world.store.chats.unsubscribe(LISTED, None)
    assert "2 new" in await world.ask(LISTED, f"/import {body.decode()}")
    world.store.chats.unsubscribe(LISTED, None)
    world.fake.uploads["subscriptions.json"] = body
    before = len(world.fake.sent)
    file = {"file_id": "subscriptions.json", "file_unique_id": "1", "file_size": len(body)}
    user = {"id": LISTED, "is_bot": False, "first_name": "Anna", "language_code": "ru"}
    stub = world.fake._stub(LISTED)
    world.fake.push({"message": {**stub, "from": user, "document": file, "caption": "/import"}})
    await world.fake.until(lambda: len(world.fake.sent) > before)
    assert "новых подписок 2 из 2" in world.fake.sent[-1].text


async def test_topics_count_only_where_they_come_from(world: World) -> None:
    """Another group's topics have other numbers."""
    world.store.chats.subscribe(Subscription(0, GROUP, thread_id=12), NOON)
    sent = await world.fake.reply_to(GROUP, "/export", user_id=LISTED)
    world.store.chats.unsubscribe(GROUP, None)
    await upload(world, GROUP, sent.file, user_id=LISTED)
    await upload(world, LISTED, sent.file)
    assert [12, 0] == [one.thread_id for one in world.store.chats.subscriptions()]
    world.store.chats.unsubscribe(GROUP, None)
    foreign = json.dumps({**json.loads(sent.file), "chat": 5}).encode()
    await upload(world, GROUP, foreign, user_id=LISTED, **in_topic(30))
    assert [30] == [one.thread_id for one in world.store.chats.subscriptions(GROUP)]


async def test_all_that_is_wrong_is_told_and_nothing_is_changed(world: World) -> None:
    """Not only the first mistake; the good subscription among them is not taken in either."""
    mine = tune(world)
    document = {
        "format": FORMAT,
        "extra": 1,
        "settings": {"zone": "Mars", "quiet": ["25:00", "07:00"], "hourly_cap": -1},
        "subscriptions": [
            {"filter": {"targets": ["armenia"]}},
            {"filter": {"targets": ["atlantis"], "acts": ["shout"], "tragets": []}, "pace": "never"},
            {"name": "x" * 61, "thread_id": -1},
            "all",
            {"filter": {"words": ["x" * 61], "kinds": "statement", "min_severity": 101}},
        ],
    }
    answer = await world.ask(LISTED, f"/import {json.dumps(document)}")
    wrong = [line.split(":")[0] for line in answer.split("\n")[1:]]
    assert [
        "extra",
        "subscriptions[1].pace",
        "subscriptions[1].filter.tragets",
        "subscriptions[1].filter.targets",
        "subscriptions[1].filter.acts",
        "subscriptions[2].name",
        "subscriptions[2].thread_id",
        "subscriptions[2].filter",
        "subscriptions[3]",
        "subscriptions[4].filter.words",
        "subscriptions[4].filter.kinds",
        "subscriptions[4].filter.min_severity",
        "settings.zone",
        "settings.quiet",
        "settings.hourly_cap",
    ] == wrong
    assert mine == world.store.chats.subscriptions(LISTED)
    assert Preferences(zone="Asia/Tashkent", hourly_cap=5) == world.store.preferences.get(LISTED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", "это не JSON: строка 1, знак 2"),
        ("[]", "не то, что пишет /export"),
        ("{}", "не то, что пишет /export"),
        ("[" * 3000, "не то, что пишет /export"),
        ('{"format": "<b>"}', "не то, что пишет /export"),
        ("", "Ответьте командой /import"),
    ],
)
async def test_what_is_no_export_is_refused(world: World, text: str, expected: str) -> None:
    """Whatever it is."""
    assert expected in await world.ask(LISTED, f"/import {text}".strip(), language="ru")


async def test_large_files_are_refused_before_they_are_read(world: World) -> None:
    """By what Telegram says of their size, and by what comes."""
    assert "100 kB" in await upload(world, LISTED, b" " * (LARGEST + 1))
    assert not any(method == "getFile" for method, _ in world.fake.calls)
    world.fake.uploads["subscriptions.json"] = b" " * (LARGEST + 1)
    file = {"file_id": "subscriptions.json", "file_unique_id": "1"}  # of unknown size
    sent = {**world.fake._stub(LISTED), "document": file}
    answer = await world.fake.reply_to(LISTED, "/import", reply_to_message=sent)
    assert "100 kB" in answer.text


async def test_file_that_cannot_be_had_is_said(world: World) -> None:
    """Telegram is in trouble, not the user."""
    world.fake.fail("getFile", 500, "Internal Server Error")
    assert "could not get the file" in await upload(world, LISTED, b"{}")


async def test_no_more_than_fifty_come_in(world: World) -> None:
    """Neither in one document nor together with those that are there; it is all or nothing."""
    tune(world)
    listed = [{"filter": {"min_severity": n}} for n in range(1, MOST_SUBSCRIPTIONS + 2)]
    document = {"format": FORMAT, "subscriptions": listed}
    answer = await upload(world, LISTED, json.dumps(document).encode())
    assert "51 are too many, 50 may be there" in answer
    document["subscriptions"] = listed[: MOST_SUBSCRIPTIONS - 1]
    assert "50 subscriptions at most" in await upload(world, LISTED, json.dumps(document).encode())
    assert 2 == len(world.store.chats.subscriptions(LISTED))
    document["subscriptions"] = listed[: MOST_SUBSCRIPTIONS - 2]
    assert "48 new subscriptions of 48." in await upload(world, LISTED, json.dumps(document).encode())
    assert MOST_SUBSCRIPTIONS == len(world.store.chats.subscriptions(LISTED))
