"""Looking up phrases of several words in a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Generic, TypeVar

Payload = TypeVar("Payload")


def word_set(listed: str) -> frozenset[str]:
    """Return the words of a block of text."""
    return frozenset(listed.split())


def read_phrases(listed: str) -> tuple[tuple[str, ...], ...]:
    """Return the phrases of a block of text, separated by commas, each as its words."""
    return tuple(tuple(phrase.split()) for phrase in listed.split(",") if phrase.strip())


def read_lexicon(listed: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return phrases by key from lines "key: phrase, phrase"; a line that is indented goes on."""
    lexicon: dict[str, tuple[tuple[str, ...], ...]] = {}
    for entry in listed.strip().replace("\n ", " ").splitlines():
        key, _, phrases = entry.partition(":")
        lexicon[key] = read_phrases(phrases)
    return lexicon


class PhraseIndex(Generic[Payload]):
    """Phrases by their first word; the longest that fits is found."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Payload]]] = defaultdict(list)
        self._sorted = True

    def add(self, phrase: Sequence[str], payload: Payload) -> None:
        """Add a phrase, given as its words in lower case or dictionary form."""
        first, *rest = phrase
        self._by_first[first].append((tuple(rest), payload))
        self._sorted = False

    def match(self, keys: Sequence[Sequence[str]], at: int) -> tuple[Payload, int] | None:
        """Return the longest phrase that begins at a token, and where it ends; earlier added ones first."""
        if not self._sorted:
            for entries in self._by_first.values():
                entries.sort(key=lambda entry: -len(entry[0]))
            self._sorted = True
        best: tuple[Payload, int] | None = None
        for key in keys[at]:
            for rest, payload in self._by_first.get(key, ()):
                end = at + 1 + len(rest)
                if best is not None and end <= best[1]:
                    break
                if end <= len(keys) and all(word in keys[at + 1 + i] for i, word in enumerate(rest)):
                    best = payload, end
                    break
        return best
