"""Proving a statement by the archived bytes that it was read from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.domain.archive import Evidence
from monitor.domain.article import Article
from monitor.domain.source import Source
from monitor.domain.statement import HEADLINE, Statement
from monitor.errors import ExtractionError, MonitorError
from monitor.pipeline.ports import Archive, Extractor

CHARSETS = ("utf-8", "cp1251", "koi8-r", "utf-16-le")
SHORTEST_FOUND = 16
"""Fewer characters than these may stand anywhere by chance."""


class Verdict(StrEnum):
    """What reading a statement's archived page again showed."""

    CONFIRMED = "confirmed"
    """The statement stands where it stood."""
    MOVED = "moved"
    """It is there, but today's configuration finds it in another place of the text."""
    NOT_FOUND = "not found"
    """Today's configuration reads the page without it; its stored text still holds it."""
    UNREADABLE = "unreadable"
    """Today's configuration makes no article of the page."""
    ALTERED = "altered"
    """The bytes are not those that were archived."""
    PRUNED = "pruned"


@dataclass(frozen=True, slots=True)
class Proof:
    """Where a statement stands in the page that it was read from.

    `start` and `end` are offsets in the text that today's configuration makes of the archived
    bytes, −1 for the headline; `byte` is where its first words begin in the bytes themselves, None
    where markup or spelling part them.
    """

    evidence: Evidence
    verdict: Verdict
    start: int | None = None
    end: int | None = None
    byte: int | None = None
    reason: str = ""


def prove_statement(
    archive: Archive, sources: Mapping[str, Source], extract: Extractor, finding_id: int, now: datetime
) -> Proof | None:
    """Read the archived bytes behind a finding again and look for its statement; None for no such finding."""
    evidence = archive.evidence(finding_id)
    if evidence is None:
        return None
    capture, statement = evidence.capture, evidence.finding.assessment.statement
    if capture.pruned_at is not None:
        return Proof(evidence, Verdict.PRUNED, reason="a rule of retention took the bytes")
    found = hashlib.sha256(capture.page.body).hexdigest()
    if found != capture.page.sha256:
        return Proof(evidence, Verdict.ALTERED, reason=f"the bytes have the hash {found}")
    byte = _find_in_bytes(capture.page.body, statement.text)
    source = sources.get(capture.source_id)
    try:
        if source is None:
            raise ExtractionError(capture.page.url, f"{capture.source_id} is no longer in the configuration")
        article = extract(source, evidence.item, capture.page, now)
    except MonitorError as error:
        return Proof(evidence, Verdict.UNREADABLE, byte=byte, reason=str(error))
    verdict, start, end = _find_in_article(statement, article)
    return Proof(evidence, verdict, start, end, byte)


def _find_in_article(statement: Statement, article: Article) -> tuple[Verdict, int | None, int | None]:
    """Return whether and where the statement stands in the article as it is read today."""
    if statement.is_headline:
        same = article.title == statement.text
        return (Verdict.CONFIRMED, HEADLINE, HEADLINE) if same else (Verdict.NOT_FOUND, None, None)
    if article.text[statement.start : statement.end] == statement.text:
        return Verdict.CONFIRMED, statement.start, statement.end
    start = article.text.find(statement.text)
    if start < 0:
        return Verdict.NOT_FOUND, None, None
    return Verdict.MOVED, start, start + len(statement.text)


def _find_in_bytes(body: bytes, text: str) -> int | None:
    """Return where the text, or as many of its first words as stand there together, begins."""
    size, shortest = len(text), min(SHORTEST_FOUND, len(text))
    while size:
        for charset in CHARSETS:
            place = body.find(text[:size].encode(charset, "replace"))
            if place >= 0:
                return place
        if size == shortest:
            break
        size = max(size * 3 // 4, shortest)
    return None
