"""Actors in a Russian sentence: offices, organs and names with their cases."""

from __future__ import annotations

from monitor.domain.actors import Person
from monitor.text.speakers.actors import Actor, Named, People
from monitor.text.speakers.directory import Alias, Directory
from monitor.text.speakers.lexicon_ru import MODIFIERS, STOPS
from monitor.text.speakers.names import is_female, is_patronymic, is_surely_patronymic, to_nominative
from monitor.text.speakers.offices import ROLES, Organ, Relay, Role, StateWord
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence, is_abbreviation
from monitor.text.speakers.words import ALL, ANY_GEN, EVERY, NOM, PLURAL

_LONGEST_TITLE = 16
_PLACE_PREPOSITIONS = word_set(
    """
    в во на при по с со за о об из от к до между через
    """
)
_OF_THE_PLACE = frozenset({"республики", "страны"})
_NAME_TAILS = frozenset(["оглы", "уулу", "кызы", "заде"])


class RussianActors:
    """Finds actors by dictionary form, and reads the case that they stand in."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def find(self, sentence: Sentence, people: People) -> list[Actor]:
        """Return the actors in order, none overlapping."""
        actors: list[Actor] = []
        i = 0
        while i < len(sentence):
            actor = self._read(sentence, i, people) if sentence.words[i] is not None else None
            if actor is not None:
                actor.text = " ".join(sentence.texts[actor.start : actor.end])
                actors.append(actor)
                i = actor.end
            else:
                i += 1
        return actors

    def _read(self, s: Sentence, i: int, people: People) -> Actor | None:
        """Read the actor that begins at a token."""
        if (name := self._read_name(s, i, people)) is not None:
            return name
        head, mask, state = i, EVERY, None
        while head < len(s) and head - i < 4 and (word := s.words[head]) is not None:
            match = self._directory.ru.phrases.match(s.keys, head)
            if match and isinstance(match[0], StateWord) and match[0].kind == "adjective" and not word.nouns:
                state = self._directory.states[match[0].state_id]
            elif match or not MODIFIERS.intersection(word.cases):
                break
            mask &= word.mask
            head += 1
        if head >= len(s) or s.words[head] is None:
            return None
        match = self._directory.ru.phrases.match(s.keys, head)
        if match is None:
            return None
        known, end = match
        mask &= _mask_of(s, head, end)
        actor = Actor(i, end, "", mask, state=state, state_is_adjective=state is not None)
        return self._complete(s, head, actor, known, people)

    def _complete(self, s: Sentence, head: int, actor: Actor, known: object, people: People) -> Actor | None:
        """Add to an actor's head what follows it."""
        if not actor.mask:
            return None
        if isinstance(known, Relay):
            actor.relay = True
        elif isinstance(known, Person):
            actor.person = known
        elif isinstance(known, Organ):
            actor.organ = known
            self._read_owner(s, actor)
        elif isinstance(known, Role):
            actor.role = known if actor.mask & ALL or known.crowd else ROLES["crowd"]
            self._read_title(s, actor, people)
        elif isinstance(known, StateWord):
            if (
                known.kind == "adjective"
                or actor.state is not None
                or (head == actor.start and not s.capital[head])
            ):
                return None
            actor.state = self._directory.states[known.state_id]
        return actor

    def _read_owner(self, s: Sentence, actor: Actor) -> None:
        """Read whose organ it is: "МИД" + "Казахстана", "пресс-служба" + "Кремля"."""
        k = actor.end
        while k < len(s) and s.words[k] is not None:
            match = self._directory.ru.phrases.match(s.keys, k)
            if match is None:
                if s.lows[k] in _OF_THE_PLACE:
                    actor.local = True
                    actor.end = k = k + 1
                    continue
                if s.lows[k] == "республика" or self._is_linking_adjective(s, k):
                    k += 1
                    continue
                if s.lows[k] in ("в", "во") and actor.organ and actor.organ.label == "Embassy":
                    break
                return
            known, end = match
            if not _mask_of(s, k, end) & ANY_GEN:
                return
            if isinstance(known, StateWord) and known.kind != "adjective":
                actor.state = actor.state or self._directory.states[known.state_id]
            elif isinstance(known, StateWord):
                actor.state = actor.state or self._directory.states[known.state_id]
                k = end
                continue
            elif isinstance(known, Organ) and actor.organ and actor.organ.transparent:
                actor.organ = known
            elif isinstance(known, Person) and known.institution and actor.organ and actor.organ.transparent:
                actor.person, actor.organ = known, None
            elif isinstance(known, Role) and actor.organ and actor.organ.transparent:
                actor.of_role = known
            else:
                return
            actor.end = k = end

    def _is_linking_adjective(self, s: Sentence, k: int) -> bool:
        """Whether an adjective stands between an organ and the organ that it belongs to."""
        word = s.words[k]
        return (
            word is not None
            and not word.nouns
            and bool(word.mask & ANY_GEN)
            and word.verb is None
            and k + 1 < len(s)
            and self._directory.ru.phrases.match(s.keys, k + 1) is not None
        )

    def _read_title(self, s: Sentence, actor: Actor, people: People) -> None:
        """Read an office's organ, state and the holder's name, through whatever stands between."""
        k, limit = actor.end, min(len(s), actor.end + _LONGEST_TITLE)
        after_preposition = False
        while k < limit:
            word = s.words[k]
            if word is None:
                if s.texts[k] in '«»"-.№' and k + 1 < limit and not s.quoted[k]:
                    k += 1
                    continue
                return
            if s.quoted[k] or s.lows[k] in STOPS:
                return
            name = self._read_name(s, k, people) or self._read_surname(s, k)
            if name is not None:
                if name.mask & actor.mask:
                    actor.person, actor.named = name.person, name.named
                    actor.mask &= name.mask
                    actor.end = name.end
                return
            match = self._directory.ru.phrases.match(s.keys, k)
            if match is not None:
                known, end = match
                oblique = _mask_of(s, k, end) & ~(NOM | NOM << PLURAL)
                if (
                    isinstance(known, Role)
                    and not oblique
                    and not known.crowd
                    and _mask_of(s, k, end) & actor.mask
                ):
                    k = end
                    continue
                if not oblique or isinstance(known, Relay):
                    return
                self._note(actor, known, after_preposition=after_preposition)
                if not after_preposition:
                    actor.end = end
                k = end
                continue
            if word.verb is not None and word.verb.kind == "finite" and not word.nouns:
                return
            if word.preposition and s.lows[k] in _PLACE_PREPOSITIONS:
                after_preposition = True
            elif s.lows[k] == "и":
                if k + 1 < limit and s.capital[k + 1]:
                    return
            elif not word.mask & ~(NOM | NOM << PLURAL):
                return
            k += 1

    def _note(self, actor: Actor, known: object, *, after_preposition: bool) -> None:
        """Keep the first organ and state that an office is of; a place in which it serves is not one."""
        if isinstance(known, Organ) and not after_preposition:
            actor.organ = actor.organ if actor.organ and not actor.organ.transparent else known
        elif isinstance(known, Person) and not after_preposition and actor.organ is None:
            actor.organ = Organ(known.name, known.tier, known.bloc, known.name)
        elif isinstance(known, Role) and not after_preposition:
            actor.of_role = actor.of_role or known
        elif isinstance(known, StateWord) and not after_preposition and actor.state is None:
            actor.state = self._directory.states[known.state_id]
        elif isinstance(known, StateWord) and actor.place is None and known.kind != "adjective":
            actor.place = self._directory.states[known.state_id]

    def _read_name(self, s: Sentence, i: int, people: People) -> Actor | None:
        """Read a person's name: listed, full and unknown, or a surname that the text has explained."""
        if not (s.capital[i] or s.lower_only):
            return None
        if (found := self._match_alias(s, i)) is not None:
            alias, end = found
            bare = end - i == 1
            explained = people.by_form.get(s.lows[i]) if bare else None
            if explained is None:
                return Actor(i, end, "", alias.mask, person=alias.person)
        if (explained := people.by_form.get(s.lows[i])) is not None:
            who, mask = explained
            if isinstance(who, Person):
                return Actor(i, i + 1, "", mask, person=who)
            return Actor(i, i + 1, "", mask, named=who)
        return self._read_initials(s, i, people) or self._read_unknown(s, i)

    def _match_alias(self, s: Sentence, i: int) -> tuple[Alias, int] | None:
        found = self._directory.ru.aliases.match(s.keys, i)
        if i + 2 < len(s) and is_patronymic(s.lows[i + 1]):
            around = self._directory.ru.aliases.match([s.keys[i], s.keys[i + 2]], 0)
            if around is not None and around[1] == 2:
                return around[0], i + 3
        if found is None:
            return None
        if found[1] - i == 1 and not self._may_be_surname(s, i):
            return None
        return found

    def _may_be_surname(self, s: Sentence, i: int) -> bool:
        """Whether a bare surname is not part of somebody else's full name."""
        before = s.words[i - 1] if i else None
        if (
            before is None
            or not s.capital[i - 1]
            or not before.name_mask
            or (i - 1 == 0 and not before.known)
        ):
            return True
        return self._directory.ru.aliases.match(s.keys, i - 1) is not None

    def _read_initials(self, s: Sentence, i: int, people: People) -> Actor | None:
        """Read "В.Путин" and "В. В. Путин"."""
        end = i
        while (
            end + 1 < len(s)
            and len(s.texts[end]) == 1
            and s.capital[end]
            and s.texts[end + 1] == "."
            and end - i < 4
        ):
            end += 2
        if end == i or end >= len(s) or not s.capital[end] or len(s.texts[end]) < 2:
            return None
        explained = people.by_form.get(s.lows[end])
        if explained is not None:
            who, mask = explained
            if isinstance(who, Person):
                return Actor(i, end + 1, "", mask, person=who)
            return Actor(i, end + 1, "", mask, named=who)
        alias = self._directory.ru.aliases.match(s.keys, end)
        initial = s.lows[i]
        if alias is not None and alias[1] == end + 1:
            person = alias[0].person
            if any(name.lower().startswith(initial) and " " in name for name in person.names["ru"]):
                return Actor(i, end + 1, "", alias[0].mask, person=person)
        fitting = [
            person
            for person in self._directory.by_surname.get(s.lows[end], ())
            if any(name.lower().startswith(initial) and " " in name for name in person.names.get("ru", ()))
        ]
        if len(fitting) == 1:
            return Actor(i, end + 1, "", ALL, person=fitting[0])
        words = (f"{s.texts[i]}.", s.texts[end])
        return Actor(i, end + 1, "", ALL, named=Named(words))

    def _read_unknown(self, s: Sentence, i: int) -> Actor | None:
        """Read the first name and surname of a person of no list."""
        first = s.words[i]
        if first is None or i + 1 >= len(s) or not s.capital[i] or is_abbreviation(s.texts[i]):
            return None
        if not first.name_mask and (first.known or i == 0):
            return None
        end = i + 1
        if end + 1 < len(s) and is_patronymic(s.lows[end]) and s.capital[end] and s.capital[end + 1]:
            end += 1
        last = s.words[end]
        if (
            last is None
            or not s.capital[end]
            or is_abbreviation(s.texts[end])
            or is_surely_patronymic(s.lows[end])
        ):
            return None
        sure = first.known and first.name_mask
        if not last.name_mask and last.known and not last.mask & ~last.nouns and not (sure and i):
            return None
        if self._is_known(s, i) or self._is_known(s, end):
            return None
        first_mask = first.name_mask or first.mask
        last_mask = last.name_mask | (0 if last.known else last.mask) or last.mask
        mask = (first_mask & last_mask or (first_mask if first.name_mask else last_mask) or last_mask) & ALL
        if not mask:
            return None
        if end + 1 < len(s) and s.lows[end + 1] in _NAME_TAILS:
            end += 1
        words = (s.texts[i], *s.texts[end : end + 1])
        nominative = to_nominative(words, mask)
        return Actor(i, end + 1, "", mask, named=Named(nominative, is_female(nominative)))

    def _read_surname(self, s: Sentence, i: int) -> Actor | None:
        """Read a bare surname, which only an office before it makes certain."""
        word = s.words[i]
        if word is None or not s.capital[i] or is_abbreviation(s.texts[i]) or self._is_known(s, i):
            return None
        mask = (word.name_mask or (0 if word.known else word.mask)) & ALL
        if not mask or is_patronymic(s.lows[i]):
            return None
        nominative = to_nominative((s.texts[i],), mask)
        return Actor(i, i + 1, "", mask, named=Named(nominative))

    def _is_known(self, s: Sentence, i: int) -> bool:
        match = self._directory.ru.phrases.match(s.keys, i)
        return match is not None and not (isinstance(match[0], Role) and s.capital[i] and i > 0)


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
