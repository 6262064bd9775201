"""Agencies, channels and state television of English texts that no list holds."""

from __future__ import annotations

from monitor.domain.actors import UNKNOWN_BLOC
from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.directory import Directory
from monitor.text.speakers.offices import Organ, Relay, StateWord
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence, is_possessive
from monitor.text.speakers.words import ALL

_HEADS = word_set("service agency committee commission inspectorate")
_PRIVATE = word_set("federation association union confederation")
_KINDS = _HEADS | _PRIVATE
_TELEVISION = word_set("tv television media broadcaster")
_LONGEST = 5
_LONGEST_NAME = 4


class EnglishBodies:
    """Reads "Kazakhstan's State Technical Service", "Uzbek state TV" and "the Telegram channel X"."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def read(self, s: Sentence, i: int) -> Actor | None:
        """Return the agency or the outlet whose name begins at a token."""
        k = i + (s.lows[i] == "the")
        return _read_channel(s, i, k) or self._read_owned(s, i, k)

    def _read_owned(self, s: Sentence, i: int, k: int) -> Actor | None:
        """Read what follows a state's name or adjective."""
        match = self._directory.en.phrases.match(s.keys, k) if k < len(s) and s.capital[k] else None
        if match is None or not isinstance(match[0], StateWord) or match[0].kind == "city":
            return None
        state, k = self._directory.states[match[0].state_id], match[1]
        k += is_possessive(s, k)
        if s.lows[k : k + 1] == ["state"] and not _TELEVISION.isdisjoint(s.lows[k + 1 : k + 2]):
            relay = Relay(f"{state.adjective} State TV", state.bloc, cited=True)
            return Actor(i, k + 2, "", ALL, relay=True, outlet=relay)
        end = k
        while end < len(s) and end - k < _LONGEST and s.capital[end] and s.lows[end] not in _KINDS:
            if self._directory.en.phrases.match(s.keys, end) is not None:
                return None
            end += 1
        if end == k or end >= len(s) or not s.capital[end] or s.lows[end] not in _KINDS:
            return None
        label = " ".join(s.texts[k : end + 1])
        tier = Tier.OTHER if s.lows[end] in _PRIVATE else Tier.GOVERNMENT
        return Actor(i, end + 1, "", ALL, organ=Organ(label, tier), state=state)


def _read_channel(s: Sentence, i: int, k: int) -> Actor | None:
    """Read "the Telegram channel X"."""
    if s.lows[k : k + 2] != ["telegram", "channel"]:
        return None
    end = k + 2
    while end < len(s) and end - k - 2 < _LONGEST_NAME and s.capital[end]:
        end += 1
    if end == k + 2:
        return None
    name = " ".join(s.texts[k + 2 : end])
    relay = Relay(name, UNKNOWN_BLOC, cited=True, tier=Tier.COMMENTATOR)
    return Actor(i, end, "", ALL, relay=True, outlet=relay)
