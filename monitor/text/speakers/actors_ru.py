"""Actors in a Russian sentence: offices, organs and states with their cases."""

from __future__ import annotations

from monitor.domain.actors import Person
from monitor.text.speakers.actors import Actor, Named, People
from monitor.text.speakers.directory import Directory
from monitor.text.speakers.lexicon_ru import MODIFIERS, STOPS
from monitor.text.speakers.names import is_female, to_nominative
from monitor.text.speakers.names_ru import RussianNames
from monitor.text.speakers.offices import ROLES, Organ, Relay, Role, StateWord
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence, is_abbreviation
from monitor.text.speakers.states import State
from monitor.text.speakers.words import ACC, ALL, ANY_GEN, ANY_NOM, EVERY, NOM

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

    def find(self, sentence: Sentence, people: People) -> list[Actor]:
        """Return the actors in order, none overlapping."""
        actors: list[Actor] = []
        i = 0
        while i < len(sentence):
            actor = self._read(sentence, i, people) if sentence.words[i] is not None else None
            if actor is None:
                i += 1
                continue
            actor.text = " ".join(sentence.texts[actor.start : actor.end])
            actor.exiled = actor.named is not None and _is_foreign_agent(sentence, actor.end)
            actors.append(actor)
            i = actor.end
        return actors

    def _read(self, s: Sentence, i: int, people: People) -> Actor | None:
        """Read the actor that begins at a token."""
        if (name := self._names.read(s, i, people)) is not None:
            return name
        head, mask, state = self._read_adjectives(s, i)
        match = self._directory.ru.phrases.match(s.keys, head) if head < len(s) else None
        if match is None:
            return None
        known, end = match
        mask &= _mask_of(s, head, end) | (NOM | ACC if _is_written_so(s, head, end, known) else 0)
        actor = Actor(i, end, "", mask, state=state, state_is_adjective=state is not None)
        actor.former = any(low.startswith(_FORMER) for low in s.lows[i : head + 1])
        actor.described = state is None and _is_described(s, i, mask)
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
            actor.relay = True
        elif isinstance(known, Person):
            actor.person = known
        elif isinstance(known, Organ):
            actor.organ = known
            self._read_owner(s, actor)
            if known.label == "Embassy":
                self._read_place(s, actor)
            if known.transparent and actor.state is None:
                self._read_distant_owner(s, actor)
        elif isinstance(known, Role):
            actor.role = known if actor.mask & ALL or known.crowd else ROLES["crowd"]
            self._read_inner_state(s, actor, head)
            self._read_title(s, actor, people)
        elif isinstance(known, StateWord):
            bare = known.kind != "adjective" and actor.state is None
            if not bare or (head == actor.start and not s.capital[head]):
                return None
            actor.state = self._directory.states[known.state_id]
        return actor

    def _read_inner_state(self, s: Sentence, actor: Actor, head: int) -> None:
        """Read the state of "глава белорусского государства"."""
        for k in range(head + 1, actor.end):
            match = self._directory.ru.phrases.match(s.keys, k)
            if match is not None and isinstance(match[0], StateWord) and match[0].kind == "adjective":
                actor.state = actor.state or self._directory.states[match[0].state_id]

    def _read_owner(self, s: Sentence, actor: Actor) -> None:
        """Read whose organ it is: "МИД" + "Казахстана", "пресс-служба" + "Кремля"."""
        k = actor.end
        while k < len(s) and s.words[k] is not None:
            match = self._directory.ru.phrases.match(s.keys, k)
            if match is None and s.lows[k] in _OF_THE_PLACE:
                actor.local = True
                actor.end = k = k + 1
            elif match is None and self._is_linking_adjective(s, k):
                k += 1
            elif match is None or not _mask_of(s, k, match[1]) & ANY_GEN:
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
        limit = min(len(s), k + _LONGEST_TITLE)
        after_preposition = False
        while k < limit and not s.quoted[k] and s.lows[k] not in STOPS:
            actor.local = actor.local or s.lows[k] in _OF_THE_PLACE
            name = None
            if s.words[k] is not None:
                name = self._names.read(s, k, people, titled=True) or self._names.read_surname(s, k)
            if name is not None:
                _join_name(s, actor, name)
                return
            match = self._directory.ru.phrases.match(s.keys, k)
            if match is not None:
                if not self._note(s, actor, k, match, after_preposition=after_preposition):
                    return
                named = isinstance(match[0], StateWord) and match[0].kind == "name"
                actor.heads_state = actor.heads_state or (named and k == begin)
                k = match[1]
                continue
            if not _may_continue(s, k, limit):
                return
            after_preposition = after_preposition or s.lows[k] in _PREPOSITIONS
            k += 1

    def _note(
        self, s: Sentence, actor: Actor, k: int, match: tuple[object, int], *, after_preposition: bool
    ) -> bool:
        """Keep the first organ and state that an office is of; False where the title has ended."""
        known, end = match
        mask = _mask_of(s, k, end)
        if isinstance(known, Relay):
            return False
        if not mask & ~ANY_NOM:
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
            actor.of_role = actor.of_role or known
        elif isinstance(known, StateWord):
            actor.state = actor.state or self._directory.states[known.state_id]
        return True

    def _note_place(self, actor: Actor, known: object) -> None:
        """Keep where the office is held: a place is no owner."""
        if isinstance(known, StateWord) and known.kind != "adjective" and actor.place is None:
            actor.place = self._directory.states[known.state_id]


def _is_foreign_agent(s: Sentence, k: int) -> bool:
    """Whether brackets after a name hold the mark that Russian law demands."""
    if s.texts[k : k + 1] != ["("]:
        return False
    return any("иноагент" in low or "иностранн" in low for low in s.lows[k + 1 : k + 8])


def _is_described(s: Sentence, i: int, mask: int) -> bool:
    """Whether an adjective that we do not know agrees with an office: "саудовский министр"."""
    word = s.words[i - 1] if i else None
    if word is None or word.nouns or word.preposition or word.verb is not None:
        return False
    return bool(word.mask & mask)


def _join_name(s: Sentence, actor: Actor, name: Actor) -> None:
    """Put office and name together where their cases agree."""
    common = name.mask & actor.mask
    if common:
        actor.person, actor.named = name.person, name.named
        if name.named is not None and name.mask & NOM and not common & NOM and name.end - name.start == 2:
            words = to_nominative((s.texts[name.start], s.texts[name.end - 1]), common)
            actor.named = Named(words, is_female(words))
        actor.mask &= name.mask
        actor.end = name.end


def _may_continue(s: Sentence, k: int, limit: int) -> bool:
    """Whether a title may go on through a token that is no organ, state or name."""
    word = s.words[k]
    if word is None:
        return s.texts[k] in '«»"-.№' and k + 1 < limit
    if word.verb is not None and word.verb.kind == "finite" and not word.nouns and "наш" not in word.cases:
        return False
    if s.lows[k] == "и":
        return not (k + 1 < limit and s.capital[k + 1])
    return word.preposition or bool(word.mask & ~ANY_NOM)


def _mask_of(s: Sentence, start: int, end: int) -> int:
    """Return the cases of a phrase: those of its first noun that its adjectives allow."""
    mask = EVERY
    for i in range(start, end):
        word = s.words[i]
        if word is None:
            continue
        if is_abbreviation(s.texts[i]) and (not word.cases or s.lows[i] in word.cases):
            return mask & ALL or ALL
        mask &= word.mask or ALL
        if word.nouns or not word.mask:
            break
    return mask


def _is_written_so(s: Sentence, start: int, end: int, known: object) -> bool:
    """Whether an institution stands as it is listed, which the dictionary may take for another form."""
    if not isinstance(known, Person):
        return False
    written = " ".join(s.lows[start:end])
    return any(written == name.lower().replace("ё", "е") for name in known.names.get("ru", ()))
