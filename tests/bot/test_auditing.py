"""Every change of state by people is on record, and nothing else is."""

from __future__ import annotations

import pytest

from tests.bot.conftest import CODE, LISTED, OPERATOR, OWNER, World

READING = (
    "/start",
    "/help",
    "/subscriptions",
    "/mutes",
    "/settings",
    "/latest",
    "/why 1",
    "/status",
    "/health",
)


@pytest.mark.parametrize(
    ("user_id", "commands", "actions"),
    [
        (LISTED, ("/subscribe armenia",), ["subscribe"]),
        (
            LISTED,
            ("/subscribe armenia", "/name 1 Desk", "/unsubscribe 1"),
            ["subscribe", "subscribe", "unsubscribe"],
        ),
        (LISTED, ("/mute armenia", "/unmute armenia"), ["mute", "unmute"]),
        (LISTED, ("/zone Asia/Yerevan", "/quiet 22:00-07:00"), ["settings", "settings"]),
        (LISTED, ("/mydata",), ["export"]),
        (77, (f"/start {CODE}",), ["join"]),
        (OPERATOR, ("/invite analyst",), ["invite"]),
        (OPERATOR, ("/role 77 reviewer", "/remove 77"), ["role", "remove"]),
        (OPERATOR, ("/pause 5", "/resume"), ["pause", "resume"]),
        (LISTED, READING, []),
        (OWNER, (*READING, "/users", "/invitations", "/audit", "/broadcast not yet", "/forgetme"), []),
    ],
)
async def test_changes_are_recorded_and_questions_are_not(
    world: World, user_id: int, commands: tuple[str, ...], actions: list[str]
) -> None:
    """With who did it and when."""
    for command in commands:
        await world.ask(user_id, command)
    await world.settle()
    entries = world.store.audit.latest(20)[::-1]
    assert actions == [entry.action for entry in entries]
    assert {(f"telegram:{user_id}", world.clock.now())} >= {(entry.actor, entry.at) for entry in entries}
