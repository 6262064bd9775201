"""Understanding what was collected: language, story, assessments, each article in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from monitor.domain.article import Article, SavedArticle
from monitor.domain.source import Source
from monitor.errors import StoreUnavailableError
from monitor.pipeline.ports import Findings
from monitor.pipeline.reading import Document, Reader
from monitor.text.duplicates import bands, is_same_story, signature

log = structlog.get_logger(__name__)
MAX_ATTEMPTS = 2
FORWARDED = "forward"
"""How the extractor of a channel's post names one that the channel only passed on."""
SCRIPT = "script"
"""How the extractor of a transcript names a text with speakers' labels on lines of their own."""


@dataclass(frozen=True, slots=True)
class AssessReport:
    """What one round of understanding did."""

    articles: int = 0
    assessments: int = 0
    unread: int = 0
    failed: int = 0


def assess_articles(
    findings: Findings, reader: Reader, sources: Sequence[Source], now: datetime, limit: int = 50
) -> AssessReport:
    """Understand up to `limit` waiting articles; one that fails is tried once more, then set aside."""
    by_id = {source.id: source for source in sources}
    articles = assessments = unread = failed = 0
    for saved in findings.unassessed(limit):
        try:
            count, readable = _assess_one(findings, reader, by_id.get(saved.article.source_id), saved, now)
        except StoreUnavailableError:
            raise  # no fault of the article's, so it counts no try
        except Exception as error:  # noqa: BLE001 - the per-item boundary: one article never stops the rest
            aside = findings.record_failure(saved, f"{type(error).__name__}: {error}", now, MAX_ATTEMPTS)
            log.warning("article not understood", url=saved.article.url, error=str(error), set_aside=aside)
            failed += 1
            continue
        articles += 1
        assessments += count
        unread += not readable
    return AssessReport(articles, assessments, unread, failed)


def make_document(article: Article, source: Source | None) -> Document:
    """Return an article as it is read: whom its source signs, and whether it is a script."""
    return Document(
        text=article.text,
        title=article.title,
        source=source,
        published_at=article.published_at,
        signed=not article.extractor.endswith(FORWARDED),
        scripted=article.extractor.startswith(SCRIPT),
    )


def _assess_one(
    findings: Findings, reader: Reader, source: Source | None, saved: SavedArticle, now: datetime
) -> tuple[int, bool]:
    article = saved.article
    reading = reader.read(make_document(article, source))
    keys = bands(signature(article.text))
    story_id = next(
        (
            story
            for story, text in findings.story_candidates(keys, saved.id)
            if is_same_story(article.text, text)
        ),
        None,
    )
    findings.save(saved, reading.lang, story_id, keys, reading.assessments, now, readable=reading.readable)
    return len(reading.assessments), reading.readable
