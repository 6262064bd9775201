"""Recovers the texts of real pairs from the raw files, keyed by the hash of the text.

The tables of labels hold no text. The raw files are split into sentences exactly as when
the pairs were chosen, so the same hash names the same sentence.
"""

import csv
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from razdel import sentenize

SHORTEST, LONGEST = 25, 600  # characters of a sentence that was worth labelling


@dataclass(frozen=True, slots=True)
class RealText:
    """One real sentence or headline, its whitespace folded."""

    text: str
    source: str
    date: str
    url: str

    @property
    def key(self) -> str:
        """The hash that names the text in the tables of labels."""
        return hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()


def read_texts(folder: Path) -> dict[str, RealText]:
    """Return every real text under the data folder by its key, the first of equals kept."""
    found: dict[str, RealText] = {}
    for text in _all_texts(folder):
        found.setdefault(text.key, text)
    return found


def _rows(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _all_texts(folder: Path) -> Iterator[RealText]:
    real = folder / "real"
    for text in _raw_texts(real):
        if SHORTEST <= len(text.text) <= LONGEST:
            yield text
    for row in _rows(folder / "labels" / "double_read.tsv"):
        yield RealText(row["text"], row["source"], row["date"], "")


def _raw_texts(real: Path) -> Iterator[RealText]:
    for row in _rows(real / "headlines.tsv"):
        for sentence in (row["title"], *_sentences(row["lead"] or "")):
            yield RealText(_fold(sentence), row["source"], row["date"], row["url"])
    for row in _rows(real / "kremlin_ru.tsv"):
        for sentence in _sentences(row["text"]):
            yield RealText(_fold(sentence), "kremlin_ru", row["date"], row["url"])
    for row in _rows(real / "mfa_telegram_en.tsv"):
        url = "t.me/MFARussia/" + row["message_id"]
        for sentence in _sentences(row["text"]):
            yield RealText(_fold(sentence), "mfa_telegram_en", row["date"], url)
    for row in _rows(real / "more_sentences.tsv"):
        yield RealText(_fold(row["text"]), row["source"], row["date"], "")


def _sentences(text: str) -> list[str]:
    return [sentence.text for sentence in sentenize(text)]


def _fold(text: str) -> str:
    return " ".join(text.split())
