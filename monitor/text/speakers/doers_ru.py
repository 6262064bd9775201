"""Who counts as the doer of a Russian verb: people without office and people in the plural do not."""

from __future__ import annotations

from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor
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
