"""CSS selectors written for nodes of a page, such as a person would write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

_PLAIN = re.compile(r"[A-Za-z_][\w-]{1,60}")
# A builder's suffix, as in Article_text__x7Ab2: it changes with every release of the site.
_BUILT = re.compile(r"([A-Za-z][A-Za-z0-9]*_[A-Za-z][A-Za-z0-9]*__)(?=[\w-]*[\dA-Z])[\w-]{4,10}")
# Names that are nothing but such a suffix, or that number one article.
_FLEETING = re.compile(r"(?:css|sc|jss|jsx|svelte|emotion|styles?)-[\w-]+|.*\d{3,}.*|[a-z]{1,2}\d+\w*")
# Frameworks' names for looks, not for parts: they match too much and change with the looks.
_LOOKS = re.compile(
    r"(?:[mp][trblxyse]?|w|h|d|col|row|flex|grid|gap|bg|border|items|justify|font|leading|rounded|float|pull|"
    r"order|offset|align|shadow|position|overflow|hidden|visible|block|inline|active|first|last|odd|even|left|right|"
    r"clearfix|container|wrapper|inner|js|is|has|no|sm|md|lg|xl)(?:-[\w-]*)?|"
    r"text-(?:xs|sm|base|lg|\d?xl|left|right|center|bold|muted|white|black|gr[ae]y)(?:-\w+)?"
)
_TELLING = ("itemprop", "data-type", "role", "property")
_SECTIONING = frozenset({"article", "main", "time", "h1"})
_ANCESTORS = 6
_MOST_CLASSES = 4


def name_node(node: Tag) -> list[str]:
    """Return simple selectors for a node, the most telling first, its bare tag at the end."""
    tag = node.name
    names = [
        f"{tag}[{attribute}={value}]"
        for attribute in _TELLING
        if isinstance(value := node.get(attribute), str) and _PLAIN.fullmatch(value)
    ]
    classes = [str(token) for token in node.get("class") or ()]
    telling = [token for token in classes if _is_lasting(token)]
    # A name of several parts is rarer on other pages than "text" or "title" alone.
    telling.sort(key=lambda token: (_LOOKS.fullmatch(token) is not None, not re.search("[-_]", token)))
    parts = [f"{tag}.{token}" for token in telling[:_MOST_CLASSES]]
    parts += [f"{tag}[class*={found[1]}]" for token in classes if (found := _BUILT.fullmatch(token))]
    looks_first = bool(telling) and _LOOKS.fullmatch(telling[0]) is not None
    identity = node.get("id")
    if isinstance(identity, str) and _is_lasting(identity):
        parts.insert(0 if looks_first else len(parts), f"{tag}#{identity}")
    names += parts
    if len(telling) > 1:
        names.append(f"{tag}.{telling[0]}.{telling[1]}")
    if tag in _SECTIONING:
        names.insert(0 if not names or looks_first else len(names), tag)
    else:
        names.append(tag)
    return names


def name_in_place(node: Tag) -> list[str]:
    """Return simple selectors for a node inside a repeated block: also by its place among its like."""
    place = 1 + sum(
        1 for other in node.previous_siblings if isinstance(other, Tag) and other.name == node.name
    )
    return [*name_node(node), f"{node.name}:nth-of-type({place})"]


def write_selectors(node: Tag, names: Sequence[str] = ()) -> Iterator[str]:
    """Yield selectors for a node, the shortest first: its own names, then behind an ancestor's name.

    Whether one of them fits is for the caller to see; `names` replace the node's own.
    """
    own = list(names) or name_node(node)
    yield from (name for name in own if name != node.name or node.name in _SECTIONING)
    parent = node.parent
    for above in list(node.parents)[:_ANCESTORS]:
        if above.name in ("body", "html", "[document]"):
            break
        joint = " > " if above is parent else " "
        for outer in name_node(above)[:2]:
            if outer == above.name and outer not in _SECTIONING:
                continue
            yield from (f"{outer}{joint}{name}" for name in own[:2])
            if own[-1] not in own[:2]:
                yield f"{outer}{joint}{own[-1]}"


def find_unique(soup: BeautifulSoup, node: Tag) -> str | None:
    """Return a selector that finds this node and no other of its page, or None."""
    for selector in write_selectors(node):
        found = soup.select(selector, limit=2)
        if len(found) == 1 and found[0] is node:
            return selector
    return None


def is_telling(selector: str) -> bool:
    """Say whether a selector names something by more than tags and places."""
    return any(sign in selector for sign in ".#[") or selector in _SECTIONING


def cost_of(selector: str) -> tuple[int, int, int, int]:
    """Rank selectors: telling names before looks, tags and places; fewer steps; shorter ones."""
    names = re.findall(r"[.#]([\w-]+)", selector)
    looks = bool(names) and all(_LOOKS.fullmatch(name) for name in names)
    kind = 3 if ":nth" in selector else 2 if looks else 0 if is_telling(selector) else 1
    return (kind, selector.count(" "), selector.count("."), len(selector))


def text_of(node: Tag) -> str:
    """Return a node's visible words on one line, quickly and roughly."""
    pieces = [
        piece
        for piece in node.descendants
        if type(piece) is NavigableString and piece.parent is not None and piece.parent.name not in _UNSEEN
    ]
    return " ".join(" ".join(pieces).split())


_UNSEEN = frozenset({"script", "style", "noscript", "template"})


def _is_lasting(token: str) -> bool:
    """Say whether a class or id looks like a part's name that outlives one article and one release."""
    return (
        _PLAIN.fullmatch(token) is not None and not _FLEETING.fullmatch(token) and not _BUILT.fullmatch(token)
    )
