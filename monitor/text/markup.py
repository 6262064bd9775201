"""HTML tamed, parsed and turned into paragraphs of plain text."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from monitor.text.normalise import clean_text

MAX_DEPTH = 150
MAX_REPEATS = 30
MAX_TAGS = 60_000
MAX_TAGS_OF_A_KIND = 20_000
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,30})[^<>]*>")
_INSTRUCTION = re.compile(r"<\?[^<>]*>")
_SPACES = re.compile(r"\s+")
# Void elements, and those closed by the next of their kind.
_UNNESTED = frozenset(
    (
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot",
        "option", "optgroup",
    )
)  # fmt: skip
_BLOCKS = frozenset(
    (
        "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div",
        "dl", "dt", "fieldset", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
        "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr",
        "ul",
    )
)  # fmt: skip
_SILENT = frozenset(
    (
        "script", "style", "noscript", "template", "head", "svg", "iframe", "object", "audio",
        "video", "canvas", "select", "textarea", "button", "form", "figure", "figcaption", "nav",
        "aside",
    )
)  # fmt: skip
_LABELS = frozenset({"b", "strong"})


def parse_html(markup: str) -> BeautifulSoup:
    """Parse markup of any size and depth within bounded time; what goes beyond the bounds is lost."""
    return BeautifulSoup(tame_markup(markup), "lxml")


def tame_markup(markup: str) -> str:
    """Return the markup without what makes good parsers hang; no honest page comes near the bounds.

    Lost are: more than MAX_REPEATS tags of one name that open or close with no text between,
    nesting deeper than MAX_DEPTH, more than MAX_TAGS_OF_A_KIND tags of one name, and all that
    stands after MAX_TAGS. So a flood in one place leaves the rest of the page readable.
    """
    markup = _INSTRUCTION.sub("", markup)
    return _flatten(markup) if markup.count("<") > MAX_REPEATS else markup


def _flatten(markup: str) -> str:
    kept: list[str] = []
    counts: Counter[str] = Counter()
    run: Counter[str] = Counter()
    position = depth = 0
    previous, previous_end = "", -1
    for tag in _TAG.finditer(markup):
        mark, name = tag[1], tag[2].lower()
        if mark != previous or markup[previous_end : tag.start()].strip():
            run.clear()
        run[name] += 1
        previous, previous_end = mark, tag.end()
        nests = name not in _UNNESTED
        drop = counts[name] >= MAX_TAGS_OF_A_KIND or (nests and run[name] > MAX_REPEATS)
        if nests and not drop:
            depth += 1 if not mark else 0
            drop = depth > MAX_DEPTH
            depth = max(0, depth - 1) if mark else depth
        if drop:
            kept.append(markup[position : tag.start()])
            position = tag.end()
            continue
        counts[name] += 1
        if counts.total() > MAX_TAGS:
            markup = markup[: tag.start()]
            break
    kept.append(markup[position:])
    return "".join(kept)


def markup_text(fragment: str) -> str:
    """Return the clean text of a title or summary that may or may not hold markup."""
    if "<" not in fragment:
        return clean_text(html.unescape(fragment))
    return "\n\n".join(paragraphs([parse_html(fragment)]))


def one_line(text: str) -> str:
    """Return the text on one line."""
    return _SPACES.sub(" ", text).strip()


def paragraphs(nodes: Iterable[Tag]) -> list[str]:
    """Return the clean paragraphs under the nodes, in order; <br> is a line break inside one.

    Scripts, forms, pictures with their captions and navigation are left out. A bold speaker's
    label is parted from the words after it.
    """
    found: list[str] = []
    for node in nodes:
        pieces: list[str] = []
        _write(node, pieces)
        found += [part for part in clean_text("".join(pieces)).split("\n\n") if part]
    return found


def outermost(nodes: Sequence[Tag]) -> list[Tag]:
    """Leave out nodes inside others of the list, whose text stands there already."""
    chosen = {id(node) for node in nodes}
    return [node for node in nodes if not any(id(parent) in chosen for parent in node.parents)]


def _write(node: Tag, pieces: list[str]) -> None:
    for child in node.children:
        if isinstance(child, Tag):
            _write_tag(child, pieces)
        elif type(child) is NavigableString:  # not a comment, doctype or stylesheet
            pieces.append(_SPACES.sub(" ", child))


def _write_tag(tag: Tag, pieces: list[str]) -> None:
    name = tag.name
    if name in _SILENT:
        return
    if name == "br":
        pieces.append("\n")
        return
    if name in _BLOCKS:
        pieces.append("\n\n")
        _write(tag, pieces)
        pieces.append("\n\n")
        return
    _write(tag, pieces)
    if name in ("td", "th") or (name in _LABELS and pieces and pieces[-1].rstrip().endswith(":")):
        pieces.append(" ")
