"""Who may do what: roles, invitations, and what people did with them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

SHORTEST_INVITATION = timedelta(minutes=10)
LONGEST_INVITATION = timedelta(days=30)


class Role(IntEnum):
    """What somebody may do; each role may do all that a smaller one may."""

    REMOVED = 0
    """Nothing: only a new invitation, or whoever may give roles, lets in again."""
    ANALYST = 1
    """Ask, subscribe, say right or wrong."""
    REVIEWER = 2
    """Review the digest, and what analysts say of judgements."""
    OPERATOR = 3
    """Invite, pause, reload, tell everybody."""
    OWNER = 4
    """Invite and change anybody."""

    @property
    def word(self) -> str:
        """The role as it is written in commands and kept in the store."""
        return self.name.lower()

    @classmethod
    def parse(cls, word: str) -> Role:
        """Return the role of this name; raises ValueError where there is none."""
        try:
            return cls[word.strip().upper()]
        except KeyError:
            raise ValueError(f"there is no role {word!r}") from None


GIVEN = (Role.ANALYST, Role.REVIEWER, Role.OPERATOR, Role.OWNER)
"""The roles that people give one another."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a role, as Telegram numbers and names them."""

    user_id: int
    name: str
    role: Role
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that gives one person a role, once, until it expires."""

    nonce: str
    role: Role
    created_by: str
    created_at: datetime
    expires_at: datetime
    used_by: int | None = None
    used_at: datetime | None = None


class Redeemed(StrEnum):
    """What came of a link that we had signed."""

    TAKEN = "taken"
    """It gave its role."""
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


class Change(StrEnum):
    """What came of the wish to give somebody another role."""

    MADE = "made"
    SAME = "same"
    NOT_YOURS = "not_yours"
    """The other one's role is above one's own, or equal to it."""
    TOO_MUCH = "too_much"
    """The role to be given is above what one may give."""
    CONFIGURED = "configured"
    """The configuration gives the other one more than that, and always holds."""
    LAST_OWNER = "last_owner"


@dataclass(frozen=True, slots=True)
class Configured:
    """The roles that the configuration gives: they always hold."""

    analysts: frozenset[int] = frozenset()
    reviewers: frozenset[int] = frozenset()
    operators: frozenset[int] = frozenset()
    owners: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls,
        allowed_chats: Collection[int],
        reviewers: Collection[int],
        operator_chats: Collection[int],
        owners: Collection[int],
    ) -> Configured:
        """Read the lists; groups among the chats are served, or told of troubles, and are nobody."""
        # A private chat has its user's id, a group's is negative.
        analysts, operators = (
            frozenset(chat for chat in chats if chat > 0) for chats in (allowed_chats, operator_chats)
        )
        return cls(analysts, frozenset(reviewers), operators, frozenset(owners))

    def role(self, user_id: int) -> Role | None:
        """Return the role that the user has whatever anybody decides, None where there is none."""
        if user_id in self.owners:
            return Role.OWNER
        if user_id in self.operators:
            return Role.OPERATOR
        if user_id in self.reviewers:
            return Role.REVIEWER
        return Role.ANALYST if user_id in self.analysts else None

    def roles(self) -> Mapping[int, Role]:
        """Return everybody whom the configuration names, with their roles."""
        everybody = self.analysts | self.reviewers | self.operators | self.owners
        return {user_id: role for user_id in everybody if (role := self.role(user_id))}


def stronger(one: Role | None, other: Role | None) -> Role | None:
    """Return the greater of two roles, None where there is neither."""
    known = [role for role in (one, other) if role is not None]
    return max(known) if known else None


def may_give(actor: Role, role: Role) -> bool:
    """Whether somebody may invite people to a role, or give it: operators up to reviewer, owners any."""
    return actor is Role.OWNER or (actor is Role.OPERATOR and Role.ANALYST <= role < actor)


def judge_change(actor: Role, configured: Role | None, kept: Role | None, wanted: Role) -> Change:
    """Say whether somebody may give another one a role, or (REMOVED) take it away.

    `configured` and `kept` are the other one's roles by configuration and by what was decided
    before. Whether an owner is the last one only the store can say.
    """
    now = stronger(configured, kept) or Role.REMOVED
    if actor < Role.OPERATOR or (now >= actor and actor is not Role.OWNER):
        return Change.NOT_YOURS
    if wanted is not Role.REMOVED and not may_give(actor, wanted):
        return Change.TOO_MUCH
    if configured is not None and wanted < configured:
        return Change.CONFIGURED
    return Change.SAME if kept == wanted else Change.MADE


@dataclass(frozen=True, slots=True)
class Entry:
    """A change of state: who did what to what."""

    at: datetime
    actor: str
    action: str
    subject: str = ""
    detail: str = ""


def actor_of(user_id: int) -> str:
    """Return how a user of Telegram is named where it is kept who did something."""
    return f"telegram:{user_id}"


def user_of(actor: str) -> int | None:
    """Return the number of the user whom `actor_of` named, None where it is nobody of Telegram."""
    kind, _, number = actor.partition(":")
    return int(number) if kind == "telegram" and number.isdecimal() else None


def chat_subject(chat_id: int) -> str:
    """Return how a chat is named as that to which something was done."""
    return f"chat:{chat_id}"


def erased_name(pseudonym: int) -> str:
    """Return how somebody whose data were erased is named from then on."""
    return f"erased:{pseudonym:x}"


def make_pseudonym(user_id: int, salt: bytes) -> int:
    """Return a positive number that stands for somebody whose data were erased.

    Nobody finds the user by it once the salt is thrown away, though what they did stays together.
    """
    digest = hashlib.blake2b(str(user_id).encode(), digest_size=7, salt=salt[:16]).digest()
    return int.from_bytes(digest) + 1
