"""The subject of a Russian verb: who does what it says, by case, number and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.text.speakers import lexicon_ru as lexicon
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.directory import is_woman
from monitor.text.speakers.doers_ru import agrees
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.places_ru import before_relative
from monitor.text.speakers.sentence import Sentence, is_abbreviation
from monitor.text.speakers.words import ANY_ACC, ANY_GEN, ANY_NOM, INS, NOM, PLURAL, Verb, Word

_REACH_LEFT = 40
_REACH_RIGHT = 16
_MOST_COMMAS = 2
_LONGEST_APPOSITION = 9
_PHRASE = 4
_ONE = frozenset({"один", "одна"})
_ALSO_ADVERBS = frozenset({"накануне", "напротив", "прежде", "вслед"})
"""Prepositions that as often stand alone: "накануне Баку объявил"."""
_PRONOUNS = {"он": "he", "она": "she"}
_NO_SUBJECT_OF_OURS = frozenset({"я", "мы", "ты", "вы", "кто", "это"})
_TIME_NOUNS = word_set(
    """
    понедельник вторник среда четверг пятница суббота воскресенье январь февраль март апрель май июнь
    июль август сентябрь октябрь ноябрь декабрь год день неделя утро вечер час время месяц
    """
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What was found to do what a verb says."""

    actor: Actor | None = None
    pronoun: str = ""
    """he, she or they."""
    joint: bool = False
    before: bool = True
    sure: bool = True
    """Its form can be nothing but the nominative."""


BLOCKED = Subject()
"""A common noun is the subject: nobody whom we could name."""


class SubjectFinder:
    """Finds the subjects of the verbs of one sentence."""

    def __init__(self, sentence: Sentence, at: Sequence[Actor | None]) -> None:
        self._s = sentence
        self._at = at

    def find(self, v: int, verb: Verb) -> Subject | None:
        """Return who does what the verb at a token says; None where the form names nobody."""
        s = self._s
        fresh = v == 0 or s.texts[v - 1] in ',—–-»”".!?…:' or s.lows[v - 1] == "как"
        right = self._scan_right(v, verb)
        certain = right is not None and right is not BLOCKED
        if fresh and certain:
            return right
        left = self._scan_left(v, verb)
        if left is None or left is BLOCKED:
            return right if right is not None else left
        sure = left.sure or _stands_before(left, v, verb)
        surer = right is not None and certain and right.sure and not (sure or _is_relay(right))
        return right if surer else left

    def is_governed(self, actor: Actor) -> bool:
        """Whether a preposition or a noun before the actor decides its case."""
        s, k = self._s, actor.start - 1
        while k >= 0 and (s.texts[k] in '«"“' or self._describes(k, actor)):
            k -= 1
        word = s.words[k] if k >= 0 else None
        if word is None or word.preposition:
            free = s.lows[k] in _ALSO_ADVERBS and bool(actor.mask & NOM) if k >= 0 else False
            return word is not None and not free
        if not actor.mask & ANY_GEN or (actor.mask & ANY_NOM and not actor.mask & ANY_ACC):
            return False
        if (before := self._at[k]) is not None:
            placed = before.is_state and self._has_preposition(before.start)  # "в Минске ОМОН"
            return bool(actor.organ or actor.state or actor.relay) and s.lows[k] != "и" and not placed
        plain_noun = bool(word.nouns) and word.verb is None and not word.adverb
        return plain_noun and _TIME_NOUNS.isdisjoint(word.cases)

    def _scan_left(self, v: int, verb: Verb) -> Subject | None:
        s, i, commas = self._s, before_relative(self._s, v - 1), 0
        while i >= 0 and v - i < _REACH_LEFT and commas <= _MOST_COMMAS:
            actor = self._at[i]
            if s.texts[i] == ")":
                i = self._opening_bracket(i) - 1
                continue
            if s.quoted[i] or s.lows[i] in lexicon.STOPS or s.texts[i] in ":;—–!?(":
                return None
            if actor is not None:
                if (subject := self._as_subject(actor, verb, before=True)) is not None:
                    return subject
                if actor.end == v and self._stands_free(actor, verb):
                    return Subject(replace(actor, mask=NOM), before=True)
                i = actor.start - 1
                continue
            if (found := self._read_pronoun(i, verb, before=True)) is not None:
                return found
            if s.lows[i] in _NO_SUBJECT_OF_OURS or self._blocks(i, verb):
                return BLOCKED
            commas += s.texts[i] == ","
            i -= 1
        return None

    def _stands_free(self, actor: Actor, verb: Verb) -> bool:
        """Whether a person right before the verb is its subject: "на саммите Лукашенко заявил".

        Names in -ko or -ich look as if the noun before governed them; there is no other subject then.
        """
        k = actor.start - 1
        word = self._s.words[k] if k >= 0 else None
        if word is None or word.preposition or not (actor.is_named and actor.is_human and actor.mask & NOM):
            return False
        if (
            verb.plural
            or not agrees(actor, verb)
            or (word.nouns & ANY_NOM and not (is_abbreviation(self._s.texts[k]) or self._has_preposition(k)))
        ):
            return False
        near = [one for one in self._s.words[max(0, k - _PHRASE) : k] if one is not None]
        return any(one.preposition for one in near)

    def _has_preposition(self, k: int) -> bool:
        k -= 1
        while k >= 0 and self._is_adjective(k):
            k -= 1
        before = self._s.words[k] if k >= 0 else None
        return before is not None and before.preposition

    def _opening_bracket(self, i: int) -> int:
        while i >= 0 and self._s.texts[i] != "(":
            i -= 1
        return i

    def _scan_right(self, v: int, verb: Verb) -> Subject | None:
        s, i = self._s, v + 1
        best: Subject | None = None
        while i < min(len(s), v + _REACH_RIGHT):
            actor = self._at[i]
            if s.quoted[i] or s.lows[i] in lexicon.STOPS or s.texts[i] in ",:;—–!?.»":
                break
            if s.texts[i] == "(":
                i = self._closing_bracket(i)
            elif actor is not None:
                subject = self._as_subject(actor, verb, before=False)
                if subject is not None and subject.sure:
                    return subject
                best = best or subject
                i = actor.end - 1
            elif i - v <= 3 and (found := self._read_pronoun(i, verb, before=False)) is not None:
                return found
            elif self._ends_clause(i):
                break
            elif best is None and self._blocks(i, verb) and not self._may_be_object(i):
                return self._find_apposed(i, verb) or BLOCKED
            i += 1
        return best

    def _find_apposed(self, i: int, verb: Verb) -> Subject | None:
        """Read "сообщил их отец Иван Петров": a noun of no list is the title of the name after it."""
        s = self._s
        for k in range(i + 1, min(len(s), i + _LONGEST_APPOSITION)):
            actor, word = self._at[k], s.words[k]
            if actor is not None and actor.is_named and actor.is_human:
                return self._as_subject(actor, verb, before=False)
            ends = s.texts[k] in ",:;—–!?." or s.lows[k] in lexicon.STOPS
            if ends or (word is not None and (word.preposition or self._ends_clause(k))):
                return None
        return None

    def _closing_bracket(self, i: int) -> int:
        while i < len(self._s) and self._s.texts[i] != ")":
            i += 1
        return i

    def _ends_clause(self, i: int) -> bool:
        """Whether another finite verb stands here."""
        word = self._s.words[i]
        return word is not None and word.verb is not None and word.verb.kind == "finite" and not word.nouns

    def _may_be_object(self, i: int) -> bool:
        word = self._s.words[i]
        return word is not None and bool(word.nouns & ANY_ACC)

    def _read_pronoun(self, i: int, verb: Verb, *, before: bool) -> Subject | None:
        low = self._s.lows[i]
        if low == "они" and verb.plural:
            return Subject(pronoun="they", before=before)
        if low in _PRONOUNS and not verb.plural and verb.gender in ("", lexicon.PRONOUNS[low]):
            return Subject(pronoun=_PRONOUNS[low], before=before)
        return None

    def _as_subject(self, actor: Actor, verb: Verb, *, before: bool) -> Subject | None:
        """Return the actor as the verb's subject where case, number and gender allow it."""
        if self._is_one_of(actor) and not verb.plural:
            return Subject(replace(actor, mask=NOM), before=before)
        if not actor.mask & ANY_NOM or self._s.quoted[actor.start]:
            return None
        if self.is_governed(actor) and not (verb.plural and self._may_be_several(actor)):
            return None
        actor = self._find_name_of(actor) or actor
        joined = self._is_joined(actor)
        if verb.plural:
            fits = bool(actor.mask & NOM << PLURAL)
            return Subject(actor, joint=joined, before=before) if fits or joined else None
        if not actor.mask & NOM or (joined and not before) or not agrees(actor, verb):
            return None
        return Subject(actor, before=before, sure=not actor.mask & ANY_ACC)

    def _is_one_of(self, actor: Actor) -> bool:
        """Whether "один из" stands before people: one of them speaks, and we are not told who."""
        k = actor.start
        return k > 1 and self._s.lows[k - 1] == "из" and self._s.lows[k - 2] in _ONE and not actor.is_named

    def _may_be_several(self, actor: Actor) -> bool:
        """Whether "главы МИД" may be several, whatever noun stands before it."""
        word = self._s.words[actor.start - 1] if actor.start else None
        several = actor.role is not None and not actor.is_named and bool(actor.mask & NOM << PLURAL)
        return several and word is not None and not word.preposition

    def _find_name_of(self, actor: Actor) -> Actor | None:
        """Read "политолог, директор центра Иван Петров": the name stands after the second title."""
        k = actor.end
        if actor.is_named or actor.role is None or actor.is_crowd or self._s.lows[k : k + 1] != [","]:
            return None
        other = self._at[k + 1] if k + 1 < len(self._s) else None
        titled = other is not None and other.is_named and other.role is not None
        return other if titled and other is not None and other.mask & actor.mask & ANY_NOM else None

    def find_first(self, actor: Actor) -> Actor:
        """Return the first of those who act together with the actor."""
        while True:
            before = actor.start - 1
            joined = before > 0 and self._s.lows[before] in ("и", ",")
            preceding = self._at[before - 1] if joined else None
            if preceding is None or not _share_nominative(preceding, actor):
                return actor
            actor = preceding

    def _is_joined(self, actor: Actor) -> bool:
        """Whether "и X" or "с X" makes the actor one of two."""
        s, after, before = self._s, actor.end, actor.start - 1
        following = self._at[after + 1] if after + 1 < len(s) else None
        if following is not None and s.lows[after] == "и" and following.mask & actor.mask:
            return True
        if following is not None and s.lows[after] in ("с", "со") and following.is_human:
            return bool((following.mask | following.mask >> PLURAL) & INS)
        preceding = self._at[before - 1] if before > 0 and s.lows[before] == "и" else None
        return preceding is not None and _share_nominative(preceding, actor)

    def _describes(self, k: int, actor: Actor) -> bool:
        """Whether an adjective at a token may belong to the actor after it: not "при этом" + "посол"."""
        word = self._s.words[k]
        return self._is_adjective(k) and word is not None and bool(word.mask & actor.mask)

    def _is_adjective(self, k: int) -> bool:
        word = self._s.words[k]
        if word is None or word.nouns or word.preposition:
            return False
        return bool(word.mask) and word.verb is None

    def _blocks(self, i: int, verb: Verb) -> bool:
        """Whether a common noun in the nominative is the verb's true subject."""
        word = self._s.words[i]
        if word is None or not _may_act(word, verb):
            return False
        k = i - 1
        while k >= 0 and self._is_adjective(k):
            k -= 1
        before = self._s.words[k] if k >= 0 else None
        if before is None:
            return True
        if before.preposition or (before.nouns and word.nouns & ANY_GEN):
            return False
        return not (before.verb is not None and word.nouns & ANY_ACC)


def _may_act(word: Word, verb: Verb) -> bool:
    """Whether a noun's number and gender let it be the verb's subject."""
    if not word.nouns or word.preposition or word.adverb or not _TIME_NOUNS.isdisjoint(word.cases):
        return False
    if not word.nouns & (NOM << PLURAL if verb.plural else NOM):
        return False
    return not (verb.gender and word.noun_gender and word.noun_gender != verb.gender)


def _share_nominative(one: Actor, other: Actor) -> bool:
    """Whether two may act together; one named person joins several of any kind."""
    named = one.is_named and bool(one.mask & NOM) and bool(other.mask & NOM << PLURAL)
    return bool(one.mask & other.mask & ANY_NOM) or named


def _is_relay(subject: Subject) -> bool:
    return subject.actor is not None and subject.actor.relay


def _stands_before(subject: Subject, v: int, verb: Verb) -> bool:
    """Whether a person of the verb's gender stands right before it, so that case forms need not tell."""
    actor = subject.actor
    if actor is None or actor.end != v or not actor.is_named or not verb.gender:
        return False
    if actor.person is not None and not actor.person.institution:
        return is_woman(actor.person) is (verb.gender == "femn")
    return actor.named is not None and actor.named.female is (verb.gender == "femn")
