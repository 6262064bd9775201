"""What a statement is about: the codebook's topics, by the beginnings of words and by phrases."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from monitor.domain.stance import Topic
from monitor.text.topic_words import ENGLISH, RUSSIAN

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ORDER = {topic: place for place, topic in enumerate(Topic)}


class _Lexicon:
    """Stems ("санкци*"), whole words ("цена") and phrases of stems ("общий рын*") by topic."""

    def __init__(self, listed: Mapping[Topic, str]) -> None:
        self._words: dict[str, set[Topic]] = defaultdict(set)
        self._stems: dict[str, set[Topic]] = defaultdict(set)
        self._phrases: dict[str, list[tuple[tuple[str, ...], Topic]]] = defaultdict(list)
        for topic, entries in listed.items():
            for entry in entries.split(","):
                self._add(entry.split(), topic)
        self._lengths = sorted({len(stem) for stem in (*self._stems, *self._phrases)})

    def find(self, words: list[str]) -> set[Topic]:
        """Return the topics that any word or phrase tells."""
        found: set[Topic] = set()
        for i, word in enumerate(words):
            found |= self._words.get(word, set())
            for stem in self._beginnings(word):
                found |= self._stems.get(stem, set())
                for rest, topic in self._phrases.get(stem, ()):
                    if _follows(words, i + 1, rest):
                        found.add(topic)
        return found

    def _add(self, parts: list[str], topic: Topic) -> None:
        first, *rest = parts
        if rest:
            self._phrases[first.removesuffix("*")].append(
                (tuple(part.removesuffix("*") for part in rest), topic)
            )
        elif first.endswith("*"):
            self._stems[first[:-1]].add(topic)
        else:
            self._words[first].add(topic)

    def _beginnings(self, word: str) -> Iterator[str]:
        for length in self._lengths:
            if length > len(word):
                return
            yield word[:length]


def _follows(words: list[str], start: int, stems: tuple[str, ...]) -> bool:
    """Whether words that begin with the stems stand at a place, in their order."""
    if start + len(stems) > len(words):
        return False
    return all(words[start + i].startswith(stem) for i, stem in enumerate(stems))


_LEXICONS = {"ru": _Lexicon(RUSSIAN), "en": _Lexicon(ENGLISH)}


def detect_topics(text: str, lang: str) -> tuple[Topic, ...]:
    """Return the topics of a statement in the codebook's order; OTHER where none is told."""
    words = [word.replace("ё", "е").replace("’", "'") for word in _WORD.findall(text.lower())]
    found = _LEXICONS["ru" if lang == "ru" else "en"].find(words)
    return tuple(sorted(found, key=_ORDER.__getitem__)) or (Topic.OTHER,)
