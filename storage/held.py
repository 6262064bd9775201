"""Alerts that are told later, together: held at first, then in a summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from monitor.domain.delivery import TELEGRAM, DeliveryKind, DeliveryState, NewDelivery, Place, Urgency
from monitor.domain.routing import Held, HeldBecause
from storage.engine import Database, upsert
from storage.outbox import put_in
from storage.tables import deliveries
from storage.telling_tables import held_alerts, summaries


class HeldAlerts:
    """Keeps what waits for the end of a period, of a quiet night or of a full hour."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sent_since(self, since: datetime) -> Mapping[str, int]:
        """Return how many single alerts were put into each place's queue since then."""
        query = (
            select(deliveries.c.recipient, func.count())
            .where(
                deliveries.c.sink == TELEGRAM,
                deliveries.c.kind == DeliveryKind.ALERT,
                deliveries.c.created_at > since,
            )
            .group_by(deliveries.c.recipient)
        )
        with self._database.read() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def release(self, now: datetime) -> int:
        """Put what is due into one summary a place, in one transaction; returns how many there are."""
        due = (held_alerts.c.summary_id.is_(None), held_alerts.c.release_at <= now)
        places = select(held_alerts.c.recipient).where(*due).distinct()
        with self._database.read() as connection:
            if connection.execute(places.limit(1)).first() is None:
                return 0
        with self._database.write() as connection:
            found = sorted(connection.execute(places).scalars())
            for recipient in found:
                number = connection.execute(
                    summaries.insert().returning(summaries.c.id),
                    {"recipient": recipient, "created_at": now},
                ).scalar_one()
                mine = held_alerts.c.recipient == recipient
                connection.execute(held_alerts.update().where(mine, *due).values(summary_id=number))
                summary = NewDelivery(DeliveryKind.SUMMARY, str(number), TELEGRAM, recipient, Urgency.LATER)
                put_in(connection, [summary], now)
        return len(found)

    def fold(self, before: datetime, now: datetime, at_least: int) -> int:
        """Fold the alerts that have waited for a place since before then into one summary, where there
        are at least so many.

        After a long outage nobody wants them one by one; critical ones are still told so. Returns how
        many were folded.
        """
        stale = (
            deliveries.c.sink == TELEGRAM,
            deliveries.c.kind == DeliveryKind.ALERT,
            deliveries.c.state == DeliveryState.PENDING,
            deliveries.c.urgency > Urgency.CRITICAL,
            deliveries.c.created_at < before,
        )
        many = (
            select(deliveries.c.recipient)
            .where(*stale)
            .group_by(deliveries.c.recipient)
            .having(func.count() >= at_least)
        )
        with self._database.read() as connection:
            if connection.execute(many.limit(1)).first() is None:
                return 0
        folded = 0
        with self._database.write() as connection:
            for recipient in connection.execute(many).scalars().all():
                folded += _fold(connection, recipient, [*stale, deliveries.c.recipient == recipient], now)
        return folded

    def summary(self, number: int) -> Sequence[str]:
        """Return the keys of a summary's alerts, in the order in which they were held."""
        query = (
            select(held_alerts.c.alert_key)
            .where(held_alerts.c.summary_id == number)
            .order_by(held_alerts.c.held_at, held_alerts.c.alert_key)
        )
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())

    def of_alert(self, alert_key: str) -> Mapping[str, HeldBecause]:
        """Return the places for which an alert was held, and why."""
        query = select(held_alerts.c.recipient, held_alerts.c.reason).where(
            held_alerts.c.alert_key == alert_key
        )
        with self._database.read() as connection:
            return {row.recipient: HeldBecause(row.reason) for row in connection.execute(query)}


def hold(connection: Connection, held: Sequence[Held], now: datetime) -> None:
    """Hold alerts, within the transaction that saves them; one that is held already stays so."""
    if held:
        rows = [_row(one, now) for one in held]
        connection.execute(upsert(connection, held_alerts, ["recipient", "alert_key"]), rows)


def _fold(connection: Connection, recipient: str, stale: Sequence[ColumnElement[bool]], now: datetime) -> int:
    keys = connection.execute(select(deliveries.c.subject).where(*stale)).scalars().all()
    hold(connection, [Held(Place.parse(recipient), key, 0, HeldBecause.LATE, now) for key in keys], now)
    connection.execute(
        deliveries.update()
        .where(*stale)
        .values(state=DeliveryState.CANCELLED, last_error="told in a summary", ended_at=now)
    )
    return len(keys)


def _row(held: Held, now: datetime) -> dict[str, object]:
    return {
        "recipient": str(held.place),
        "alert_key": held.alert_key,
        "subscription_id": held.subscription_id,
        "reason": held.reason,
        "held_at": now,
        "release_at": held.release_at,
        "summary_id": None,
    }
