"""Reading what people type after a command: plain words, any order, either language."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from monitor.bot.vocabulary import LONGEST_PHRASE, PACE, SOURCE_WORDS, Vocabulary, fold_word, name_targets
from monitor.domain.stance import Stance
from monitor.domain.subscriptions import LONGEST_WORD, MOST_WORDS, Filter, Pace

__all__ = ["MisreadError", "Wish", "name_targets", "parse_latest", "parse_number", "parse_wish", "read_words"]

T = TypeVar("T")
_WORD = re.compile(r"[^\s,;.!?()«»“”\"]+")
_QUOTED = re.compile(r"[«“\"]([^«»“”\"]*)[»”\"]")
_SEVERITY = re.compile(r"(?P<word>[^\W\d_]*)(?:>=|≥|=|:|>)?(?P<number>\d+)\+?")
_SEVERITY_WORDS = ("severity", "сила", "важность")
_EVERYTHING = frozenset({"all", "any", "everything", "everyone", "все", "всех", "всё", "любые"})
_FILLERS = frozenset(
    re.findall(
        r"\S+",
        "and or to toward towards the about on for from by of with min only stance in alerts ≥ >= > ="
        " и или к ко о об про на от из в с не ниже только мин оповещения",
    )
)


class MisreadError(Exception):
    """A word that we do not know, with the nearest that we do."""

    def __init__(self, word: str, nearest: str | None = None) -> None:
        super().__init__(word)
        self.word = word
        self.nearest = nearest


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asked for in words."""

    filter: Filter = field(default_factory=Filter)
    pace: Pace = Pace.IMMEDIATE


def parse_wish(text: str, vocabulary: Vocabulary) -> Wish:
    """Read a subscription; what stands in quotation marks are words of the statement itself.

    Raises MisreadError at the first word that nothing is known of.
    """
    chosen: dict[str, set[str]] = {}
    if quoted := [found.group(1) for found in _QUOTED.finditer(text)]:
        chosen["words"] = set(read_words(", ".join(quoted)))
    words = split_words(_QUOTED.sub(" ", text))
    severity = 0
    at = 0
    while at < len(words):
        choice, length = match_phrase(words[at:], vocabulary, LONGEST_PHRASE)
        word = words[at]
        at += length
        if choice is not None:
            chosen.setdefault(choice.part, set()).update(choice.values)
        elif (number := _read_severity(word)) is not None:
            severity = number
        elif word in SOURCE_WORDS:
            named = [name for name in vocabulary if name.startswith(f"{word} ")]
            misread = " ".join(words[at - 1 : at + 1])
            raise MisreadError(misread, nearest_word(misread, named))
        elif word not in _FILLERS and word not in _EVERYTHING and word not in _SEVERITY_WORDS:
            raise MisreadError(word, nearest_word(word, [*vocabulary, *_SEVERITY_WORDS]))
    return _make_wish(chosen, severity)


def _make_wish(chosen: Mapping[str, set[str]], severity: int) -> Wish:
    parts = {part: sorted(values) for part, values in chosen.items() if part != PACE}
    if set(parts.get("stances", ())) == {Stance.HOSTILE, Stance.CONCILIATORY}:
        del parts["stances"]  # an alert is one or the other
    paces = [pace for pace in Pace if pace in chosen.get(PACE, ())]
    wanted = Filter.from_json({**parts, "min_severity": severity})
    return Wish(wanted, paces[0] if paces else Pace.IMMEDIATE)


def read_words(text: str) -> frozenset[str]:
    """Return the entries of a list of words; raises MisreadError where one is too long or they are too
    many. Entries are parted by commas, semicolons or lines."""
    entries = frozenset(
        " ".join(entry.split()).casefold() for entry in re.split(r"[,;\n]", text) if re.search(r"\w", entry)
    )
    if long := [entry for entry in entries if len(entry) > LONGEST_WORD]:
        raise MisreadError(min(long))
    if len(entries) > MOST_WORDS:
        raise MisreadError(", ".join(sorted(entries)))
    return entries


def parse_latest(text: str, names: Mapping[str, str], default: int, most: int) -> tuple[frozenset[str], int]:
    """Read targets and a number of alerts; raises MisreadError at an unknown word."""
    words = split_words(text)
    targets: set[str] = set()
    count = default
    at = 0
    while at < len(words):
        target, length = match_target(words[at:], names)
        at += length
        if target is not None:
            targets.add(target)
        elif (word := words[at - 1]).isdecimal():
            count = min(max(int(word[:6]), 1), most)
        elif word not in _FILLERS and word not in _EVERYTHING:
            raise MisreadError(word, nearest_word(word, names))
    return frozenset(targets), count


def parse_number(text: str) -> int | None:
    """Return the first number in the text ("12", "№12", "#12"), None where there is none."""
    found = re.search(r"\d{1,15}", text)
    return int(found.group()) if found else None


def split_words(text: str) -> list[str]:
    """Return the words as they are matched."""
    return [fold_word(word) for word in _WORD.findall(text)]


def match_target(words: Sequence[str], names: Mapping[str, str]) -> tuple[str | None, int]:
    """Return the target whose name stands first, and how many words it takes (one where none does)."""
    return match_phrase(words, names, LONGEST_PHRASE)


def match_phrase(words: Sequence[str], known: Mapping[str, T], longest: int) -> tuple[T | None, int]:
    """Return what the longest known phrase at the beginning stands for, and how many words it takes (one
    where there is none)."""
    for length in range(min(longest, len(words)), 0, -1):
        meaning = known.get(" ".join(words[:length]))
        if meaning is not None:
            return meaning, length
    return None, 1


def nearest_word(word: str, known: Collection[str]) -> str | None:
    """Return the known word that looks most like this one."""
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return found[0] if found else None


def _read_severity(word: str) -> int | None:
    """Return the number of "40", "severity=40" or "≥40"; one above 100 is a misreading."""
    match = _SEVERITY.fullmatch(word.lstrip("≥>="))
    if match is None or (match["word"] and match["word"] not in _SEVERITY_WORDS):
        return None
    if int(match["number"][:6]) > 100:
        raise MisreadError(word, "severity 0–100")
    return int(match["number"])
