"""Federations and unions of a state by their field: "Федерация хоккея Белоруссии"."""

from __future__ import annotations

from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.directory import Directory
from monitor.text.speakers.offices import Organ, StateWord
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.titles_ru import mask_of
from monitor.text.speakers.words import ANY_GEN

_KINDS = {
    "федерация": "Federation",
    "ассоциация": "Association",
    "союз": "Union",
    "конфедерация": "Confederation",
}
_FIELDS = {
    "футбол": "Football",
    "хоккей": "Hockey",
    "теннис": "Tennis",
    "бокс": "Boxing",
    "борьба": "Wrestling",
    "биатлон": "Biathlon",
    "шахматы": "Chess",
    "баскетбол": "Basketball",
    "волейбол": "Volleyball",
    "гандбол": "Handball",
    "дзюдо": "Judo",
    "самбо": "Sambo",
    "плавание": "Swimming",
    "гимнастика": "Gymnastics",
    "атлетика": "Athletics",
    "катание": "Skating",
    "спорт": "Sports",
    "журналист": "Journalists",
    "писатель": "Writers",
    "художник": "Artists",
    "кинематографист": "Filmmakers",
    "театральный": "Theatre",
    "туроператор": "Tour Operators",
    "предприниматель": "Entrepreneurs",
    "промышленник": "Industrialists",
    "банк": "Banks",
    "профсоюз": "Trade Unions",
    "автомобилист": "Motorists",
    "адвокат": "Lawyers",
    "юрист": "Lawyers",
    "поляк": "Poles",
}
_DESCRIBING = word_set("легкий фигурный художественный тяжелый водный вольный независимый и")
_REACH = 5


class RussianUnions:
    """Reads bodies of no government whose name tells a field and a state."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def read(self, s: Sentence, i: int) -> Actor | None:
        """Return the body that begins at a token: its kind, its field and then its state."""
        head = s.words[i]
        kind = next((name for low, name in _KINDS.items() if head is not None and low in head.cases), "")
        if head is None or not kind or s.quoted[i]:
            return None
        field = ""
        for k in range(i + 1, min(len(s), i + 1 + _REACH)):
            word = s.words[k]
            if word is None or s.quoted[k]:
                return None
            match = self._directory.ru.phrases.match(s.keys, k)
            known = match[0] if match is not None else None
            if match is not None and isinstance(known, StateWord) and known.kind in ("name", "city"):
                if not field or not mask_of(s, k, match[1]) & ANY_GEN:
                    return None
                return self._make(i, match[1], head.mask, known.state_id, f"{field} {kind}")
            told = next((_FIELDS[low] for low in word.cases if low in _FIELDS), "")
            if not (told or not _DESCRIBING.isdisjoint(word.cases) or s.lows[k] == "и"):
                return None
            field = field or told
        return None

    def _make(self, start: int, end: int, mask: int, state_id: str, label: str) -> Actor:
        state = self._directory.states[state_id]
        name = f"{state.adjective} {label}"
        organ = Organ(label, Tier.OTHER, state.bloc, name)
        return Actor(start, end, "", mask, organ=organ, state=state)
