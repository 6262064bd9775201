"""Pages written for the tests in the structure of real sites."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from monitor.domain.article import Article, FeedItem, Page
from monitor.domain.source import ArticleSelectors, Source
from monitor.domain.stance import Tier
from monitor.extract import extract_article

NOW = datetime(2023, 3, 14, 9, 30, tzinfo=UTC)
HTML = Path(__file__).parent / "html"
URL = "https://site.example/news/1"

KREMLIN = (HTML / "kremlin.html").read_text(encoding="utf-8")
KREMLIN_SELECTORS = ArticleSelectors(
    title="h1.entry-title",
    date="time.read__published, .read__meta time",
    lead="div.read__lead",
    body="div.read__internal_content",
    drop=("span.read__tooltip", ".read__bottom"),
)

MINISTRY = (HTML / "mid.html").read_text(encoding="utf-8")
MINISTRY_SELECTORS = ArticleSelectors(
    title=".photo-content__title",
    date=".photo-content__date",
    body="div.text.article-content",
    drop=('a[href^="#"]',),
)

RIA = (HTML / "ria.html").read_text(encoding="utf-8")
RIA_SELECTORS = ArticleSelectors(
    title=".article__title",
    lead=".article__second-title",
    body=".article__body .article__block[data-type=text] .article__text, .article__body .article__quote-text",
    drop=(".article__summary",),
)

TASS = (HTML / "tass.html").read_text(encoding="utf-8")
TASS_SELECTORS = ArticleSelectors(lead=".news-header__lead", body="div.text-block p, div.text-content p")

KOMMERSANT = (HTML / "kommersant.html").read_text(encoding="utf-8")
KOMMERSANT_SELECTORS = ArticleSelectors(
    title="h1.doc_header__name",
    date="time.doc_header__publish_time",
    body=".article_text_wrapper p.doc__text",
)

PLAIN = (HTML / "plain.html").read_text(encoding="utf-8")


def make_source(**changes: Any) -> Source:
    """Return a source with its own choice of selectors."""
    plain: dict[str, Any] = {
        "id": "site",
        "outlet": "Site",
        "kind": "rss",
        "url": "https://site.example/rss",
        "bloc": "russia",
        "tier": Tier.OUTLET,
        "languages": ("ru",),
    }
    return Source(**{**plain, **changes})


def make_item(**changes: Any) -> FeedItem:
    """Return an item of the feed, seen half a day ago."""
    plain: dict[str, Any] = {
        "source_id": "site",
        "key": "k1",
        "url": URL,
        "title": "Заголовок ленты",
        "published_at": NOW - timedelta(hours=12),
    }
    return FeedItem(**{**plain, **changes})


def extract(html: str | bytes, *, selectors: ArticleSelectors | None = None, **given: object) -> Article:
    """Extract an article from a page; `source`, `item`, `headers` and `final_url` may be given."""
    source = given.get("source") or make_source(article=selectors or ArticleSelectors())
    item = given.get("item") or make_item()
    assert isinstance(source, Source)
    assert isinstance(item, FeedItem)
    body = html.encode() if isinstance(html, str) else html
    headers = {"content-type": str(given.get("content_type", "text/html"))}
    page = Page(item.url, str(given.get("final_url", item.url)), 200, headers, body, NOW, "f00d")
    return extract_article(source, item, page, NOW)
