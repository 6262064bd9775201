"""Whom an office or a trade that stands alone can mean: "the diplomat", "the Russian official"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.domain.actors import Speaker
from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.offices import Role

if TYPE_CHECKING:
    from monitor.text.speakers.resolve import Resolver


def find_coreferent(resolver: Resolver, actor: Actor, role: Role, female: bool | None) -> Speaker | None:
    """Return the person of the text whom an office without a name means; None where nobody fits.

    `female` is the gender that the verb shows.
    """
    return _last_speaker(resolver, actor, role, female) or _last_named(resolver, actor, role, female)


def find_just_mentioned(resolver: Resolver, actor: Actor, role: Role, female: bool | None) -> Speaker | None:
    """Return the only person named in the statement before, who need not have spoken."""
    owned = resolver.standing.state_of(actor) is not None or actor.organ is not None
    named = [one for one in resolver.memory.mentioned if one.is_named and one.is_human]
    if owned or role.generic or actor.former or len(named) != 1:
        return None
    speaker = resolver.resolve(named[0], "")
    fits = role.tier is speaker.tier and _may_be_called(role, speaker)
    return speaker if speaker.name and fits and not _differ(resolver.is_female(named[0]), female) else None


def _last_speaker(resolver: Resolver, actor: Actor, role: Role, female: bool | None) -> Speaker | None:
    """The last one who spoke and can be called so."""
    state, organ = resolver.standing.state_of(actor), actor.organ
    if organ is not None and not role.generic:
        return None
    for speaker, woman in resolver.memory.humans:
        other_side = state is not None and speaker.bloc != state.bloc
        other_organ = organ is not None and not organ.transparent and organ.tier is not speaker.tier
        if not (_differ(woman, female) or other_side or other_organ) and _may_be_called(role, speaker):
            return speaker
    return None


def _last_named(resolver: Resolver, actor: Actor, role: Role, female: bool | None) -> Speaker | None:
    """The person named last, speaking or not, who holds the office that stands here alone."""
    of_office = role.office or role.label == "minister"
    if not of_office or actor.organ is not None or actor.former or actor.described:
        return None
    state = resolver.standing.state_of(actor)
    if state is not None and role.label != "minister":
        return None
    for named in resolver.memory.named:
        speaker = resolver.resolve(named, "")
        other = _differ(resolver.is_female(named), female) or state not in (
            None,
            resolver.directory.states.get(speaker.bloc),
        )
        same_kind = speaker.tier is role.tier or (state is not None and "minister" in speaker.role.lower())
        if not other and same_kind and speaker.name:
            return speaker if state is not None or _may_be_called(role, speaker) else None
    return None


def _differ(woman: bool | None, female: bool | None) -> bool:
    """Whether two genders are known and not the same."""
    return woman is not None and female is not None and woman != female


def _may_be_called(role: Role, speaker: Speaker) -> bool:
    """Whether a speaker may be called by an office's or a trade's name."""
    if role.generic or role.tier is Tier.OTHER or role.tier is speaker.tier:
        return True
    return role.label.split()[-1] in speaker.role.lower()
