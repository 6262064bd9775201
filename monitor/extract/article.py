"""Pages turned into articles."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import NavigableString
from soupsieve import SelectorSyntaxError

from monitor.domain.article import Article, FeedItem, Page
from monitor.domain.source import Source
from monitor.errors import ExtractionError, Trouble
from monitor.extract.dating import find_page_date, settle_date
from monitor.extract.draft import Draft, without_title
from monitor.extract.generic import read_generically
from monitor.extract.metadata import find_linked_data, page_titles
from monitor.extract.prune import PrunedPage, prune_page
from monitor.text.charset import decode_bytes
from monitor.text.markup import one_line, outermost, paragraphs, parse_html

_SHORTEST = 40
_SHORT_PAGE = 800
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "title"})
_NOT_FOUND = re.compile(
    r"^\W*(?:ошибка|error)?\W*404\b|\b404\W+not found|"
    r"страниц\w* (?:не найден|не существует|удален)|материал (?:не найден|удал[её]н)|"
    r"page (?:is |was |could )?not (?:be )?found|page (?:does not|doesn['’]t) exist",
    re.IGNORECASE,
)


def extract_article(source: Source, item: FeedItem, page: Page, now: datetime) -> Article:
    """Return the article that a page holds; raises ExtractionError, with the reason, where none does.

    The configured selectors are asked first, the generic extractor where they find nothing. An
    item that came with its own text is read from that.
    """
    markup = decode_bytes(page.body, page.headers.get("content-type", ""), source.encoding)
    pruned = prune_page(markup, source.article) if item.html is None else None
    soup = BeautifulSoup(pruned.markup, "lxml") if pruned else parse_html(markup)
    try:
        # Before anything is cut out: scripts and heads hold dates.
        linked_data = find_linked_data(soup)
        page_date = None if item.html is not None else find_page_date(soup, source, linked_data, now)
        page_length = 0 if item.html is not None else _measure(soup, pruned)
        _drop(soup, source)
        if item.html is not None:
            draft = _read_entry(source, item, soup)
        elif selected := _read_selected(source, item, soup):
            draft = selected
        else:
            if pruned:
                soup = parse_html(markup)
                _drop(soup, source)
            draft = read_generically(source, item, soup, linked_data)
    except SelectorSyntaxError as error:
        reason = f"source {source.id}: a selector is not valid CSS: {error}"
        raise ExtractionError(page.url, reason, trouble=Trouble.SETUP) from error
    text = draft.text
    _refuse_unfit(source, item, page, soup, text)
    published_at, date_note = settle_date(page_date, item.published_at, now)
    return Article(
        source_id=source.id,
        key=item.key,
        url=item.url,
        title=draft.title,
        text=text,
        published_at=published_at,
        first_seen_at=now,
        page_sha256=page.sha256,
        date_note=date_note,
        extractor=draft.extractor,
        page_length=page_length,
    )


def _drop(soup: BeautifulSoup, source: Source) -> None:
    for selector in source.article.drop:
        for node in soup.select(selector):
            node.decompose()


def _measure(soup: BeautifulSoup, pruned: PrunedPage | None) -> int:
    return pruned.page_length if pruned else _visible_length(soup)


def _visible_length(soup: BeautifulSoup) -> int:
    """Count the characters that a reader of the whole page sees, furniture included, spaces folded."""
    seen = (
        text
        for text in soup.descendants
        if type(text) is NavigableString and text.parent is not None and text.parent.name not in _UNSEEN
    )
    return len(" ".join("".join(seen).split()))


def _read_entry(source: Source, item: FeedItem, soup: BeautifulSoup) -> Draft:
    """Read an item's own text: a post of a channel, or a feed's entry with its summary as the lead."""
    if source.kind == "telegram_channel":
        origin = soup.select_one(".forwarded_from")
        if origin is not None:
            origin.decompose()
        extractor = "telegram forward" if origin is not None else "telegram"
        return Draft(item.title, tuple(paragraphs([soup])), extractor)
    return Draft(item.title, without_title(paragraphs([soup]), item.title), "entry", lead=item.summary)


def _read_selected(source: Source, item: FeedItem, soup: BeautifulSoup) -> Draft | None:
    """Read title, lead and body where the selectors point; None where there is no body."""
    selectors = source.article
    body = paragraphs(outermost(soup.select(selectors.body))) if selectors.body else []
    if not body:
        return None
    title = _selected_line(soup, selectors.title) or item.title or next(iter(page_titles(soup)), "")
    return Draft(title, without_title(body, title), "selectors", lead=_selected_line(soup, selectors.lead))


def _selected_line(soup: BeautifulSoup, selector: str) -> str:
    node = soup.select_one(selector) if selector else None
    return one_line(" ".join(paragraphs([node]))) if node is not None else ""


def _refuse_unfit(source: Source, item: FeedItem, page: Page, soup: BeautifulSoup, text: str) -> None:
    has_text = any(char.isalpha() for char in text)
    if item.html is not None and has_text:
        return
    if item.html is None and len(text) < _SHORT_PAGE and _says_not_found(soup):
        reason = "the page says that it was not found, under HTTP 200"
        raise ExtractionError(page.url, reason, trouble=Trouble.SOFT_404)
    if _leads_home(page.final_url) and not _leads_home(page.url):
        reason = "the page's address now leads to the site's front page"
        raise ExtractionError(page.url, reason, trouble=Trouble.SOFT_404)
    if len(text) >= _SHORTEST and has_text:
        return
    hint, trouble = "", Trouble.NO_TEXT
    if source.article.body and item.html is None:
        hint, trouble = "; check [source.article]", Trouble.LAYOUT
    found = f"only {len(text)} characters of text were found" if has_text else "no text was found on the page"
    raise ExtractionError(page.url, found + hint, trouble=trouble)


def _says_not_found(soup: BeautifulSoup) -> bool:
    return any(_NOT_FOUND.search(title) for title in page_titles(soup))


def _leads_home(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query
