"""Russian personal names: their forms by case, their nominative, and their English spelling."""

from __future__ import annotations

import re
from functools import lru_cache

from monitor.text.inflect import morphology
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.words import ACC, ALL, DAT, GEN, INS, LOC, NOM, look_up, read_case

_UNDECLINED = "оеуюиыэ"
_SIBILANTS = "жшчщц"
_VELARS = "гкх" + "жшчщ"
_FLEETING = {"павел": "павл", "лев": "льв", "петр": "петр"}
_FEMALE_ENDINGS = ("ова", "ева", "ина", "ына", "ская", "цкая", "ная", "вая")
_FEMALE_OBLIQUE = ("овой", "евой", "иной", "ыной")
_FEMALE_FIRST = word_set(
    """
    любовь нинель гюзель айгуль гульнар лейла сахиба рузан ани назели майя кая анаит асмик мадина шушан
    маргарит сюзан арпи шаке лилит мариам эгине арпине лусине гоар ануш сирануш заруи армине гаяне нарине
    татевик айсель гюнель нигяр айтен севиндж айнур назгуль асель жанар бермет гульшат сауле томирис
    """
)
_MALE_ON_VOWEL = word_set(
    "мустафа муса иса абдулла гамза мирза хамза юнга шота лука никита савва данила кузьма фома"
)
_PATRONYMICS = (
    "вич",
    "вича",
    "вичу",
    "вичем",
    "виче",
    "вна",
    "вны",
    "вне",
    "вну",
    "вной",
    "оглы",
    "ич",
    "ича",
    "ичу",
)

_ADJECTIVAL = re.compile(r"[сц]к(ого|ому|им|ом)$")
_ALPHABET = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
_ROMAN = "a,b,v,g,d,e,zh,z,i,y,k,l,m,n,o,p,r,s,t,u,f,kh,ts,ch,sh,shch,,y,,e,yu,ya,yo"
_LETTERS = dict(zip(_ALPHABET, re.split(",", _ROMAN), strict=True))
_COMMON_SPELLINGS = """
    александр:Alexander александра:Alexandra алексей:Alexey андрей:Andrey сергей:Sergey дмитрий:Dmitry
    юрий:Yury максим:Maxim ксения:Ksenia мария:Maria наталья:Natalia наталия:Natalia юлия:Yulia
    софья:Sofia дарья:Daria татьяна:Tatyana петр:Pyotr федор:Fyodor артем:Artyom семен:Semyon
    николай:Nikolai виктория:Viktoria оксана:Oksana илья:Ilya анастасия:Anastasia лилия:Lilia
    лидия:Lidia валерия:Valeria феликс:Felix джон:John джордж:George майкл:Michael джеймс:James
    давид:David ильхам:Ilham хикмет:Hikmet ашот:Ashot айк:Hayk ваан:Vahan мгер:Mher вагаршак:Vagharshak
    акоп:Hakob оганес:Hovhannes геворг:Gevorg
"""
_POSSESSIVE_INSTRUMENTAL = ("овым", "евым", "иным", "ыным")
"""How surnames in -ov and -in end in the instrumental, which the dictionary takes for adjectives."""
_COMMON = dict(pair.split(":") for pair in _COMMON_SPELLINGS.split())


def decline(word: str, *, female: bool, surname: bool) -> dict[str, int]:
    """Return the forms (lower case, ё as е) of one word of a name, each with its cases."""
    low = word.lower().replace("ё", "е")
    prefix, hyphen, last = low.rpartition("-")
    forms: dict[str, int] = {}
    for form, case in _forms(last, female=female, surname=surname):
        whole = prefix + hyphen + form
        forms[whole] = forms.get(whole, 0) | case
    return forms


def _forms(low: str, *, female: bool, surname: bool) -> list[tuple[str, int]]:
    on_vowel = low.endswith("ия") or (low[-1:] in ("а", "я") and low[-2:-1] not in ("у", "о", "е", "и"))
    if female and surname:
        return _forms_of_female_surname(low) or (_forms_on_vowel(low) if on_vowel else [(low, ALL)])
    if on_vowel:
        return _forms_on_vowel(low)
    if not low or low[-1] in _UNDECLINED + "ая" or (female and not low.endswith("ь")):
        return [(low, ALL)]
    if female:
        return [(low, NOM | ACC), (low[:-1] + "и", GEN | DAT | LOC), (low + "ю", INS)]
    return _forms_of_masculine(low)


def _forms_of_female_surname(low: str) -> list[tuple[str, int]]:
    if low.endswith("ая"):
        return [(low, NOM), (low[:-2] + "ой", GEN | DAT | INS | LOC), (low[:-2] + "ую", ACC)]
    if low.endswith(("ова", "ева", "ина", "ына")):
        return [(low, NOM), (low[:-1] + "ой", GEN | DAT | INS | LOC), (low[:-1] + "у", ACC)]
    return []


def _forms_on_vowel(low: str) -> list[tuple[str, int]]:
    stem = low[:-1]
    if low.endswith("ия"):
        return [(low, NOM), (stem + "и", GEN | DAT | LOC), (stem + "ю", ACC), (stem + "ей", INS)]
    if low.endswith("я"):
        return [(low, NOM), (stem + "и", GEN), (stem + "е", DAT | LOC), (stem + "ю", ACC), (stem + "ей", INS)]
    genitive = stem + ("и" if stem[-1:] in _VELARS else "ы")
    instrumental = stem + ("ей" if stem[-1:] in _SIBILANTS else "ой")
    return [(low, NOM), (genitive, GEN), (stem + "е", DAT | LOC), (stem + "у", ACC), (instrumental, INS)]


def _forms_of_masculine(low: str) -> list[tuple[str, int]]:
    if low.endswith(("ский", "цкий", "ый", "ной", "вой")):
        base = low[:-2]
        soft = "им" if low.endswith("ий") else "ым"
        return [
            (low, NOM),
            (base + "ого", GEN | ACC),
            (base + "ому", DAT),
            (base + soft, INS),
            (base + "ом", LOC),
        ]
    if low.endswith("ий"):
        base = low[:-1]
        return [(low, NOM), (base + "я", GEN | ACC), (base + "ю", DAT), (base + "ем", INS), (base + "и", LOC)]
    if low[-1] in "йь":
        base = low[:-1]
        return [(low, NOM), (base + "я", GEN | ACC), (base + "ю", DAT), (base + "ем", INS), (base + "е", LOC)]
    stem = _FLEETING.get(low, low)
    soft = "ем" if low[-1] in _SIBILANTS else "ом"
    forms = [(low, NOM), (stem + "а", GEN | ACC), (stem + "у", DAT), (stem + soft, INS), (stem + "е", LOC)]
    if low.endswith(("ов", "ев", "ин", "ын")):
        forms.append((stem + "ым", INS))
    return forms


def is_female(words: tuple[str, ...]) -> bool:
    """Tell a woman's name by its last word, patronymic or first name, given in the nominative."""
    lows = [word.lower().replace("ё", "е") for word in words]
    if lows[-1].endswith(_FEMALE_ENDINGS) and len(lows[-1]) > 4:
        return True
    if any(low.endswith("вна") for low in lows[1:-1]):
        return True
    if len(lows) < 2:
        return False
    return lows[0] in _FEMALE_FIRST or _first_name_gender(lows[0]) == "femn"


@lru_cache(maxsize=10_000)
def _first_name_gender(low: str) -> str:
    """The gender of a first name in the nominative, by the dictionary."""
    for parse in morphology().parse(low):
        if "Name" in parse.tag and "nomn" in parse.tag and parse.normal_form.replace("ё", "е") == low:
            return str(parse.tag.gender or "")
    feminine = low.endswith(("ия", "ья")) or (low.endswith("а") and low not in _MALE_ON_VOWEL)
    return "femn" if feminine and not look_up(low).known else ""


def is_patronymic(low: str) -> bool:
    """Whether a lower-case word looks like a patronymic in some case; some surnames do."""
    return low.endswith(_PATRONYMICS) and len(low) > 5


@lru_cache(maxsize=10_000)
def is_surely_patronymic(low: str) -> bool:
    """Whether the dictionary knows a word as a patronymic, so that it is no surname."""
    return (
        is_patronymic(low)
        and look_up(low).known
        and any("Patr" in parse.tag for parse in morphology().parse(low))
    )


@lru_cache(maxsize=20_000)
def to_nominative(words: tuple[str, ...], case: int) -> tuple[str, ...]:
    """Return a name found in one case (a bit of the mask) in the nominative, capitalised."""
    gender = _gender_of_form(words, case)
    return tuple(_restore(word, case, gender, last=i == len(words) - 1) for i, word in enumerate(words))


def _gender_of_form(words: tuple[str, ...], case: int) -> str:
    """Tell the gender from the first word that is a name in that case."""
    for word in words:
        for parse in morphology().parse(word.lower()):
            named = any(mark in parse.tag for mark in ("Name", "Surn"))
            if named and read_case(str(parse.tag.case)) & case and parse.tag.gender:
                return str(parse.tag.gender)
    return ""


def _restore(word: str, case: int, gender: str, *, last: bool) -> str:
    prefix, hyphen, tail = word.rpartition("-")
    low = tail.lower()
    if case & NOM or not low.isalpha():
        return word
    found = _find_nominative(low, case, gender, surname=last)
    return prefix + hyphen + found.capitalize()


def _find_nominative(low: str, case: int, gender: str, *, surname: bool) -> str:
    if surname and gender != "femn" and case & INS and low.endswith(_POSSESSIVE_INSTRUMENTAL):
        return low[:-2]
    marks = ("Surn", "Name", "Patr") if surname else ("Name", "Patr", "Surn")
    parses = [p for p in morphology().parse(low) if p.tag.case and look_up(low).mask & case]
    for mark in marks:
        for parse in parses:
            if mark in parse.tag and (not gender or str(parse.tag.gender or gender) == gender):
                form = parse.inflect({"nomn", "sing"} | ({gender} if gender and mark == "Surn" else set()))
                candidate = str(form.word) if form else ""
                if candidate and decline(candidate, female=gender == "femn", surname=surname).get(
                    low.replace("ё", "е"), 0
                ):
                    return candidate
    return _strip_ending(low, case, female=gender == "femn", surname=surname)


def _strip_ending(low: str, case: int, *, female: bool, surname: bool) -> str:
    """Undo the declension by trying the endings that a nominative may have."""
    if female and surname and low.endswith("ой") and len(low) > 4:
        return low[:-2] + ("а" if low.endswith(_FEMALE_OBLIQUE) else "ая")
    adjectival = _ADJECTIVAL.search(low) if not female else None
    if adjectival is not None:
        return low[: adjectival.start(1)] + "ий"
    for cut in (0, 1, 2, 3):
        stem = low[: len(low) - cut]
        for ending in ("", "й", "ий", "ь", "а", "я", "ия", "ая"):
            candidate = stem + ending
            if len(candidate) > 2 and decline(candidate, female=female, surname=surname).get(low, 0) & case:
                return candidate
    return low


def transliterate(words: tuple[str, ...]) -> str:
    """Return a Russian name in the usual English spelling."""
    return " ".join(_COMMON.get(word.lower().replace("ё", "е")) or _romanise(word) for word in words)


def _romanise(word: str) -> str:
    return "-".join(_romanise_part(part) for part in word.split("-"))


def _romanise_part(word: str) -> str:
    low = word.lower()
    if len(low) > 3:
        low = low.removesuffix("ий") + "й" if low.endswith("ий") else low
        low = low.removesuffix("ый") + "й" if low.endswith("ый") else low
    out: list[str] = []
    for i, letter in enumerate(low):
        previous = low[i - 1] if i else ""
        if letter == "е" and (i == 0 or previous in "аеёиоуыэюяьъ"):
            out.append("ye")
        elif letter == "й" and previous in "аоу":
            out.append("i")
        else:
            out.append(_LETTERS.get(letter, letter))
    spelled = "".join(out)
    return spelled[:1].upper() + spelled[1:] if word[:1].isupper() else spelled
