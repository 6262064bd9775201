"""Dictionary forms of a text's words, so that people find words whatever their ending."""

from __future__ import annotations

import re
from functools import lru_cache

import snowballstemmer

from monitor.text.inflect import find_lemmas
from monitor.text.normalise import fold

_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ENGLISH = snowballstemmer.stemmer("english")


def lemmas_of(text: str) -> frozenset[str]:
    """Return the dictionary forms of all words: Russian ones by the dictionary, every one that a form may
    belong to; others by the stem of English (Snowball)."""
    return frozenset(lemma for word in _WORD.findall(fold(text).text) for lemma in _lemmas(word))


@lru_cache(maxsize=50_000)
def _lemmas(word: str) -> frozenset[str]:
    if _CYRILLIC.search(word):
        return frozenset(lemma.replace("ё", "е") for lemma in find_lemmas(word))
    return frozenset({_ENGLISH.stemWord(word)})
