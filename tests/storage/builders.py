"""Small builders of what goes into the store: name what matters, take the rest as given."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from monitor.domain.alerts import Alert, Decision, alert_key
from monitor.domain.article import Article, FeedItem, Page, SavedArticle
from monitor.domain.delivery import DeliveryKind, NewDelivery
from monitor.domain.statement import Assessment, Finding
from storage import Store
from tests.builders import NOON, make_assessment


def make_item(key: str = "1", source_id: str = "agency", **changes: object) -> FeedItem:
    """Return an item of a source's feed."""
    values: dict[str, object] = {
        "source_id": source_id,
        "key": key,
        "url": f"https://example.org/{source_id}/{key}",
        "title": f"Title {key}",
        "published_at": NOON,
        "summary": "Lead.",
        "html": None,
    }
    return FeedItem(**{**values, **changes})


def make_page(body: bytes = b"<p>Text.</p>", **changes: object) -> Page:
    """Return a page with the right hash."""
    values: dict[str, object] = {
        "url": "https://example.org/1",
        "final_url": "https://example.org/1",
        "status": 200,
        "headers": {"content-type": "text/html; charset=utf-8"},
        "body": body,
        "fetched_at": NOON,
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    return Page(**{**values, **changes})


def make_article(item: FeedItem, text: str = "Text.", seen: datetime = NOON, **changes: object) -> Article:
    """Return the article of an item."""
    values: dict[str, object] = {
        "source_id": item.source_id,
        "key": item.key,
        "url": item.url,
        "title": item.title,
        "text": text,
        "published_at": item.published_at,
        "first_seen_at": seen,
        "page_sha256": make_page(text.encode("utf-8", "replace")).sha256,
        "extractor": "generic-1",
    }
    return Article(**{**values, **changes})


def collect(
    store: Store,
    key: str = "1",
    text: str = "Text.",
    *,
    source_id: str = "agency",
    outlet: str = "Agency",
    seen: datetime = NOON,
    **changes: object,
) -> SavedArticle:
    """Save an article and return it as it waits to be understood."""
    item = make_item(key, source_id)
    article = make_article(item, text, seen, **changes)
    store.articles.save(item, article, make_page(text.encode("utf-8", "replace")), outlet)
    return next(
        s for s in store.findings.unassessed(1000) if (s.article.source_id, s.article.key) == (source_id, key)
    )


def assess(
    store: Store,
    saved: SavedArticle,
    *assessments: Assessment,
    story_id: int | None = None,
    bands: Sequence[str] = (),
    now: datetime = NOON,
) -> int:
    """Save what was judged of an article and return its story."""
    return store.findings.save(saved, "ru", story_id, bands, assessments, now)


def find_one(
    store: Store, key: str = "1", assessment: Assessment | None = None, **changes: object
) -> Finding:
    """Collect and assess an article with one statement and return its finding."""
    saved = collect(store, key, f"Text {key}.", **changes)
    assess(store, saved, assessment or make_assessment())
    return next(f for f in store.findings.for_url(saved.article.url))


def make_alert(finding: Finding, created_at: datetime = NOON) -> Alert:
    """Return the alert of a finding."""
    return Alert(alert_key(finding), "rule-1", finding, created_at)


def to_chat(subject: str, recipient: str = "100", kind: DeliveryKind = DeliveryKind.ALERT) -> NewDelivery:
    """Return a message to a chat."""
    return NewDelivery(kind, subject, "telegram", recipient)


def raise_alert(store: Store, finding: Finding, *recipients: str, now: datetime = NOON) -> Alert:
    """Save an alert with a delivery to each recipient."""
    alert = make_alert(finding, now)
    store.alerts.save_decision(Decision((alert,), ()), [to_chat(alert.key, r) for r in recipients], now)
    return alert
