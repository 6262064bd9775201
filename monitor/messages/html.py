"""The HTML that Telegram understands: escaping, measuring and splitting it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.messages.inert import make_inert, safe_link

MESSAGE_LIMIT = 4096
CAPTION_LIMIT = 1024
_TOKEN = re.compile(r"</?[a-z][^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);|.", re.DOTALL)


def escape(text: str) -> str:
    """Return scraped or typed text as inert HTML on one line."""
    return html.escape(make_inert(text), quote=True)


def link(url: str, label: str) -> str:
    """Return a link, or the bare label where the address is not plain http(s)."""
    address = safe_link(url)
    return f'<a href="{html.escape(address, quote=True)}">{escape(label)}</a>' if address else escape(label)


def to_plain(text: str) -> str:
    """Return the message without markup: the last resort when Telegram refuses ours."""
    tokens = _TOKEN.findall(text)
    return "".join(html.unescape(token) for token in tokens if not _is_tag(token))


def utf16_length(text: str) -> int:
    """Return the length that Telegram counts: code units of UTF-16."""
    return len(text) + sum(char > "\uffff" for char in text)


def _is_tag(token: str) -> bool:
    return len(token) > 2 and token[0] == "<"


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place where a message may be divided; a better rank makes the nicer cut."""

    token: int
    rank: int
    open_tags: tuple[str, ...]


def split_html(text: str, limit: int = MESSAGE_LIMIT) -> list[str]:
    """Split into messages of at most `limit` UTF-16 units after parsing.

    A cut falls on a line's end outside all markup where there is one in the second half of the
    room, else on a line's end, a space, or any character; never inside a tag or an escape. Markup
    that a cut divides is closed and opened again.
    """
    tokens = _TOKEN.findall(text)
    parts: list[str] = []
    carried: tuple[str, ...] = ()
    while tokens:
        cut = _find_cut(tokens, carried, limit)
        closing = "".join(f"</{_name(tag)}>" for tag in reversed(cut.open_tags))
        part = "".join(carried) + "".join(tokens[: cut.token]).rstrip() + closing
        if to_plain(part).strip():
            parts.append(part)
        tokens, carried = tokens[cut.token :], cut.open_tags
        while tokens and tokens[0].isspace():
            del tokens[0]
    return parts


def _find_cut(tokens: list[str], carried: tuple[str, ...], limit: int) -> _Cut:
    """Return where to cut so that what stands before fits."""
    best: _Cut | None = None
    for cut, length in _possible_cuts(tokens, carried):
        if length > limit:
            break
        late = length * 2 >= limit
        if cut.token == len(tokens):
            return cut
        ranked = _Cut(cut.token, cut.rank if late else 0, cut.open_tags)
        if best is None or ranked.rank >= best.rank:
            best = ranked
    return best or _Cut(1, 0, carried)


def _possible_cuts(tokens: list[str], carried: tuple[str, ...]) -> Iterator[tuple[_Cut, int]]:
    """Yield each place after a token with its rank and the length that stands before it."""
    open_tags = list(carried)
    length = 0
    for index, token in enumerate(tokens, start=1):
        if _is_tag(token):
            if token.startswith("</"):
                if open_tags:
                    open_tags.pop()
            else:
                open_tags.append(token)
        else:
            length += utf16_length(html.unescape(token))
        rank = 1
        if token == "\n":  # noqa: S105 - a token of text, no secret
            rank = 3 if open_tags else 4
        elif token.isspace():
            rank = 2
        yield _Cut(index, rank, tuple(open_tags)), length


def _name(tag: str) -> str:
    """Return a tag's name: `a` of `<a href="…">`."""
    return tag.strip("</>").split(maxsplit=1)[0]
