"""How much of a page is its article: the base of alarms about layouts."""

from __future__ import annotations

from monitor.domain.source import ArticleSelectors
from tests.extract.pages import extract, make_item

WORDS = "Достаточно длинное предложение, чтобы страница сошла за статью."
MENU = "Политика Экономика Культура"
SELECTORS = ArticleSelectors(body=".text", drop=(".menu",))


def test_page_length_counts_all_that_a_reader_sees() -> None:
    """Furniture counts, also where it is dropped; scripts, styles, comments and the head do not."""
    page = f"""<html><head><title>Т</title><style>p {{}}</style></head><body><div class="menu">{MENU}</div>
        <script>let hidden = "много слов";</script><!-- и здесь -->
        <div class="text"><p>{WORDS}</p></div></body></html>"""
    assert len(f"{MENU} {WORDS}") == extract(page, selectors=SELECTORS).page_length


def test_text_that_came_with_its_item_has_no_page_around_it() -> None:
    """A channel's post is all text; its share of a page would say nothing."""
    item = make_item(html=f"<p>{WORDS}</p>")
    assert 0 == extract(f"<p>{WORDS}</p>", item=item).page_length
