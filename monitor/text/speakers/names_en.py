"""Names of persons in an English sentence: listed, explained by the text, with initials, or unknown."""

from __future__ import annotations

from monitor.domain.actors import Person
from monitor.text.speakers.actors import Actor, Named, People
from monitor.text.speakers.directory import Directory
from monitor.text.speakers.lexicon_en import MODIFIERS, NO_NAME
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.verbs_en import ACTS, SPEECH
from monitor.text.speakers.words import ALL

_LONGEST_NAME = 4
_SHORTEST_SURNAME = 2
_PARTICLES = word_set("von van de der al bin ibn el uulu")


class EnglishNames:
    """Reads the person's name that begins at a token."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def read(self, s: Sentence, k: int, people: People, actor: Actor) -> Actor | None:
        """Read a name after what of an actor has been read so far."""
        if not (s.capital[k] or s.lower_only):
            return None
        found = self._directory.en.aliases.match(s.keys, k)
        if found is not None and found[1] - k > 1:
            return Actor(k, found[1], "", ALL, person=found[0].person)
        if self._may_be_surname(s, k, actor):
            if (explained := people.explain(s.lows[k])) is not None:
                return _make_actor(k, explained[0])
            if found is not None:
                return Actor(k, found[1], "", ALL, person=found[0].person)
        if s.title_case and actor.role is None:
            return None
        return self._read_initials(s, k) or self._read_unknown(s, k, actor)

    def looks_like_name(self, s: Sentence, k: int) -> bool:
        """Whether a person's name begins at a token."""
        if self._directory.en.aliases.match(s.keys, k) is not None:
            return True
        both = s.capital[k] and k + 1 < len(s) and s.capital[k + 1]
        return both and s.lows[k] not in NO_NAME and not self._is_known(s, k + 1)

    def _is_known(self, s: Sentence, k: int) -> bool:
        return self._directory.en.phrases.match(s.keys, k) is not None

    def _may_be_surname(self, s: Sentence, k: int, actor: Actor) -> bool:
        """Whether a bare surname is not part of somebody else's full name."""
        if k == 0 or k > actor.start or not s.capital[k - 1] or s.title_case:
            return True
        before = s.lows[k - 1]
        plain = before in NO_NAME or before in MODIFIERS or not before[0].isalpha()
        return plain or self._is_known(s, k - 1)

    def _read_initials(self, s: Sentence, k: int) -> Actor | None:
        """Read "S. Lavrov"."""
        short = len(s.texts[k]) != 1 or k + 2 >= len(s) or s.texts[k + 1] != "."
        if short or not s.capital[k + 2] or len(s.texts[k + 2]) < _SHORTEST_SURNAME:
            return None
        fitting = [
            person
            for person in self._directory.by_surname.get(s.lows[k + 2], ())
            if any(name.lower().startswith(s.lows[k]) and " " in name for name in person.names.get("en", ()))
        ]
        if len(fitting) == 1:
            return Actor(k, k + 3, "", ALL, person=fitting[0])
        return Actor(k, k + 3, "", ALL, named=Named((f"{s.texts[k]}.", s.texts[k + 2])))

    def _read_unknown(self, s: Sentence, k: int, actor: Actor) -> Actor | None:
        """Read the name of a person of no list: two capitalised words or more, or one after an office."""
        end = k
        while end < len(s) and end - k < _LONGEST_NAME and self._may_be_part(s, end, first=end == k):
            end += 1
        while end > k and s.lows[end - 1] in _PARTICLES:
            end -= 1
        titled = actor.role is not None and not actor.role.crowd
        runs_on = end < len(s) and s.capital[end] and not _is_verb_of_title(s, end)
        if end - k < (1 if titled else 2) or (end - k == 1 and runs_on):
            return None
        return Actor(k, end, "", ALL, named=Named(tuple(s.texts[k:end])))

    def _may_be_part(self, s: Sentence, i: int, *, first: bool) -> bool:
        low = s.lows[i]
        if not s.capital[i]:
            return not first and low in _PARTICLES
        if (
            low in NO_NAME
            or _is_verb_of_title(s, i)
            or (s.texts[i].isupper() and len(low) > 1)
            or self._is_known(s, i)
        ):
            return False
        return low.replace("-", "").replace("'", "").replace("’", "").isalpha()


def _is_verb_of_title(s: Sentence, i: int) -> bool:
    """Whether a headline's capital hides a verb: "Host Smith Mocks Oslo"."""
    return s.title_case and (s.lows[i] in SPEECH or s.lows[i] in ACTS)


def _make_actor(k: int, who: Person | Named) -> Actor:
    if isinstance(who, Person):
        return Actor(k, k + 1, "", ALL, person=who)
    return Actor(k, k + 1, "", ALL, named=who)
