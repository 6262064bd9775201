"""Subscriptions that somebody is choosing and has not saved yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from monitor.domain.subscriptions import Subscription
from storage.engine import Database
from storage.telling_tables import drafts

KEPT = timedelta(days=7)


class Drafts:
    """Keeps one draft for each user of each chat, over restarts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, user_id: int, draft: Subscription, now: datetime) -> int:
        """Begin a draft in the place of the user's former one in the chat; returns its number."""
        former = (drafts.c.chat_id == draft.chat_id) & (drafts.c.user_id == user_id)
        row = {"chat_id": draft.chat_id, "user_id": user_id, **_make_row(draft, now)}
        with self._database.write() as connection:
            connection.execute(drafts.delete().where(former | (drafts.c.updated_at < now - KEPT)))
            return int(connection.execute(drafts.insert().returning(drafts.c.number), row).scalar_one())

    def get(self, chat_id: int, user_id: int, number: int | None = None) -> tuple[int, Subscription] | None:
        """Return the user's draft in the chat with its number; None where there is none, or another one
        than `number`."""
        query = select(drafts).where(drafts.c.chat_id == chat_id, drafts.c.user_id == user_id)
        if number is not None:
            query = query.where(drafts.c.number == number)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        return row.number, Subscription.from_json(row.subscription_id, row.chat_id, row.wanted)

    def save(self, number: int, draft: Subscription, now: datetime) -> None:
        """Keep what became of a draft."""
        with self._database.write() as connection:
            connection.execute(drafts.update().where(drafts.c.number == number).values(_make_row(draft, now)))

    def drop(self, number: int) -> None:
        """Forget a draft that was saved or given up."""
        with self._database.write() as connection:
            connection.execute(drafts.delete().where(drafts.c.number == number))


def _make_row(draft: Subscription, now: datetime) -> dict[str, object]:
    return {"subscription_id": draft.id, "wanted": draft.to_json(), "updated_at": now}
