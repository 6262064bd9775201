"""Making scraped text harmless before anybody sees it."""

from __future__ import annotations

import re

from monitor.text.normalise import is_invisible

_SPACES = re.compile(r"\s+")
_LINK = re.compile(r"https?://[^\s<>\"'`\\]+", re.IGNORECASE)
LONGEST_LINK = 2000


def make_inert(text: str) -> str:
    """Return the text on one line without control, bidirectional, zero-width or surrogate characters.

    White space becomes single spaces, at the ends too, so that pieces of a sentence can be joined.
    """
    spaced = _SPACES.sub(" ", text)
    return _SPACES.sub(" ", "".join(char for char in spaced if not is_invisible(char)))


def safe_link(url: str) -> str | None:
    """Return the address if it is plain http(s), else None: what is not is never made clickable."""
    if len(url) > LONGEST_LINK or any(is_invisible(char) for char in url):
        return None
    return url if _LINK.fullmatch(url) else None


def excerpt(text: str, start: int, end: int, room: int) -> tuple[str, str, str]:
    """Return the text before, of and after [start, end), cut around it to about `room` characters.

    Offsets are those of the text as stored, so the cut comes first and harmlessness after.
    """
    inside = 0 <= start < end <= len(text)
    start, end = (start, min(end, start + room)) if inside else (0, 0)
    if len(text) <= room:
        return make_inert(text[:start]), make_inert(text[start:end]), make_inert(text[end:])
    side = max((room - (end - start)) // 2, 0)
    first = max(0, min(start - side, len(text) - room))
    last = min(len(text), first + room)
    before = ("… " if first > 0 else "") + make_inert(text[first:start]).lstrip()
    after = make_inert(text[end:last]).rstrip() + (" …" if last < len(text) else "")
    return before, make_inert(text[start:end]), after
