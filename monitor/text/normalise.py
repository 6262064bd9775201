"""Clean text for keeping, and the folded form in which names are matched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_LINE_BREAKS = str.maketrans(
    {"\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n"}
)
_SPACES = re.compile(r"[^\S\n]+")
_EDGES = re.compile(r" *\n *")
_MANY_BREAKS = re.compile(r"\n{3,}")
_PLAIN = re.compile(r"[ -~А-яЁё\u00a0«»“”„‘’–—…№•©\n]*")
_SPACE_RUN = re.compile(r"\s\s")
_MIXED = re.compile(r"[A-Za-z][А-яЁё]|[А-яЁё][A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")
_INVISIBLE_SIGNS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffe\uffff")

_LATIN_LOOKALIKES = "aceopxykmtbhiABCEHKMOPTXYI"
_CYRILLIC_LOOKALIKES = "асеорхукмтвніАВСЕНКМОРТХУІ"
_TO_CYRILLIC = str.maketrans(_LATIN_LOOKALIKES, _CYRILLIC_LOOKALIKES)
_TO_LATIN = str.maketrans(_CYRILLIC_LOOKALIKES, _LATIN_LOOKALIKES)
_SIGNS = {"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "−": "-", "ё": "е", "\n": " ", "\u00a0": " "}
_SIGN_TABLE = str.maketrans(_SIGNS)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded for matching; `starts[i]` and `ends[i]` bound its i-th character in the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original's span of the folded span [start, end), which must not be empty."""
        return self.starts[start], self.ends[end - 1]


def clean_text(raw: str) -> str:
    """Return the text in NFC without invisible characters, with single spaces and paragraph breaks kept.

    Removes control and format characters (zero-width, bidirectional, soft hyphens) and lone
    surrogates; a blank line stays one paragraph break, a single line break stays as it is.
    """
    text = raw.replace("\r\n", "\n").translate(_LINE_BREAKS)
    if not text.isascii() or not text.isprintable():
        text = "".join(char for char in text if char in "\n\t" or not is_invisible(char))
        text = unicodedata.normalize("NFC", text)
    text = _EDGES.sub("\n", _SPACES.sub(" ", text))
    return _MANY_BREAKS.sub("\n\n", text).strip()


def fold(text: str) -> Folded:
    """Return the text's matching form: NFKC, caseless, without what the eye does not see.

    Stress marks and invisible characters go, ё becomes е, white space runs become one space, and
    a word that mixes Cyrillic with Latin look-alikes is brought to one script.
    """
    if _PLAIN.fullmatch(text) and not _MIXED.search(text) and not _SPACE_RUN.search(text):
        return Folded(text.lower().translate(_SIGN_TABLE), range(len(text)), range(1, len(text) + 1))
    chars, starts, ends = _fold_clusters(text)
    folded = "".join(chars)
    if _MIXED.search(folded):
        folded = _WORD.sub(lambda word: _unify_script(word.group()), folded)
    return Folded(folded, starts, ends)


@lru_cache(maxsize=10_000)
def is_invisible(char: str) -> bool:
    """Say whether a character shows nothing: control, format, surrogate or a filler."""
    return unicodedata.category(char) in ("Cc", "Cf", "Cs") or _is_filler(char)


def _is_filler(char: str) -> bool:
    return char in _INVISIBLE_SIGNS or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _fold_clusters(text: str) -> tuple[list[str], list[int], list[int]]:
    """Fold character by character, a base with its combining marks as one."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position, length = 0, len(text)
    while position < length:
        start = position
        cluster = text[position]
        position += 1
        if not cluster.isspace() and is_invisible(cluster):
            continue
        end = position
        while position < length and (unicodedata.combining(text[position]) or is_invisible(text[position])):
            if text[position].isspace():
                break
            if not is_invisible(text[position]):
                cluster += text[position]
                end = position + 1
            position += 1
        for char in _fold_cluster(cluster):
            if char == " " and chars and chars[-1] == " ":
                ends[-1] = end
                continue
            chars.append(char)
            starts.append(start)
            ends.append(end)
    return chars, starts, ends


@lru_cache(maxsize=10_000)
def _fold_cluster(cluster: str) -> str:
    """Fold one base character with its marks; it may become several characters or none."""
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
    stripped = "".join(char for char in composed if char not in "\u0300\u0301" and not is_invisible(char))
    return "".join(" " if char.isspace() else _SIGNS.get(char, char) for char in stripped)


def _unify_script(word: str) -> str:
    """Bring a word of mixed script to the one that its other letters belong to; keeps the length."""
    latin = [char for char in word if "a" <= char <= "z"]
    cyrillic = [char for char in word if "Ѐ" <= char <= "ӿ"]
    if not latin or not cyrillic:
        return word
    if all(char in _LATIN_LOOKALIKES for char in latin):
        only_latin = len(latin) > len(cyrillic) and all(char in _CYRILLIC_LOOKALIKES for char in cyrillic)
        return word.translate(_TO_LATIN if only_latin else _TO_CYRILLIC)
    if all(char in _CYRILLIC_LOOKALIKES for char in cyrillic):
        return word.translate(_TO_LATIN)
    return word
