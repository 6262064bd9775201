"""Addresses of subscriptions' feeds: whoever knows the secret part may read."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select

from monitor.domain.subscriptions import Subscription
from storage.chats import make_subscription
from storage.engine import Database, upsert
from storage.tables import subscriptions
from storage.telling_tables import feeds


class Feeds:
    """Keeps which secret opens which subscription."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, chat_id: int, subscription_id: int, now: datetime) -> str | None:
        """Return the secret of a subscription's feed, made at the first time; None where the chat has
        no such subscription."""
        mine = select(subscriptions.c.id).where(
            subscriptions.c.chat_id == chat_id, subscriptions.c.id == subscription_id
        )
        there = select(feeds.c.secret).where(feeds.c.subscription_id == subscription_id)
        new = {"subscription_id": subscription_id, "secret": secrets.token_urlsafe(24), "created_at": now}
        with self._database.write() as connection:
            if connection.execute(mine).first() is None:
                return None
            connection.execute(upsert(connection, feeds, ["subscription_id"]), new)
            return str(connection.execute(there).scalar_one())

    def close(self, chat_id: int, subscription_id: int) -> bool:
        """Let the address lead nowhere; False where the chat has no such feed."""
        mine = select(subscriptions.c.id).where(subscriptions.c.chat_id == chat_id)
        statement = feeds.delete().where(
            feeds.c.subscription_id == subscription_id, feeds.c.subscription_id.in_(mine)
        )
        with self._database.write() as connection:
            return bool(connection.execute(statement).rowcount)

    def subscription(self, secret: str) -> Subscription | None:
        """Return the subscription that a secret opens."""
        query = select(subscriptions).join(feeds, feeds.c.subscription_id == subscriptions.c.id)
        with self._database.read() as connection:
            row = connection.execute(query.where(feeds.c.secret == secret)).first()
        return None if row is None else make_subscription(row)
