"""What the commands answer."""

from __future__ import annotations

import pytest

from monitor.domain.stance import Stance
from monitor.errors import StorageError
from tests.bot.conftest import LISTED, World, alert_of


async def test_subscription_in_words_is_understood(world: World) -> None:
    """Targets, stance and severity in any order, in either language."""
    answer = await world.ask(LISTED, "/subscribe hostile Armenia, kazakhstan severity 50")
    assert "Armenia, Kazakhstan; hostile; severity from 50" in answer
    (one,) = world.store.chats.subscriptions(LISTED)
    assert (frozenset({"armenia", "kazakhstan"}), frozenset({Stance.HOSTILE}), 50) == (
        one.filter.targets,
        one.filter.stances,
        one.filter.min_severity,
    )
    answer = await world.ask(LISTED, "/subscribe Союзное государство примирительные", language="ru")
    assert "Союзное государство; примирительно" in answer


async def test_same_subscription_twice_is_one(world: World) -> None:
    """Impatient people send commands twice."""
    for _ in range(2):
        await world.ask(LISTED, "/subscribe armenia")
    assert 1 == len(world.store.chats.subscriptions(LISTED))


async def test_misspelt_word_is_answered_with_the_nearest(world: World) -> None:
    """And nothing is subscribed."""
    assert "“armnia”. Did you mean “armenia”?" in await world.ask(LISTED, "/subscribe armnia hostile")
    assert "«враждебый». Может быть, «враждебные»?" in await world.ask(
        LISTED, "/subscribe враждебый", language="ru"
    )
    assert "<b>" in await world.ask(LISTED, "/subscribe <b>")
    assert [] == world.store.chats.subscriptions(LISTED)


async def test_subscriptions_are_listed_and_ended_by_number_or_all(world: World) -> None:
    """Only one's own."""
    assert "no subscriptions" in await world.ask(LISTED, "/subscriptions")
    for words in ("armenia", "kazakhstan hostile", "all"):
        await world.ask(LISTED, f"/subscribe {words}")
    await world.ask(-7, "/subscribe armenia", user_id=8)
    first, *_, foreign = world.store.chats.subscriptions()
    answer = await world.ask(LISTED, "/subscriptions")
    assert [f"{first.id}: Armenia", "Kazakhstan; hostile", "everything"] == [
        answer.split("\n")[1],
        answer.split("\n")[2].split(": ")[1],
        answer.split("\n")[3].split(": ")[1],
    ]
    assert "Ended: 1" in await world.ask(LISTED, f"/unsubscribe {first.id}")
    assert f"no subscription {foreign.id}" in await world.ask(LISTED, f"/unsubscribe {foreign.id}")
    assert "no subscription" in await world.ask(LISTED, "/unsubscribe everything")
    assert "Ended: 2" in await world.ask(LISTED, "/unsubscribe")
    assert [foreign] == world.store.chats.subscriptions()


async def test_latest_shows_the_newest_of_a_target(world: World) -> None:
    """As many as were asked for."""
    assert "No alerts" in await world.ask(LISTED, "/latest")
    for number in range(1, 8):
        alert_of(world.store, str(number), "kazakhstan" if number == 3 else "armenia")
    newest = await world.ask(LISTED, "/latest")
    assert ["/why_7", "/why_6", "/why_5", "/why_4", "/why_3"] == [w for w in newest.split() if "/why" in w]
    assert ["/why_3"] == [w for w in (await world.ask(LISTED, "/latest Казахстан")).split() if "/why" in w]
    assert ["/why_7", "/why_6"] == [
        w for w in (await world.ask(LISTED, "/latest armenia 2")).split() if "/why" in w
    ]
    assert "Did you mean “armenia”?" in await world.ask(LISTED, "/latest armena")


@pytest.mark.parametrize("command", ["/why 1", "/why №1", "/why_1", "/why@monitor_test_bot 1"])
async def test_why_gives_the_evidence(world: World, command: str) -> None:
    """The number may be typed or tapped."""
    alert_of(world.store, "1")
    answer = await world.ask(LISTED, command)
    for expected in ("№ 1", "reported:Ivanov said", "rule-1", "0.90 hostile", "test-1"):
        assert expected in answer


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("/why", "For example: /why 12"),
        ("/why 99", "There is no alert 99"),
        ("/why 99999999999999999999", "There is no alert"),
        ("/why nonsense", "For example: /why 12"),
        ("/latst", "“/latest”"),
        ("hello", "commands only"),
    ],
)
async def test_mistakes_are_answered_with_a_way_on(world: World, command: str, expected: str) -> None:
    """Nobody is left without an answer."""
    assert expected in await world.ask(LISTED, command)


async def test_long_answer_is_split(world: World) -> None:
    """Twenty alerts do not fit into one message."""
    for number in range(20):
        alert_of(world.store, str(number), text=f"Ivanov told Yerevan {number} " + "many words " * 60)
    world.fake.say(LISTED, "/latest 20")
    await world.fake.until(lambda: sum(m.text.count("/why_") for m in world.fake.sent) == 20)
    assert len(world.fake.sent) > 1


async def test_groups_are_not_disturbed_by_what_is_not_for_the_bot(world: World) -> None:
    """Unknown commands may be meant for another bot."""
    world.fake.say(-7, "/weather", user_id=8)
    world.fake.say(-7, "hello", user_id=8)
    await world.settle()
    assert not any(message.chat_id == -7 for message in world.fake.sent)


async def test_trouble_in_the_store_is_said_and_the_bot_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user hears of it in plain words."""
    broken = True
    latest = type(world.store.alerts).latest

    def fail(*args: object) -> object:
        if broken:
            raise StorageError("locked")
        return latest(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(type(world.store.alerts), "latest", fail)
    assert "Something went wrong" in await world.ask(LISTED, "/latest")
    broken = False
    assert "No alerts" in await world.ask(LISTED, "/latest")
