"""Names that mean something else: false friends, addresses, trade names, places and persons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.domain.actors import MentionRole
from monitor.text.furniture import find_furniture
from monitor.text.languages.rules import LanguageRules
from monitor.text.lexicon import Name

_CONTEXT = 80
_LONGEST_TRADE_NAME = 5

_ADDRESSES = re.compile(
    r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.\w+|(?<![\w@])@\w+|"
    r"(?<![\w-])[\w-]{1,64}\.[a-zа-я]{2,5}(?:/\S*)?(?!\w)"
)
_QUOTED = re.compile(r"«([^«»\n]{1,60})»|“([^“”\n]{1,60})”|\"([^\"\n]{1,60})\"|„([^„“\n]{1,60})“")
_WORD_BEFORE = re.compile(r"(?<!\w)([^\W\d_]{3,})\s$")


@dataclass(frozen=True, slots=True)
class Hit:
    """A name that stands at [start, end) of the statement."""

    start: int
    end: int
    name: Name


def drop_false_friends(text: str, hits: list[Hit], rules: LanguageRules) -> list[Hit]:
    """Drop the names that lie inside a false friend; a number after it may belong elsewhere."""
    lies = [hit for hit in hits if hit.name.is_false_friend]
    mask = _mask(text, [(lie.start, lie.end) for lie in lies if not _number_goes_on(text, lie.end, rules)])
    return [hit for hit in hits if not hit.name.is_false_friend and not all(mask[hit.start : hit.end])]


def find_namesakes(text: str, hits: Sequence[Hit], rules: LanguageRules) -> frozenset[str]:
    """Return the targets whose names stand in the text for a team, a hotel, an agreement or the like."""
    lies = [(hit.start, hit.end) for hit in hits if hit.name.is_false_friend]
    names = [hit for hit in hits if not hit.name.is_false_friend]
    mask = _mask(text, lies + _find_other_names(text, names, rules))
    return frozenset(hit.name.target for hit in names if all(mask[hit.start : hit.end]))


def _find_other_names(text: str, hits: Sequence[Hit], rules: LanguageRules) -> list[tuple[int, int]]:
    """Return the spans of trade names and of names of places or persons."""
    found = (found.span() for pattern in rules.traps for found in pattern.finditer(text))
    spans = [(start, end) for start, end in found if not _number_goes_on(text, end, rules)]
    return spans + list(_iterate_trade_names(text, hits, rules))


def _number_goes_on(text: str, end: int, rules: LanguageRules) -> bool:
    """Say whether a number that ends a longer name belongs to the words after it: "Россия 1 июля"."""
    return text[end - 1].isdigit() and rules.number_goes_on.match(text, end) is not None


def drop_trapped(text: str, hits: list[Hit], rules: LanguageRules) -> list[Hit]:
    """Drop the names in addresses, datelines, credits, trade names and names of places or persons."""
    if not hits:
        return hits
    traps = find_furniture(text)
    traps += [found.span() for found in _ADDRESSES.finditer(text)]
    traps += _find_other_names(text, hits, rules)
    organs = {(hit.start, hit.end) for hit in hits if hit.name.role is MentionRole.MINISTRY}
    mask = _mask(text, (trap for trap in traps if trap not in organs))
    return [hit for hit in hits if not any(mask[hit.start : hit.end]) and not _is_surname(text, hit, rules)]


def _iterate_trade_names(text: str, hits: Sequence[Hit], rules: LanguageRules) -> Iterator[tuple[int, int]]:
    """Yield quotations that are the name of a hotel, a club, an outlet or the like."""
    states = {
        (hit.start, hit.end)
        for hit in hits
        if hit.name.role in (MentionRole.NAME, MentionRole.CAPITAL) and not hit.name.upper
    }
    for quoted in _QUOTED.finditer(text):
        start, end = quoted.start() + 1, quoted.end() - 1
        if not text[start].isupper():
            continue
        before = text[max(0, start - _CONTEXT) : start - 1]
        short = len(text[start:end].split()) <= _LONGEST_TRADE_NAME
        if (rules.quoted_name_is_title and (start, end) in states) or (
            short and rules.trade_name_before.search(before)
        ):
            yield start, end


def _is_surname(text: str, hit: Hit, rules: LanguageRules) -> bool:
    """Say whether a capitalised adjective after a first name is somebody's surname."""
    if hit.name.role is not MentionRole.ADJECTIVE or not text[hit.start].isupper():
        return False
    word = _WORD_BEFORE.search(text, max(0, hit.start - 30), hit.start)
    if word is None or not word.group(1)[0].isupper() or word.group(1).isupper():
        return False
    return rules.is_given_name(word.group(1))


def _mask(text: str, spans: Iterable[tuple[int, int]]) -> bytearray:
    """Return one byte per character, set inside the spans."""
    mask = bytearray(len(text))
    for start, end in spans:
        mask[start:end] = b"\x01" * (end - start)
    return mask
