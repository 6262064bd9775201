"""Small ways to read a text as a given document."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from monitor.domain.article import DOCUMENT, Article, FeedItem, Page
from monitor.domain.source import Source
from monitor.domain.stance import Tier
from monitor.ingest.about import About, describe
from monitor.ingest.extract import extract_document

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
CHANGED = datetime(2026, 11, 21, 8, tzinfo=UTC)
TALK = Source("talk", "Talk", "folder", "folder:talk", "russia", Tier.COMMENTATOR, ("ru",))


def extract(name: str, content: str | bytes, about: About | None = None, kind: str = "") -> Article:
    """Return the article that a file of this name and content is."""
    body = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    kind = kind or name.rpartition(".")[2]
    header = describe(about or About(), name=name, kind=kind, changed=CHANGED.isoformat())
    digest = hashlib.sha256(body).hexdigest()
    page = Page("folder:x", "folder:x", 200, {DOCUMENT: header}, body, NOW, digest)
    return extract_document(TALK, FeedItem("talk", name, "folder:x", "", NOW), page, NOW)


def said_at(article: Article) -> dict[str, int]:
    """Return each position's next words with its second."""
    return {article.text[o : o + 24].split("\n")[0]: second for o, second in article.positions}
