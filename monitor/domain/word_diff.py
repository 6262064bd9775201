"""Words of two texts set against each other: whether they are the same, and where they differ."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\s*(\w+(?:[-'’.]\w+)*|[^\w\s])\s*")
_PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")

MOST_STEPS = 1_500_000
"""How much work one comparison may take, about a second; what is then not compared counts as replaced."""
_SHORT_MATCH = 3
_LONG_ENOUGH = 6
"""Letters from which one wrong letter is a slip: shorter words turn into others by a letter."""


class PieceKind(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that both versions have, or only one of them."""

    kind: PieceKind
    text: str


def fold_words(text: str) -> tuple[str, ...]:
    """Return the words alone: without case, stress marks, dots over letters, signs and white space."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf"))
    return tuple(_WORD.findall(plain.casefold()))


def same_wording(before: str, after: str) -> bool:
    """Say whether two texts are the same words, but for spelling.

    One letter more, fewer or other inside a word of six letters or more is a slip of the pen; the
    first letter must stay, for prefixes turn a word into its opposite.
    """
    old, new = fold_words(before), fold_words(after)
    return len(old) == len(new) and all(map(_is_slip, old, new))


def _is_slip(old: str, new: str) -> bool:
    if old == new:
        return True
    if min(len(old), len(new)) < _LONG_ENOUGH or old[0] != new[0] or not (old + new).isalpha():
        return False
    start = _common_start(old, new)
    rest_old, rest_new = old[start:], new[start:]
    end = _common_start(rest_old[::-1], rest_new[::-1])
    left_old, left_new = rest_old[: len(rest_old) - end], rest_new[: len(rest_new) - end]
    swapped = len(left_old) == 2 and left_old == left_new[::-1]
    return swapped or (len(left_old) <= 1 and len(left_new) <= 1)


def similarity(before: Sequence[str], after: Sequence[str]) -> float:
    """Return how alike two lists of words are, 0 to 1: the share of words that stay in their order."""
    return SequenceMatcher(None, before, after, autojunk=False).ratio()


def diff_texts(old: str, new: str, most_steps: int = MOST_STEPS) -> list[Piece]:
    """Return the pieces of which the two texts consist, in order, word by word.

    Kept and new pieces together are the new text exactly; what differs only in white space is kept.
    Time is bounded whatever the texts are: where they differ too much to be compared, the old
    stretch is gone and the new one is new.
    """
    work = _Work(most_steps)
    pieces: list[Piece] = []
    old_parts, new_parts = _PARAGRAPH.findall(old), _PARAGRAPH.findall(new)
    old_keys, new_keys = [part.strip() for part in old_parts], [part.strip() for part in new_parts]
    for same, (i, j), (k, m) in _align(old_keys, new_keys, work):
        if same:
            pieces.append(Piece(PieceKind.KEPT, "".join(new_parts[k:m])))
        else:
            pieces.extend(_diff_words("".join(old_parts[i:j]), "".join(new_parts[k:m]), work))
    return _join(pieces)


def _diff_words(old: str, new: str, work: _Work) -> Iterator[Piece]:
    old_tokens, new_tokens = _split(old), _split(new)
    old_keys, new_keys = [token.strip() for token in old_tokens], [token.strip() for token in new_tokens]
    for same, (i, j), (k, m) in _without_crumbs(list(_align(old_keys, new_keys, work)), new_keys):
        if same:
            yield Piece(PieceKind.KEPT, "".join(new_tokens[k:m]))
            continue
        if j > i:
            yield Piece(PieceKind.GONE, "".join(old_tokens[i:j]))
        if m > k:
            yield Piece(PieceKind.NEW, "".join(new_tokens[k:m]))


def _split(text: str) -> list[str]:
    """Cut into words and signs, each with the white space around it; nothing is lost."""
    tokens = [match.group() for match in _TOKEN.finditer(text)]
    return tokens or ([text] if text else [])


_Range = tuple[int, int]
_Run = tuple[bool, _Range, _Range]
"""Whether both sides are equal, and where each of them is."""


class _Work:
    """Counts down the steps that are left for a comparison."""

    def __init__(self, steps: int) -> None:
        self.left = steps


def _align(old: Sequence[str], new: Sequence[str], work: _Work) -> Iterator[_Run]:
    """Yield equal and differing runs in order."""
    start = _common_start(old, new)
    end = _common_start(old[start:][::-1], new[start:][::-1])
    old_end, new_end = len(old) - end, len(new) - end
    if start:
        yield True, (0, start), (0, start)
    i, k = start, start
    for x, y, length in _matches(old[start:old_end], new[start:new_end], work):
        if (start + x, start + y) != (i, k):
            yield False, (i, start + x), (k, start + y)
        yield True, (start + x, start + x + length), (start + y, start + y + length)
        i, k = start + x + length, start + y + length
    if (i, k) != (old_end, new_end):
        yield False, (i, old_end), (k, new_end)
    if end:
        yield True, (old_end, len(old)), (new_end, len(new))


def _matches(old: Sequence[str], new: Sequence[str], work: _Work) -> list[tuple[int, int, int]]:
    """Return equal runs as (place in old, place in new, length); none where the work runs out.

    Myers' greedy algorithm (An O(ND) Difference Algorithm and Its Variations, 1986).
    """
    if not old or not new:
        return []
    trail: list[array[int]] = []
    """How far each diagonal reached after so many edits, every second one from the lowest."""
    for edits in range(len(old) + len(new) + 1):
        reached = array("l")
        for place in range(edits + 1):
            x = _step(trail[-1], place)[0] if edits else 0
            y = x - (2 * place - edits)
            first = x
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            work.left -= 1 + x - first
            reached.append(x)
            if x >= len(old) and y >= len(new):
                return _walk_back([*trail, reached], place)
        trail.append(reached)
        if work.left < 0:
            break
    return []


def _step(reached: array[int], place: int) -> tuple[int, int]:
    """Return where one more edit leads on a diagonal, and on which it was made."""
    edits = len(reached)
    if place == 0 or (place != edits and reached[place - 1] < reached[place]):
        return reached[place], place
    return reached[place - 1] + 1, place - 1


def _walk_back(trail: Sequence[array[int]], place: int) -> list[tuple[int, int, int]]:
    """Return the equal runs on the way that the search found, from the beginning."""
    runs: list[tuple[int, int, int]] = []
    for edits in range(len(trail) - 1, -1, -1):
        end = trail[edits][place]
        start, before = _step(trail[edits - 1], place) if edits else (0, 0)
        if end > start:
            runs.append((start, start - (2 * place - edits), end - start))
        place = before
    return runs[::-1]


def _without_crumbs(runs: Sequence[_Run], keys: Sequence[str]) -> Iterator[_Run]:
    """Join changes between which next to nothing stays: one short word is no bridge for a reader."""
    pending: _Run | None = None
    for place, (same, old, new) in enumerate(runs):
        inside = 0 < place < len(runs) - 1
        crumb = same and inside and len("".join(keys[new[0] : new[1]])) <= _SHORT_MATCH
        if same and not crumb:
            if pending:
                yield pending
            pending = None
            yield True, old, new
        elif pending:
            pending = (False, (pending[1][0], old[1]), (pending[2][0], new[1]))
        else:
            pending = (False, old, new)
    if pending:
        yield pending


def _join(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with neighbours of one kind as one, and without empty ones."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].kind is piece.kind:
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
        elif piece.text:
            joined.append(piece)
    return joined


def _common_start(old: Sequence[str], new: Sequence[str]) -> int:
    for place, (a, b) in enumerate(zip(old, new, strict=False)):
        if a != b:
            return place
    return min(len(old), len(new))
