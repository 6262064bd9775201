"""Groups near-duplicate texts into stories and gives every story a fixed split.

A story is what shares an address or, by MinHash over five-letter shingles, at least half of
its wording. The signatures are stored beside the splits, so that a test can prove without
the texts that no story stands on both sides.
"""

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from training.examples import bucket

PERMUTATIONS = 64
SHINGLE = 5
SAME_STORY = 0.5
_RANDOM = np.random.default_rng(20221123)
_FACTORS = _RANDOM.integers(1, 1 << 63, PERMUTATIONS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_OFFSETS = _RANDOM.integers(0, 1 << 63, PERMUTATIONS, dtype=np.uint64)


def sign(text: str) -> np.ndarray:
    """Return the MinHash signature of a text: 64 numbers of 16 bits (Broder 1997)."""
    letters = re.sub(r"\W+", " ", text.casefold()).strip()
    shingles = {letters[i : i + SHINGLE] for i in range(max(1, len(letters) - SHINGLE + 1))}
    digests = [hashlib.blake2b(s.encode(), digest_size=8).digest() for s in sorted(shingles)]
    hashes = np.frombuffer(b"".join(digests), dtype="<u8")
    mixed = hashes[:, None] * _FACTORS + _OFFSETS  # modulo 2^64
    return ((mixed.min(axis=0) >> np.uint64(24)) & np.uint64(0xFFFF)).astype(np.uint16)


def pack(signature: np.ndarray) -> str:
    """Write a signature as text."""
    return base64.b64encode(signature.astype("<u2").tobytes()).decode()


def unpack(text: str) -> np.ndarray:
    """Read a signature back."""
    return np.frombuffer(base64.b64decode(text), dtype="<u2")


def similar_pairs(
    left: Sequence[np.ndarray], right: Sequence[np.ndarray], at_least: float = SAME_STORY
) -> list[tuple[int, int]]:
    """Return the places (left, right) whose signatures agree in at least that share."""
    if not left or not right:
        return []
    others = np.stack(right)
    found = []
    for i, signature in enumerate(left):
        agree = (others == signature).mean(axis=1)
        found += [(i, int(j)) for j in np.flatnonzero(agree >= at_least)]
    return found


class Ties:
    """Which texts belong together: a shared address, or signatures that agree in half."""

    def __init__(self, signatures: Mapping[str, np.ndarray], addresses: Mapping[str, str]) -> None:
        keys = sorted(signatures)
        self._parent = {key: key for key in keys}
        by_address: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            if addresses.get(key):
                by_address[addresses[key]].append(key)
        for group in by_address.values():
            for key in group[1:]:
                self.join(group[0], key)
        ordered = [signatures[key] for key in keys]
        for i, j in similar_pairs(ordered, ordered):
            self.join(keys[i], keys[j])

    def find(self, key: str) -> str:
        """Return the least key of all that this one is tied to."""
        parent = self._parent
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    def join(self, a: str, b: str) -> None:
        """Tie two texts."""
        low, high = sorted((self.find(a), self.find(b)))
        self._parent[high] = low


def choose_split(story: str) -> str:
    """Give a story its part: one in five test, one in five development, the rest training."""
    return {0: "test", 1: "dev"}.get(bucket(story, "real", 5), "train")
