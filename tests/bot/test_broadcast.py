"""One text to every chat, once."""

from __future__ import annotations

import signal
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from monitor.domain.access import Configured
from monitor.domain.broadcasts import LONGEST_BROADCAST
from monitor.domain.delivery import DeliveryKind, NewDelivery, Urgency
from storage import open_store
from storage.tables import deliveries
from tests.bot.conftest import LISTED, OPERATOR, World
from tests.builders import NOON
from tests.fakes.bot_api import FakeBotApi
from tests.notify.sending_process import now
from tests.notify.test_kills import start

CHATS = 25


def queued(world: World) -> list[tuple[str, str, int]]:
    """Return what the outbox holds of broadcasts."""
    with world.store.database.read() as connection:
        rows = connection.execute(select(deliveries).order_by(deliveries.c.id)).all()
    return [(row.kind, row.recipient, row.urgency) for row in rows]


@pytest.mark.parametrize(
    ("language", "asked", "button", "sent"),
    [
        ("en", "Send this to 4 chats?", "Send to 4 chats", "On its way to 4 chats."),
        ("ru", "Отправить это в чаты (4)?", "Отправить в чаты: 4", "Отправляется, чатов: 4."),
    ],
)
async def test_text_is_shown_and_goes_out_once_when_confirmed(
    world: World, language: str, asked: str, button: str, sent: str
) -> None:
    """Nothing is queued before; a second press queues nothing; those that configuration allows and
    those that joined get it, at the lowest urgency."""
    world.store.chats.serve(8, "Desk", "en", NOON)
    question = await world.fake.reply_to(OPERATOR, "/broadcast Hello <b>all</b>\nBye", language=language)
    assert f"{asked}\n\nHello <b>all</b>\nBye" == question.text
    assert [] == queued(world)
    data = question.button(button)
    world.fake.press(question, data, language=language)
    await world.fake.until(lambda: question.text == sent)
    assert [] == question.labels
    expected = [("broadcast", chat, Urgency.BULK) for chat in ("-7", "8", str(LISTED), str(OPERATOR))]
    assert expected == queued(world)
    world.fake.press(question, data, language=language)
    await world.fake.until(lambda: len(world.fake.answers) == 2)
    assert expected == queued(world)
    (entry,) = world.store.audit.latest(10)
    assert (f"telegram:{OPERATOR}", "broadcast", "4 chats") == (entry.actor, entry.action, entry.detail)


async def test_mistakes_are_answered(world: World) -> None:
    """No text, or too much of it."""
    assert "For example: /broadcast" in await world.ask(OPERATOR, "/broadcast")
    long = "я" * (LONGEST_BROADCAST + 1)
    assert f"{LONGEST_BROADCAST + 1}" in await world.ask(OPERATOR, f"/broadcast {long}", language="ru")
    fits = await world.fake.reply_to(OPERATOR, f"/broadcast {'я' * LONGEST_BROADCAST}")
    assert 1 == len(fits.labels)
    assert [] == queued(world)


async def test_confirmation_outlives_a_restart_but_not_the_role(world: World) -> None:
    """The text waits in the store; whoever is no operator any more confirms nothing."""
    question = await world.fake.reply_to(OPERATOR, "/broadcast Hello")
    world.services.office.configured = Configured.of((LISTED, OPERATOR), (), (), ())
    world.fake.press(question, question.button(question.labels[0]))
    await world.fake.until(lambda: bool(world.fake.answers))
    assert "is for operators" in world.fake.answers[-1]["text"]
    assert [] == queued(world)
    world.clock.move(3700)
    world.fake.press(question, question.button(question.labels[0]))
    await world.fake.until(lambda: len(world.fake.answers) == 2)
    assert "too old" in world.fake.answers[-1]["text"]


async def test_broadcast_reaches_each_chat_once_over_kills(tmp_path: Path) -> None:
    """SIGKILL while it goes out: every chat has it, and only what was in flight may be there twice."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = open_store(url, now())
    draft = store.broadcasts.draft("Maintenance", "telegram:600", now())
    chats = [
        NewDelivery(DeliveryKind.BROADCAST, str(draft.id), "telegram", str(chat), Urgency.BULK)
        for chat in range(1, CHATS + 1)
    ]
    assert store.broadcasts.send(draft.id, chats, now())
    async with FakeBotApi.running(latency=0.05) as fake:
        for reached in (3, 10):
            process = await start(url, fake.base)
            await fake.until(lambda n=reached: len(fake.sent) >= n, seconds=60)
            process.kill()
            await process.wait()
            assert not store.broadcasts.send(draft.id, chats, now()), "an operator's second press"
        assert len({message.chat_id for message in fake.sent}) < CHATS, "the kills came too late"
        process = await start(url, fake.base)
        await fake.until(lambda: len({m.chat_id for m in fake.sent}) == CHATS, seconds=60)
        process.send_signal(signal.SIGTERM)
        await process.wait()
        times = Counter(message.chat_id for message in fake.sent)
    assert {"Maintenance"} == {message.text for message in fake.sent}
    with store.database.read() as connection:
        uncertain = {int(row.recipient): row.uncertain for row in connection.execute(select(deliveries))}
    store.close()
    assert all(count - 1 <= uncertain[chat] for chat, count in times.items())
