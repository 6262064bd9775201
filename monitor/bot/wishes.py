"""Reading what people type after a command: plain words, any order, either language."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping, Sequence

from monitor.domain.actors import Target
from monitor.domain.stance import Stance
from monitor.domain.subscriptions import Filter

LONGEST_NAME = 5
_WORD = re.compile(r"[^\s,;.!?()«»\"]+")
_SEVERITY = re.compile(r"(?P<word>[^\W\d_]*)(?:>=|≥|=|:|>)?(?P<number>\d+)\+?")
_STANCE_WORDS: Mapping[str, Stance] = {
    **dict.fromkeys(("hostile", "hostility", "враждебно", "враждебные", "враждебное"), Stance.HOSTILE),
    **dict.fromkeys(
        ("conciliatory", "friendly", "примирительно", "примирительные", "примирительное"), Stance.CONCILIATORY
    ),
}
_SEVERITY_WORDS = ("severity", "сила", "важность")
_EVERYTHING = frozenset({"all", "any", "everything", "everyone", "все", "всех", "любые"})
_FILLERS = frozenset(
    {
        *(
            "and",
            "or",
            "to",
            "toward",
            "towards",
            "the",
            "about",
            "on",
            "for",
            "from",
            "min",
            "only",
            "stance",
        ),
        *("≥", ">=", ">", "="),
        *("и", "или", "к", "ко", "о", "об", "про", "на", "от", "не", "ниже", "только", "мин"),
    }
)


class MisreadError(Exception):
    """A word that we do not know, with the nearest that we do."""

    def __init__(self, word: str, nearest: str | None = None) -> None:
        super().__init__(word)
        self.word = word
        self.nearest = nearest


def name_targets(targets: Sequence[Target]) -> dict[str, str]:
    """Return every way to write a target → its id: id, titles and dictionary names in all languages."""
    names: dict[str, str] = {}
    for target in targets:
        known = [names_in.names for names_in in target.names.values()]
        for name in (target.id, *target.title.values(), *(name for group in known for name in group)):
            names.setdefault(_fold(name), target.id)
    return names


def parse_wish(text: str, names: Mapping[str, str]) -> Filter:
    """Read targets, stances and a least severity; raises MisreadError at the first unknown word."""
    words = split_words(text)
    targets: set[str] = set()
    stances: set[Stance] = set()
    severity = 0
    at = 0
    while at < len(words):
        word = words[at]
        target, length = match_target(words[at:], names)
        if target is not None:
            targets.add(target)
            at += length
            continue
        at += 1
        if word in _STANCE_WORDS:
            stances.add(_STANCE_WORDS[word])
        elif (number := _read_severity(word)) is not None:
            severity = number
        elif word not in _FILLERS and word not in _EVERYTHING and word not in _SEVERITY_WORDS:
            raise MisreadError(word, nearest_word(word, [*names, *_STANCE_WORDS, *_SEVERITY_WORDS]))
    both = stances == {Stance.HOSTILE, Stance.CONCILIATORY}
    return Filter(
        frozenset(targets), stances=frozenset() if both else frozenset(stances), min_severity=severity
    )


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
    return [_fold(word) for word in _WORD.findall(text)]


def match_target(words: Sequence[str], names: Mapping[str, str]) -> tuple[str | None, int]:
    """Return the target whose name stands first, and how many words it takes (one where none does)."""
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        target = names.get(" ".join(words[:length]))
        if target is not None:
            return target, length
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


def _fold(text: str) -> str:
    return " ".join(re.split(r"[\s_‑-]+", text.casefold().replace("ё", "е").strip("_- ")))
