"""Playing a user who presses buttons, over the fake Bot API."""

from __future__ import annotations

from typing import Any

from tests.bot.conftest import World
from tests.fakes.telegram_shapes import Sent


async def press(world: World, message: Sent, label: str, **who: Any) -> Sent:
    """Press a button and return the same message when the bot has dealt with it."""
    await press_data(world, message, message.button(label), **who)
    return message


async def press_data(world: World, message: Sent, data: str, **who: Any) -> str:
    """Press with the data, wait until the bot has dealt with it, and return its pop-up's words."""
    before = len(world.fake.answers)
    world.fake.press(message, data, **who)
    await world.fake.until(lambda: len(world.fake.answers) > before)
    toast = world.fake.answers[-1].get("text", "")
    await world.fake.reply_to(message.chat_id, "/zone ?", **who)  # answered only after the tap was
    return toast


async def press_for_new(world: World, message: Sent, label: str, **who: Any) -> Sent:
    """Press a button that is answered with a message of its own, and return that."""
    before = len(world.fake.sent)
    world.fake.press(message, message.button(label), **who)
    await world.fake.until(lambda: any(m.chat_id == message.chat_id for m in world.fake.sent[before:]))
    return next(m for m in world.fake.sent[before:] if m.chat_id == message.chat_id)
