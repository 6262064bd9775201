"""A body that makes somebody's statement public: the words are whose the statement is."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.text.speakers import lexicon_en, lexicon_ru
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.cues import Cue, CueKind
from monitor.text.speakers.parts_en import EnglishParts
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.words import ANY_GEN

SPREADS = word_set(
    """
    опубликовать публиковать распространить распространять обнародовать выложить разместить процитировать
    """
)
_SPREADS_EN = word_set(
    """
    released releases published publishes issued issues posted circulated circulates shared distributed
    """
)
_REACH = 4


def find_spread_ru(s: Sentence, at: Sequence[Actor | None], v: int) -> Cue | None:
    """Read "Кремль опубликовал обращение X", where X is a person, from the verb at a token."""
    for i in range(v + 1, min(v + 1 + _REACH, len(s))):
        word = s.words[i]
        if word is None or s.quoted[i] or lexicon_ru.STATEMENTS.isdisjoint(word.cases):
            continue
        actor = at[i + 1] if i + 1 < len(s) else None
        if actor is None or not _is_person(actor) or not actor.mask & ANY_GEN:
            return None
        return Cue(CueKind.STATEMENT, f"{s.texts[v]} {s.lows[i]} {actor.text}", v, actor)
    return None


def find_spread_en(parts: EnglishParts, v: int) -> Cue | None:
    """Read "The White House released a statement by X" from the verb at a token."""
    s = parts.sentence
    if s.lows[v] not in _SPREADS_EN:
        return None
    for i in range(v + 1, min(v + 1 + _REACH, len(s) - 1)):
        if s.lows[i] not in lexicon_en.STATEMENT_NOUNS or s.lows[i + 1] not in ("by", "from"):
            continue
        actor = parts.starting(i + 2)
        if actor is None or not _is_person(actor):
            return None
        return Cue(CueKind.STATEMENT, f"{s.texts[v]} {s.lows[i]} by {actor.text}", v, actor)
    return None


def _is_person(actor: Actor) -> bool:
    return actor.is_human and not actor.is_crowd
