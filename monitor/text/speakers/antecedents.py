"""Offices of a body named before: "Учения ОДКБ …, сообщил генсек организации"."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.offices import Organ
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence

_BODIES = word_set("организации альянса содружества объединения блока союза комиссии")
_OFFICES = word_set("ведомства министерства службы комитета агентства")
_REACH = 3
_BODIES_EN = word_set("organization organisation alliance bloc union commission")
_OFFICES_EN = word_set("ministry agency service committee")


def join_antecedents(s: Sentence, actors: Sequence[Actor]) -> None:
    """Tell an office "of the organisation" which one: the last that the sentence named before."""
    for n, actor in enumerate(actors):
        if actor.role is None or actor.organ is not None or actor.state is not None or actor.is_crowd:
            continue
        near = [*s.lows[max(0, actor.start - _REACH) : actor.end + _REACH]]
        if not (_BODIES | _BODIES_EN).isdisjoint(near):
            found = _find(actors[:n], {Tier.INSTITUTION, Tier.SECURITY}, institution=True)
        elif not (_OFFICES | _OFFICES_EN).isdisjoint(near):
            found = _find(actors[:n], set(Tier), institution=False)
        else:
            continue
        if found is not None:
            actor.organ, actor.state = found[0], actor.state or found[1].state


def _find(actors: Sequence[Actor], tiers: set[Tier], *, institution: bool) -> tuple[Organ, Actor] | None:
    for actor in reversed(actors):
        organ = actor.organ
        listed = actor.person
        if listed is not None and listed.institution and actor.role is None:
            organ = Organ(listed.name, listed.tier, listed.bloc, listed.name)
        if organ is None or organ.transparent or organ.tier not in tiers:
            continue
        if not institution or organ.name is not None:
            return organ, actor
    return None
