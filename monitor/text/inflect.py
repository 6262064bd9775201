"""Every form of a Russian name, adjective or person, from its dictionary form."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import product
from typing import TypeAlias

from pymorphy3 import MorphAnalyzer
from pymorphy3.analyzer import Parse

_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_UNDECLINED = "оеёуюиыэ"
_SIBILANTS = "жшчщц"
_VELARS = "гкхжшчщ"
_FLEETING = {"павел": "павл", "лев": "льв"}
_FEMALE_SURNAMES = ("ова", "ева", "ёва", "ина", "ына", "ская", "цкая")

Declension: TypeAlias = tuple[tuple[str, ...], ...]
"""The forms of a word in each of the six cases; a case may have several, or be like another."""


@cache
def morphology() -> MorphAnalyzer:
    """Return the Russian dictionary, loaded once."""
    return MorphAnalyzer(lang="ru")


def inflect_phrase(phrase: str) -> set[str]:
    """Return a noun phrase in every case: its adjectives and head agree, what follows stays.

    A hyphenated word declines in its last part only ("Ак-Орда"), an acronym not at all; the
    number stays as it is given. A phrase that does not begin in the nominative stays as it is.
    """
    words = phrase.split()
    head = _find_head(words)
    if head is None or (_best_noun(words[head]) is None and morphology().word_is_known(words[head])):
        return {phrase}
    columns = [_decline_adjective(word, words[head]) for word in words[:head]] + [_decline_noun(words[head])]
    rest = words[head + 1 :]
    forms = {phrase}
    for case in range(len(_CASES)):
        for combination in product(*(column[case] for column in columns)):
            forms.add(" ".join([*combination, *rest]))
    return forms


def inflect_adjective(adjective: str) -> set[str]:
    """Return every full form of an adjective."""
    parse = next((p for p in morphology().parse(adjective) if "ADJF" in p.tag and "nomn" in p.tag), None)
    if parse is None:
        return {adjective}
    forms = {
        form.word for form in parse.lexeme if "ADJF" in form.tag and not {"COMP", "Supr"} & form.tag.grammemes
    }
    return {form for form in forms if not form.startswith("по") or adjective.startswith("по")} | {adjective}


def inflect_people(noun: str) -> set[str]:
    """Return every form of a noun for a member of a people, singular and plural."""
    parse = _best_noun(noun)
    return {noun} | ({form.word for form in parse.lexeme} if parse else set())


def inflect_person(name: str) -> set[str]:
    """Return a person's name in every case; a title in lower case before it declines as a noun."""
    words = name.split()
    female = words[-1].lower().endswith(_FEMALE_SURNAMES)
    columns = [
        _decline_noun(word)
        if word[0].islower()
        else _decline_name(word, surname=i == len(words) - 1, female=female)
        for i, word in enumerate(words)
    ]
    return {
        " ".join(forms)
        for case in range(len(_CASES))
        for forms in product(*(column[case] for column in columns))
    }


@lru_cache(maxsize=10_000)
def is_given_name(word: str) -> bool:
    """Say whether the dictionary knows the word, in any case, as a person's first name."""
    return bool(morphology().word_is_known(word)) and any("Name" in p.tag for p in morphology().parse(word))


@lru_cache(maxsize=10_000)
def find_lemmas(word: str) -> frozenset[str]:
    """Return every dictionary form that a word may belong to."""
    return frozenset(parse.normal_form for parse in morphology().parse(word))


def _find_head(words: list[str]) -> int | None:
    """Return the place of the first noun, if only adjectives stand before it."""
    for i, word in enumerate(words):
        if _is_acronym(word) or word[0].isdigit():
            return None
        tags = [p.tag for p in morphology().parse(word) if "nomn" in p.tag]
        if tags and "ADJF" in tags[0] and i + 1 < len(words):
            continue
        return i
    return None


def _is_acronym(word: str) -> bool:
    return sum(char.isupper() for char in word) > 1 and "-" not in word


def _best_noun(noun: str) -> Parse | None:
    """Choose the parse whose dictionary form is the word itself, places and things before persons."""
    plain = noun.lower().replace("ё", "е")
    parses = [
        p
        for p in morphology().parse(noun)
        if "NOUN" in p.tag and "nomn" in p.tag and p.word.replace("ё", "е") == plain
    ]
    parses.sort(
        key=lambda p: (not {"Name", "Surn", "Patr"} & p.tag.grammemes, "Geox" in p.tag, p.score), reverse=True
    )
    return parses[0] if parses else None


def _decline_noun(word: str) -> Declension:
    prefix, hyphen, last = word.rpartition("-")
    if last.isdigit():
        return tuple(tuple(f"{form}-{last}" for form in forms) for forms in _decline_noun(prefix))
    parse = _best_noun(last)
    if parse is None:
        return _restore(prefix + hyphen, word, _decline_masculine(last.lower()))
    number = "plur" if "plur" in parse.tag else "sing"
    columns = []
    for case in _CASES:
        form = parse.inflect({case, number})
        columns.append((form.word,) if form else (last.lower(),))
    return _restore(prefix + hyphen, word, tuple(columns))


def _decline_adjective(word: str, head: str) -> Declension:
    noun = _best_noun(head)
    parse = next((p for p in morphology().parse(word) if "ADJF" in p.tag and "nomn" in p.tag), None)
    if parse is None or noun is None:
        return ((word,),) * len(_CASES)
    gender = {"plur"} if "plur" in noun.tag else {"sing", str(noun.tag.gender)}
    columns = []
    for case in _CASES:
        animacies = ({"inan"}, {"anim"}) if case == "accs" and gender & {"plur", "masc"} else (set(),)
        forms = [parse.inflect({case} | gender | animacy) for animacy in animacies]
        columns.append(tuple(form.word for form in forms if form) or (word.lower(),))
    return _restore("", word, tuple(columns))


def _decline_name(word: str, *, surname: bool, female: bool) -> Declension:
    """Decline one word of a person's name by its ending, for dictionaries know few of them."""
    prefix, hyphen, last = word.rpartition("-")
    low = last.lower()
    if female and surname:
        stem = low[:-2] if low.endswith("ая") else low[:-1]
        accusative = stem + ("ую" if low.endswith("ая") else "у")
        oblique = stem + "ой"
        return _restore(
            prefix + hyphen, word, tuple((f,) for f in (low, oblique, oblique, accusative, oblique, oblique))
        )
    if low[-1] in "ая":
        return _restore(prefix + hyphen, word, _decline_on_vowel(low))
    if female or low[-1] in _UNDECLINED:
        return ((word,),) * len(_CASES)
    return _restore(prefix + hyphen, word, _decline_masculine(low))


def _decline_masculine(low: str) -> Declension:
    stem = _FLEETING.get(low, low)
    if low[-1] in _UNDECLINED + "ая":
        return ((low,),) * len(_CASES)
    if low.endswith(("ский", "цкий")):
        base = low[:-2]
        return (low,), (base + "ого",), (base + "ому",), (base + "ого",), (base + "им",), (base + "ом",)
    if low.endswith("ий"):
        base = low[:-1]
        return (low,), (base + "я",), (base + "ю",), (base + "я",), (base + "ем",), (base + "и", base + "е")
    if low[-1] in "йь":
        base = low[:-1]
        return (low,), (base + "я",), (base + "ю",), (base + "я",), (base + "ем",), (base + "е",)
    instrumental = [stem + ("ем" if low[-1] in _SIBILANTS else "ом")]
    if low.endswith(("ов", "ев", "ёв", "ин", "ын")):
        instrumental.append(stem + "ым")
    return (low,), (stem + "а",), (stem + "у",), (stem + "а",), tuple(instrumental), (stem + "е",)


def _decline_on_vowel(low: str) -> Declension:
    stem = low[:-1]
    if low.endswith("ия"):
        return (low,), (stem + "и",), (stem + "и",), (stem + "ю",), (stem + "ей",), (stem + "и",)
    if low[-1] == "я":
        return (low,), (stem + "и",), (stem + "е",), (stem + "ю",), (stem + "ей",), (stem + "е",)
    genitive = stem + ("и" if stem[-1:] in _VELARS else "ы")
    instrumental = stem + ("ей" if stem[-1:] in _SIBILANTS else "ой")
    return (low,), (genitive,), (stem + "е",), (stem + "у",), (instrumental,), (stem + "е",)


def _restore(prefix: str, word: str, columns: Declension) -> Declension:
    """Put the unchanging prefix and the capital letter back."""
    capital = word[len(prefix)].isupper()
    return tuple(
        tuple(prefix + (form[0].upper() + form[1:] if capital else form) for form in forms)
        for forms in columns
    )
