"""Reproach and praise told as a noun: "вызвал критику со стороны X", "drew criticism from X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.text.speakers.actors import Actor
from monitor.text.speakers.cues import Cue, CueKind
from monitor.text.speakers.parts_en import EnglishParts
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.words import ANY_GEN

_NOUNS = word_set(
    """
    критика осуждение возмущение недовольство негодование протест одобрение поддержка похвала гнев
    раздражение беспокойство обеспокоенность озабоченность возражение упрек отпор непонимание насмешка
    """
)
_MEETS = word_set(
    """
    вызвать вызывать встретить встречать подвергнуться подвергаться получить получать заслужить
    столкнуться сталкиваться натолкнуться наталкиваться спровоцировать найти находить снискать
    """
)
_FROM = (["со", "стороны"], ["у"])
_REACH = 3

_NOUNS_EN = word_set(
    """
    criticism condemnation outrage anger backlash ire protest protests praise rebuke fire objections
    approval scorn ridicule reproach censure
    """
)
_MEETS_EN = word_set(
    """
    draw draws drew drawn spark sparks sparked trigger triggers triggered prompt prompts prompted provoke
    provokes provoked receive receives received face faces faced win wins won earn earns earned attract
    attracts attracted elicit elicits elicited meets met came come comes caused causes
    """
)
_REACH_EN = 6


def find_reactions_ru(s: Sentence, at: Sequence[Actor | None]) -> Iterator[Cue]:
    """Read who reproaches or praises what a Russian sentence begins with."""
    for i, word in enumerate(s.words):
        if word is None or s.quoted[i] or not word.nouns or _NOUNS.isdisjoint(word.cases):
            continue
        k = next((i + 1 + len(by) for by in _FROM if s.lows[i + 1 : i + 1 + len(by)] == by), 0)
        met = any(w is not None and w.verb is not None and w.verb.lemma in _MEETS for w in s.words[:i])
        if not (k and met):
            continue
        actor = next((one for one in at[k : k + _REACH] if one is not None), None)
        if actor is not None and not actor.relay and actor.mask & ANY_GEN:
            yield Cue(CueKind.REPORTED, f"{s.texts[i]} {actor.text}", i, actor)


def find_reactions_en(parts: EnglishParts) -> Iterator[Cue]:
    """Read who reproaches or praises what an English sentence begins with."""
    s = parts.sentence
    for i, low in enumerate(s.lows):
        if low != "from" or s.quoted[i]:
            continue
        near = range(max(0, i - 2), i)
        noun = next((k for k in near if s.lows[k] in _NOUNS_EN and not s.quoted[k]), None)
        if noun is None or _MEETS_EN.isdisjoint(s.lows[max(0, noun - _REACH_EN) : noun]):
            continue
        actor = parts.starting(i + 1)
        if actor is not None and not actor.relay:
            yield Cue(CueKind.REPORTED, f"{s.lows[noun]} from {actor.text}", noun, actor)
