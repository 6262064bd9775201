"""Pages cut down to what selectors name, before the slow parser sees them.

Most of a page is navigation, teasers and scripts. libxml2 walks it far faster than a tree of Python
objects can be built, so it cuts away what neither the source's selectors nor the usual places of titles and
dates name. What is left keeps its ancestors, so that every selector finds what it found before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cssselect import HTMLTranslator, SelectorError
from lxml import etree, html

from monitor.domain.source import ArticleSelectors
from monitor.text.markup import MAX_TAGS_OF_A_KIND, tame_markup

_USUAL = (
    "meta",
    "title",
    "h1",
    "time",
    "script[type='application/ld+json']",
    "[data-unixtime]",
    "[itemprop=datePublished]",
)
_BRACKETED = re.compile(r"\[[^\]]*\]")
_BY_NEIGHBOURS = re.compile(r"[+~:]")
_SEEN = etree.XPath(
    "//text()[not(parent::script or parent::style or parent::noscript or parent::template"
    " or parent::head or parent::title)]",
    smart_strings=False,
)


@dataclass(frozen=True, slots=True)
class PrunedPage:
    """The markup that is left, and how many characters of text the whole page showed."""

    markup: str
    page_length: int


def prune_page(markup: str, selectors: ArticleSelectors) -> PrunedPage | None:
    """Return the page without what nobody will look at; None where the whole of it is needed.

    It is where no body is configured, where the body's selector finds nothing, and where a selector
    counts or compares neighbours, which pruning takes away.
    """
    wanted = [found for found in (selectors.body, selectors.title, selectors.lead, selectors.date) if found]
    if not selectors.body or any(_asks_for_neighbours(found) for found in (*wanted, *selectors.drop)):
        return None
    paths = [_compile(selector) for selector in (*wanted, *_USUAL)]
    if None in paths:
        return None  # the whole page's reader says what is wrong with the selector
    try:
        # libxml2 bounds depth by itself; only floods of tags must be tamed before.
        tame = tame_markup(markup) if markup.count("<") > MAX_TAGS_OF_A_KIND else markup
        root = html.document_fromstring(tame.encode("utf-8", "ignore"), parser=_parser())
    except (etree.LxmlError, ValueError):
        return None
    found = [path(root) for path in paths if path is not None]
    if not found[0]:
        return None
    length = len(" ".join("".join(_SEEN(root)).split()))
    _keep(root, {node for nodes in found for node in nodes})
    return PrunedPage(html.tostring(root, encoding="unicode"), length)


def _parser() -> html.HTMLParser:
    return html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)


def _asks_for_neighbours(selector: str) -> bool:
    return _BY_NEIGHBOURS.search(_BRACKETED.sub("", selector)) is not None


@lru_cache(maxsize=2_000)
def _compile(selector: str) -> etree.XPath | None:
    try:
        return etree.XPath(HTMLTranslator().css_to_xpath(selector))
    except (SelectorError, etree.XPathError):
        return None


def _keep(root: etree._Element, whole: set[etree._Element]) -> None:
    """Cut everything but the nodes and their ancestors, of which only the tags stay."""
    path = {parent for node in whole for parent in node.iterancestors()}
    waiting = [root] if root not in whole else []
    while waiting:
        node = waiting.pop()
        node.text = None
        for child in list(node):
            if child in whole or child in path:
                child.tail = None
                if child not in whole:
                    waiting.append(child)
            else:
                node.remove(child)
