"""Names of persons in a Russian sentence: listed, with initials, full and unknown, or bare surnames."""

from __future__ import annotations

from monitor.domain.actors import Person
from monitor.text.speakers.actors import Actor, Named, People
from monitor.text.speakers.directory import Alias, Directory
from monitor.text.speakers.names import is_female, is_patronymic, is_surely_patronymic, to_nominative
from monitor.text.speakers.offices import Role
from monitor.text.speakers.sentence import Sentence, is_abbreviation
from monitor.text.speakers.words import ALL, NOM, Word

_LONGEST_ALIAS = 4
_UNDECLINED = "оуюиыэ"
_CONSONANTS = "бвгджзклмнпрстфхцчшщ"
_INSTRUMENTAL = ("ом", "ем", "ым", "им")
_OPENING_QUOTES = frozenset('«"“„')
_TAJIK = ("зода", "заде")
_NAME_TAILS = frozenset({"оглы", "уулу", "кызы", "заде"})


class RussianNames:
    """Reads the person's name that begins at a token."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def read(self, s: Sentence, i: int, people: People, *, titled: bool = False) -> Actor | None:
        """Read a name: listed, explained by the text, with initials, or full and unknown.

        After an office (`titled`) a word like a patronymic may be the surname.
        """
        found = self._match_alias(s, i)
        if not (s.capital[i] or s.lower_only):
            titled_name = found is not None and found[1] - i > 1 and s.capital[found[1] - 1]
            return (
                Actor(i, found[1], "", found[0].mask, person=found[0].person)
                if found and titled_name
                else None
            )
        explained = people.explain(s.lows[i])
        if found is not None and (explained is None or found[1] - i > 1):
            alias, end = found
            return Actor(i, end, "", alias.mask, person=alias.person)
        if explained is not None:
            return _make_actor(i, i + 1, *explained)
        return self._read_initials(s, i, people) or self._read_unknown(s, i, titled=titled)

    def read_surname(self, s: Sentence, i: int) -> Actor | None:
        """Read a bare surname, which only an office before it makes certain."""
        word = s.words[i]
        if word is None or not s.capital[i] or is_abbreviation(s.texts[i]) or self._is_known(s, i):
            return None
        if word.preposition or s.texts[i].isascii():
            return None
        if i and s.texts[i - 1] in _OPENING_QUOTES:
            return None
        mask = (word.name_mask or (0 if word.known else word.mask)) & ALL | _surname_case(s.lows[i])
        if not mask or is_patronymic(s.lows[i]):
            return None
        return Actor(i, i + 1, "", mask, named=Named(to_nominative((s.texts[i],), mask)))

    def _match_alias(self, s: Sentence, i: int) -> tuple[Alias, int] | None:
        """Match a listed name, also with a patronymic in its middle."""
        if i + 2 < len(s) and is_patronymic(s.lows[i + 1]):
            around = self._directory.ru.aliases.match([s.keys[i], s.keys[i + 2]], 0)
            if around is not None and around[1] == 2:
                return around[0], i + 3
        written = [(low,) for low in s.lows[i : i + _LONGEST_ALIAS]]
        exact = self._directory.ru.aliases.match(written, 0)
        found = (exact[0], exact[1] + i) if exact else self._directory.ru.aliases.match(s.keys, i)
        if found is not None and found[1] - i == 1 and not self._may_be_surname(s, i):
            return None
        return found

    def _may_be_surname(self, s: Sentence, i: int) -> bool:
        """Whether a bare surname is not part of somebody else's full name."""
        before = s.words[i - 1] if i else None
        if before is None or not s.capital[i - 1] or before.preposition:
            return True
        if (before.known and not before.name_mask) or is_abbreviation(s.texts[i - 1]):
            return True
        return self._directory.ru.aliases.match(s.keys, i - 1) is not None

    def _read_initials(self, s: Sentence, i: int, people: People) -> Actor | None:
        """Read "В.Путин" and "В. В. Путин"."""
        end = i
        while end + 1 < len(s) and end - i < 4 and _is_initial(s, end):
            end += 2
        if end == i or end >= len(s) or not s.capital[end] or len(s.texts[end]) < 2:
            return None
        if (explained := people.explain(s.lows[end])) is not None:
            return _make_actor(i, end + 1, *explained)
        alias = self._directory.ru.aliases.match(s.keys, end)
        if alias is not None and alias[1] == end + 1 and _begins_with(alias[0].person, s.lows[i]):
            return Actor(i, end + 1, "", alias[0].mask, person=alias[0].person)
        listed = self._directory.by_surname.get(s.lows[end], ())
        fitting = [person for person in listed if _begins_with(person, s.lows[i])]
        if len(fitting) == 1:
            return Actor(i, end + 1, "", ALL, person=fitting[0])
        return Actor(i, end + 1, "", ALL, named=Named((f"{s.texts[i]}.", s.texts[end])))

    def _read_unknown(self, s: Sentence, i: int, *, titled: bool) -> Actor | None:
        """Read the first name and surname of a person of no list."""
        first, end = s.words[i], i + 1
        if first is None or end >= len(s) or not self._may_be_first_name(s, i, first, titled=titled):
            return None
        if end + 1 < len(s) and is_patronymic(s.lows[end]) and s.capital[end] and s.capital[end + 1]:
            end += 1
        last = s.words[end]
        mixed = s.texts[i].isascii() != s.texts[end].isascii()
        if mixed or last is None or not self._may_be_last_name(s, end, last, titled=titled):
            return None
        common_noun = not last.name_mask and last.known and not last.mask & ~last.nouns
        unlikely = common_noun and not (i and first.known and first.name_mask)
        if unlikely or (titled and self._begins_later(s, i, first)):
            return None
        mask = _common_cases(
            first,
            last,
            _unknown_case(s.lows[i], first),
            _surname_case(s.lows[end]) | _unknown_case(s.lows[end], last),
        )
        if not mask:
            return None
        if end + 1 == len(s) and (cut := self._directory.find_cut(s.lows[i], s.lows[end])) is not None:
            return Actor(i, end + 1, "", mask, person=cut)
        nominative = to_nominative((s.texts[i], s.texts[end]), mask)
        end += end + 1 < len(s) and s.lows[end + 1] in _NAME_TAILS
        return Actor(i, end + 1, "", mask, named=Named(nominative, is_female(nominative)))

    def _begins_later(self, s: Sentence, i: int, word: Word) -> bool:
        """Whether the first of three capitalised words ends a title: "глава Евросовета Шарль Мишель"."""
        if word.known and word.place and not word.name_mask:
            return True
        alias = self._match_alias(s, i + 1)
        if alias is not None and alias[1] > i + 2:
            return True
        later = s.words[i + 1 : i + 3]
        runs_on = len(later) == 2 and s.capital[i + 1] and s.capital[i + 2]
        named = runs_on and all(one is not None and bool(one.mask & NOM) for one in later)
        return named and not word.mask & NOM

    def _may_be_first_name(self, s: Sentence, i: int, word: Word, *, titled: bool) -> bool:
        if not s.capital[i] or is_abbreviation(s.texts[i]) or self._is_known(s, i):
            return False
        following = s.words[i + 1]
        before_surname = i > 0 or (following is not None and bool(following.name_mask))
        return titled or bool(word.name_mask) or (not word.known and before_surname)

    def _may_be_last_name(self, s: Sentence, i: int, word: Word, *, titled: bool) -> bool:
        if not s.capital[i] or is_abbreviation(s.texts[i]) or self._is_known(s, i):
            return False
        if titled and not (word.mask or word.preposition or (word.verb and word.known)):
            return True
        return bool(word.mask) and (titled or not is_surely_patronymic(s.lows[i]))

    def _is_known(self, s: Sentence, i: int) -> bool:
        """Whether a word is a state, an organ or the like; an office's name may be a surname."""
        match = self._directory.ru.phrases.match(s.keys, i)
        return match is not None and not (isinstance(match[0], Role) and s.capital[i] and i > 0)


def _make_actor(start: int, end: int, who: Person | Named, mask: int) -> Actor:
    if isinstance(who, Person):
        return Actor(start, end, "", mask, person=who)
    return Actor(start, end, "", mask, named=who)


def _is_initial(s: Sentence, i: int) -> bool:
    return len(s.texts[i]) == 1 and s.capital[i] and s.texts[i + 1] == "."


def _begins_with(person: Person, initial: str) -> bool:
    """Whether the person's first name begins with a letter."""
    return any(name.lower().startswith(initial) and " " in name for name in person.names.get("ru", ()))


def _surname_case(low: str) -> int:
    """The nominative of a surname by its ending, which the dictionary may take for a plural."""
    return NOM if len(low) > 4 and low.endswith(("ов", "ев", "ин", "ын")) else 0


def _unknown_case(low: str, word: Word) -> int:
    """The cases that a foreign name of no dictionary may stand in: those in -u or -i are not declined."""
    if word.known:
        return 0
    if low[-1] in _UNDECLINED or low.endswith(_TAJIK):
        return ALL
    return NOM if low[-1] in _CONSONANTS and not low.endswith(_INSTRUMENTAL) else 0


def _common_cases(first: Word, last: Word, given: int, surname: int) -> int:
    """The cases in which both words may stand; those of the surer one where they share none."""
    firsts = first.name_mask or (first.mask if first.known else first.mask | given)
    lasts = (last.name_mask | (0 if last.known else last.mask) or last.mask) | surname
    if not lasts:
        return firsts & ALL
    return (firsts & lasts or (firsts if first.name_mask else lasts) or lasts) & ALL
