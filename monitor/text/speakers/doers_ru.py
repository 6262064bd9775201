"""Who counts as the doer of a Russian verb: people without office and people in the plural do not."""

from __future__ import annotations

from dataclasses import replace

from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.directory import is_woman
from monitor.text.speakers.offices import ROLES
from monitor.text.speakers.words import Verb

_PRIVATE = frozenset({Tier.OTHER, Tier.COMMENTATOR})


def is_private(actor: Actor) -> bool:
    """Whether it is somebody unnamed who holds no office: "теннисистка", "историк"."""
    role = actor.role
    return role is not None and not (actor.is_named or role.crowd or role.generic) and role.tier in _PRIVATE


def is_anybody(actor: Actor) -> bool:
    """Whether it is one of many, without a name: "азербайджанский дипломат"."""
    role = actor.role
    if role is None or role.office or role.generic or actor.is_named or actor.organ is not None:
        return False
    return role.tier in _PRIVATE or role.tier in (Tier.FOREIGN_MINISTRY, Tier.SECURITY)


def is_of_many(actor: Actor, verb: Verb) -> bool:
    """Whether an office in the plural stands for several holders."""
    if actor.role is None or actor.is_named:
        return False
    return actor.role.joint or (verb.plural and not actor.is_crowd)


def as_leaders(actor: Actor) -> Actor:
    """Return several holders of one office as those who act together: "главы государств"."""
    alone = actor.role is None or actor.role.joint or actor.role.office is None
    return actor if alone else replace(actor, role=ROLES["leaders"])


def agrees(actor: Actor, verb: Verb) -> bool:
    """Whether a person's gender fits a past tense."""
    if not verb.gender:
        return True
    female: bool | None = None
    if actor.person is not None and not actor.person.institution:
        female = is_woman(actor.person)
    elif actor.named is not None:
        female = actor.named.female
    if female is None:
        return not (actor.is_human and verb.gender == "neut") or actor.is_crowd
    if female and verb.gender == "masc" and actor.role is not None:
        return True  # The verb agrees with the office: "сообщил глава движения Мария Иванова".
    return verb.gender == ("femn" if female else "masc")
