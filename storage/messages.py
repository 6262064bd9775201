"""Messages that show alerts, so that a growing story is told in place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select

from monitor.domain.delivery import SentMessage
from storage.engine import Database, upsert
from storage.telling_tables import sent_messages


class Messages:
    """Keeps which message shows which alert, and with how many outlets."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, message: SentMessage) -> None:
        """Keep a message, or with how many outlets it shows its alert now."""
        row = {
            "delivery_id": message.delivery_id,
            "alert_key": message.alert_key,
            "recipient": message.recipient,
            "message_id": message.message_id,
            "outlets": message.outlets,
            "sent_at": message.sent_at,
        }
        with self._database.write() as connection:
            connection.execute(
                upsert(connection, sent_messages, ["delivery_id"], update=["outlets", "recipient"]), row
            )

    def of_alert(self, alert_key: str) -> Sequence[SentMessage]:
        """Return the messages that show an alert."""
        query = select(sent_messages).where(sent_messages.c.alert_key == alert_key)
        return self._load(query.order_by(sent_messages.c.delivery_id))

    def since(self, moment: datetime) -> Sequence[SentMessage]:
        """Return the messages that were sent since then, the oldest first."""
        query = select(sent_messages).where(sent_messages.c.sent_at >= moment)
        return self._load(query.order_by(sent_messages.c.delivery_id))

    def _load(self, query: Select[Any]) -> Sequence[SentMessage]:
        with self._database.read() as connection:
            return [_make_message(row) for row in connection.execute(query)]


def _make_message(row: Row[Any]) -> SentMessage:
    return SentMessage(
        row.delivery_id, row.alert_key, row.recipient, row.message_id, row.outlets, row.sent_at
    )
