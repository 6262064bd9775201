"""Actors in an English sentence: states, organs, offices and names read from left to right."""

from __future__ import annotations

from monitor.domain.actors import Person
from monitor.text.speakers.actors import Actor, Named, People
from monitor.text.speakers.directory import Directory
from monitor.text.speakers.lexicon_en import ACTS, AUXILIARIES, DAYS, MODIFIERS, SPEECH, STOPS
from monitor.text.speakers.offices import ROLES, Organ, Relay, Role, StateWord
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence, is_possessive
from monitor.text.speakers.words import ALL, GEN

_LONGEST_TITLE = 14
_CONNECTORS = word_set(
    """
    of the for on in at to and a
    """
)
_PLACE_PREPOSITIONS = frozenset(["in", "at", "to", "with", "from", "near"])
_NO_NAME = DAYS | word_set(
    """
    january february march april may june july august september october november december the a an in on
    at by if as when while after before but and or for from with this that these those it its his her
    their our we he she they i you what who why how not no yes new more most all some any both there
    here now then also however mr mrs ms dr republic union west east north south central international
    media summit forum council committee agreement convention movement treaty charter foundation army
    party church institute university street center centre association region district oblast province
    city agency company bank fund group organization organisation federation alliance bloc commission
    times post channel act
    """
)
_PARTICLES = word_set(
    """
    von van de der al bin ibn el uulu
    """
)
_SMALL_WORDS = frozenset({"us"})


class EnglishActors:
    """Finds actors by their words; a possessive gets the genitive, anything else every case."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def find(self, sentence: Sentence, people: People) -> list[Actor]:
        """Return the actors in order, none overlapping."""
        actors: list[Actor] = []
        i = 0
        title_case = _is_title_case(sentence)
        while i < len(sentence):
            actor = (
                self._read(sentence, i, people, title_case=title_case)
                if sentence.texts[i][0].isalpha()
                else None
            )
            if actor is None:
                i += 1
                continue
            actor.text = " ".join(sentence.texts[actor.start : actor.end])
            if is_possessive(sentence, actor.end):
                actor.mask = GEN
                actor.end += 1
            actors.append(actor)
            i = actor.end
        return actors

    def _read(self, s: Sentence, i: int, people: People, *, title_case: bool) -> Actor | None:
        """Read the actor that begins at a token."""
        actor = Actor(i, i, "", ALL)
        k, limit = i, min(len(s), i + _LONGEST_TITLE)
        while k < limit:
            name = self._read_name(s, k, people, actor, title_case=title_case)
            if name is not None:
                return self._join_name(s, actor, name)
            match = self._match(s, k)
            if s.lows[k] == "deputy" and actor.end > i and (actor.organ or actor.person):
                match = ROLES["deputy"], k + 1
            if match is None:
                if s.lows[k] in MODIFIERS and k - i < 5:
                    k += 1
                    continue
                break
            known, end = match
            if not self._add(actor, known):
                break
            actor.end = k = end
            if actor.relay:
                break
            if is_possessive(s, k):
                if k + 1 < limit and self._continues(s, k + 1, people):
                    k += 1
                    continue
                break
            if actor.role is not None or actor.organ is not None:
                k = self._read_complement(s, actor, k, limit)
        if actor.end == i or (
            actor.state is not None and actor.state_is_adjective and not (actor.organ or actor.role)
        ):
            return None
        return actor

    def _match(self, s: Sentence, k: int) -> tuple[object, int] | None:
        found = self._directory.en.phrases.match(s.keys, k)
        if found is None:
            return None
        known, end = found
        if s.lows[k] in _SMALL_WORDS and not s.texts[k].isupper():
            return None
        if isinstance(known, StateWord | Person) and not (s.capital[k] or s.lower_only):
            return None
        return known, end

    def _add(self, actor: Actor, known: object) -> bool:
        """Take one more part into the actor; False where it belongs to the next one."""
        empty = actor.end == actor.start
        if isinstance(known, Relay):
            actor.relay = empty
            return empty
        if isinstance(known, StateWord):
            if not empty and (actor.state is not None or actor.role is not None):
                return False
            actor.state = self._directory.states[known.state_id]
            actor.state_is_adjective = known.kind == "adjective"
        elif isinstance(known, Person):
            if not empty and not (actor.state_is_adjective or actor.state):
                return False
            actor.person = known
        elif isinstance(known, Organ):
            if actor.role is not None or (actor.organ is not None and not known.transparent):
                return False
            actor.organ = actor.organ or known
        elif isinstance(known, Role):
            if actor.role is not None:
                return False
            if actor.person is not None:
                institution = actor.person
                actor.organ = Organ(institution.name, institution.tier, institution.bloc, institution.name)
                actor.person = None
            actor.role = known
        return True

    def _continues(self, s: Sentence, k: int, people: People) -> bool:
        """Whether an office, an organ or a modifier before one follows a possessive."""
        while k < len(s) and s.lows[k] in MODIFIERS:
            k += 1
        found = self._match(s, k) if k < len(s) else None
        return found is not None and isinstance(found[0], Organ | Role)

    def _read_complement(self, s: Sentence, actor: Actor, k: int, limit: int) -> int:
        """Read "of the Republic of Belarus", "of the committee on international affairs"."""
        start, after_preposition, subject_matter = k, False, False
        while k < limit:
            low = s.lows[k]
            if low in _CONNECTORS:
                if low == "and" and not subject_matter:
                    break
                after_preposition = after_preposition or low in _PLACE_PREPOSITIONS
                subject_matter = subject_matter or low in ("on", "for")
                k += 1
                continue
            if k == start:
                break
            match = self._match(s, k)
            if match is not None:
                known, end = match
                if not self._note(actor, known, after_preposition=after_preposition):
                    break
                actor.end = k = end
                if is_possessive(s, k):
                    k += 1
                continue
            if (
                not s.texts[k][0].isalpha()
                or low in SPEECH
                or low in ACTS
                or low in AUXILIARIES
                or low in STOPS
            ):
                break
            if self._looks_like_name(s, k):
                return k
            if not subject_matter and not s.capital[k]:
                break
            k += 1
        return k if k < limit and s.capital[k] else actor.end

    def _note(self, actor: Actor, known: object, *, after_preposition: bool) -> bool:
        if isinstance(known, StateWord) and actor.state is None and not after_preposition:
            actor.state = self._directory.states[known.state_id]
            actor.state_is_adjective = False
        elif isinstance(known, StateWord) and actor.place is None and after_preposition:
            actor.place = self._directory.states[known.state_id]
        elif isinstance(known, Organ) and actor.organ is None:
            actor.organ = known
        elif isinstance(known, Person) and actor.organ is None and not after_preposition:
            actor.organ = Organ(known.name, known.tier, known.bloc, known.name)
        elif isinstance(known, Role):
            if actor.of_role is not None:
                return False
            actor.of_role = known
        return True

    def _looks_like_name(self, s: Sentence, k: int) -> bool:
        if self._directory.en.aliases.match(s.keys, k) is not None:
            return True
        return (
            s.capital[k]
            and k + 1 < len(s)
            and s.capital[k + 1]
            and s.lows[k] not in _NO_NAME
            and not self._match(s, k + 1)
        )

    def _read_name(
        self, s: Sentence, k: int, people: People, actor: Actor, *, title_case: bool
    ) -> Actor | None:
        """Read a person's name: listed, explained by the text, or unknown."""
        if not (s.capital[k] or s.lower_only):
            return None
        found = self._directory.en.aliases.match(s.keys, k)
        explained = people.by_form.get(s.lows[k])
        if found is not None and (
            found[1] - k > 1 or (explained is None and self._may_be_surname(s, k, actor))
        ):
            return Actor(k, found[1], "", ALL, person=found[0].person)
        if explained is not None and self._may_be_surname(s, k, actor):
            who, _ = explained
            if isinstance(who, Person):
                return Actor(k, k + 1, "", ALL, person=who)
            return Actor(k, k + 1, "", ALL, named=who)
        if title_case and actor.role is None:
            return None
        return self._read_initials(s, k) or self._read_unknown(s, k, actor)

    def _may_be_surname(self, s: Sentence, k: int, actor: Actor) -> bool:
        """Whether a bare surname is not part of somebody else's full name."""
        if k == 0 or k > actor.start or not s.capital[k - 1] or _is_title_case(s):
            return True
        before = s.lows[k - 1]
        return (
            before in _NO_NAME
            or before in MODIFIERS
            or not before[0].isalpha()
            or self._match(s, k - 1) is not None
        )

    def _read_initials(self, s: Sentence, k: int) -> Actor | None:
        """Read "S. Lavrov"."""
        if len(s.texts[k]) != 1 or k + 2 >= len(s) or s.texts[k + 1] != "." or not s.capital[k + 2]:
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
        while end < len(s) and end - k < 4 and (s.capital[end] or (end > k and s.lows[end] in _PARTICLES)):
            low = s.lows[end]
            if not low.replace("-", "").replace("'", "").replace("’", "").isalpha() or low in _NO_NAME:
                break
            if (s.texts[end].isupper() and len(low) > 1) or self._match(s, end) is not None:
                break
            end += 1
        while end > k and s.lows[end - 1] in _PARTICLES:
            end -= 1
        least = 1 if actor.role is not None and not actor.role.crowd else 2
        if end - k < least or (
            end < len(s)
            and self._directory.en.aliases.match(s.keys, end - 1) is None
            and s.capital[end]
            and end - k == 1
        ):
            return None
        return Actor(k, end, "", ALL, named=Named(tuple(s.texts[k:end])))

    def _join_name(self, s: Sentence, actor: Actor, name: Actor) -> Actor | None:
        """Put office and name together."""
        if actor.end == actor.start and actor.start != name.start:
            if any(s.lows[i] not in MODIFIERS for i in range(actor.start, name.start)):
                return name
        bare_state = (
            actor.state is not None and not actor.state_is_adjective and not actor.role and not actor.organ
        )
        if bare_state and name.start == actor.end:
            return actor
        actor.person, actor.named, actor.end = name.person or actor.person, name.named, name.end
        return actor


def _is_title_case(s: Sentence) -> bool:
    """Whether a headline capitalises its words, so that a capital tells nothing."""
    long_words = [i for i, text in enumerate(s.texts) if text[0].isalpha() and len(text) > 3]
    return len(long_words) > 3 and sum(s.capital[i] for i in long_words) > 0.8 * len(long_words)
