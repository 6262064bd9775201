"""Putting a Russian office and the name after it together."""

from __future__ import annotations

from monitor.text.speakers.actors import Actor, Named
from monitor.text.speakers.names import is_female, to_nominative
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.words import NOM


def is_foreign_agent(s: Sentence, k: int) -> bool:
    """Whether brackets after a name hold the mark that Russian law demands."""
    if s.texts[k : k + 1] != ["("]:
        return False
    return any("иноагент" in low or "иностранн" in low for low in s.lows[k + 1 : k + 8])


def _may_be_woman(s: Sentence, name: Actor) -> bool:
    """Whether a name taken for a man's in the genitive is a woman's in the nominative: "Надира Керимова"."""
    first, last = s.lows[name.start], s.lows[name.end - 1]
    two = name.named is not None and name.end - name.start == 2
    return two and first.endswith(("а", "я")) and last.endswith(("ова", "ева", "ина", "ая"))


def join_name(s: Sentence, actor: Actor, name: Actor) -> bool:
    """Put office and name together where their cases agree; tells whether they do."""
    common = name.mask & actor.mask
    if not common and actor.mask & NOM and _may_be_woman(s, name):
        woman = Named((s.texts[name.start], s.texts[name.end - 1]), female=True)
        actor.named, actor.end, actor.mask = woman, name.end, NOM
        return True
    if common:
        actor.person, actor.named = name.person, name.named
        if name.named is not None and name.mask & NOM and not common & NOM and name.end - name.start == 2:
            words = to_nominative((s.texts[name.start], s.texts[name.end - 1]), common)
            actor.named = Named(words, is_female(words))
        actor.mask &= name.mask
        actor.end = name.end
    return bool(common)
