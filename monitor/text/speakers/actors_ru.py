"""Actors in a Russian sentence: offices, organs and states with their cases."""

from __future__ import annotations

from monitor.domain.actors import Person
from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor, People
from monitor.text.speakers.antecedents import join_antecedents
from monitor.text.speakers.appositions import join_appositions
from monitor.text.speakers.bodies_ru import RussianBodies
from monitor.text.speakers.channels_ru import RussianChannels
from monitor.text.speakers.directory import Directory
from monitor.text.speakers.joining_ru import is_foreign_agent, join_name
from monitor.text.speakers.lexicon_ru import MODIFIERS, STOPS
from monitor.text.speakers.names_ru import RussianNames
from monitor.text.speakers.offices import (
    ROLES,
    SERVING,
    Organ,
    Relay,
    Role,
    StateWord,
    make_crowd,
    narrow_office,
)
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.private_ru import RussianPrivateBodies
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.states import State
from monitor.text.speakers.titles_ru import (
    find_city_of,
    is_described,
    is_no_actor,
    is_one_head,
    is_written_so,
    mask_of,
    may_continue,
    read_company,
    read_foreign_name,
)
from monitor.text.speakers.unions_ru import RussianUnions
from monitor.text.speakers.words import ACC, ALL, ANY_GEN, ANY_NOM, EVERY, GEN, NOM

_LONGEST_TITLE = 16
_LONGEST_DEPARTMENT = 7
_MOST_ADJECTIVES = 4
_PREPOSITIONS = word_set("в во на при по с со за о об из от к до между через")
_FORMER = ("бывш", "экс-")
_OF_THE_PLACE = frozenset({"республики", "страны"})


class RussianActors:
    """Finds actors by dictionary form, and reads the case that they stand in."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._names = RussianNames(directory)
        self._bodies = RussianBodies(directory)
        self._channels = RussianChannels(directory)
        self._unions = RussianUnions(directory)
        self._private = RussianPrivateBodies(directory, self._names)

    def find(self, sentence: Sentence, people: People) -> list[Actor]:
        """Return the actors in order, none overlapping."""
        actors: list[Actor] = []
        i = 0
        while i < len(sentence):
            actor = self._read(sentence, i, people) if sentence.words[i] is not None else None
            actor = actor or self._private.read_quoted(sentence, i)
            if actor is None:
                i += 1
                continue
            actor.text = " ".join(sentence.texts[actor.start : actor.end])
            actor.exiled = actor.named is not None and is_foreign_agent(sentence, actor.end)
            actors.append(actor)
            i = actor.end
        join_appositions(sentence, actors)
        join_antecedents(sentence, actors)
        return actors

    def _read(self, s: Sentence, i: int, people: People) -> Actor | None:
        """Read the actor that begins at a token."""
        if (found := self._channels.read(s, i)) is not None:
            return found
        found = self._names.read(s, i, people) or self._bodies.read(s, i) or self._unions.read(s, i)
        found = found or self._private.read(s, i, lambda k: self._read(s, k, people))
        if found is not None:
            return found
        head, mask, state = self._read_adjectives(s, i)
        match = self._directory.ru.phrases.match(s.keys, head) if head < len(s) else None
        if match is None or is_no_actor(s, head, match[0]):
            return None
        known, end = match
        mask &= mask_of(s, head, end) | (NOM | ACC if is_written_so(s, head, end, known) else 0)
        actor = Actor(i, end, "", mask, state=state, state_is_adjective=state is not None)
        actor.former = any(low.startswith(_FORMER) for low in s.lows[i : head + 1])
        actor.described = state is None and is_described(s, i, mask)
        return self._complete(s, head, actor, known, people) if actor.mask else None

    def _read_adjectives(self, s: Sentence, i: int) -> tuple[int, int, State | None]:
        """Skip "первый", "официальный", "российский"; returns the head's place, cases and the state."""
        head, mask, state = i, EVERY, None
        while head < len(s) and head - i < _MOST_ADJECTIVES and (word := s.words[head]) is not None:
            match = self._directory.ru.phrases.match(s.keys, head)
            if match and isinstance(match[0], StateWord) and match[0].kind == "adjective" and not word.nouns:
                state = self._directory.states[match[0].state_id]
            elif match or not MODIFIERS.intersection(word.cases):
                break
            mask &= word.mask
            head += 1
        return head, mask, state

    def _complete(self, s: Sentence, head: int, actor: Actor, known: object, people: People) -> Actor | None:
        """Add to an actor's head what follows it."""
        if isinstance(known, Relay):
            self._complete_relay(s, head, actor, known)
        elif isinstance(known, Person):
            actor.person = known
        elif isinstance(known, Organ):
            actor.organ = known
            self._complete_organ(s, actor, known, people)
            actor.state = actor.state or self._directory.states.get(find_city_of(s, head, known))
            if known.of_state and actor.state is None:
                return None
        elif isinstance(known, Role):
            known = ROLES["head"] if known.joint and is_one_head(s, head) else known
            actor.role = known if actor.mask & ALL or known.crowd else make_crowd(known)
            self._read_inner_state(s, actor, head)
            self._read_title(s, actor, people)
            actor.role = narrow_office(actor.role, s.texts[actor.start : actor.end])
        elif isinstance(known, StateWord):
            bare = known.kind in ("name", "capital") and actor.state is None
            if not bare or (head == actor.start and not s.capital[head]):
                return None
            actor.state = self._directory.states[known.state_id]
        return actor

    def _complete_relay(self, s: Sentence, head: int, actor: Actor, known: Relay) -> None:
        """Take an outlet; "портал МВД Казахстана" is the page of an organ, which then is the actor."""
        match = self._directory.ru.phrases.match(s.keys, actor.end) if actor.end < len(s) else None
        organ = match[0] if match is not None and not known.name else None
        if match is not None and isinstance(organ, Organ) and not organ.transparent:
            actor.organ, actor.end = organ, match[1]
            self._read_owner(s, actor)
            return
        actor.relay = True
        actor.outlet = known if known.name and s.capital[head] else None

    def _complete_organ(self, s: Sentence, actor: Actor, known: Organ, people: People) -> None:
        """Add to an organ whose it is."""
        self._read_owner(s, actor)
        if known.label == "Embassy":
            self._read_place(s, actor)
        if known.transparent and actor.organ is known and actor.state is None:
            read_foreign_name(s, actor)
            read_company(s, actor)
            self._read_distant_owner(s, actor)
        elif actor.state is None:
            self._read_head(s, actor, people)

    def _read_head(self, s: Sentence, actor: Actor, people: People) -> None:
        """Read whose government it is by its head: "правительство Никола Пашиняна"."""
        name = self._names.read(s, actor.end, people) if actor.end < len(s) and s.words[actor.end] else None
        if name is None or name.person is None or not name.mask & ANY_GEN or name.mask & NOM:
            return
        if name.person.tier in (Tier.HEAD_OF_STATE, Tier.GOVERNMENT) and not name.person.institution:
            actor.state = self._directory.states.get(name.person.bloc)
            actor.end = name.end

    def _read_inner_state(self, s: Sentence, actor: Actor, head: int) -> None:
        """Read the state of "глава белорусского государства"."""
        for k in range(head + 1, actor.end):
            match = self._directory.ru.phrases.match(s.keys, k)
            if match is not None and isinstance(match[0], StateWord) and match[0].kind == "adjective":
                actor.state = actor.state or self._directory.states[match[0].state_id]

    def _read_owner(self, s: Sentence, actor: Actor) -> None:
        """Read whose organ it is: "МИД" + "Казахстана", "пресс-служба" + "Кремля"."""
        k = actor.end
        if k + 2 < len(s) and s.texts[k] == "«" and s.texts[k + 2] == "»" and not s.quoted[k]:
            k += 1
        while k < len(s) and s.words[k] is not None:
            match = self._directory.ru.phrases.match(s.keys, k)
            if match is None and s.lows[k] in _OF_THE_PLACE:
                actor.local = True
                actor.end = k = k + 1
            elif match is None and self._is_linking_adjective(s, k):
                k += 1
            elif match is None or not mask_of(s, k, match[1]) & ANY_GEN:
                return
            else:
                known, k = match
                if not self._own(actor, known):
                    return
                if not (isinstance(known, StateWord) and known.kind == "adjective"):
                    actor.end = k

    def _read_place(self, s: Sentence, actor: Actor) -> None:
        """Read where an embassy is: "посольство России" + "в Пакистане"."""
        k = actor.end
        if k + 1 >= len(s) or s.lows[k] not in ("в", "во", "на"):
            return
        match = self._directory.ru.phrases.match(s.keys, k + 1)
        if match is not None and isinstance(match[0], StateWord) and match[0].kind == "name":
            actor.place, actor.end = self._directory.states[match[0].state_id], match[1]

    def _read_distant_owner(self, s: Sentence, actor: Actor) -> None:
        """Read "министерство водных ресурсов Казахстана" through the words that we do not know."""
        for k in range(actor.end, min(len(s), actor.end + _LONGEST_DEPARTMENT)):
            word = s.words[k]
            match = self._directory.ru.phrases.match(s.keys, k)
            if match and isinstance(match[0], StateWord) and match[0].kind == "name":
                actor.state, actor.end = self._directory.states[match[0].state_id], match[1]
                return
            if match or word is None or not (word.mask & ANY_GEN or s.lows[k] == "и"):
                return

    def _own(self, actor: Actor, known: object) -> bool:
        """Take the owner of an organ into the actor; False where it belongs elsewhere."""
        transparent = actor.organ is not None and actor.organ.transparent
        if isinstance(known, StateWord):
            actor.state = actor.state or self._directory.states[known.state_id]
        elif isinstance(known, Organ) and transparent:
            actor.organ = known
        elif isinstance(known, Person) and known.institution and transparent:
            actor.person, actor.organ = known, None
        elif isinstance(known, Role) and transparent:
            actor.of_role = known
        else:
            return False
        return True

    def _is_linking_adjective(self, s: Sentence, k: int) -> bool:
        """Whether an adjective stands between an organ and the organ that it belongs to."""
        word = s.words[k]
        if word is None or word.nouns or word.verb is not None or not word.mask & ANY_GEN:
            return False
        return k + 1 < len(s) and self._directory.ru.phrases.match(s.keys, k + 1) is not None

    def _read_title(self, s: Sentence, actor: Actor, people: People) -> None:
        """Read an office's organ, state and the holder's name, through whatever stands between."""
        begin = k = actor.end
        actor.local = not _OF_THE_PLACE.isdisjoint(s.lows[actor.start : k])
        limit = min(len(s), k + _LONGEST_TITLE)
        after_preposition = False
        while k < limit and not s.quoted[k] and s.lows[k] not in STOPS:
            actor.local = actor.local or s.lows[k] in _OF_THE_PLACE
            name = None
            if s.words[k] is not None:
                name = self._names.read(s, k, people, titled=True) or self._names.read_surname(s, k)
            if name is not None and self._serves(actor, name):
                k = name.end
                continue
            if name is not None and (join_name(s, actor, name) or name.named is None):
                return
            match = self._directory.ru.phrases.match(s.keys, k)
            if match is not None:
                if not self._note(s, actor, k, match, after_preposition=after_preposition):
                    return
                named = isinstance(match[0], StateWord) and match[0].kind == "name"
                actor.heads_state = actor.heads_state or (named and k == begin)
                local = isinstance(match[0], StateWord) and match[0].kind == "city"
                actor.heads_region = actor.heads_region or (local and k <= begin + 1)
                k = match[1]
                continue
            if s.texts[k] == "(" and ")" in s.texts[k:limit]:
                k = s.texts.index(")", k) + 1
                continue
            if not may_continue(s, k, limit):
                return
            after_preposition = after_preposition or s.lows[k] in _PREPOSITIONS
            k += 1

    def _serves(self, actor: Actor, name: Actor) -> bool:
        """Whether a name after an office is whom it serves: "пресс-секретарь Лукашенко"."""
        served = name.person
        if (
            served is None
            or actor.role is None
            or actor.role.label not in SERVING
            or name.end - name.start > 1
        ):
            return False
        if served.tier is not Tier.HEAD_OF_STATE or not name.mask & GEN:
            return False
        actor.of_role, actor.end = ROLES["president"], name.end
        actor.state = actor.state or self._directory.states.get(served.bloc)
        return True

    def _note(
        self, s: Sentence, actor: Actor, k: int, match: tuple[object, int], *, after_preposition: bool
    ) -> bool:
        """Keep the first organ and state that an office is of; False where the title has ended."""
        known, end = match
        mask = mask_of(s, k, end)
        if isinstance(known, Relay):
            return bool(mask & ANY_GEN)
        if not mask & ~ANY_NOM and not (isinstance(known, StateWord) and s.lows[k - 1] == "республики"):
            return isinstance(known, Role) and not known.crowd and bool(mask & actor.mask)
        if after_preposition:
            self._note_place(actor, known)
            return True
        actor.end = end
        if isinstance(known, Organ) and (actor.organ is None or actor.organ.transparent):
            actor.organ = known
        elif isinstance(known, Person) and (actor.organ is None or actor.organ.transparent):
            actor.organ = Organ(known.name, known.tier, known.bloc, known.name)
        elif isinstance(known, Role):
            one = ROLES["head"] if known.joint and is_one_head(s, k) else known
            actor.of_role = actor.of_role or one
        elif isinstance(known, StateWord):
            actor.state = actor.state or self._directory.states[known.state_id]
        return True

    def _note_place(self, actor: Actor, known: object) -> None:
        """Keep where the office is held: a place is no owner."""
        if isinstance(known, StateWord) and known.kind != "adjective" and actor.place is None:
            actor.place = self._directory.states[known.state_id]
        elif isinstance(known, Person) and known.institution and actor.place is None:
            actor.place = self._directory.states.get(known.bloc)
