"""What one training or evaluation item is, whichever set it comes from."""

import hashlib
from dataclasses import dataclass

from monitor.domain.stance import Act, Stance

STANCES = tuple(Stance)
ACTS = tuple(Act)
SENTIMENTS = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True)
class Example:
    """One (text, mention) pair with whichever labels are known; None is not known.

    `stance` and `sentiment` are places in STANCES and SENTIMENTS, `acts` the places in ACTS
    of the acts that hold; `key` names the text for splitting, `story` the near-duplicates.
    """

    text: str
    start: int
    end: int
    source: str
    lang: str
    key: str
    stance: int | None = None
    sentiment: int | None = None
    acts: frozenset[int] | None = None
    story: str = ""
    sample: str = ""
    target: str = ""
    weight: float = 1.0


def text_key(text: str) -> str:
    """The SHA-1 of a text with its whitespace folded: what label tables are keyed by."""
    return hashlib.sha1(" ".join(text.split()).encode(), usedforsecurity=False).hexdigest()


def language_of(text: str) -> str:
    """The language of a text that is Russian or English, by its script."""
    return "ru" if any("а" <= char <= "я" for char in text.lower()) else "en"


def bucket(key: str, salt: str, buckets: int) -> int:
    """A fixed, even share of keys: the same key always falls into the same bucket."""
    return int(hashlib.sha1(f"{salt}:{key}".encode(), usedforsecurity=False).hexdigest(), 16) % buckets
