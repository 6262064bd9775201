"""Pruning a page changes the time that reading it takes, and nothing else."""

from __future__ import annotations

import pytest

from monitor.domain.source import ArticleSelectors
from monitor.extract.article import _visible_length
from monitor.extract.metadata import find_linked_data, page_titles
from monitor.extract.prune import prune_page
from monitor.text.markup import outermost, paragraphs, parse_html
from tests.extract.pages import (
    KOMMERSANT,
    KOMMERSANT_SELECTORS,
    KREMLIN,
    KREMLIN_SELECTORS,
    MINISTRY,
    MINISTRY_SELECTORS,
    RIA,
    RIA_SELECTORS,
    TASS,
    TASS_SELECTORS,
)

PAGES = {
    "kremlin": (KREMLIN, KREMLIN_SELECTORS),
    "ministry": (MINISTRY, MINISTRY_SELECTORS),
    "ria": (RIA, RIA_SELECTORS),
    "tass": (TASS, TASS_SELECTORS),
    "kommersant": (KOMMERSANT, KOMMERSANT_SELECTORS),
}
MENU = "<nav>" + "<a href='/x'>Раздел</a>" * 500 + "</nav><script>var a = '<h1>нет</h1>';</script>"


def read(markup: str, selectors: ArticleSelectors) -> dict[str, object]:
    """Return all that extraction looks at."""
    soup = parse_html(markup)
    titles, linked = page_titles(soup), find_linked_data(soup)
    times = [str(node) for node in soup.select("time[datetime]")]
    for selector in selectors.drop:
        for node in soup.select(selector):
            node.decompose()
    named = {
        name: [paragraphs([node]) for node in outermost(soup.select(selector))]
        for name in ("title", "date", "lead", "body")
        if (selector := getattr(selectors, name))
    }
    return {"titles": titles, "linked": linked, "times": times, **named}


@pytest.mark.parametrize("name", PAGES)
def test_everything_that_is_looked_at_is_as_on_the_whole_page(name: str) -> None:
    """Texts, titles, dates and structured data, whatever stands around them."""
    page, selectors = PAGES[name]
    page = page.replace("<body>", f"<body>{MENU}", 1)
    pruned = prune_page(page, selectors)
    assert pruned is not None
    assert read(page, selectors) == read(pruned.markup, selectors)
    assert "Раздел" not in pruned.markup
    assert _visible_length(parse_html(page)) == pruned.page_length


def test_length_is_that_of_what_a_reader_saw_of_the_whole_page() -> None:
    """It tells later how much of a page was text: scripts and spaces do not count."""
    page = "<body><nav>  Меню </nav><script>много()</script><p class='t'>Текст <b>новости</b></p></body>"
    pruned = prune_page(page, ArticleSelectors(body=".t"))
    assert pruned is not None
    assert len("Меню Текст новости") == pruned.page_length


@pytest.mark.parametrize(
    "body",
    ["", ".no-such-class", "h1 + p", "p:first-of-type", "p ~ div", "div:has(p)", "div[", "p:nth-child(2)"],
)
def test_whole_page_is_kept_where_pruning_could_change_what_is_found(body: str) -> None:
    """No selector, a dead one, a wrong one, and those that compare neighbours."""
    assert prune_page("<h1>Т</h1><p>Текст</p>", ArticleSelectors(body=body)) is None


@pytest.mark.parametrize(
    "page",
    ["", "   ", "\x00", "<p class='t'>" * 300_000, "<div>" * 200_000 + "<p class='t'>Текст</p>", "<![CDATA["],
)
def test_hostile_markup_is_survived(page: str) -> None:
    """Floods are tamed before the tree is built."""
    pruned = prune_page(page, ArticleSelectors(body=".t"))
    assert pruned is None or len(pruned.markup) <= len(page) + 1_000
