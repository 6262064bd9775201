"""What the dictionary knows of one Russian word, looked up once."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from monitor.text.inflect import morphology

NOM, GEN, DAT, ACC, INS, LOC = (1 << i for i in range(6))
ALL = 0b111111
PLURAL = 6
"""Cases of the plural are kept this many bits above those of the singular."""
ANY_NOM = NOM | NOM << PLURAL
ANY_GEN = GEN | GEN << PLURAL
ANY_ACC = ACC | ACC << PLURAL
EVERY = ALL | ALL << PLURAL

_BITS = {
    "nomn": NOM,
    "gent": GEN,
    "gen1": GEN,
    "gen2": GEN,
    "datv": DAT,
    "accs": ACC,
    "acc2": ACC,
    "ablt": INS,
}
_BITS |= {"loct": LOC, "loc1": LOC, "loc2": LOC}
_VERBS = {"VERB": "finite", "PRTS": "passive", "INFN": "infinitive", "ADJS": "short", "GRND": "gerund"}
_NAMES = ("Name", "Surn", "Patr")
_LEAST_SCORE = 0.02


class Verb(NamedTuple):
    """A verb form: `kind` is finite, passive (short participle), infinitive, short (adjective) or gerund."""

    lemma: str
    kind: str
    plural: bool
    gender: str
    """masc, femn or neut where the form shows it, else empty."""
    person: str
    """1per, 2per, 3per where the form shows it, else empty (the past tense)."""


class Word(NamedTuple):
    """A word's dictionary forms with their cases, as bit masks, and what else it may be."""

    cases: dict[str, int]
    mask: int
    """All cases of its nominal readings together."""
    nouns: int
    """The cases of its readings as a noun."""
    verb: Verb | None
    name_mask: int
    """Its cases as a first name or surname; 0 where the dictionary sees none."""
    gender: str
    """The gender of the reading as a name."""
    noun_gender: str
    known: bool
    preposition: bool
    adverb: bool
    place: bool = False
    """Whether the dictionary knows it as a place's name."""


FOREIGN = Word({}, EVERY, 0, None, 0, "", "", known=False, preposition=False, adverb=False)
"""A word in another script: any case, nothing known."""


@lru_cache(maxsize=200_000)
def look_up(low: str) -> Word:
    """Return what a lower-case Russian word may be; unknown words are guessed by their ending."""
    cases: dict[str, int] = {}
    mask = nouns = name_mask = 0
    verb: Verb | None = None
    gender = noun_gender = ""
    preposition = adverb = place = False
    for parse in morphology().parse(low):
        tag = parse.tag
        part = str(tag.POS)
        lemma = parse.normal_form.replace("ё", "е")
        if part in _VERBS and verb is None and (parse.score >= 0.1 or part != "ADJS"):
            verb = Verb(
                lemma, _VERBS[part], tag.number == "plur", str(tag.gender or ""), str(tag.person or "")
            )
        preposition = preposition or part == "PREP"
        adverb = adverb or part in ("ADVB", "CONJ", "PRCL")
        if not tag.case or (parse.score < _LEAST_SCORE and "Fixd" not in tag):
            continue
        bit = read_case(str(tag.case)) << (PLURAL if tag.number == "plur" else 0)
        cases[lemma] = cases.get(lemma, 0) | bit
        mask |= bit
        if part == "NOUN":
            nouns |= bit
            noun_gender = noun_gender or str(tag.gender or "")
            place = place or "Geox" in tag
            if any(mark in tag for mark in _NAMES):
                name_mask |= bit
                gender = gender or str(tag.gender or "")
    known = bool(morphology().word_is_known(low))
    return Word(cases, mask, nouns, verb, name_mask, gender, noun_gender, known, preposition, adverb, place)


def read_case(name: str) -> int:
    """Return the bit of a case by the dictionary's name for it; 0 for none."""
    return _BITS.get(name, 0)
