"""Cases of Russian phrases, and how far the title before a name goes."""

from __future__ import annotations

from monitor.domain.actors import Person
from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.lexicon_ru import COMPANIES
from monitor.text.speakers.offices import Organ, Role
from monitor.text.speakers.sentence import Sentence, is_abbreviation
from monitor.text.speakers.words import ALL, ANY_NOM, EVERY, GEN

_LONGEST_QUOTED = 6
_CITIES = {
    "минский": "belarus",
    "гомельский": "belarus",
    "брестский": "belarus",
    "гродненский": "belarus",
    "витебский": "belarus",
    "могилевский": "belarus",
    "ереванский": "armenia",
    "бакинский": "azerbaijan",
    "астанинский": "kazakhstan",
    "алматинский": "kazakhstan",
    "бишкекский": "kyrgyzstan",
    "ошский": "kyrgyzstan",
    "душанбинский": "tajikistan",
    "ташкентский": "uzbekistan",
    "московский": "russia",
    "петербургский": "russia",
    "хамовнический": "russia",
    "басманный": "russia",
    "тверской": "russia",
    "киевский": "ukraine",
    "печерский": "ukraine",
}
"""Cities and districts by the adjective that tells whose a court is."""
_OF_SEVERAL = ("международн", "европейск", "гаагск", "третейск", "арбитраж", "спортивн", "страшн")
_UNIONS = frozenset({"оон", "евразэс", "еаэс", "ес", "снг"})
_OF_MANY = frozenset({"вс", "ввс", "всу", "вкс", "вдв", "вмс", "ржд"})
"""Abbreviations that a verb in the plural follows."""


def read_foreign_name(s: Sentence, actor: Actor) -> None:
    """Take the Latin name after "пресс-служба" as that of the organisation whose it is."""
    k = actor.end
    while k < len(s) and k - actor.end < _LONGEST_QUOTED and s.texts[k].isascii() and s.texts[k][0].isalpha():
        k += 1
    if k > actor.end and s.capital[actor.end]:
        name = " ".join(s.texts[actor.end : k])
        actor.organ, actor.end = Organ(name, Tier.OTHER, None, name), k


def read_company(s: Sentence, actor: Actor) -> None:
    """Take into "пресс-служба" the "компании" after it: it is of the company spoken of."""
    word = s.words[actor.end] if actor.end < len(s) else None
    if word is not None and not COMPANIES.isdisjoint(word.cases) and word.mask & GEN:
        actor.end += 1


def may_continue(s: Sentence, k: int, limit: int) -> bool:
    """Whether a title may go on through a token that is no organ, state or name."""
    word = s.words[k]
    if _is_in_quotes(s, k):
        return True
    if word is None:
        return s.texts[k] in '«»"-.№' and k + 1 < limit
    if word.verb is not None and word.verb.kind == "finite" and not word.nouns and "наш" not in word.cases:
        return False
    if s.lows[k] == "и":
        return not (k + 1 < limit and s.capital[k + 1])
    return word.preposition or bool(word.mask & ~ANY_NOM)


def find_city_of(s: Sentence, head: int, known: object) -> str:
    """The state of the city whose court or police it is: "Минский областной суд"; empty for none."""
    if not (isinstance(known, Organ) and known.local):
        return ""
    near = [word for word in s.words[max(0, head - 2) : head] if word is not None]
    return next((_CITIES[low] for word in near for low in word.cases if low in _CITIES), "")


def is_no_actor(s: Sentence, i: int, known: object) -> bool:
    """Whether a word is none of ours: the court of several states, the side in "со стороны X"."""
    if isinstance(known, Role) and known.joint:
        return s.lows[max(0, i - 1) : i + 1] == ["со", "стороны"]
    if not isinstance(known, Organ) or known.label != "court":
        return False
    shared = any(low.startswith(_OF_SEVERAL) for low in s.lows[max(0, i - 2) : i])
    return shared or not _UNIONS.isdisjoint(s.lows[i + 1 : i + 2])


def is_one_head(s: Sentence, i: int) -> bool:
    """Whether "главы" is the genitive of one head, which a noun or a preposition before it asks for."""
    before = s.words[i - 1] if i else None
    return s.lows[i] == "главы" and before is not None and (bool(before.nouns) or before.preposition)


def mask_of(s: Sentence, start: int, end: int) -> int:
    """Return the cases of a phrase: those of its first noun that its adjectives allow."""
    mask = EVERY
    for i in range(start, end):
        word = s.words[i]
        if word is None:
            continue
        if is_abbreviation(s.texts[i]) and (not word.cases or s.lows[i] in word.cases):
            several = s.lows[i] in _OF_MANY or (bool(word.mask) and not word.mask & ALL)
            return EVERY if several else mask & ALL or ALL
        mask &= word.mask or ALL
        if word.nouns or not word.mask:
            break
    return mask


def is_written_so(s: Sentence, start: int, end: int, known: object) -> bool:
    """Whether an institution stands as it is listed, which the dictionary may take for another form."""
    if not isinstance(known, Person):
        return False
    written = " ".join(s.lows[start:end])
    return any(written == name.lower().replace("ё", "е") for name in known.names.get("ru", ()))


def is_described(s: Sentence, i: int, mask: int) -> bool:
    """Whether an adjective that we do not know agrees with an office: "саудовский министр"."""
    word = s.words[i - 1] if i else None
    if word is None or word.nouns or word.preposition or word.verb is not None:
        return False
    return bool(word.mask & mask)


def _is_in_quotes(s: Sentence, k: int) -> bool:
    """Whether a word stands in the name of a company or a paper, which is not declined."""
    marks = [text for text in s.texts[max(0, k - _LONGEST_QUOTED) : k] if text in "«»"]
    return marks[-1:] == ["«"]
