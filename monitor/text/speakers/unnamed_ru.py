"""Russian clauses of speech whose speaker the text does not name: "– подчёркивают авторы письма"."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.text.speakers import lexicon_ru as lexicon
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.cues import Cue, CueKind
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.words import ANY_ACC, LOC, NOM, PLURAL, Verb

_SAID_BY_PEOPLE = word_set(
    """
    сказать заявить заявлять сообщить сообщать рассказать рассказывать отметить отмечать подчеркнуть
    подчеркивать пояснить пояснять объяснить объяснять добавить добавлять написать признаться утверждать
    считать полагать уверять уточнить уточнять заверить напомнить предупредить ответить
    """
)
"""Verbs whose subject is somebody, not a law or a report."""
_REACH = 6
_REACH_TO_PLACE = 8
_SIGNS = frozenset(',—–-»”"!?…')


def find_unnamed(s: Sentence, at: Sequence[Actor | None]) -> Cue | None:
    """Return the clause by which somebody unnamed reports; None where the outlet itself tells."""
    for v, word in enumerate(s.words):
        if word is None or word.verb is None or s.quoted[v] or at[v] is not None or word.nouns:
            continue
        verb = word.verb
        if verb.kind != "finite" or verb.person in ("1per", "2per") or not _reports(verb):
            continue
        dashed = v > 0 and s.texts[v - 1] in "—–-"
        beside = v > 0 and s.texts[v - 1] in _SIGNS
        beside = (beside and (s.has_quote or not dashed)) or s.lows[max(0, v - 1) : v] == ["как"]
        governs = "что" in s.lows[v + 1 : v + 4] or s.texts[v + 1 : v + 2] == [":"]
        if (beside and _is_told_after(s, at, v, verb)) or (governs and _is_told_before(s, at, v, verb)):
            return Cue(CueKind.REPORTED, s.texts[v], v, parenthetic=beside)
    return _find_introduced(s, at) or _find_elided(s, at)


def _find_introduced(s: Sentence, at: Sequence[Actor | None]) -> Cue | None:
    """Read "Я, Светлана Тихановская, объявляю": the speaker gives the name."""
    for i, low in enumerate(s.lows):
        actor = at[i + 2] if i + 2 < len(s) and low == "я" and s.texts[i + 1] == "," else None
        if (
            actor is not None
            and actor.is_named
            and actor.is_human
            and s.texts[actor.end : actor.end + 1] == [","]
        ):
            return Cue(CueKind.REPORTED, f"я {actor.text}", i, actor)
    return None


def _find_elided(s: Sentence, at: Sequence[Actor | None]) -> Cue | None:
    """Read "А ранее отметил, что": a past tense whose subject is the person spoken of before."""
    for v, word in enumerate(s.words):
        verb = word.verb if word is not None else None
        if verb is None or s.quoted[v] or at[v] is not None or (word is not None and word.nouns):
            continue
        if verb.kind != "finite":
            continue
        alone = not any(_may_be_subject(s, at, i) for i in range(v))
        after = range(v + 1, min(v + 1 + _REACH, len(s)))
        alone = alone and not any(_is_sure_nominative(s, at, i) for i in after)
        if not (alone and _reports(verb) and verb.gender in ("masc", "femn") and not verb.person):
            return None
        return Cue(
            CueKind.REPORTED, s.texts[v], v, pronoun="he" if verb.gender == "masc" else "she", elided=True
        )
    return None


def _may_be_subject(s: Sentence, at: Sequence[Actor | None], i: int) -> bool:
    word, actor = s.words[i], at[i]
    if actor is not None:
        return bool(actor.mask & NOM)
    return word is not None and bool(word.nouns & NOM) and not (word.preposition or word.adverb)


def _is_sure_nominative(s: Sentence, at: Sequence[Actor | None], i: int) -> bool:
    """Whether a word after the verb can be nothing but its subject."""
    word, actor = s.words[i], at[i]
    if actor is not None:
        return bool(actor.mask & NOM) and not actor.mask & ANY_ACC
    if word is None or s.quoted[i]:
        return False
    return bool(word.nouns & NOM) and not word.nouns & ANY_ACC


def _reports(verb: Verb) -> bool:
    return verb.lemma in _SAID_BY_PEOPLE


def _is_told_after(s: Sentence, at: Sequence[Actor | None], v: int, verb: Verb) -> bool:
    """Whether a noun or a place that could speak follows the verb closely."""
    for i in range(v + 1, min(v + 1 + _REACH, len(s))):
        if s.texts[i] in ".,:;—–!?«»" or s.lows[i] in lexicon.STOPS or _is_relay(at[i]):
            return False
        if _agrees(s, at, i, verb) or (verb.plural and _is_place(s, i)):
            return True
    return False


def _is_told_before(s: Sentence, at: Sequence[Actor | None], v: int, verb: Verb) -> bool:
    """Whether "в компании" or a person of no list stands before a verb that "что" follows."""
    for i in range(v - 1, max(v - 1 - _REACH_TO_PLACE, -1), -1):
        if s.texts[i] in ".:;—–!?" or s.lows[i] in lexicon.STOPS or _is_relay(at[i]):
            return False
        if verb.plural and _is_place(s, i):
            return True
        if i >= v - 2 and _agrees(s, at, i, verb):
            return True
    return False


def _agrees(s: Sentence, at: Sequence[Actor | None], i: int, verb: Verb) -> bool:
    """Whether a token is a common noun in the nominative that the verb agrees with."""
    word = s.words[i]
    if word is None or at[i] is not None or s.quoted[i] or word.preposition or word.adverb or word.verb:
        return False
    if not word.nouns & (NOM << PLURAL if verb.plural else NOM):
        return False
    return not (verb.gender and word.noun_gender and word.noun_gender != verb.gender)


def _is_place(s: Sentence, i: int) -> bool:
    """Whether "в" with a noun in the locative begins at a token."""
    if s.lows[i] not in ("в", "во", "на") or s.quoted[i] or s.lows[i + 1 : i + 2] in (["среду"], ["этом"]):
        return False
    near = s.words[i + 1 : i + 4]
    located = next((word for word in near if word is not None and word.nouns), None)
    if located is None or not located.nouns & (LOC | LOC << PLURAL):
        return False
    return lexicon.NO_PLACE_OF_SPEECH.isdisjoint(located.cases)


def _is_relay(actor: Actor | None) -> bool:
    return actor is not None and actor.relay
