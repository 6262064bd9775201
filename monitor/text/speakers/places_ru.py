"""Places whose people a plural verb means: "в Кремле заявили", "сообщили в МИД"."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.text.speakers import lexicon_ru as lexicon
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.verbs_ru import NO_SPEECH_WITH
from monitor.text.speakers.words import ACC, ANY_ACC, DAT, LOC, PLURAL

_REACH_BACK = 6
_LONGEST_RELATIVE = 24
_MANY = word_set("более менее свыше около почти сотни тысячи десятки миллионы несколько сотня тысяча")
_PEOPLE = word_set(
    "человек людей граждан беженцев мигрантов жителей участников избирателей россиян белорусов"
)
_FAR_FROM_PLACE = 12
_IDLE_AT_PLACE = word_set(
    """
    опубликовать продолжить продолжать говорить выступить выступать подписать поздравить вспоминать вспомнить
    помогать
    """
)
"""What people at a place do without its government's meaning it."""
_PLACE_IN = frozenset({"в", "во", "на"})
_OURS = frozenset({"нашем", "нашей", "наших", "своем", "своей", "его", "ее", "их"})
_OF_WHAT = frozenset({"о", "об", "обо", "ходе", "время"})
"""Words that tell what was reported: a place after them is where that happened."""


_STATED_BY_NOBODY = word_set("заявлять заявить говорить сказать сообщать объявлять утверждать писать")
"""What somebody is said not to have said is another one's statement."""
_OF_ONESELF = word_set("заявить заявлять напомнить напоминать")
"""Verbs that with "о себе" mean to make oneself felt."""


def says_nothing(s: Sentence, v: int, lemma: str) -> bool:
    """Whether a verb of speech reports nothing with what stands beside it: "заявил о себе"."""
    idle = NO_SPEECH_WITH.get(lemma, frozenset())
    if idle and (has_object(s, v, idle) or _follows_object(s, v, idle)):
        return True
    if s.lows[v + 1 : v + 2] == ["ли"]:
        return True
    if lemma in _OF_ONESELF and s.lows[v + 1 : v + 3] == ["о", "себе"]:
        return True
    return lemma in _STATED_BY_NOBODY and s.lows[v - 1 : v] == ["не"]


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
    about = (i for i in between if s.lows[i] in _OF_WHAT and s.lows[i + 1] not in ("этом", "чем"))
    if actor.start > v and next(about, None) is not None:
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
    while subject > 1 and _is_plain_adverb(s, subject - 1):
        subject -= 1
    before = s.lows[max(0, subject - 2) : subject]
    last = before[-1] if before else ""
    if last in lexicon.STOPS or last.startswith(lexicon.WHICH) or before == [",", "как"]:
        return True
    return v < subject and any(low.startswith(lexicon.WHICH) for low in s.lows[max(0, v - 2) : v])


def before_relative(s: Sentence, i: int) -> int:
    """Step left over a clause that ends at a comma: "Назарбаев, который правил 30 лет, объявил"."""
    if i < 0 or s.texts[i] != ",":
        return i
    for k in range(i - 1, max(i - _LONGEST_RELATIVE, 0), -1):
        if s.texts[k] in ":;.—–!?" or s.quoted[k]:
            return i
        if s.lows[k].startswith(lexicon.WHICH):
            governed = s.words[k - 1]
            comma = k - 1 - (governed is not None and governed.preposition)
            return comma - 1 if comma > 0 and s.texts[comma] == "," else i
    return i


def _is_plain_adverb(s: Sentence, i: int) -> bool:
    word, low = s.words[i], s.lows[i]
    adverb = low in lexicon.TIME or (word is not None and word.adverb)
    return adverb and low != "как" and low not in lexicon.STOPS


def counts_things(s: Sentence, v: int, *, governs: bool) -> bool:
    """Whether "считают" at a token counts things: "считают голоса"."""
    counted = any(word is not None and word.nouns & ANY_ACC for word in s.words[v + 1 : v + 2])
    return counted and not governs


def _follows_object(s: Sentence, v: int, nouns: frozenset[str]) -> bool:
    """Whether one of these nouns stands before a verb that nothing divides it from: "юбилей отмечают"."""
    for i in range(v - 1, max(v - 1 - _REACH_BACK, -1), -1):
        if s.texts[i] in ",;:—–.!?«»" or s.quoted[i]:
            return False
        word = s.words[i]
        if word is None or nouns.isdisjoint(word.cases):
            continue
        return bool(word.nouns & ANY_ACC) and not _has_preposition(s, i)
    return False


def _has_preposition(s: Sentence, i: int) -> bool:
    """Whether a preposition governs a noun, past what describes it."""
    for k in range(i - 1, max(i - 4, -1), -1):
        word = s.words[k]
        if word is None or word.nouns:
            return False
        if word.preposition:
            return True
    return False


def counts_people(s: Sentence, v: int) -> bool:
    """Whether a number of people after a verb in the plural is its subject: "решили более 400 человек"."""
    near = s.lows[v + 1 : v + 5]
    return any(low in _MANY or low.isdigit() for low in near) and not _PEOPLE.isdisjoint(near)


def has_object(s: Sentence, v: int, nouns: frozenset[str]) -> bool:
    """Whether one of these nouns follows closely: "отметили юбилей" is no speech."""
    near = s.words[v + 1 : v + 5]
    if "юбилей" in nouns and any(low.endswith("-летие") for low in s.lows[v + 1 : v + 5]):
        return True
    cases = ANY_ACC | DAT | DAT << PLURAL
    return any(w is not None and w.nouns & cases and not nouns.isdisjoint(w.cases) for w in near)
