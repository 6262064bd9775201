"""What chats set for themselves, and what they mute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from monitor.domain.preferences import Mute, MuteKind, Preferences
from storage.engine import Database, upsert
from storage.telling_tables import mutes, preferences


class PreferencesStore:
    """Keeps each chat's settings and mutes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, chat_id: int) -> Preferences:
        """Return what the chat set, the defaults where it set nothing."""
        query = select(preferences.c.settings).where(preferences.c.chat_id == chat_id)
        with self._database.read() as connection:
            return Preferences.from_json(connection.execute(query).scalar() or {})

    def save(self, chat_id: int, wanted: Preferences) -> None:
        """Keep what the chat set."""
        with self._database.write() as connection:
            save_preferences(connection, chat_id, wanted)

    def all(self) -> Mapping[int, Preferences]:
        """Return the settings of all chats that set any."""
        with self._database.read() as connection:
            rows = connection.execute(select(preferences)).all()
        return {row.chat_id: Preferences.from_json(row.settings) for row in rows}

    def mute(self, wanted: Mute) -> None:
        """Mute until then; a mute of the same thing is replaced."""
        row = {
            "chat_id": wanted.chat_id,
            "kind": wanted.kind,
            "value": wanted.value,
            "until": wanted.until,
        }
        with self._database.write() as connection:
            connection.execute(upsert(connection, mutes, ["chat_id", "kind", "value"], update=["until"]), row)

    def unmute(self, chat_id: int, kind: MuteKind | None = None, value: str = "") -> int:
        """End one mute, or (None) all of the chat; returns how many."""
        statement = mutes.delete().where(mutes.c.chat_id == chat_id)
        if kind is not None:
            statement = statement.where(mutes.c.kind == kind, mutes.c.value == value)
        with self._database.write() as connection:
            return connection.execute(statement).rowcount

    def mutes(self, now: datetime) -> Mapping[int, Sequence[Mute]]:
        """Return the mutes that hold, by chat."""
        query = select(mutes).where(mutes.c.until > now).order_by(mutes.c.chat_id, mutes.c.until)
        found: dict[int, list[Mute]] = {}
        with self._database.read() as connection:
            for row in connection.execute(query):
                found.setdefault(row.chat_id, []).append(_make_mute(row))
        return found

    def forget(self, chat_id: int) -> None:
        """Delete all that the chat set."""
        with self._database.write() as connection:
            for table in (preferences, mutes):
                connection.execute(table.delete().where(table.c.chat_id == chat_id))


def save_preferences(connection: Connection, chat_id: int, wanted: Preferences) -> None:
    """Keep what a chat set."""
    connection.execute(
        upsert(connection, preferences, ["chat_id"], update=["settings"]),
        {"chat_id": chat_id, "settings": wanted.to_json()},
    )


def move_preferences(connection: Connection, old_chat_id: int, new_chat_id: int) -> None:
    """Give a chat's settings and mutes to its new id, which keeps what it has itself."""
    keys: Mapping[Table, Sequence[str]] = {
        preferences: ["chat_id"],
        mutes: ["chat_id", "kind", "value"],
    }
    for table, key in keys.items():
        mine = table.c.chat_id == old_chat_id
        for row in connection.execute(select(table).where(mine)).mappings().all():
            connection.execute(upsert(connection, table, key), {**row, "chat_id": new_chat_id})
        connection.execute(table.delete().where(mine))


def _make_mute(row: Row[Any]) -> Mute:
    return Mute(row.chat_id, MuteKind(row.kind), row.value, row.until)
