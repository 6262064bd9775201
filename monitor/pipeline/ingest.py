"""Taking documents that an operator gives: extract, save, and say what was made of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.domain.actors import Speaker
from monitor.domain.article import Article, SaveOutcome
from monitor.domain.source import Source
from monitor.domain.stance import Tier
from monitor.errors import MonitorError
from monitor.pipeline.assess import make_document
from monitor.pipeline.ports import Articles, Extractor, GivenDocument, RefusedDocument
from monitor.pipeline.reading import Reader, choose_language
from monitor.text.language import READABLE

OUTLET, UNKNOWN = "the outlet itself", "unknown"
ATTEMPTS = 1
"""A file does not change by being tried again: given anew, it is looked at anew."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was made of one document; `outcome` is None where nothing was to be saved.

    `speakers` are (name, statements), the one who says most first; `turns` counts how often
    another one speaks. Both are empty for a language that is not read.
    """

    name: str
    source_id: str
    outcome: SaveOutcome | None
    article: Article
    lang: str | None
    turns: int = 0
    statements: int = 0
    speakers: tuple[tuple[str, int], ...] = ()
    told: str = ""
    """The language that the document was told to be in."""

    @property
    def readable(self) -> bool:
        """Whether the classifier knows the language."""
        return self.lang in READABLE


def ingest_documents(
    documents: Iterable[GivenDocument | RefusedDocument],
    sources: Mapping[str, Source],
    extract: Extractor,
    articles: Articles | None,
    reader: Reader,
    now: Callable[[], datetime],
) -> Iterator[Taken | RefusedDocument]:
    """Take each document and yield what was made of it, or why it was set aside.

    The same document again is the same article, a changed one its next revision. Without
    `articles` nothing is saved.
    """
    for document in documents:
        if isinstance(document, RefusedDocument):
            yield document
            continue
        try:
            yield _take(document, sources[document.item.source_id], extract, articles, reader, now())
        except Exception as error:  # noqa: BLE001 - the per-item boundary: one document never stops the rest
            reason = str(error) if isinstance(error, MonitorError) else f"{type(error).__name__}: {error}"
            if articles is not None:
                articles.record_failure(document.item, reason, now(), ATTEMPTS)
            yield RefusedDocument(document.name, reason)


def _take(
    given: GivenDocument,
    source: Source,
    extract: Extractor,
    articles: Articles | None,
    reader: Reader,
    now: datetime,
) -> Taken:
    article = extract(source, given.item, given.page, now)
    outcome = None if articles is None else articles.save(given.item, article, given.page, source.outlet)
    document = make_document(article, source)
    lang = choose_language(document)
    if lang is None or lang not in READABLE:
        return Taken(given.name, source.id, outcome, article, lang, told=given.language)
    statements = reader.split(document, lang)
    speakers = reader.attribute(document, statements, lang)
    said = [s for s in statements if not s.is_headline and not document.is_label(s)]
    names = [speakers[s.index].name or _describe(speakers[s.index]) for s in said]
    turns = sum(i == 0 or name != names[i - 1] for i, name in enumerate(names))
    counted = tuple(Counter(names).most_common())
    return Taken(given.name, source.id, outcome, article, lang, turns, len(said), counted, given.language)


def _describe(speaker: Speaker) -> str:
    """Tell apart the outlet's own voice and somebody whom the text does not name."""
    if speaker.tier is Tier.OUTLET:
        return OUTLET
    _, label, text = speaker.reason.partition("transcript-label:")
    return f"{UNKNOWN} ({text})" if label else UNKNOWN
