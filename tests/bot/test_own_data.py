"""What is kept of somebody, handed out and erased by themselves."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from monitor.bot.signing import Signer
from monitor.domain.access import Person, Role
from monitor.domain.feedback import Verdict
from monitor.domain.preferences import Mute, MuteKind, Preferences
from storage.tables import metadata
from tests.bot.conftest import LISTED, World
from tests.builders import NOON
from tests.fakes.bot_api import TOKEN
from tests.storage.builders import find_one

ANNA = 987654321


async def live(world: World) -> None:
    """Let Anna come in and leave something in many tables."""
    world.store.people.add(Person(ANNA, "Anna", Role.REVIEWER, "telegram:600", NOON))
    await world.ask(ANNA, "/start")
    await world.ask(ANNA, "/subscribe armenia")
    world.store.preferences.save(ANNA, Preferences(zone="Asia/Yerevan"))
    world.store.preferences.mute(Mute(ANNA, MuteKind.TARGET, "csto", NOON + timedelta(days=1)))
    world.store.verdicts.save(Verdict(find_one(world.store).id, ANNA, True, None, NOON))
    world.services.audit(ANNA, "mute", f"chat:{ANNA}", "csto")


def traces(world: World) -> dict[str, list[str]]:
    """Return every row of every table in which Anna's number stands."""
    with world.store.database.read() as connection:
        found = {
            table.name: [str(row) for row in connection.execute(select(table)) if str(ANNA) in str(row)]
            for table in metadata.sorted_tables
        }
    return {name: rows for name, rows in found.items() if rows}


async def get_document(world: World, **who: Any) -> dict[str, Any]:
    """Ask for one's data and return the document."""
    message = await world.fake.reply_to(ANNA, "/mydata", **who)
    assert "sendDocument" == message.method
    found = json.loads(message.file)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_document_holds_all_that_is_kept(world: World, language: str) -> None:
    """Each table in which one stands is there, and nothing of others."""
    await live(world)
    await world.ask(LISTED, "/subscribe kazakhstan")
    document = await get_document(world, language=language)
    assert (ANNA, "reviewer") == (document["user_id"], document["role"])
    assert traces(world).keys() <= document.keys()
    assert {"targets": ["armenia"]}.items() <= document["subscriptions"][0]["filter"].items()
    assert "Asia/Yerevan" == document["preferences"][0]["settings"]["zone"]
    assert ["mute", "export"] == [row["action"] for row in document["audit"]][-2:]
    assert "kazakhstan" not in json.dumps(document)


@pytest.mark.parametrize(
    ("language", "button", "told"),
    [("en", "Erase my data", "were erased"), ("ru", "Удалить мои данные", "Ваши данные удалены")],
)
async def test_confirmed_erasing_leaves_no_trace(world: World, language: str, button: str, told: str) -> None:
    """Nothing happens before the button; then no table knows the number, and the audit knows that
    somebody was erased."""
    await live(world)
    before = traces(world)
    question = await world.fake.reply_to(ANNA, "/forgetme", language=language)
    assert before == traces(world)
    world.fake.press(question, question.button(button), language=language)
    await world.fake.until(lambda: told in question.text)
    assert {} == traces(world)
    assert [] == question.labels
    last, *others = world.store.audit.latest(20)
    assert "erase" == last.action
    assert last.actor.startswith("erased:")
    assert last.actor in {entry.actor for entry in others}, "what was done before stays together"
    assert "invited chats only" in await world.ask(ANNA, "/start")


async def test_pseudonyms_of_two_erasures_differ(world: World) -> None:
    """The salt is thrown away, so the second life is not joined to the first."""
    names = []
    for _ in range(2):
        await live_once(world)
        names.append(world.store.audit.latest(1)[0].actor)
    assert names[0] != names[1]


async def live_once(world: World) -> None:
    """Come in, and be erased."""
    world.store.people.add(Person(ANNA, "Anna", Role.ANALYST, "code", NOON))
    question = await world.fake.reply_to(ANNA, "/forgetme")
    world.fake.press(question, question.button("Erase my data"))
    await world.fake.until(lambda: "were erased" in question.text)


async def test_only_oneself_erases_and_only_in_private(world: World) -> None:
    """A button of Anna's does nothing for others; in a group nothing is shown at all."""
    await live(world)
    before = traces(world)
    question = await world.fake.reply_to(ANNA, "/forgetme")
    world.fake.press(question, question.button("Erase my data"), user_id=LISTED)
    await world.fake.until(lambda: bool(world.fake.answers))
    assert "not yours" in world.fake.answers[-1]["text"]
    for command in ("/mydata", "/forgetme"):
        assert "private chat" in await world.ask(-7, command, user_id=ANNA)
    world.clock.move(16 * 60)
    world.fake.press(question, question.button("Erase my data"))
    await world.fake.until(lambda: len(world.fake.answers) == 2)
    assert "too old" in world.fake.answers[-1]["text"]
    assert before == traces(world)


async def test_forged_button_erases_nothing(world: World) -> None:
    """Signed for somebody else."""
    await live(world)
    before = traces(world)
    data = Signer.from_token(TOKEN).sign("o:yes", LISTED, NOON + timedelta(hours=1))
    world.fake.press(await world.fake.reply_to(ANNA, "/help"), data)
    await world.fake.until(lambda: bool(world.fake.answers))
    assert before == traces(world)


async def test_whom_the_configuration_names_may_come_back(world: World) -> None:
    """They are told so before they erase."""
    assert "configuration names you" in await world.ask(LISTED, "/forgetme")
    assert "названы в конфигурации" in await world.ask(LISTED, "/forgetme", language="ru")
