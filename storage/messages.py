"""Messages that show alerts, so that a growing story is told in place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from monitor.domain.delivery import TELEGRAM, DeliveryKind, NewDelivery, SentMessage, Urgency, update_subject
from storage.engine import Database
from storage.outbox import put_in
from storage.tables import alerts, articles, findings
from storage.telling_tables import sent_messages


class Messages:
    """Keeps which message shows which alert, and with how many outlets."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_alert(self, alert_key: str) -> Sequence[SentMessage]:
        """Return the messages that show an alert."""
        query = select(sent_messages).where(sent_messages.c.alert_key == alert_key)
        return self._load(query.order_by(sent_messages.c.delivery_id))

    def plan_updates(self, since: datetime, now: datetime) -> int:
        """Put an update into the outbox for every place whose message, sent since then, shows an alert
        with fewer outlets than carry it now; returns how many."""
        grown = _select_grown(since)
        with self._database.read() as connection:
            if connection.execute(grown.limit(1)).first() is None:
                return 0
        with self._database.write() as connection:
            rows = connection.execute(grown).all()
            updates = {
                (row.alert_key, row.recipient): NewDelivery(
                    DeliveryKind.UPDATE,
                    update_subject(row.alert_key, row.now_outlets),
                    TELEGRAM,
                    row.recipient,
                    Urgency.LATER,
                )
                for row in rows
            }
            put_in(connection, list(updates.values()), now)
        return len(updates)

    def _load(self, query: Select[Any]) -> Sequence[SentMessage]:
        with self._database.read() as connection:
            return [_make_message(row) for row in connection.execute(query)]


def _select_grown(since: datetime) -> Select[Any]:
    """Select messages with how many outlets carry their alert's story now, where that is more."""
    same_story = articles.alias("same_story")
    outlets = func.count(same_story.c.outlet.distinct())
    return (
        select(sent_messages, outlets.label("now_outlets"))
        .join(alerts, alerts.c.key == sent_messages.c.alert_key)
        .join(findings, findings.c.id == alerts.c.finding_id)
        .join(articles, articles.c.id == findings.c.article_id)
        .join(same_story, same_story.c.story_id == articles.c.story_id)
        .where(sent_messages.c.sent_at >= since)
        .group_by(*sent_messages.c)
        .having(outlets > sent_messages.c.outlets)
    )


def _make_message(row: Row[Any]) -> SentMessage:
    return SentMessage(
        row.delivery_id, row.alert_key, row.recipient, row.message_id, row.outlets, row.sent_at
    )
