"""Whom a pronoun, or a document whose author is not told again, can mean."""

from __future__ import annotations

from dataclasses import replace

from monitor.domain.actors import UNKNOWN_BLOC, Speaker
from monitor.domain.stance import Tier
from monitor.text.speakers.cues import Cue
from monitor.text.speakers.resolve import Resolver
from monitor.text.speakers.words import NOM


def resolve_pronoun(resolver: Resolver, cue: Cue) -> Speaker:
    """Return the last speaker whom a pronoun can mean."""
    found = _find(resolver, cue)
    if found is None:
        return Speaker.unknown(f"pronoun:{cue.evidence}")
    return replace(found, reason=f"pronoun:{cue.evidence}→{found.name or found.role}")


def _find(resolver: Resolver, cue: Cue) -> Speaker | None:
    memory = resolver.memory
    if cue.pronoun == "author":
        return memory.last if memory.last is not None and memory.last.name else None
    if cue.pronoun == "decree":
        return _only_mentioned(resolver, tier=Tier.HEAD_OF_STATE) or memory.last
    if cue.pronoun in ("it", "they"):
        alone = cue.pronoun == "it" or (memory.institution is memory.last and memory.last is not None)
        return memory.institution if alone else None
    female = cue.pronoun == "she"
    found = next((speaker for speaker, woman in memory.humans if woman in (female, None)), None)
    return (
        found
        or _only_mentioned(resolver, female=female)
        or (_first_doer(resolver, female) if cue.elided else None)
    )


def _first_doer(resolver: Resolver, female: bool) -> Speaker | None:
    """The person of that gender with whom, as its subject, the statement before begins."""
    for actor in resolver.memory.mentioned:
        if (
            actor.is_named
            and actor.is_human
            and actor.mask & NOM
            and resolver.is_female(actor) in (female, None)
        ):
            speaker = resolver.resolve(actor, "")
            return speaker if speaker.name else None
    return None


def _only_mentioned(
    resolver: Resolver, *, female: bool | None = None, tier: Tier | None = None
) -> Speaker | None:
    """The one person, of that gender or kind of office, whom the statement just before names."""
    fitting: dict[str, Speaker] = {}
    for actor in resolver.memory.mentioned:
        other_gender = female is not None and resolver.is_female(actor) not in (female, None)
        if other_gender or not actor.is_human or actor.is_crowd:
            continue
        speaker = resolver.resolve(actor, "")
        known = speaker.name or (speaker.bloc != UNKNOWN_BLOC and not actor.is_named)
        if known and tier in (None, speaker.tier):
            fitting[speaker.name or actor.text] = speaker
    return next(iter(fitting.values())) if len(fitting) == 1 else None
