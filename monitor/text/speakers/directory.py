"""Everybody and everything known by name: persons, institutions, states, organs and offices."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import product
from typing import NamedTuple, TypeAlias

from monitor.domain.actors import Person, Target
from monitor.text.speakers import lexicon_en, lexicon_ru
from monitor.text.speakers.careers import Term, read_careers
from monitor.text.speakers.names import decline, is_female
from monitor.text.speakers.offices import ORGANS, ROLES, Organ, Relay, Role, StateWord
from monitor.text.speakers.outlets import read_outlets
from monitor.text.speakers.phrases import PhraseIndex
from monitor.text.speakers.states import State, StateNames, build_states
from monitor.text.speakers.words import ALL, look_up

Known: TypeAlias = Organ | Role | StateWord | Relay | Person
"""What a phrase of the lexicon stands for."""

_Phrases: TypeAlias = tuple[tuple[str, ...], ...]
_Lexicon: TypeAlias = Mapping[str, _Phrases]

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*(?:['’](?!s\b)[^\W\d_]+)*|\S")


_SHORTEST_CUT = 4
OPPOSITION_BLOC = "other"
_CHAIRS = ("Speaker of ", "Chairwoman of the Senate", "Chairman of the Senate")


class Alias(NamedTuple):
    """A person's name in one form, with the cases that the form may stand in."""

    person: Person
    mask: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is looked up in sentences of one language."""

    phrases: PhraseIndex[Known] = field(default_factory=PhraseIndex)
    aliases: PhraseIndex[Alias] = field(default_factory=PhraseIndex)


class Directory:
    """Looks up names of persons, institutions, states and offices in both languages."""

    def __init__(self, persons: Sequence[Person], targets: Sequence[Target]) -> None:
        self._persons = tuple(persons)
        self.by_name: Mapping[str, Person] = {
            name: person
            for person in persons
            for name in (*(person.names.get("en", ()) if person.institution else ()), person.name)
        }
        """Persons by canonical name, institutions by every English name."""
        self._names = build_states(targets)
        self.states: dict[str, State] = {
            state_id: entries[0].state
            for names in self._names.values()
            for state_id, entries in names.items()
        }
        self.owners: dict[str, tuple[str, State]] = {
            f"{state.adjective} {organ.label}": (organ.label, state)
            for state in self.states.values()
            for organ in ORGANS.values()
        }
        """The organ's label and the state of names such as "Kyrgyzstan Foreign Ministry"."""
        self._offices: dict[str, list[Person]] = defaultdict(list)
        for person in persons:
            if person.role and not person.institution:
                self._offices[person.role].append(person)
        self._careers = {name: terms for name, terms in read_careers().items() if name in self.by_name}
        for name, terms in self._careers.items():
            for role in {term.role for term in terms}:
                if self.by_name[name] not in self._offices[role]:
                    self._offices[role].append(self.by_name[name])

    @cached_property
    def ru(self) -> Vocabulary:
        """Russian: phrases by dictionary form, persons by every case."""
        vocabulary = Vocabulary()
        for person in self._persons:
            if person.institution:
                for alias in person.names.get("ru", ()):
                    vocabulary.phrases.add(_lemmatise(alias), person)
            else:
                _add_declined(vocabulary.aliases, person)
        self._add_lexicon(vocabulary, lexicon_ru.ORGANS, lexicon_ru.ROLES, lexicon_ru.RELAYS)
        for entries in self._names["ru"].values():
            _add_state(vocabulary, entries, _lemmatise)
            _add_heads(vocabulary, entries)
        return vocabulary

    @cached_property
    def en(self) -> Vocabulary:
        """English: phrases and persons as they are written."""
        vocabulary = Vocabulary()
        for person in self._persons:
            for alias in person.names.get("en", ()):
                words = split_name(alias)
                if person.institution:
                    vocabulary.phrases.add(words[1:] if words[0] == "the" else words, person)
                else:
                    vocabulary.aliases.add(words, Alias(person, ALL))
        self._add_lexicon(vocabulary, lexicon_en.ORGANS, lexicon_en.ROLES, lexicon_en.RELAYS)
        for entries in self._names["en"].values():
            _add_state(vocabulary, entries, split_name)
            for adjective in (adjective for entry in entries for adjective in entry.adjectives):
                vocabulary.phrases.add(("top", *split_name(adjective), "diplomat"), ROLES["foreign_minister"])
        return vocabulary

    @cached_property
    def speakers_of(self) -> Mapping[str, list[Person]]:
        """Persons listed as the chair of a parliament or of one of its houses, by their side."""
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self._persons:
            if not person.institution and person.role.startswith(_CHAIRS) and "ommittee" not in person.role:
                found[person.bloc].append(person)
        return found

    @cached_property
    def by_surname(self) -> Mapping[str, list[Person]]:
        """Persons by the last word of each name, lower case and ё as е."""
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self._persons:
            if person.institution:
                continue
            for names in person.names.values():
                for last in {split_name(alias)[-1] for alias in names}:
                    if person not in found[last]:
                        found[last].append(person)
        return found

    def of_surname(self, surname: str) -> Sequence[Person]:
        """The persons of a surname, however a text spells it."""
        return self.by_surname.get(surname.lower().replace("ё", "е"), ())

    def find_holder(self, office: str, state: State, said_on: date | None) -> Person | None:
        """Return who held a state's office on a day, or holds it now where no day is given."""
        return self.find_holder_of(f"{office} of {state.place}", said_on)

    def find_holder_of(self, role: str, said_on: date | None) -> Person | None:
        """Return the only listed person who held an office, such as "Chairman of the State Duma"."""
        holders = [p for p in self._offices.get(role, ()) if self._held(p, said_on) == role]
        return holders[0] if len(holders) == 1 else None

    def find_cut(self, first: str, beginning: str) -> Person | None:
        """Return the only listed person of a Russian first name whose surname a text's end cut short."""
        if len(beginning) < _SHORTEST_CUT:
            return None
        fitting = [
            person
            for person in self._persons
            for name in person.names.get("ru", ())[:1]
            if not person.institution and _is_cut(split_name(name), first, beginning)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def find_term(self, person: Person, said_on: date | None) -> Term | None:
        """Return the office that somebody held on a day, where it is another than the entry tells."""
        if said_on is None:
            return None
        return next((term for term in self._careers.get(person.name, ()) if term.covers(said_on)), None)

    def bloc_of_office(self, role: str) -> str:
        """The side of the state that an office names: "Prime Minister of Belarus"; empty for none."""
        if "opposition" in role:
            return OPPOSITION_BLOC
        place = role.rpartition(" of ")[2].partition(" to ")[0]
        return next((state.bloc for state in self.states.values() if state.place == place), "")

    def _held(self, person: Person, said_on: date | None) -> str:
        """The office that a person held on a day; empty for none that is known."""
        if (term := self.find_term(person, said_on)) is not None:
            return term.role
        return person.role if holds_office(person, said_on) else ""

    def _add_lexicon(
        self, vocabulary: Vocabulary, organs: _Lexicon, roles: _Lexicon, relays: _Phrases
    ) -> None:
        for key, phrases in organs.items():
            for phrase in phrases:
                vocabulary.phrases.add(phrase, ORGANS[key])
        for key, phrases in roles.items():
            for phrase in phrases:
                vocabulary.phrases.add(phrase, ROLES[key])
        for relay, ru, en in read_outlets():
            for name in ru if roles is lexicon_ru.ROLES else en:
                vocabulary.phrases.add(_lemmatise(name) if name in ru else split_name(name), relay)
        for phrase in relays:
            vocabulary.phrases.add(phrase, Relay())


def _add_heads(vocabulary: Vocabulary, entries: Iterable[StateNames]) -> None:
    """Add "глава белорусского государства", whose adjective tells the state."""
    adjectives = [tuple(_lemmatise(adjective)) for entry in entries for adjective in entry.adjectives]
    for head, adjective in product(("глава", "руководитель"), adjectives):
        for role, bodies in lexicon_ru.HEADED.items():
            for body in bodies:
                vocabulary.phrases.add((head, *adjective, *body), ROLES[role])


def _is_cut(name: list[str], first: str, beginning: str) -> bool:
    return len(name) == 2 and name[0] == first and name[1].startswith(beginning) and name[1] != beginning


def holds_office(person: Person, said_on: date | None) -> bool:
    """Whether a person was in office on a day; without a day, whether the office has not ended."""
    if said_on is None:
        return person.until is None
    return not (person.since and said_on < person.since) and not (person.until and said_on > person.until)


def split_name(name: str) -> list[str]:
    """Return a name's words and signs as sentences are split, lower case and ё as е."""
    return [token.lower().replace("ё", "е") for token in _TOKEN.findall(name)]


def is_woman(person: Person) -> bool | None:
    """Tell a person's gender by the Russian name; None where there is none."""
    names = person.names.get("ru", ())
    return is_female(tuple(names[0].split())) if names else None


def _add_declined(index: PhraseIndex[Alias], person: Person) -> None:
    """Add a person's Russian names in all cases."""
    names = person.names.get("ru", ())
    female = bool(is_woman(person))
    for name in names:
        words = [word for word in split_name(name) if word[0].isalnum()]
        columns = [
            list(decline(word, female=female, surname=i == len(words) - 1).items())
            for i, word in enumerate(words)
        ]
        masks: dict[tuple[str, ...], int] = defaultdict(int)
        for combination in product(*columns):
            mask = ALL
            for _, case in combination:
                mask &= case
            if mask:
                masks[tuple(form for form, _ in combination)] |= mask
        if any(len(word) == 1 for word in words):
            masks[tuple(words)] |= ALL  # A name such as "У Тан" is as often left undeclined.
        for forms, mask in masks.items():
            index.add(forms, Alias(person, mask))


def _lemmatise(phrase: str) -> list[str]:
    """Return the dictionary forms of a phrase's words; unknown words and abbreviations stay."""
    return [
        low if low in (cases := look_up(low).cases) or not cases else next(iter(cases))
        for low in split_name(phrase)
    ]


def _add_state(
    vocabulary: Vocabulary, entries: Iterable[StateNames], split: Callable[[str], list[str]]
) -> None:
    for entry in entries:
        listed = (
            ("name", entry.names),
            ("capital", entry.capitals),
            ("adjective", entry.adjectives),
            ("city", entry.cities),
        )
        for kind, phrases in listed:
            for phrase in phrases:
                vocabulary.phrases.add(split(phrase), StateWord(entry.state.id, kind))
