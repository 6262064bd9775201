"""All that is kept of one person: shown to them, and erased when they ask for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, Table, or_, select

from monitor.domain.access import actor_of, chat_subject, erased_name
from storage.chats import at_chat
from storage.engine import Database
from storage.tables import chats, deliveries, recipients, review_steps, subscriptions
from storage.telling_tables import (
    audit,
    broadcasts,
    drafts,
    feeds,
    held_alerts,
    invitations,
    mutes,
    preferences,
    rulings,
    sent_messages,
    summaries,
    switches,
    users,
    verdicts,
)

Mine = Callable[[int], ColumnElement[bool]]


def _of_chat(table: Table) -> Mine:
    return lambda user_id: table.c.chat_id == user_id  # a private chat has its user's id


def _to_chat(table: Table) -> Mine:
    return lambda user_id: at_chat(table.c.recipient, user_id)


def _own_feeds(user_id: int) -> ColumnElement[bool]:
    own = select(subscriptions.c.id).where(subscriptions.c.chat_id == user_id)
    return feeds.c.subscription_id.in_(own)


ABOUT: Mapping[Table, Mine] = {
    users: lambda user_id: users.c.user_id == user_id,
    chats: _of_chat(chats),
    feeds: _own_feeds,
    subscriptions: _of_chat(subscriptions),
    drafts: lambda user_id: or_(drafts.c.chat_id == user_id, drafts.c.user_id == user_id),
    preferences: _of_chat(preferences),
    mutes: _of_chat(mutes),
    held_alerts: _to_chat(held_alerts),
    summaries: _to_chat(summaries),
    sent_messages: _to_chat(sent_messages),
    deliveries: _to_chat(deliveries),
    recipients: _to_chat(recipients),
}
"""Tables whose rows are somebody's own, in the order in which they can be deleted."""

NAMED: Mapping[Table, Sequence[Column[str]]] = {
    users: (users.c.added_by,),
    invitations: (invitations.c.created_by,),
    audit: (audit.c.actor, audit.c.subject),
    rulings: (rulings.c.reviewer,),
    review_steps: (review_steps.c.reviewer,),
    switches: (switches.c.set_by,),
    broadcasts: (broadcasts.c.created_by,),
}
"""Columns that name who did something that others rest on."""

NUMBERED: Mapping[Table, Column[int]] = {verdicts: verdicts.c.user_id, invitations: invitations.c.used_by}
"""Columns that number them."""


class PersonalData:
    """Shows and erases what is kept of somebody, table by table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def export(self, user_id: int) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return the rows that are about somebody or by them, by table, fit for JSON."""
        found: dict[str, Sequence[Mapping[str, object]]] = {}
        with self._database.read() as connection:
            for table in dict.fromkeys((*ABOUT, *NAMED, *NUMBERED)):
                rows = connection.execute(select(table).where(_concerns(table, user_id))).mappings()
                if kept := [{name: _plain(value) for name, value in row.items()} for row in rows]:
                    found[table.name] = kept
        return found

    def erase(self, user_id: int, pseudonym: int) -> Mapping[str, int]:
        """Delete the rows that are about somebody, and put the pseudonym (a positive number) for them
        where they did something that others rest on, in one transaction; returns how many rows of
        each table that were."""
        done: dict[str, int] = {}
        with self._database.write() as connection:
            for table, mine in ABOUT.items():
                done[table.name] = connection.execute(table.delete().where(mine(user_id))).rowcount
            for table, columns in NAMED.items():
                for column in columns:
                    done[table.name] = done.get(table.name, 0) + _rename(
                        connection, column, user_id, pseudonym
                    )
            for table, number in NUMBERED.items():
                renamed = table.update().where(number == user_id).values({number.name: -pseudonym})
                done[table.name] = done.get(table.name, 0) + connection.execute(renamed).rowcount
            _clean_details(connection, user_id, pseudonym)
        return {name: count for name, count in done.items() if count}


def _concerns(table: Table, user_id: int) -> ColumnElement[bool]:
    """Return the condition that a row is about somebody or by them."""
    conditions: list[ColumnElement[bool]] = []
    if table in ABOUT:
        conditions.append(ABOUT[table](user_id))
    conditions += [column.in_(_names(user_id)) for column in NAMED.get(table, ()) if table is not users]
    if table in NUMBERED:
        conditions.append(NUMBERED[table] == user_id)
    return or_(*conditions)


def _names(user_id: int) -> tuple[str, ...]:
    return (actor_of(user_id), chat_subject(user_id))


def _rename(connection: Connection, column: Column[str], user_id: int, pseudonym: int) -> int:
    renamed = column.table.update().where(column.in_(_names(user_id)))
    return int(connection.execute(renamed.values({column.name: erased_name(pseudonym)})).rowcount)


def _clean_details(connection: Connection, user_id: int, pseudonym: int) -> None:
    """Put the pseudonym for somebody who is named in the words of what was done."""
    names = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in _names(user_id)))
    told = select(audit).where(audit.c.detail.like(f"%{user_id}%"))
    for row in connection.execute(told).all():
        detail = names.sub(erased_name(pseudonym), row.detail)
        connection.execute(audit.update().where(audit.c.id == row.id).values(detail=detail))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
