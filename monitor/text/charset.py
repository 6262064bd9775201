"""Bytes of pages and feeds turned into text, whatever their labels say."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from bs4.dammit import UnicodeDammit

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CYRILLIC = ("windows-1251", "koi8-r", "iso-8859-5", "cp866", "mac-cyrillic")
_HEADER_LABEL = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_INNER_LABEL = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_WORDS = re.compile(r"[А-Яа-яЁё]{2,}")
_HEAD = 4_096
_SAMPLE = 200_000
_TYPICAL = 30.0
"""Russian prose scores about 55, the same bytes in a wrong Cyrillic code about 20."""

# Python names these among its codecs, but no text is written in them.
_NOT_FOR_TEXT = frozenset(
    {"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode", "undefined"}
    | {"unicode_escape", "unicode-escape", "raw_unicode_escape", "raw-unicode-escape", "mbcs", "oem"}
)

# Letters of Russian, per mille of running text.
_FREQUENCY = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
        (110, 85, 80, 74, 67, 63, 55, 47, 45, 43, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 16, 14, 12, 10,
         9, 7, 6, 5, 4, 3, 3, 1, 1),
        strict=True,
    )
)  # fmt: skip


def decode_bytes(body: bytes, content_type: str = "", override: str | None = None) -> str:
    """Return the text of a page or feed, without byte-order mark and NUL.

    Asked in turn: a byte-order mark, the operator's `override`, what can only be UTF-16 or UTF-8,
    the letters themselves (for the Cyrillic one-byte codes, which are mislabelled most), the
    labels of the HTTP header and of the document, and a detector at last. Never raises.
    """
    return _decode(body, content_type, override).removeprefix("\ufeff").replace("\0", "")


def _decode(body: bytes, content_type: str, override: str | None) -> str:
    for mark, code in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(code, "replace")
    if override and _known(override):
        return body.decode(override, "replace")
    if wide := _unmarked_utf16(body):
        return body.decode(wide, "replace")
    text = body.decode("utf-8", "replace")
    # A page may have a byte or two broken, cut in the middle of a letter, and be UTF-8 all the same.
    if text.count("\ufffd") * 50 <= _non_ascii(text):
        return text
    return body.decode(_one_byte_code(body, list(_labels(body, content_type))), "replace")


def _one_byte_code(body: bytes, labels: list[str]) -> str:
    """Name the code of a body that is not Unicode."""
    if found := _by_letters(body, labels):
        return found
    for label in labels:
        try:
            body.decode(label)
        except UnicodeDecodeError:
            continue
        return label
    guessed = UnicodeDammit(body[:_SAMPLE], is_html=False).original_encoding
    return guessed if guessed and _known(guessed) else "windows-1252"


def _unmarked_utf16(body: bytes) -> str | None:
    """Name the UTF-16 order of markup without a mark: every second byte of ASCII is NUL there."""
    head = body[:_HEAD]
    if head.count(0) * 5 < len(head):
        return None
    return "utf-16-le" if head[1::2].count(0) >= head[0::2].count(0) else "utf-16-be"


def _labels(body: bytes, content_type: str) -> Iterator[str]:
    """Yield the known codes that the header and the document name, without those ruled out already."""
    named = _HEADER_LABEL.findall(content_type)
    named += [label.decode("ascii", "replace") for label in _INNER_LABEL.findall(body[:_HEAD])]
    for label in named:
        if (code := _known(label)) and not code.startswith("utf"):
            # As browsers do: what is called Latin-1 is Windows-1252.
            yield "windows-1252" if code in ("iso8859-1", "ascii") else code


def _known(label: str) -> str | None:
    try:
        info = codecs.lookup(label.strip().removeprefix("x-"))
    except LookupError:
        return None
    return info.name if info.name not in _NOT_FOR_TEXT else None


def _by_letters(body: bytes, labels: list[str]) -> str | None:
    """Name the Cyrillic code in which the bytes read most like Russian, if in any they do."""
    sample = body[:_SAMPLE]
    scores: dict[str, float] = {}
    for code in _CYRILLIC:
        score = _russianness(sample.decode(code, "replace"))
        declared = bool(labels) and codecs.lookup(code).name == codecs.lookup(labels[0]).name
        scores[code] = score * (1.2 if declared else 1.0)
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] >= _TYPICAL else None


def _russianness(text: str) -> float:
    """Return the mean frequency of the text's Cyrillic letters over all that is not ASCII."""
    total = 0.0
    for word in _WORDS.findall(text):
        weight = sum(_FREQUENCY[letter] for letter in word.lower())
        if word.isupper():
            total += 0.7 * weight
        elif word[1:].islower():
            total += weight
    return total / max(_non_ascii(text), 1)


def _non_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))
