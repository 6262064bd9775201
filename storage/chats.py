"""Chats that are served, and what they subscribed to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, func, or_, select

from monitor.domain import preferences as settings
from monitor.domain.delivery import TELEGRAM, Place
from monitor.domain.subscriptions import (
    MOST_SUBSCRIPTIONS,
    Filter,
    Pace,
    Subscription,
    TooManySubscriptionsError,
)
from storage.engine import Database, upsert
from storage.outbox import UNDER_WAY, cancel, hold_back
from storage.preferences import move_preferences, save_preferences
from storage.tables import chats, deliveries, recipients, subscriptions
from storage.telling_tables import held_alerts

_STANDING = ("title", "language", "enabled", "reason", "served_at", "disabled_at")
_KEY = ("chat_id", "thread_id", "filter", "pace")


class Chats:
    """Keeps who may use the bot and what each wants to be told."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def is_served(self, chat_id: int) -> bool:
        """Whether the chat may use the bot (redeemed a code and is not disabled)."""
        query = select(chats.c.enabled).where(chats.c.chat_id == chat_id)
        with self._database.read() as connection:
            return bool(connection.execute(query).scalar())

    def serve(self, chat_id: int, title: str, language: str, now: datetime) -> None:
        """Begin, or begin again, to serve the chat."""
        row = {
            "chat_id": chat_id,
            "title": title,
            "language": language,
            "enabled": True,
            "reason": "",
            "served_at": now,
            "disabled_at": None,
        }
        with self._database.write() as connection:
            connection.execute(upsert(connection, chats, ["chat_id"], update=_STANDING), row)

    def language(self, chat_id: int) -> str:
        """Return the interface language of a chat; empty where it never said one."""
        query = select(chats.c.language).where(chats.c.chat_id == chat_id)
        with self._database.read() as connection:
            return str(connection.execute(query).scalar() or "")

    def disable(self, chat_id: int, reason: str, now: datetime) -> None:
        """Stop sending to the chat and cancel what is on its way to it; `/start` enables it again."""
        row = {
            "chat_id": chat_id,
            "title": "",
            "language": "",
            "enabled": False,
            "reason": reason,
            "served_at": None,
            "disabled_at": now,
        }
        with self._database.write() as connection:
            changed = ("enabled", "reason", "disabled_at")
            connection.execute(upsert(connection, chats, ["chat_id"], update=changed), row)
            whose = at_chat(deliveries.c.recipient, chat_id)
            cancel(connection, TELEGRAM, whose, UNDER_WAY, reason, now)
            let_go_held(connection, chat_id)

    def served(self) -> set[int]:
        """Return all chats that may use the bot."""
        with self._database.read() as connection:
            return set(connection.execute(select(chats.c.chat_id).where(chats.c.enabled)).scalars())

    def migrate(self, old_chat_id: int, new_chat_id: int) -> None:
        """Move subscriptions and waiting deliveries to the supergroup's new id."""
        with self._database.write() as connection:
            _give_standing(connection, old_chat_id, new_chat_id)
            _move_subscriptions(connection, old_chat_id, new_chat_id)
            connection.execute(chats.delete().where(chats.c.chat_id == old_chat_id))
            _move_deliveries(connection, old_chat_id, new_chat_id)
            move_preferences(connection, old_chat_id, new_chat_id)

    def subscribe(self, subscription: Subscription, now: datetime) -> Subscription:
        """Save a subscription and return it with its id; the same one twice is one.

        Raises TooManySubscriptionsError, and saves nothing, where it would be one too many."""
        with self._database.write() as connection:
            return _subscribe(connection, subscription, now)[0]

    def take_in(
        self,
        chat_id: int,
        wanted: Sequence[Subscription],
        chosen: settings.Preferences | None,
        now: datetime,
    ) -> int:
        """Add those subscriptions that the chat has not got, and set its settings, in one transaction.

        Returns how many were added; raises TooManySubscriptionsError, and changes nothing, where they
        would be too many."""
        with self._database.write() as connection:
            added = [_subscribe(connection, replace(one, chat_id=chat_id), now)[1] for one in wanted]
            if chosen is not None:
                save_preferences(connection, chat_id, chosen)
        return sum(added)

    def change(self, subscription: Subscription) -> bool:
        """Save what became of a subscription of the chat; False where the chat has no such one, or has
        one just like it already."""
        values = {
            "thread_id": subscription.thread_id,
            "name": subscription.name,
            "filter": subscription.filter.to_json(),
            "pace": subscription.pace,
        }
        mine = subscriptions.c.chat_id == subscription.chat_id
        twin = select(subscriptions.c.id).where(
            mine,
            subscriptions.c.id != subscription.id,
            *(subscriptions.c[name] == values[name] for name in _KEY[1:]),
        )
        with self._database.write() as connection:
            if connection.execute(twin).first() is not None:
                return False
            return bool(
                connection.execute(
                    subscriptions.update().where(mine, subscriptions.c.id == subscription.id).values(values)
                ).rowcount
            )

    def unsubscribe(self, chat_id: int, subscription_id: int | None) -> int:
        """Remove one or (None) all subscriptions of the chat; returns how many."""
        statement = subscriptions.delete().where(subscriptions.c.chat_id == chat_id)
        if subscription_id is not None:
            statement = statement.where(subscriptions.c.id == subscription_id)
        with self._database.write() as connection:
            return connection.execute(statement).rowcount

    def subscriptions(self, chat_id: int | None = None) -> list[Subscription]:
        """Return the chat's subscriptions, or all of chats that are not disabled."""
        query = select(subscriptions).order_by(subscriptions.c.id)
        if chat_id is None:
            disabled = select(chats.c.chat_id).where(~chats.c.enabled)
            query = query.where(subscriptions.c.chat_id.not_in(disabled))
        else:
            query = query.where(subscriptions.c.chat_id == chat_id)
        with self._database.read() as connection:
            return [make_subscription(row) for row in connection.execute(query)]


def _subscribe(connection: Connection, wanted: Subscription, now: datetime) -> tuple[Subscription, bool]:
    """Save a subscription; returns it with its id, and whether the chat had none like it."""
    row = {
        "chat_id": wanted.chat_id,
        "thread_id": wanted.thread_id,
        "filter": wanted.filter.to_json(),
        "pace": wanted.pace,
    }
    same = select(subscriptions).where(*(subscriptions.c[name] == row[name] for name in _KEY))
    found = connection.execute(same).first()
    if found is not None:
        return make_subscription(found), False
    mine = select(func.count()).where(subscriptions.c.chat_id == wanted.chat_id)
    if connection.execute(mine).scalar_one() >= MOST_SUBSCRIPTIONS:
        raise TooManySubscriptionsError(f"a chat may have {MOST_SUBSCRIPTIONS} subscriptions")
    connection.execute(subscriptions.insert(), {**row, "name": wanted.name, "created_at": now})
    return make_subscription(connection.execute(same).one()), True


def _give_standing(connection: Connection, old_chat_id: int, new_chat_id: int) -> None:
    """Serve the new id as the old one was served; one that is served already stays so."""
    old = connection.execute(select(chats).where(chats.c.chat_id == old_chat_id)).mappings().first()
    if old is not None:
        changed = _STANDING if old["enabled"] else ()
        connection.execute(
            upsert(connection, chats, ["chat_id"], update=changed), {**old, "chat_id": new_chat_id}
        )


def _move_subscriptions(connection: Connection, old_chat_id: int, new_chat_id: int) -> None:
    """Move those that the new id has not got itself, and drop the others."""
    twin = subscriptions.alias("twin")
    has_twin = exists().where(
        twin.c.chat_id == new_chat_id, *(twin.c[name] == subscriptions.c[name] for name in _KEY[1:])
    )
    mine = subscriptions.c.chat_id == old_chat_id
    connection.execute(subscriptions.update().where(mine, ~has_twin).values(chat_id=new_chat_id))
    connection.execute(subscriptions.delete().where(mine))


def at_chat(column: ColumnElement[str], chat_id: int) -> ColumnElement[bool]:
    """Return the condition that a recipient is the chat or one of its topics."""
    return or_(column == str(chat_id), column.like(f"{chat_id}/%"))


def let_go_held(connection: Connection, chat_id: int) -> None:
    """Forget the alerts that wait to be told together."""
    waiting = held_alerts.c.summary_id.is_(None)
    connection.execute(held_alerts.delete().where(at_chat(held_alerts.c.recipient, chat_id), waiting))


def _move_deliveries(connection: Connection, old_chat_id: int, new_chat_id: int) -> None:
    """Move what waits, for the chat and for each of its topics."""
    waiting = (deliveries.c.sink == TELEGRAM, deliveries.c.state.in_(UNDER_WAY))
    queued = select(deliveries.c.recipient).where(*waiting, at_chat(deliveries.c.recipient, old_chat_id))
    held_back = select(recipients.c.recipient).where(
        recipients.c.sink == TELEGRAM, at_chat(recipients.c.recipient, old_chat_id)
    )
    for old in sorted(connection.execute(queued.union(held_back)).scalars()):
        _move_to(connection, old, str(Place(new_chat_id, Place.parse(old).thread_id)))


def _move_to(connection: Connection, old: str, new: str) -> None:
    """Move what waits, unless the same message is in the outbox for the new id, or was sent to it."""
    twin = deliveries.alias("twin")
    has_twin = exists().where(
        twin.c.kind == deliveries.c.kind,
        twin.c.subject == deliveries.c.subject,
        twin.c.sink == TELEGRAM,
        twin.c.recipient == new,
    )
    mine = (
        deliveries.c.sink == TELEGRAM,
        deliveries.c.recipient == old,
        deliveries.c.state.in_(UNDER_WAY),
    )
    connection.execute(deliveries.update().where(*mine, ~has_twin).values(recipient=new))
    connection.execute(deliveries.delete().where(*mine))
    held = (recipients.c.sink == TELEGRAM, recipients.c.recipient == old)
    not_before = connection.execute(select(recipients.c.not_before).where(*held)).scalar()
    if not_before is not None:
        hold_back(connection, TELEGRAM, new, not_before)
        connection.execute(recipients.delete().where(*held))


def make_subscription(row: Row[Any]) -> Subscription:
    """Return the subscription of a row of `subscriptions`."""
    return Subscription(
        id=row.id,
        chat_id=row.chat_id,
        filter=Filter.from_json(row.filter),
        name=row.name,
        pace=Pace(row.pace),
        thread_id=row.thread_id,
        created_at=row.created_at,
    )
