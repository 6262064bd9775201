"""Several who speak or act together: the first named of them is given the statement."""

from __future__ import annotations

from monitor.domain.actors import Speaker
from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.naming import name_shared_office
from monitor.text.speakers.resolve import Resolver


def resolve_first(resolver: Resolver, actor: Actor, reason: str) -> Speaker | None:
    """Return the first named of several; None where the text names none of them."""
    if actor.role is None or not actor.role.joint or actor.is_named:
        found = resolver.resolve(actor, reason)
        return found if found.name else None
    office = name_shared_office(actor.text)
    if actor.state is not None:
        return resolver.resolve_office(office, actor.state, reason) if office else None
    return _first_leader_named(resolver, reason) if office == "President" else None


def first_of_two_mentioned(resolver: Resolver, reason: str) -> Speaker | None:
    """Read "they noted" as the first of the two persons whom the statement just before names."""
    people = [actor for actor in resolver.memory.mentioned if actor.is_named and actor.is_human]
    speakers = [resolver.resolve(actor, reason) for actor in people]
    names = {speaker.name for speaker in speakers if speaker.name}
    return speakers[0] if len(names) == 2 and speakers[0].name else None


def _first_leader_named(resolver: Resolver, reason: str) -> Speaker | None:
    """Read "the leaders stressed" as the first head of state whom the text has named."""
    named = (resolver.resolve(one, reason) for one in reversed(resolver.memory.named))
    return next((speaker for speaker in named if speaker.tier is Tier.HEAD_OF_STATE), None)
