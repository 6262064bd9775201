"""Channels, papers and state television of Russian texts that no list holds: "Telegram-канал X"."""

from __future__ import annotations

import re

from monitor.domain.actors import UNKNOWN_BLOC, Person
from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.directory import Directory
from monitor.text.speakers.names import transliterate
from monitor.text.speakers.offices import Organ, Relay, StateWord
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.states import State
from monitor.text.speakers.words import ALL, EVERY, GEN

_CHANNEL = re.compile(
    r"(?:telegram|телегр[ае]мм?|тг|youtube|ютуб)-?(?:канал(?:а|е|у|ом)?|паблик\w*)?$|канал(?:а|е|у|ом)?$"
)
_CHANNEL_ALONE = re.compile(r"канал(?:а|е|у|ом)?$")
_PAPERS = word_set("газета издание журнал портал сайт паблик медиа проект таблоид еженедельник")
_STATE_OWNED = word_set("государственный национальный")
_TELEVISION = word_set("тв телевидение телеканал телерадиокомпания")
_STATE_TELEVISION = word_set("госканал гостелеканал гостелевидение гоств госсми госми")
_QUOTES = {"«": "»", '"': '"', "“": "”", "„": "“"}
_LONGEST = 6
_LONGEST_BARE = 4
_DOMAINS = {
    "ru": "russia",
    "by": "belarus",
    "kz": "kazakhstan",
    "kg": "kyrgyzstan",
    "tj": "tajikistan",
    "uz": "uzbekistan",
    "am": "armenia",
    "az": "azerbaijan",
    "ua": "ukraine",
    "com": "",
    "org": "",
    "net": "",
    "media": "",
    "report": "",
}
"""How the addresses of pages end, and the side of whose country that tells."""
_OPPOSITION = ("оппозиц", "протест")


class RussianChannels:
    """Reads who is cited by the kind of outlet and its name."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def read(self, s: Sentence, i: int) -> Actor | None:
        """Return the outlet that a phrase names; None where it is none, or one of the list."""
        if s.quoted[i] or s.words[i] is None:
            return None
        state, k = self._read_adjectives(s, i)
        if k >= len(s):
            return None
        found = self._read_television(s, i, k, state) or self._read_channel(s, i, k, state)
        return found or (_read_domain(s, i) if i == k else None)

    def _read_adjectives(self, s: Sentence, i: int) -> tuple[State | None, int]:
        state, k = None, i
        while k < len(s) and k - i < 3 and (word := s.words[k]) is not None:
            match = self._directory.ru.phrases.match(s.keys, k)
            if match is not None and isinstance(match[0], StateWord) and match[0].kind == "adjective":
                state = self._directory.states[match[0].state_id]
            elif _STATE_OWNED.isdisjoint(word.cases) and not s.lows[k].startswith(_OPPOSITION[:1]):
                break
            k += 1
        return state, k

    def _read_television(self, s: Sentence, i: int, k: int, state: State | None) -> Actor | None:
        """Read "государственное ТВ Белоруссии" and "белорусские госканалы"."""
        word = s.words[k]
        if word is None:
            return None
        cases = {*word.cases, s.lows[k]}
        owned = any(not _STATE_OWNED.isdisjoint(w.cases) for w in s.words[i:k] if w is not None)
        of_state = not _STATE_TELEVISION.isdisjoint(cases)
        if not (of_state or (owned and not _TELEVISION.isdisjoint(cases))):
            return None
        end = k + 1
        match = self._directory.ru.phrases.match(s.keys, end) if end < len(s) else None
        if match is not None and isinstance(match[0], StateWord) and match[0].kind == "name":
            state, end = self._directory.states[match[0].state_id], match[1]
        elif match is not None and isinstance(match[0], Relay):
            return None
        if state is None:
            return None
        relay = Relay(f"{state.adjective} State TV", state.bloc, cited=True)
        return Actor(i, end, "", word.mask or EVERY, relay=True, outlet=relay)

    def _read_channel(self, s: Sentence, i: int, k: int, state: State | None) -> Actor | None:
        """Read "Telegram-канал X", "газета «X»"."""
        word = s.words[k]
        if word is None:
            return None
        channel = _CHANNEL.match(s.lows[k]) is not None
        paper = not _PAPERS.isdisjoint(word.cases)
        after = k + 1
        if channel and after < len(s) and _CHANNEL_ALONE.match(s.lows[after]):
            after += 1
        if not (channel or paper) or after >= len(s):
            return None
        bare = s.lows[after - 1].endswith(("канал", "канала", "канале", "каналу", "каналом", "паблик"))
        bare = (channel and bare and k != after) or (paper and _is_latin(s, after))
        span = _read_quoted(s, after) or (_read_bare(s, after) if bare else None)
        match = self._directory.ru.phrases.match(s.keys, span[0]) if span is not None else None
        if span is None or (match is not None and isinstance(match[0], Organ)):
            return None
        start, end, close = span
        if match is not None and match[1] == end and isinstance(match[0], Relay | Person):
            known = match[0]
            if isinstance(known, Person):
                return Actor(i, close, "", ALL, person=known) if known.institution else None
            return Actor(i, close, "", ALL, relay=True, outlet=known if known.name else None)
        name = " ".join(_spell(text) for text in s.texts[start:end]).replace(" ,", ",").replace(" . ", ".")
        opposed = any(low.startswith(_OPPOSITION) for low in s.lows)
        bloc = (
            state.bloc if state is not None else "other" if opposed and channel else _side_of(s.lows[end - 1])
        )
        tier = Tier.COMMENTATOR if channel else Tier.OUTLET
        return Actor(i, close, "", ALL, relay=True, outlet=Relay(name, bloc, cited=True, tier=tier))


def _side_of(ending: str) -> str:
    """The side of the country in which an address is registered."""
    return _DOMAINS.get(ending) or UNKNOWN_BLOC


def _is_latin(s: Sentence, k: int) -> bool:
    return s.texts[k].isascii() and s.capital[k]


def _read_domain(s: Sentence, i: int) -> Actor | None:
    """Read "Hook.Report пишет": a page's address before a verb of reporting is an outlet."""
    dotted = i + 3 < len(s) and _is_latin(s, i) and s.texts[i + 1] == "." and s.texts[i + 2].isascii()
    word = s.words[i + 3] if dotted else None
    if word is None or word.verb is None or s.lows[i + 3] not in _SAYS:
        return None
    relay = Relay(f"{s.texts[i]}.{s.texts[i + 2]}", _side_of(s.lows[i + 2]), cited=True)
    return Actor(i, i + 3, "", ALL, relay=True, outlet=relay)


def read_cited_name(s: Sentence, i: int) -> Actor | None:
    """Read «X» right after "сообщает", "пишет" or "по данным", as an outlet of no list."""
    span = _read_quoted(s, i)
    if span is None or not s.capital[span[0]]:
        return None
    start, end, close = span
    last = s.words[end - 1]
    if any(word is not None and word.verb and word.known and not word.nouns for word in s.words[start:end]):
        return None
    texts = list(s.texts[start:end])
    if last is not None and end - start == 1 and last.mask & GEN and s.lows[i - 1] not in _SAYS:
        texts = [_base(s, start)]
    name = " ".join(_spell(text) for text in texts).replace(" ,", ",")
    return Actor(i, close, "", ALL, relay=True, outlet=Relay(name, UNKNOWN_BLOC, cited=True))


_SAYS = word_set("сообщает сообщил сообщила сообщило пишет написал написала утверждает")
_CITES = word_set("данным информации сведениям")


def is_citing(s: Sentence, i: int) -> bool:
    """Whether a name in quotation marks at a token is cited by the word before it."""
    return i > 0 and s.lows[i - 1] in _SAYS | _CITES and s.texts[i] in _QUOTES


def _base(s: Sentence, i: int) -> str:
    word = s.words[i]
    lemma = next(iter(word.cases), s.lows[i]) if word is not None else s.lows[i]
    return lemma.capitalize()


def _spell(text: str) -> str:
    return text if text.isascii() or not text[0].isalpha() else transliterate((text,))


def _read_quoted(s: Sentence, k: int) -> tuple[int, int, int] | None:
    """Return where a short name in quotation marks begins and ends, and where its closing mark is passed."""
    closing = _QUOTES.get(s.texts[k]) if k < len(s) else None
    if closing is None:
        return None
    for end in range(k + 2, min(len(s), k + 2 + _LONGEST)):
        if s.texts[end] == closing:
            return k + 1, end, end + 1
    return None


def _read_bare(s: Sentence, k: int) -> tuple[int, int, int] | None:
    """Return a name without quotation marks: Latin words, or capitalised ones."""
    end = k
    while end < len(s) and end - k < _LONGEST_BARE and (s.texts[end].isascii() or s.capital[end]):
        if s.texts[end] == "." and end + 1 < len(s) and s.lows[end + 1] in _DOMAINS and end > k:
            end += 2
            break
        if not s.texts[end][0].isalnum():
            break
        end += 1
    return (k, end, end) if end > k and not s.texts[k].isdigit() else None
