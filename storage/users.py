"""People with roles, and the invitations that give them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from monitor.domain.access import Invitation, Person, Redeemed, Role
from storage.engine import Database, upsert
from storage.telling_tables import invitations, users

_DECIDED = ("role", "added_by", "added_at")


class People:
    """Keeps who has which role, and who was invited to one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, user_id: int) -> Person | None:
        """Return somebody, None where nothing was ever decided of them."""
        with self._database.read() as connection:
            return _find(connection, user_id)

    def all(self) -> Sequence[Person]:
        """Return everybody of whom something was decided, the oldest first."""
        query = select(users).order_by(users.c.added_at, users.c.user_id)
        with self._database.read() as connection:
            return [_make_person(row) for row in connection.execute(query)]

    def add(self, person: Person) -> Person:
        """Keep somebody new; who is known already stays as they are. Returns who is kept."""
        with self._database.write() as connection:
            connection.execute(upsert(connection, users, ["user_id"]), _make_row(person))
            return _find(connection, person.user_id) or person

    def rename(self, user_id: int, name: str) -> None:
        """Keep how somebody calls themselves now, if they are known."""
        known = (users.c.user_id == user_id, users.c.name != name)
        with self._database.write() as connection:
            connection.execute(users.update().where(*known).values(name=name))

    def change(self, person: Person, *, keep_owner: bool) -> bool:
        """Give somebody another role. False, and nothing changes, where that would take the role from
        the last owner and `keep_owner` says that there is no other one."""
        others = select(users.c.user_id).where(
            users.c.role == Role.OWNER.word, users.c.user_id != person.user_id
        )
        with self._database.write() as connection:
            before = _find(connection, person.user_id)
            loses = before is not None and before.role is Role.OWNER and person.role is not Role.OWNER
            if loses and keep_owner and connection.execute(others.limit(1)).first() is None:
                return False
            connection.execute(
                upsert(connection, users, ["user_id"], update=_DECIDED), _make_row(before, person)
            )
            return True

    def invite(self, invitation: Invitation) -> None:
        """Keep an invitation."""
        row = {
            "nonce": invitation.nonce,
            "role": invitation.role.word,
            "created_by": invitation.created_by,
            "created_at": invitation.created_at,
            "expires_at": invitation.expires_at,
            "used_by": None,
            "used_at": None,
        }
        with self._database.write() as connection:
            connection.execute(invitations.insert(), row)

    def open_invitations(self, now: datetime) -> Sequence[Invitation]:
        """Return the invitations that can be used, the oldest first."""
        query = (
            select(invitations)
            .where(invitations.c.used_at.is_(None), invitations.c.expires_at > now)
            .order_by(invitations.c.created_at, invitations.c.nonce)
        )
        with self._database.read() as connection:
            return [_make_invitation(row) for row in connection.execute(query)]

    def revoke(self, nonce: str) -> Invitation | None:
        """Delete an invitation that nobody used; returns it, None where there is none."""
        unused = (invitations.c.nonce == nonce, invitations.c.used_at.is_(None))
        with self._database.write() as connection:
            row = connection.execute(invitations.delete().where(*unused).returning(invitations)).first()
        return _make_invitation(row) if row else None

    def redeem(self, nonce: str, user_id: int, name: str, now: datetime) -> Redeemed:
        """Use an invitation and give its role, in one transaction, so that it is used once; a greater
        role that somebody has stays."""
        mark = (
            invitations.update()
            .where(
                invitations.c.nonce == nonce,
                invitations.c.used_at.is_(None),
                invitations.c.expires_at > now,
            )
            .values(used_by=user_id, used_at=now)
            .returning(invitations)
        )
        with self._database.write() as connection:
            taken = connection.execute(mark).first()
            if taken is None:
                return _explain(connection, nonce)
            given = Person(user_id, name, Role.parse(taken.role), taken.created_by, now)
            before = _find(connection, user_id)
            if before is None or before.role < given.role:
                connection.execute(
                    upsert(connection, users, ["user_id"], update=("name", *_DECIDED)), _make_row(given)
                )
        return Redeemed.TAKEN


def _explain(connection: Connection, nonce: str) -> Redeemed:
    """Say why an invitation that cannot be used cannot be."""
    row = connection.execute(select(invitations).where(invitations.c.nonce == nonce)).first()
    if row is None:
        return Redeemed.REVOKED
    return Redeemed.EXPIRED if row.used_at is None else Redeemed.USED


def _find(connection: Connection, user_id: int) -> Person | None:
    row = connection.execute(select(users).where(users.c.user_id == user_id)).first()
    return _make_person(row) if row else None


def _make_row(*people: Person | None) -> dict[str, object]:
    """Return the row of the last one, with the first name that is known."""
    person = next(one for one in reversed(people) if one)
    return {
        "user_id": person.user_id,
        "name": next((one.name for one in people if one and one.name), ""),
        "role": person.role.word,
        "added_by": person.added_by,
        "added_at": person.added_at,
    }


def _make_person(row: Row[Any]) -> Person:
    return Person(row.user_id, row.name, Role.parse(row.role), row.added_by, row.added_at)


def _make_invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        row.nonce,
        Role.parse(row.role),
        row.created_by,
        row.created_at,
        row.expires_at,
        row.used_by,
        row.used_at,
    )
