"""Actors in an English sentence: states, organs, offices and names read from left to right."""

from __future__ import annotations

from monitor.domain.actors import Person
from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor, People
from monitor.text.speakers.antecedents import join_antecedents
from monitor.text.speakers.appositions import join_appositions
from monitor.text.speakers.bodies_en import EnglishBodies
from monitor.text.speakers.directory import Directory
from monitor.text.speakers.lexicon_en import AUXILIARIES, MODIFIERS, NO_NAME, STOPS
from monitor.text.speakers.names_en import EnglishNames
from monitor.text.speakers.offices import ROLES, SERVING, Organ, Relay, Role, StateWord, narrow_office
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence, is_possessive
from monitor.text.speakers.verbs_en import ACTS, SPEECH
from monitor.text.speakers.words import ALL, GEN

_LONGEST_TITLE = 14
_MOST_MODIFIERS = 5
_CONNECTORS = word_set("of the for on in at to and a")
_PLACE_PREPOSITIONS = word_set("in at to with from near")
_FORMER = frozenset({"former", "late", "ex-president", "ex-minister"})
_ACRONYMS = frozenset({"us"})
"""States whose acronym is an everyday word in lower case."""


class EnglishActors:
    """Finds actors by their words; a possessive gets the genitive, anything else every case."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._names = EnglishNames(directory)
        self._bodies = EnglishBodies(directory)

    def find(self, sentence: Sentence, people: People) -> list[Actor]:
        """Return the actors in order, none overlapping."""
        actors: list[Actor] = []
        i = 0
        while i < len(sentence):
            starts = sentence.texts[i][0].isalpha()
            actor = (self._bodies.read(sentence, i) or self._read(sentence, i, people)) if starts else None
            if actor is None:
                i += 1
                continue
            self._read_served(actors, actor)
            if actor.role is not None:
                actor.role = narrow_office(actor.role, sentence.texts[i : actor.end])
            actor.text = " ".join(sentence.texts[actor.start : actor.end])
            actor.former = not _FORMER.isdisjoint(sentence.lows[i : actor.end])
            actor.described = _is_described(sentence, i)
            if is_possessive(sentence, actor.end):
                actor.mask = GEN
                actor.end += 1
            actors.append(actor)
            i = actor.end
        join_appositions(sentence, actors)
        join_antecedents(sentence, actors)
        return actors

    def _read_served(self, before: list[Actor], actor: Actor) -> None:
        """Read whom "Tokayev's spokesman" serves."""
        owner = before[-1] if before and before[-1].end == actor.start else None
        if owner is None or owner.mask != GEN or owner.person is None or actor.state is not None:
            return
        served = owner.person.tier is Tier.HEAD_OF_STATE and not owner.person.institution
        if served and actor.role is not None and actor.role.label in SERVING:
            actor.of_role, actor.state = ROLES["president"], self._directory.states.get(owner.person.bloc)

    def _read(self, s: Sentence, i: int, people: People) -> Actor | None:
        """Read the actor that begins at a token."""
        actor = Actor(i, i, "", ALL)
        k, limit = i, min(len(s), i + _LONGEST_TITLE)
        while k < limit:
            name = self._names.read(s, k, people, actor)
            if name is not None:
                return _join_name(actor, name)
            match = self._match(s, k, actor)
            if match is None and k - i < _MOST_MODIFIERS and self._may_skip(s, actor, k):
                k += 1
                continue
            if match is None or not self._add(actor, match[0]):
                break
            self._read_inner_state(s, actor, k, match)
            actor.end = k = match[1]
            following = self._go_on(s, actor, limit)
            if following is None:
                break
            k = following
        tells = actor.organ or actor.role or actor.person or actor.relay
        if actor.organ is not None and actor.organ.label == "court" and not (actor.state or actor.place):
            return None
        bare = actor.state is not None and not (actor.state_is_adjective or self._is_city(s, i))
        return actor if tells or bare else None

    def _is_city(self, s: Sentence, i: int) -> bool:
        """Whether the name of a city or a region begins at a token: it speaks for no state."""
        match = self._directory.en.phrases.match(s.keys, i)
        return match is not None and isinstance(match[0], StateWord) and match[0].kind == "city"

    def _read_inner_state(self, s: Sentence, actor: Actor, k: int, match: tuple[object, int]) -> None:
        """Read the state of "top Belarusian diplomat"."""
        if not isinstance(match[0], Role) or actor.state is not None:
            return
        for i in range(k + 1, match[1] - 1):
            inner = self._directory.en.phrases.match(s.keys, i)
            if inner is not None and isinstance(inner[0], StateWord):
                actor.state, actor.state_is_adjective = self._directory.states[inner[0].state_id], True

    def _may_skip(self, s: Sentence, actor: Actor, k: int) -> bool:
        """Whether a word only describes what follows: "senior", the "Commerce" of a state's minister."""
        if s.lows[k] in MODIFIERS:
            return True
        owned = actor.state is not None and not (actor.role or actor.organ)
        if not owned or not s.capital[k] or k + 1 >= len(s):
            return False
        match = self._directory.en.phrases.match(s.keys, k + 1)
        return match is not None and isinstance(match[0], Role | Organ) and s.capital[k + 1]

    def _go_on(self, s: Sentence, actor: Actor, limit: int) -> int | None:
        """Return where reading goes on after a part of an actor; None where the actor has ended."""
        if actor.relay:
            return None
        if is_possessive(s, actor.end):
            return actor.end + 1 if self._continues(s, actor.end + 1) else None
        listed = actor.person is not None and actor.person.institution
        if (
            actor.role is not None
            or actor.organ is not None
            or (listed and s.lows[actor.end : actor.end + 1] == ["of"])
        ):
            return self._read_complement(s, actor, limit)
        return actor.end

    def _match(self, s: Sentence, k: int, actor: Actor) -> tuple[object, int] | None:
        """Return the known phrase at a token; "deputy" is an office after a parliament or before a name."""
        if s.lows[k] == "deputy" and (actor.organ or actor.person or self._is_before_name(s, k + 1)):
            return ROLES["deputy"], k + 1
        found = self._directory.en.phrases.match(s.keys, k)
        if found is None or (s.lows[k] in _ACRONYMS and not s.texts[k].isupper()):
            return None
        known, end = found
        if isinstance(known, StateWord | Person) and not (s.capital[k] or s.lower_only):
            return None
        return known, end

    def _is_before_name(self, s: Sentence, k: int) -> bool:
        """Whether a name rather than an office follows "deputy"."""
        near = range(k, min(k + 3, len(s)))
        if k >= len(s) or not s.capital[k] or not s.texts[k][0].isalpha():
            return False
        return all(self._directory.en.phrases.match(s.keys, i) is None for i in near)

    def _add(self, actor: Actor, known: object) -> bool:
        """Take one more part into the actor; False where it belongs to the next one."""
        empty = actor.end == actor.start
        if isinstance(known, Relay):
            actor.relay = empty
            actor.outlet = known if empty and known.name else None
            return empty
        if isinstance(known, Role):
            return _add_role(actor, known)
        if isinstance(known, Organ):
            free = actor.role is None and (actor.organ is None or known.transparent)
            actor.organ = (actor.organ or known) if free else actor.organ
            return free
        if isinstance(known, Person):
            free = empty or actor.state is not None
            actor.person = known if free else actor.person
            return free
        free = isinstance(known, StateWord) and (empty or (actor.state is None and actor.role is None))
        if isinstance(known, StateWord) and free:
            actor.state = self._directory.states[known.state_id]
            actor.state_is_adjective = known.kind == "adjective"
        return free

    def _continues(self, s: Sentence, k: int) -> bool:
        """Whether an office, an organ or a modifier before one follows a possessive."""
        while k < len(s) and s.lows[k] in MODIFIERS:
            k += 1
        found = self._directory.en.phrases.match(s.keys, k) if k < len(s) else None
        return found is not None and isinstance(found[0], Organ | Role)

    def _read_complement(self, s: Sentence, actor: Actor, limit: int) -> int:
        """Read "of the Republic of Belarus", "of the committee on international affairs"."""
        start = k = actor.end
        placed = matter = False
        while k < limit:
            low = s.lows[k]
            if low in _CONNECTORS and (low != "and" or matter):
                placed = placed or low in _PLACE_PREPOSITIONS
                matter = matter or low in ("on", "for")
                k += 1
                continue
            match = self._directory.en.phrases.match(s.keys, k) if k > start else None
            if match is not None and self._note(actor, match[0], placed=placed):
                named = isinstance(match[0], StateWord) and match[0].kind == "name"
                direct = all(word in ("of", "the") for word in s.lows[start:k])
                actor.heads_state = actor.heads_state or (named and direct)
                actor.end = match[1]
                k = match[1] + is_possessive(s, match[1])
                continue
            if k == start or match is not None or not _may_continue(s, k):
                break
            if s.lows[k - 1] in _PLACE_PREPOSITIONS and (skipped := _skip_place(s, k)) > k:
                k = skipped
                continue
            if self._names.looks_like_name(s, k):
                return k
            if not matter and not s.capital[k]:
                break
            k += 1
        return k if k < limit and s.capital[k] else actor.end

    def _note(self, actor: Actor, known: object, *, placed: bool) -> bool:
        """Take the owner or the place of an office; False where a second office begins."""
        if isinstance(known, Role):
            taken = actor.of_role is not None
            actor.of_role = actor.of_role or known
            return not taken
        if isinstance(known, StateWord) and placed:
            actor.place = actor.place or self._directory.states[known.state_id]
        elif isinstance(known, StateWord) and actor.state is None:
            actor.state = self._directory.states[known.state_id]
            actor.state_is_adjective = known.kind == "adjective"
        elif isinstance(known, Organ) and (actor.organ is None or actor.organ.transparent):
            actor.organ = known
        elif isinstance(known, Person) and not placed and (actor.organ is None or actor.organ.transparent):
            actor.organ = Organ(known.name, known.tier, known.bloc, known.name)
        return True


def _is_described(s: Sentence, i: int) -> bool:
    """Whether a word that we do not know stands before an office: "the Saudi foreign minister"."""
    if i == 0 or not s.texts[i - 1][0].isalpha():
        return False
    return s.capital[i - 1] and not s.title_case and s.lows[i - 1] not in NO_NAME


def _skip_place(s: Sentence, k: int) -> int:
    """Return where a name may begin after an unknown place: "in Vienna Mikhail Ulyanov"."""
    end = k
    while end < len(s) and s.capital[end] and s.texts[end][0].isalpha():
        end += 1
    return end - 2 if end - k > 2 else end


def _add_role(actor: Actor, role: Role) -> bool:
    """Add an office; an institution before it is where the office stands."""
    if actor.role is not None:
        return False
    if actor.person is not None:
        listed = actor.person
        actor.organ, actor.person = Organ(listed.name, listed.tier, listed.bloc, listed.name), None
    actor.role = role
    return True


def _may_continue(s: Sentence, k: int) -> bool:
    low = s.lows[k]
    verbal = low in SPEECH or low in ACTS or low in AUXILIARIES or low in STOPS
    return s.texts[k][0].isalpha() and not verbal


def _join_name(actor: Actor, name: Actor) -> Actor:
    """Put office and name together."""
    if actor.end == actor.start:
        actor.start = name.start
        actor.end = name.start
    bare_state = actor.state is not None and not (actor.state_is_adjective or actor.role or actor.organ)
    if bare_state and name.start == actor.end:
        return actor
    actor.person, actor.named, actor.end = name.person or actor.person, name.named, name.end
    return actor
