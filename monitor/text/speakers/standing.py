"""Where an actor stands: of which state, on which side, in what kind of office."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.domain.actors import UNKNOWN_BLOC
from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.directory import Directory
from monitor.text.speakers.memory import Memory
from monitor.text.speakers.offices import Organ, Role
from monitor.text.speakers.states import State

OPPOSITION_BLOC = "other"
HEADED_BY_PRIME_MINISTER = frozenset({"armenia"})
"""States for which the prime minister speaks."""
_DOMESTIC = frozenset({"governor", "mayor", "member of parliament", "senator"})
"""Offices that even an official channel names without the state only where it is its own."""


_OF_SCHOLARS = frozenset({"head", "representative", "member", "official"})
_SCHOLARLY = re.compile(
    r"(?:институт|университет|кафедр|академи|лаборатор)\w*|\bцентр(?:а|е|ом|у)?\b|\b(?:мгу|мгимо|вшэ|ран|рсмд|ранхигс|нииу?)\b"
    r"|\b(?:institute|university|academy|think tank|research|studies|mgimo)\b",
    re.IGNORECASE,
)
"""Where those work who explain politics rather than make it."""
_COMMERCIAL = re.compile(r"акционерн|экспортн|делов|торгов|выставочн|медицинск|пресс-центр", re.IGNORECASE)


_CERTAIN = frozenset(
    {
        "president",
        "prime minister",
        "foreign minister",
        "deputy foreign minister",
        "defence minister",
        "ambassador",
        "member of parliament",
        "senator",
    }
)
_OFFICIAL = frozenset(
    {Tier.HEAD_OF_STATE, Tier.GOVERNMENT, Tier.FOREIGN_MINISTRY, Tier.PARLIAMENT, Tier.SECURITY}
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Tells states, blocs and tiers of the actors of one text."""

    directory: Directory
    memory: Memory
    source_bloc: str | None
    narrated: bool
    """An outlet tells the story, so that an office without a state is one of its own country."""

    def home(self) -> State | None:
        """The state of the outlet, whose own organs it names without the state."""
        return self.directory.states.get(self.source_bloc or "")

    def state_of(self, actor: Actor) -> State | None:
        """The state that an actor belongs to, as far as its own words and "of the republic" tell."""
        if actor.state is not None:
            return actor.state
        if actor.organ is not None and actor.organ.state:
            return self.directory.states.get(actor.organ.state)
        if actor.local and self.memory.place is not None:
            return self.memory.place
        role = actor.role
        if role is None or role.tier is Tier.FOREIGN_MINISTRY or (role.generic and role.label != "official"):
            return None
        return actor.place

    def owner_of(self, organ: Organ, state: State | None, here: State | None) -> State | None:
        """The state of an organ: named with it, before it, of its speaker, or the outlet's."""
        named = state or self.directory.states.get(organ.state or "") or self.memory.organs.get(organ.label)
        told = named or self.memory.state_of_last(organ, self.directory) or here
        of_place = self.memory.place if organ.local else None
        return told or of_place or (None if organ.label == "government" and organ.local else self.home())

    def bloc_of(self, actor: Actor) -> str:
        """The side that an actor belongs to."""
        role, organ, state = actor.role, actor.organ, self.state_of(actor)
        if actor.exiled or (role is not None and role.opposition):
            return OPPOSITION_BLOC
        if state is not None:
            return state.bloc
        if organ is not None and organ.state:
            return organ.state
        owner = self.memory.organs.get(organ.label) if organ is not None else None
        told = self.narrated or actor.named is not None or (role is not None and role.label in _DOMESTIC)
        domestic = role is not None and not role.generic and told
        if owner is None and domestic and not actor.described:
            owner = self.home()
        return owner.bloc if owner is not None else UNKNOWN_BLOC

    def tier_of(self, actor: Actor) -> Tier:
        """The kind of office, from the role, the organ it stands in and the office that it serves."""
        organ = actor.organ if actor.organ and not actor.organ.transparent else None
        if actor.role is None or actor.former:
            return organ.tier if organ and not actor.former else Tier.OTHER
        state = self.state_of(actor)
        if actor.role.generic:
            return _generic_tier(actor, actor.role, organ, state)
        if organ is not None and organ.tier is Tier.INSTITUTION:
            return Tier.INSTITUTION
        if actor.role.tier is Tier.HEAD_OF_STATE:
            return organ.tier if organ else Tier.HEAD_OF_STATE if state else Tier.OTHER
        if actor.role.office == "Prime Minister" and state and state.id in HEADED_BY_PRIME_MINISTER:
            return Tier.HEAD_OF_STATE
        return actor.role.tier

    def told_tier(self, actor: Actor) -> Tier | None:
        """The tier of an office that the text itself gives a listed person, where it says which."""
        role, organ = actor.role, actor.organ
        if role is None or actor.former or actor.of_role is not None:
            return None
        in_organ = role.generic and organ is not None and not organ.transparent
        if not (in_organ or role.label in _CERTAIN):
            return None
        told = self.tier_of(actor)
        return told if told in _OFFICIAL else None


def _generic_tier(actor: Actor, role: Role, organ: Organ | None, state: State | None) -> Tier:
    """The tier of a head, a spokesman, an adviser: that of whom they serve."""
    if organ is not None:
        return organ.tier
    learned = _SCHOLARLY.search(actor.text) and not _COMMERCIAL.search(actor.text)
    if role.label in _OF_SCHOLARS and learned:
        return Tier.COMMENTATOR
    if actor.of_role is not None:
        served = actor.of_role.tier
        return Tier.GOVERNMENT if served is Tier.HEAD_OF_STATE else served
    heads_state = role.label == "head" and state is not None and actor.heads_state
    return Tier.HEAD_OF_STATE if heads_state else role.tier
