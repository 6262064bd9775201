"""The root element of XML that came from outside, found before a parser sees anything of it."""

from __future__ import annotations

import re
from collections.abc import Container

from monitor.errors import FetchError, Trouble

_ROOT = re.compile(r"<([A-Za-z][\w:.-]*)")


def find_root(text: str, url: str, known: Container[str], what: str) -> tuple[int, str]:
    """Return where the root element stands, and its name in lower case; it must be one of the known.

    Raises FetchError at a DTD: `what` we read needs none, and entities are how a small file
    becomes a large one or reads another.
    """
    position = 0
    while (start := text.find("<", position)) >= 0:
        if text.startswith("<?", start):
            position = _after(text, "?>", start)
        elif text.startswith("<!--", start):
            position = _after(text, "-->", start)
        elif text.startswith("<!", start):
            if text[start : start + 20].lower().startswith("<!doctype html"):
                break
            raise FetchError(
                url,
                f"the {what} declares a document type or entities and is not parsed",
                trouble=Trouble.MALFORMED,
            )
        else:
            root = _ROOT.match(text, start)
            name = root[1].lower() if root else ""
            if name not in known:
                break
            return start, name
    raise FetchError(
        url, f"this is no {what} but perhaps a web page; check url and kind", trouble=Trouble.MALFORMED
    )


def _after(text: str, closing: str, start: int) -> int:
    end = text.find(closing, start)
    return end + len(closing) if end >= 0 else len(text)
