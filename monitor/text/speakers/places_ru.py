"""Places whose people a plural verb means: "в Кремле заявили", "сообщили в МИД"."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.text.speakers import lexicon_ru as lexicon
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.words import ACC, ANY_ACC, DAT, LOC, PLURAL

_FAR_FROM_PLACE = 12
_IDLE_AT_PLACE = word_set("говорить выступить выступать подписать поздравить вспоминать вспомнить помогать")
"""What people at a place do without its government's meaning it."""
_PLACE_IN = frozenset({"в", "во", "на"})
_OURS = frozenset({"нашем", "нашей", "наших", "своем", "своей", "его", "ее", "их"})
_OF_WHAT = frozenset({"о", "об", "обо", "ходе", "время"})
"""Words that tell what was reported: a place after them is where that happened."""


def is_place_of_speech(s: Sentence, actor: Actor, v: int, lemma: str) -> bool:
    """Whether "в X" stands near the verb at a token in its own clause, and X can speak."""
    between = range(actor.end, v) if actor.end <= v else range(v + 1, actor.start)
    before = actor.start - 1
    while before > 0 and (s.texts[before] in '«"“' or s.lows[before] in _OURS):
        before -= 1
    if before < 0 or s.quoted[actor.start] or len(between) > _FAR_FROM_PLACE:
        return False
    if s.lows[before] not in _PLACE_IN or not actor.mask & (LOC | LOC << PLURAL):
        return False
    if any((s.texts[i] in ",:;«" and i != v - 1) or s.lows[i] in lexicon.STOPS for i in between):
        return False
    if actor.start > v and any(s.lows[i] in _OF_WHAT for i in between):
        return False
    idle = actor.is_state and lemma in _IDLE_AT_PLACE
    return not idle and (actor.role is None or actor.organ is not None)


def is_addressed(s: Sentence, actors: Sequence[Actor], whom: Actor | None, v: int, lemma: str) -> bool:
    """Whether people after the verb are urged rather than speak: "в ООН призвали стороны"."""
    if whom is None or whom.is_named or whom.role is None or not (whom.role.joint or whom.is_crowd):
        return False
    if not whom.mask & ACC << PLURAL:
        return False
    return any(place.end <= v and is_place_of_speech(s, place, v, lemma) for place in actors)


def hangs_on_another(s: Sentence, subject: int, v: int) -> bool:
    """Whether a clause depends on another one: "встреча, которую провёл X", "видно, как X выходит"."""
    before = s.lows[max(0, subject - 2) : subject]
    if before[-1:] and (before[-1] in lexicon.STOPS or before == [",", "как"]):
        return True
    return v < subject and any(low.startswith("котор") for low in s.lows[max(0, v - 2) : v])


def counts_things(s: Sentence, v: int, *, governs: bool) -> bool:
    """Whether "считают" at a token counts things: "считают голоса"."""
    counted = any(word is not None and word.nouns & ANY_ACC for word in s.words[v + 1 : v + 2])
    return counted and not governs


def has_object(s: Sentence, v: int, nouns: frozenset[str]) -> bool:
    """Whether one of these nouns follows closely: "отметили юбилей" is no speech."""
    near = s.words[v + 1 : v + 5]
    if "юбилей" in nouns and any(low.endswith("-летие") for low in s.lows[v + 1 : v + 5]):
        return True
    cases = ANY_ACC | DAT | DAT << PLURAL
    return any(w is not None and w.nouns & cases and not nouns.isdisjoint(w.cases) for w in near)
