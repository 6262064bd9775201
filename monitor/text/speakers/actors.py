"""Noun phrases that may speak: persons, offices, organs and states, as they stand in a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from monitor.domain.actors import Person
from monitor.text.speakers.offices import Organ, Relay, Role
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.states import State


@dataclass(frozen=True, slots=True)
class Named:
    """A person of no list, by the words of the name in the nominative and in the text's own script."""

    words: tuple[str, ...]
    female: bool | None = None


@dataclass(slots=True)
class Actor:
    """A noun phrase over the tokens [start, end) that names or describes somebody."""

    start: int
    end: int
    text: str
    mask: int
    """The cases that the phrase may stand in."""
    person: Person | None = None
    named: Named | None = None
    role: Role | None = None
    of_role: Role | None = None
    """The office that the role serves: the president of "the president's press secretary"."""
    organ: Organ | None = None
    state: State | None = None
    state_is_adjective: bool = False
    place: State | None = None
    """Where the office is held: "the human rights commissioner in Tajikistan"."""
    local: bool = False
    """Said to be of "the republic" or "the country" that is spoken of."""
    title: str = ""
    """The words of the office, where they stand apart from the name."""
    former: bool = False
    """Said to have held the office before."""
    described: bool = False
    """A word that we do not know tells whose office it is, so that it is not taken for the outlet's own."""
    heads_state: bool = False
    """The state's name follows the office at once: "the head of Belarus", not of some service of it."""
    heads_region: bool = False
    """The name of a region or a city follows the office at once: "глава Бурятии"."""
    exiled: bool = False
    """Said to be a foreign agent by Russian law, hence of Russia's opposition."""
    relay: bool = False
    outlet: Relay | None = None
    """The outlet that a relay is, where it is known by name."""

    @property
    def is_human(self) -> bool:
        """Whether it is one person, named or by office."""
        return (
            bool(self.named)
            or (self.person is not None and not self.person.institution)
            or self.role is not None
        )

    @property
    def is_crowd(self) -> bool:
        """Whether it is unnamed people."""
        return self.role is not None and self.role.crowd and not self.person and not self.named

    @property
    def acts_for_organ(self) -> bool:
        """Whether people of a known state stand for an organ of it: "киргизские депутаты"."""
        return self.is_crowd and self.role is not None and bool(self.role.organ) and self.state is not None

    @property
    def is_institution(self) -> bool:
        """Whether it is an organ of a state, listed or not, rather than a person."""
        if self.person is not None:
            return self.person.institution
        return self.organ is not None and self.role is None and self.named is None

    @property
    def is_state(self) -> bool:
        """Whether a bare country or capital stands for its government."""
        return self.state is not None and not (self.organ or self.role or self.person or self.named)

    @property
    def is_named(self) -> bool:
        """Whether it says by name who it is."""
        return self.person is not None or self.named is not None


@dataclass(slots=True)
class People:
    """Persons whom a text has given by their full names, so that the surname is enough."""

    by_form: dict[str, tuple[Person | Named, int]] = field(default_factory=dict)
    """Each form of the surname, lower case and ё as е, with its cases."""
    titles: dict[tuple[str, ...], Actor] = field(default_factory=dict)
    """For a person of no list: the mention that told the office, by the name's words."""
    shared: set[str] = field(default_factory=set)
    """Forms of a surname that two persons of the text bear, so that alone it names neither."""

    def explain(self, form: str) -> tuple[Person | Named, int] | None:
        """Return whom a bare surname means in this text, with its cases."""
        return None if form in self.shared else self.by_form.get(form)

    def add(self, form: str, who: Person | Named, mask: int) -> None:
        """Remember a form of a surname; a fuller name takes the place of a bare one."""
        known = self.by_form.setdefault(form, (who, mask))[0]
        if known == who:
            return
        if isinstance(known, Named) and len(known.words) == 1:
            self.by_form[form] = who, mask
        elif _first_letter(known) != _first_letter(who) and not _is_bare(who):
            self.shared.add(form)


def _is_bare(who: Person | Named) -> bool:
    return isinstance(who, Named) and len(who.words) == 1


def _first_letter(who: Person | Named) -> str:
    """The first letter of the first name, in Russian where it is listed so."""
    if isinstance(who, Named):
        return who.words[0][:1].lower()
    return (who.names.get("ru") or (who.name,))[0][:1].lower()


class ActorFinder(Protocol):
    """Finds the actors of a sentence."""

    def find(self, sentence: Sentence, people: People) -> list[Actor]:
        """Return the actors in order, none overlapping."""
