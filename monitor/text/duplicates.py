"""Tell copies of one wire from other texts on the same event: MinHash to find, exact Jaccard to decide."""

from __future__ import annotations

import re
import struct
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from rensa import RMinHash

from monitor.text.normalise import clean_text, fold

_SEED = 20221123
_BANDS = 32
_ROWS = 3
_PERMUTATIONS = _BANDS * _ROWS
_SHINGLE = 2
_TEXTS_KEPT = 512
_LAYOUT = struct.Struct(f"<B{_PERMUTATIONS}I")

SAME_STORY = 0.4
"""The share of word pairs: 0.56 where 15 % of the words are edited; other texts stay under 0.3."""
SAME_STATEMENT = 0.6
_RENAMED = 0.3
"""The share of names or numbers, on either side, that makes a text of one mould another story."""

_SHORT = 40
"""In a longer text one replaced name or number is an edit."""

_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PROPER = re.compile(r"(?<![.!?…:»”\"]\s)(?<!^)(?<!\n)(?<!\w)[^\W\d_a-zа-яё][\w-]{2,}")
_STEM = 5


@dataclass(frozen=True, slots=True)
class Signature:
    """A text's MinHash, the same on every machine; keep it as bytes."""

    values: tuple[int, ...]

    def to_bytes(self) -> bytes:
        """Return the bytes to store, which name their own version."""
        return _LAYOUT.pack(RMinHash.ALGORITHM_VERSION, *self.values)

    @classmethod
    def from_bytes(cls, data: bytes) -> Signature:
        """Read what `to_bytes` wrote; raises ValueError for bytes of another version or size."""
        if len(data) != _LAYOUT.size or data[0] != RMinHash.ALGORITHM_VERSION:
            raise ValueError(
                f"a text signature of {len(data)} bytes, version {data[:1].hex() or 'none'}, cannot be read: "
                f"expected {_LAYOUT.size} bytes of version {RMinHash.ALGORITHM_VERSION}; compute it again"
            )
        return cls(_LAYOUT.unpack(data)[1:])

    def estimate_similarity(self, other: Signature) -> float:
        """Estimate the Jaccard similarity of the two texts, with a standard error of about 0.05."""
        return sum(a == b for a, b in zip(self.values, other.values, strict=True)) / len(self.values)


def signature(text: str) -> Signature:
    """Return the MinHash of the text's word pairs; equal texts have equal signatures."""
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(sorted(_shingle(text)))
    return Signature(tuple(sketch.digest()))


def bands(sketch: Signature) -> tuple[str, ...]:
    """Return the keys to look candidates up by: copies share at least one.

    Thirty-two bands of three rows: a pair at similarity 0.4 shares a key in 88 cases of 100, at
    0.56 in 998 of 1,000, at 0.15 in ten of 100 (Broder 1997; Indyk and Motwani 1998).
    """
    keys = []
    for band in range(_BANDS):
        rows = sketch.values[band * _ROWS : (band + 1) * _ROWS]
        digest = blake2b(struct.pack(f"<{_ROWS}I", *rows), digest_size=8).hexdigest()
        keys.append(f"{band:02d}:{digest}")
    return tuple(keys)


def similarity(a: str, b: str) -> float:
    """Return the exact Jaccard similarity of the two texts' word pairs, 0 to 1."""
    first, second = _shingle(a), _shingle(b)
    union = len(first | second)
    return len(first & second) / union if union else float(a == b)


def is_same_story(a: str, b: str) -> bool:
    """Say whether two articles are copies or edits of one text.

    Texts of one mould that differ in whom or how much they name (congratulations to two
    presidents) are two stories, however many words they share.
    """
    return _is_copy(_clean(a), _clean(b), SAME_STORY)


def same_statement(a: str, b: str) -> bool:
    """Say whether two statements are the same words, give or take small edits."""
    return _is_copy(_clean(a), _clean(b), SAME_STATEMENT)


def _is_copy(a: str, b: str, threshold: float) -> bool:
    share = similarity(a, b)
    if share < threshold:
        return False
    return share == 1.0 or not _is_renamed(a, b)


# The same few hundred texts of the last days are compared with every new one.
_clean = lru_cache(maxsize=_TEXTS_KEPT)(clean_text)


@lru_cache(maxsize=_TEXTS_KEPT)
def _shingle(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring words, folded; a single word stands for itself."""
    words = _WORD.findall(fold(text).text)
    if len(words) < _SHINGLE:
        return frozenset(words)
    return frozenset(" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1))


def _is_renamed(a: str, b: str) -> bool:
    """Say whether names or numbers of each text are replaced by others, not only added to."""
    least = 1 if min(a.count(" "), b.count(" ")) < _SHORT else 2
    return _is_replaced(_count_names(a), _count_names(b), least) or _is_replaced(
        Counter(_NUMBER.findall(a)), Counter(_NUMBER.findall(b)), least
    )


def _is_replaced(first: Counter[str], second: Counter[str], least: int) -> bool:
    lost, gained = (first - second).total(), (second - first).total()
    if min(lost, gained) < least:
        return False
    return lost > _RENAMED * first.total() and gained > _RENAMED * second.total()


def _count_names(text: str) -> Counter[str]:
    """Count capitalised words inside sentences, by the beginning that inflection leaves."""
    return Counter(fold(word).text[:_STEM] for word in _PROPER.findall(text))
