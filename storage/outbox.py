"""Deliveries on their way: saved with what they carry, marked before they are sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, exists, func, or_, select

from monitor.domain.delivery import (
    Delivery,
    DeliveryKind,
    DeliveryState,
    NewDelivery,
    SentMessage,
    Urgency,
)
from storage.columns import Moment
from storage.engine import Database, upsert
from storage.tables import deliveries, recipients
from storage.telling_tables import sent_messages

UNDER_WAY = (DeliveryState.PENDING, DeliveryState.SENDING)


class Outbox:
    """Keeps messages until they are sent, given up or cancelled."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, deliveries: Sequence[NewDelivery], now: datetime) -> None:
        """Put messages in; one with the same kind, subject, sink and recipient is not put in twice."""
        with self._database.write() as connection:
            put_in(connection, deliveries, now)

    def claim(self, sink: str, now: datetime, limit: int, least: Urgency = Urgency.BULK) -> list[Delivery]:
        """Mark due deliveries as being sent and return them, the most urgent first and of equals the
        oldest, none below `least`, at most one per recipient and none to whom something is being sent
        already; `attempts` counts this try."""
        values = {"due_sink": sink, "due_now": now, "due_most": limit, "due_least": int(least)}
        with self._database.read() as connection:
            # An empty outbox is asked every moment; that must not wait for whoever writes.
            if connection.execute(_DUE, values).first() is None:
                return []
        with self._database.write() as connection:
            claimed = connection.execute(_CLAIM, values).all()
        return [
            Delivery(
                id=row.id,
                kind=DeliveryKind(row.kind),
                subject=row.subject,
                sink=row.sink,
                recipient=row.recipient,
                attempts=row.attempts,
                created_at=row.created_at,
                urgency=Urgency(row.urgency),
            )
            for row in sorted(claimed, key=lambda row: (int(row.urgency), int(row.id)))
        ]

    def is_overtaken(self, delivery: Delivery, now: datetime) -> bool:
        """Whether something more urgent waits for the recipient of a delivery that is being sent."""
        query = select(deliveries.c.id).where(
            deliveries.c.sink == delivery.sink,
            deliveries.c.recipient == delivery.recipient,
            deliveries.c.state == DeliveryState.PENDING,
            deliveries.c.urgency < delivery.urgency,
            deliveries.c.due_at <= now,
        )
        with self._database.read() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def give_way(self, delivery_id: int) -> None:
        """Put back what is being sent, at no cost to it: something more urgent goes first."""
        with self._database.write() as connection:
            connection.execute(
                deliveries.update()
                .where(deliveries.c.id == delivery_id, deliveries.c.state == DeliveryState.SENDING)
                .values(state=DeliveryState.PENDING, attempts=deliveries.c.attempts - 1)
            )

    def sent(self, delivery_id: int, now: datetime, shown: Sequence[SentMessage] = ()) -> None:
        """Record success, whatever became of the delivery meanwhile: people have the message. Messages
        that show an alert are kept with it."""
        there = select(deliveries.c.id).where(deliveries.c.id == delivery_id)
        with self._database.write() as connection:
            changed = connection.execute(
                deliveries.update()
                .where(deliveries.c.id == delivery_id, deliveries.c.state != DeliveryState.SENT)
                .values(state=DeliveryState.SENT, ended_at=now)
            ).rowcount
            # Not there any more: its reader had all that was kept of them erased meanwhile.
            if changed or connection.execute(there).first() is not None:
                note_messages(connection, shown)

    def retry(self, delivery_id: int, at: datetime, reason: str) -> None:
        """Put it back until `at`; later messages to the same recipient wait too."""
        with self._database.write() as connection:
            row = connection.execute(
                deliveries.update()
                # Not what was cancelled while it was being sent.
                .where(deliveries.c.id == delivery_id, deliveries.c.state == DeliveryState.SENDING)
                .values(state=DeliveryState.PENDING, due_at=at, last_error=reason)
                .returning(deliveries.c.sink, deliveries.c.recipient)
            ).first()
            if row is not None:
                hold_back(connection, row.sink, row.recipient, at)

    def failed(self, delivery_id: int, reason: str, now: datetime) -> None:
        """Give up on one message, with its reason."""
        with self._database.write() as connection:
            connection.execute(
                deliveries.update()
                .where(deliveries.c.id == delivery_id, deliveries.c.state.in_(UNDER_WAY))
                .values(state=DeliveryState.FAILED, last_error=reason, ended_at=now)
            )

    def recipient_gone(self, sink: str, recipient: str, reason: str, now: datetime) -> int:
        """Cancel all that waits for the recipient or is being sent to it; returns how many."""
        with self._database.write() as connection:
            return cancel(connection, sink, deliveries.c.recipient == recipient, UNDER_WAY, reason, now)

    def recover(self, now: datetime) -> int:
        """After a restart: put back what was being sent, counted as uncertain; returns how many.

        Whether such a message arrived cannot be known where the receiving API has no key by which
        it would recognise a second sending; so it is sent again rather than lost.
        """
        with self._database.write() as connection:
            return connection.execute(
                deliveries.update()
                .where(deliveries.c.state == DeliveryState.SENDING)
                .values(
                    state=DeliveryState.PENDING,
                    due_at=now,
                    uncertain=deliveries.c.uncertain + 1,
                    last_error="the program ended while this was being sent",
                )
            ).rowcount

    def let_go(self, before: datetime, now: datetime) -> int:
        """Cancel alerts, notices and broadcasts put in before then and never sent; returns how many."""
        old = [deliveries.c.state.in_(UNDER_WAY), deliveries.c.created_at < before]
        told = deliveries.c.kind.in_((DeliveryKind.ALERT, DeliveryKind.NOTICE, DeliveryKind.BROADCAST))
        with self._database.write() as connection:
            return connection.execute(
                deliveries.update()
                .where(told, *old)
                .values(
                    state=DeliveryState.CANCELLED, last_error="too old when the program started", ended_at=now
                )
            ).rowcount

    def counts(self) -> dict[str, int]:
        """Return how many deliveries there are in each state, and how many may have gone out twice."""
        states = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
        doubtful = select(func.count()).where(deliveries.c.uncertain > 0)
        with self._database.read() as connection:
            by_state: dict[str, int] = dict(connection.execute(states).all())
            return {
                **{state.value: by_state.get(state, 0) for state in DeliveryState},
                DeliveryState.UNCERTAIN.value: connection.execute(doubtful).scalar_one(),
            }


def put_in(connection: Connection, new: Sequence[NewDelivery], now: datetime) -> None:
    """Put messages in, within the transaction that saves what they carry."""
    if not new:
        return
    connection.execute(
        upsert(connection, deliveries, ["kind", "subject", "sink", "recipient"]),
        [
            {
                "kind": delivery.kind,
                "subject": delivery.subject,
                "sink": delivery.sink,
                "recipient": delivery.recipient,
                "state": DeliveryState.PENDING,
                "attempts": 0,
                "uncertain": 0,
                "due_at": delivery.due_at or now,
                "last_error": "",
                "created_at": now,
                "urgency": delivery.urgency,
            }
            for delivery in new
        ],
    )


def hold_back(connection: Connection, sink: str, recipient: str, until: datetime) -> None:
    """Send nothing to the recipient before `until`, nor before a later time that was set already."""
    there = connection.execute(
        select(recipients.c.not_before).where(recipients.c.sink == sink, recipients.c.recipient == recipient)
    ).scalar()
    if there is None or there < until:
        connection.execute(
            upsert(connection, recipients, ["sink", "recipient"], update=["not_before"]),
            {"sink": sink, "recipient": recipient, "not_before": until},
        )


def cancel(
    connection: Connection,
    sink: str,
    whose: ColumnElement[bool],
    states: Sequence[DeliveryState],
    reason: str,
    now: datetime,
) -> int:
    """Cancel a sink's deliveries in these states, of those recipients; returns how many."""
    return connection.execute(
        deliveries.update()
        .where(
            deliveries.c.sink == sink,
            whose,
            deliveries.c.state.in_(states),
        )
        .values(state=DeliveryState.CANCELLED, last_error=reason, ended_at=now)
    ).rowcount


def _select_due() -> Select[tuple[int]]:
    """Select for each recipient to whom something may be sent now what goes first.

    Takes `sink`, `now`, `most` and `least`. Building it takes longer than running it: it is built once.
    """
    moment = bindparam("due_now", type_=Moment())
    other, sooner = deliveries.alias("other"), deliveries.alias("sooner")
    same = ("sink", "recipient")
    busy = exists().where(
        *(other.c[name] == deliveries.c[name] for name in same),
        other.c.state == DeliveryState.SENDING,
    )
    overtaken = exists().where(
        *(sooner.c[name] == deliveries.c[name] for name in same),
        sooner.c.state == DeliveryState.PENDING,
        sooner.c.due_at <= moment,
        or_(
            sooner.c.urgency < deliveries.c.urgency,
            and_(sooner.c.urgency == deliveries.c.urgency, sooner.c.id < deliveries.c.id),
        ),
    )
    return (
        select(deliveries.c.id)
        .outerjoin(
            recipients,
            (recipients.c.sink == deliveries.c.sink) & (recipients.c.recipient == deliveries.c.recipient),
        )
        .where(
            deliveries.c.sink == bindparam("due_sink"),
            deliveries.c.state == DeliveryState.PENDING,
            deliveries.c.due_at <= moment,
            deliveries.c.urgency <= bindparam("due_least"),
            or_(recipients.c.not_before.is_(None), recipients.c.not_before <= moment),
            ~busy,
            ~overtaken,
        )
        .order_by(deliveries.c.urgency, deliveries.c.id)
        .limit(bindparam("due_most"))
    )


_DUE = _select_due()
_CLAIM = (
    deliveries.update()
    # The state is asked again for databases that let two writers get here at once.
    .where(deliveries.c.id.in_(_DUE), deliveries.c.state == DeliveryState.PENDING)
    .values(state=DeliveryState.SENDING, attempts=deliveries.c.attempts + 1)
    .returning(deliveries)
)


def note_messages(connection: Connection, shown: Sequence[SentMessage]) -> None:
    """Keep messages, or with how many outlets they show their alert now."""
    if shown:
        rows = [
            {
                "delivery_id": message.delivery_id,
                "alert_key": message.alert_key,
                "recipient": message.recipient,
                "message_id": message.message_id,
                "outlets": message.outlets,
                "sent_at": message.sent_at,
            }
            for message in shown
        ]
        changed = ["outlets", "recipient"]
        connection.execute(upsert(connection, sent_messages, ["delivery_id"], update=changed), rows)
