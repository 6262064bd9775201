"""Turns a text with a marked mention into token ids, the same in training and at run time."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Protocol

from monitor.text.normalise import is_invisible

OPEN, CLOSE = "<tgt>", "</tgt>"
LONGEST_PIECE = 16  # characters; no piece of the vocabulary is longer
MENTION_SHARE = 4  # a mention may take a quarter of the window
SHOUTED = 0.7
"""From this share of capitals among its letters a text is read in small letters."""

_LEAST_LETTERS = 12
_SPECIAL = re.compile(r"<(?=/?(?:tgt|s|pad|unk|mask)>)")
_MARKUP = re.compile(r"</?[a-zA-Z!][^<>]{0,300}>|&(?:[a-zA-Z]{2,8}|#\d{1,6});")
_SPELLINGS = str.maketrans(
    {"ё": "е", "Ё": "Е", **dict.fromkeys("«»“”„‟", '"'), **dict.fromkeys("‘’‚‛ʼ", "'")}
)


class Tokenizer(Protocol):
    """The little of a `transformers` tokenizer that encoding needs."""

    def __call__(self, text: str, *, add_special_tokens: bool) -> Any:
        """Return the ids of a text under `input_ids`."""

    def convert_tokens_to_ids(self, tokens: str) -> int:
        """Return the id of one token."""


class PairEncoder:
    """Encodes (text, mention) pairs as `<s> left <tgt> mention </tgt> right </s>`.

    The window is cut by tokens around the mention, so that a text of any length is judged by
    what stands nearest to it. Strings in the text that look like special tokens stay text. Ways of
    spelling that carry no meaning read alike: ё and е, quotation marks, invisible characters, HTML,
    capitals throughout.
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
        shouted = is_shouted(text)
        mention = self._pieces(_fold(text[start:end], shouted)[:reach])
        mention = mention[: max(1, self._room // MENTION_SHARE)]
        left = self._pieces(_fold(text[:start], shouted)[-reach:])
        right = self._pieces(_fold(text[end:], shouted)[:reach])
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


def is_shouted(text: str) -> bool:
    """Whether a text is written in capitals throughout."""
    letters = sum(map(str.isalpha, text))
    return letters >= _LEAST_LETTERS and sum(map(str.isupper, text)) >= SHOUTED * letters


def _fold(text: str, shouted: bool) -> str:
    """Bring what reads alike to one spelling and defuse what would be read as a special token."""
    plain = unicodedata.normalize("NFC", text).translate(_SPELLINGS)
    if not plain.isprintable():
        plain = "".join(char for char in plain if char.isspace() or not is_invisible(char))
    bare = _MARKUP.sub(" ", plain.lower() if shouted else plain)
    return _SPECIAL.sub("‹", " ".join(bare.split()))
