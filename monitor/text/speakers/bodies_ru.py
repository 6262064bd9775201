"""Parts of organs and agencies of states in Russian: "комитет по обороне парламента Киргизии"."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.domain.actors import Person
from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.directory import Directory
from monitor.text.speakers.offices import ORGANS, Organ, StateWord
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.states import State
from monitor.text.speakers.titles_ru import mask_of
from monitor.text.speakers.words import ANY_GEN, DAT, EVERY, PLURAL

_HEADS = {
    "служба": "Service",
    "агентство": "Agency",
    "комитет": "Committee",
    "подкомитет": "",
    "управление": "Department",
    "департамент": "Department",
    "инспекция": "Inspectorate",
    "комиссия": "Commission",
    "отдел": "",
    "отделение": "",
    "главк": "",
    "блок": "",
    "бюро": "Bureau",
    "надзор": "",
}
"""Nouns of parts and agencies, with the English of those that may stand for themselves."""
_WORDS = {
    "государственный": "State",
    "национальный": "National",
    "технический": "Technical",
    "миграционный": "Migration",
    "налоговый": "Tax",
    "антимонопольный": "Antimonopoly",
    "статистический": "Statistical",
    "статистика": "Statistics",
    "санитарный": "Sanitary",
    "ветеринарный": "Veterinary",
    "финансовый": "Financial",
    "антикоррупционный": "Anticorruption",
    "ядерный": "Nuclear",
    "экологический": "Environmental",
    "авиационный": "Aviation",
    "туризм": "Tourism",
    "железнодорожный": "Railway",
    "военный": "Military",
    "противопожарный": "Fire",
    "метеорологический": "Meteorological",
    "избирательный": "Election",
    "федеральный": "Federal",
    "центральный": "Central",
}
_OF_NO_STATE = frozenset({"олимпийский", "паралимпийский"})
_PARLIAMENTARY = "парламентский"
_ARMED = frozenset({"военный", "военно-технический", "пограничный"})
_MOST_ADJECTIVES = 4
_REACH = 9
_STATE_KINDS = ("name", "capital", "city")


@dataclass(slots=True)
class _Body:
    """A phrase while it is read: its head, the words that describe it and whose it is."""

    start: int
    head: int
    mask: int
    state: State | None
    words: list[str]
    organ: Organ | None = None
    person: Person | None = None
    end: int = 0


class RussianBodies:
    """Reads what is part of an organ as that organ, and an agency of a state by a name of its own."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def read(self, s: Sentence, i: int) -> Actor | None:
        """Return the organ whose part, or the agency that, a phrase names; None where no owner is told."""
        body = self._read_head(s, i)
        if body is None or not self._read_owner(s, body):
            return None
        actor = Actor(body.start, body.end, "", body.mask, state=body.state)
        if body.person is not None:
            actor.person = body.person
        else:
            actor.organ = body.organ or _make_agency(s, body)
        if actor.organ is not None and actor.state is not None and actor.state.id == "eu":
            actor.organ = body.organ
        return actor

    def _read_head(self, s: Sentence, i: int) -> _Body | None:
        """Read the adjectives and the noun with which such a phrase begins."""
        body = _Body(i, i, EVERY, None, [])
        for k in range(i, min(len(s), i + _MOST_ADJECTIVES + 1)):
            word = s.words[k]
            if word is None or s.quoted[k]:
                return None
            body.mask &= word.mask
            if word.nouns and not _HEADS.keys().isdisjoint(word.cases):
                match = self._directory.ru.phrases.match(s.keys, k)
                listed = match is not None and not (isinstance(match[0], Organ) and match[0].transparent)
                body.head, body.end = k, k + 1
                return body if body.mask and not listed else None
            if word.nouns or word.verb is not None or word.preposition or not word.mask:
                return None
            if not _OF_NO_STATE.isdisjoint(word.cases):
                return None
            match = self._directory.ru.phrases.match(s.keys, k)
            if match is not None and isinstance(match[0], StateWord):
                body.state = self._directory.states[match[0].state_id]
            elif match is not None and match[1] > k + 1:
                return None
            else:
                body.words.extend(list(word.cases)[:1])
        return None

    def _read_owner(self, s: Sentence, body: _Body) -> bool:
        """Read to the organ or the state after the head; tells whether one was found."""
        k, about = body.head + 1, False
        while k < min(len(s), body.head + _REACH):
            word = s.words[k]
            if word is None or s.quoted[k]:
                break
            match = self._directory.ru.phrases.match(s.keys, k)
            if match is not None and self._take(s, body, k, match, about=about):
                if body.organ is not None and not body.organ.transparent:
                    self._read_state(s, body)
                if body.state is not None or body.person is not None or not _is_open(body.organ):
                    return True
                k = match[1]
                continue
            about = about or s.lows[k] in ("по", "для")
            genitive = bool(word.mask & ANY_GEN) or (about and bool(word.mask & (DAT | DAT << PLURAL)))
            if not (genitive or s.lows[k] in ("и", "по", "для")) or (s.capital[k] and match is None):
                break
            if match is None and not about:
                body.words.extend(list(word.cases)[:1])
            k += 1
        if _PARLIAMENTARY in body.words and body.state is not None:
            body.organ = ORGANS["parliament"]
        return body.state is not None and body.end > body.head and not _is_open(body.organ)

    def _take(self, s: Sentence, body: _Body, k: int, match: tuple[object, int], *, about: bool) -> bool:
        """Take an organ, an institution or a state as the owner; False for what is none."""
        known, end = match
        if not mask_of(s, k, end) & ANY_GEN:
            return False
        if isinstance(known, Organ):
            body.organ = known
        elif isinstance(known, Person) and known.institution:
            if about and known.tier is Tier.INSTITUTION:
                return False
            body.person, body.organ = known, None
        elif isinstance(known, StateWord) and known.kind in _STATE_KINDS:
            body.state = self._directory.states[known.state_id]
            if _PARLIAMENTARY in body.words:
                body.organ = ORGANS["parliament"]
            elif body.organ is not None and body.organ.transparent:
                body.organ = None
        elif isinstance(known, StateWord):
            body.state = self._directory.states[known.state_id]
            return False
        else:
            return False
        body.end = end
        return True

    def _read_state(self, s: Sentence, body: _Body) -> None:
        """Read the state of an organ that is the owner: "МЧС" + "Казахстана"."""
        match = self._directory.ru.phrases.match(s.keys, body.end) if body.end < len(s) else None
        if match is None or not isinstance(match[0], StateWord) or match[0].kind not in _STATE_KINDS:
            return
        if mask_of(s, body.end, match[1]) & ANY_GEN:
            body.state, body.end = self._directory.states[match[0].state_id], match[1]


def _is_open(organ: Organ | None) -> bool:
    """Whether a part is named that is itself part of something not yet told."""
    return organ is not None and organ.transparent


def _make_agency(s: Sentence, body: _Body) -> Organ:
    """Return the agency under the English of its own words, or the government where we have none for them."""
    word = s.words[body.head]
    noun = next((_HEADS[low] for low in (word.cases if word else ()) if low in _HEADS), "")
    told = [_WORDS.get(low, "") for low in body.words]
    if not noun or not told or not all(told):
        return ORGANS["government"]
    tier = Tier.GOVERNMENT if _ARMED.isdisjoint(body.words) else Tier.SECURITY
    return Organ(" ".join([*told, noun]), tier)
