"""Which commands need more than an analyst's role."""

from __future__ import annotations

from collections.abc import Mapping

from telegram import Update

from monitor.domain.access import Role

NEEDS: Mapping[str, Role] = {
    **dict.fromkeys(("digest", "review"), Role.REVIEWER),
    **dict.fromkeys(("invite", "invitations", "users", "role", "remove", "audit"), Role.OPERATOR),
    **dict.fromkeys(("pause", "resume", "reload", "health", "broadcast"), Role.OPERATOR),
}
"""The least role for each command; those that are not named here are for everybody who is served."""


def command_of(update: Update) -> str:
    """Return the command that an update begins with, without the bot's name; empty where there is none."""
    text = (update.message.text or "") if update.message else ""
    word = text.split(maxsplit=1)[0] if text.startswith("/") else ""
    return word.removeprefix("/").split("@")[0].casefold()
