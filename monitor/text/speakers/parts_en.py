"""An English sentence with its actors in their places."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.text.speakers import lexicon_en as lexicon
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.verbs_en import ACTS, SPEECH
from monitor.text.speakers.words import GEN

_LONGEST_APPOSITION = 28
_LONGEST_PHRASE = 16
_MOST_DESCRIBING = 3
_DETERMINERS = word_set("the its his her their our this that both")
_ADJECTIVAL = (
    *("ed", "ing", "ous", "al", "ful", "ern", "ish", "ive", "ic", "ent", "ant", "ary", "less", "ian", "ean"),
)
_OPENS_PHRASE = word_set("in on at during after before following via through")
_ENDS_PHRASE = lexicon.STOPS | lexicon.AUXILIARIES | word_set("and or but as than")
_NOUNS_OF_TALK = word_set("comments remarks answers talks reports visits")
_PREPOSITIONS = word_set(
    """
    in on at to from with by for of about against after before near into over between under during
    through than toward towards via like without despite within
    """
)


class EnglishParts:
    """Answers what stands where in one sentence; quoted actors are left out."""

    def __init__(self, sentence: Sentence, actors: Sequence[Actor], *, headline: bool) -> None:
        self.sentence = sentence
        self.headline = headline
        self.actors = [actor for actor in actors if not sentence.quoted[actor.start]]
        self._ending = {actor.end: actor for actor in self.actors}
        self._starting = {actor.start: actor for actor in self.actors}
        self._covered = {i for actor in self.actors for i in range(actor.start, actor.end)}

    def covers(self, i: int) -> bool:
        """Whether a token belongs to an actor."""
        return i in self._covered

    def starting(self, i: int) -> Actor | None:
        """Return the actor that starts at a token or after its article."""
        actor = self._starting.get(i)
        if actor is None and i < len(self.sentence) and self.sentence.lows[i] in ("the", "a", "an"):
            actor = self._starting.get(i + 1)
        return actor

    def ending(self, i: int) -> Actor | None:
        """Return the actor that ends before a token."""
        return self._ending.get(i)

    def subject_ending(self, end: int) -> Actor | None:
        """Return the actor that ends before a token, directly or before an apposition in commas."""
        s, direct = self.sentence, self._ending.get(end)
        if end == 0 or s.texts[end - 1] != ",":
            return direct
        for i in range(end - 2, max(end - _LONGEST_APPOSITION, 0), -1):
            if s.quoted[i] or s.texts[i] in ";:—–":
                break
            if s.texts[i] == "," and (before := self._ending.get(i)) is not None:
                return before
        return direct

    def subject_before_phrase(self, end: int) -> Actor | None:
        """Return the actor that a phrase divides from its verb: "Modi in an interview with the BBC said"."""
        s = self.sentence
        for i in range(end - 1, max(end - _LONGEST_PHRASE, 0), -1):
            low = s.lows[i]
            if s.quoted[i] or s.texts[i] in ",;:—–().?!" or low in _ENDS_PHRASE:
                return None
            if not self.covers(i) and (low in SPEECH or low in ACTS) and low not in _NOUNS_OF_TALK:
                return None
            if low in _OPENS_PHRASE and (actor := self._ending.get(i)) is not None:
                free = not (actor.relay or actor.is_crowd or actor.mask == GEN or self.is_governed(actor))
                return actor if free and (actor.is_named or actor.is_human) else None
        return None

    def is_governed(self, actor: Actor) -> bool:
        """Whether a preposition stands before the actor and what describes it: "in disputed Crimea"."""
        k = actor.start - 1
        while k > 0 and actor.start - k <= _MOST_DESCRIBING and self._describes(k):
            k -= 1
        return k >= 0 and self.sentence.lows[k] in _PREPOSITIONS and not self.sentence.quoted[k]

    def _describes(self, k: int) -> bool:
        """Whether a word has the form of an adjective or a participle, or is an article."""
        low = self.sentence.lows[k]
        verbal = low in SPEECH or low in ACTS or low in lexicon.AUXILIARIES
        return low in _DETERMINERS or (low.endswith(_ADJECTIVAL) and not verbal and not self.covers(k))

    def is_joined(self, actor: Actor) -> bool:
        """Whether "X and" or, in a headline, "X," stands before the actor."""
        return self._joined_before(actor) is not None

    def find_first(self, actor: Actor) -> Actor:
        """Return the first of those who act together with the actor."""
        while (before := self._joined_before(actor)) is not None:
            actor = before
        return actor

    def _joined_before(self, actor: Actor) -> Actor | None:
        s, k = self.sentence, actor.start - 1
        if k > 0 and s.lows[k] == "the":
            k -= 1
        if k < 1 or s.lows[k] not in ("and", ",", "&") or (s.lows[k] == "," and not self.headline):
            return None
        other = self._ending.get(k) or (self._ending.get(k - 1) if s.texts[k - 1] == "," else None)
        if other is None or self.is_governed(other) or other.mask == GEN or other.relay:
            return None
        listed = s.lows[k] != "," or (other.is_human == actor.is_human and self._opens_list(other))
        return other if listed else None

    def _opens_list(self, actor: Actor) -> bool:
        """Whether no word but another name of the list stands before the actor."""
        k = actor.start - 1
        return k < 0 or not self.sentence.texts[k][0].isalpha() or self.covers(k)
