"""Turns a text with a marked mention into token ids, the same in training and at run time."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Protocol

OPEN, CLOSE = "<tgt>", "</tgt>"
LONGEST_PIECE = 16  # characters; no piece of the vocabulary is longer
MENTION_SHARE = 4  # a mention may take a quarter of the window
_SPECIAL = re.compile(r"<(?=/?(?:tgt|s|pad|unk|mask)>)")


class Tokenizer(Protocol):
    """The little of a `transformers` tokenizer that encoding needs."""

    def __call__(self, text: str, *, add_special_tokens: bool) -> Any:
        """Return the ids of a text under `input_ids`."""

    def convert_tokens_to_ids(self, tokens: str) -> int:
        """Return the id of one token."""


class PairEncoder:
    """Encodes (text, mention) pairs as `<s> left <tgt> mention </tgt> right </s>`.

    The window is cut by tokens around the mention, so that a text of any length is judged by
    what stands nearest to it. Strings in the text that look like special tokens stay text.
    """

    def __init__(self, tokenizer: Tokenizer, max_tokens: int) -> None:
        self._tokenizer = tokenizer
        self._room = max_tokens - 4
        self._first = tokenizer.convert_tokens_to_ids("<s>")
        self._last = tokenizer.convert_tokens_to_ids("</s>")
        self._open = tokenizer.convert_tokens_to_ids(OPEN)
        self._close = tokenizer.convert_tokens_to_ids(CLOSE)

    @property
    def marker_ids(self) -> tuple[int, int]:
        """The ids of the opening and the closing marker."""
        return self._open, self._close

    def encode(self, text: str, start: int, end: int) -> list[int]:
        """Return the ids of one pair, at most `max_tokens` of them."""
        reach = LONGEST_PIECE * (self._room + LONGEST_PIECE)
        mention = self._pieces(_fold(text[start:end])[:reach])
        mention = mention[: max(1, self._room // MENTION_SHARE)]
        left = self._pieces(_fold(text[:start])[-reach:])
        right = self._pieces(_fold(text[end:])[:reach])
        room = self._room - len(mention)
        half = room // 2
        keep_left = min(len(left), max(half, room - len(right)))
        left = left[len(left) - keep_left :]
        right = right[: room - keep_left]
        return [
            self._first,
            *left,
            self._open,
            *mention,
            self._close,
            *right,
            self._last,
        ]

    def _pieces(self, text: str) -> list[int]:
        if not text:
            return []
        ids: list[int] = self._tokenizer(text, add_special_tokens=False)["input_ids"]
        return ids


def _fold(text: str) -> str:
    """Normalise to NFC, fold whitespace and defuse what would be read as a special token."""
    return _SPECIAL.sub("‹", " ".join(unicodedata.normalize("NFC", text).split()))
