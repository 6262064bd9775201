"""A given document turned into an article, from its bytes alone, so that it can be done again later."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from monitor.domain.article import DOCUMENT, Article, FeedItem, Page
from monitor.domain.source import Source
from monitor.errors import DocumentError, ExtractionError, Trouble
from monitor.ingest.about import About, read_name, settle_date, split_front_matter, with_title
from monitor.ingest.script import Piece, Script, compose
from monitor.ingest.segments import are_segments, read_segments
from monitor.ingest.subtitles import looks_like_subtitles, read_subtitles
from monitor.ingest.transcripts import read_plain, strip_markdown
from monitor.text.charset import decode_bytes
from monitor.text.normalise import clean_text

MOST_CONTROLS = 0.02
SUBTITLES = frozenset({"srt", "vtt", "ass"})
_CONTROLS = frozenset(chr(code) for code in range(32) if chr(code) not in "\t\n\r\f\v\x1a\x1b")


def extract_document(source: Source, item: FeedItem, page: Page, now: datetime) -> Article:
    """Return the article that a given document is; raises ExtractionError that names it and the reason.

    A script (subtitles, segments, a transcript) has each speaker's label on a line of its own and
    keeps the times as positions; any other text stays as it is.
    """
    known = json.loads(page.headers[DOCUMENT])
    name, kind = str(known["name"]), str(known["kind"])
    try:
        text = decode_bytes(page.body, override=source.encoding)
        about, script, scripted = _read(text, kind, About.from_data(known["about"]), source, now)
    except DocumentError as error:
        raise ExtractionError(name, str(error), trouble=Trouble.MALFORMED) from error
    if not any(map(str.isalpha, script.text)):
        raise ExtractionError(name, "no words were found in it")
    named = read_name(PurePosixPath(name).stem, source.timezone)
    about = about if kind == "entry" else about.over(named)
    published_at, note = settle_date(about, datetime.fromisoformat(known["changed"]), now)
    return Article(
        source_id=source.id,
        key=item.key,
        url=about.url or item.url,
        title=about.title,
        text=script.text,
        published_at=published_at,
        first_seen_at=now,
        page_sha256=page.sha256,
        date_note=f"{note}; title from {about.title_from}" if about.title_from else note,
        extractor=f"{'script' if scripted else 'text'} {kind}",
        positions=script.positions,
    )


def _read(text: str, kind: str, about: About, source: Source, now: datetime) -> tuple[About, Script, bool]:
    """Return what is known of a document, its text, and whether it is a script."""
    head = text[:100_000]
    if sum(map(_CONTROLS.__contains__, head)) > MOST_CONTROLS * len(head):
        raise DocumentError("it is no text but something else under that name")
    if kind in ("json", "jsonl", "entry"):
        data = _load_lines(text) if kind == "jsonl" else _load(text)
        found = data.get("segments", data) if isinstance(data, dict) else data
        if are_segments(found):
            return about, _compose(read_segments(found), about), True
        if not isinstance(data, dict) or not isinstance(data.get("text"), str):
            raise DocumentError("it needs a `text`, or `segments` with `start`, `end` and `text` each")
        return about, *_read_prose(data["text"], about)
    if kind in SUBTITLES or looks_like_subtitles(text):
        return about, _compose(read_subtitles(text, kind), about), True
    front, text = split_front_matter(text.replace("\r\n", "\n"), source.timezone, now)
    about = about.over(front)
    if kind == "md":
        title, text = strip_markdown(text)
        about = with_title(about, title, "its heading")
    return about, *_read_prose(text, about)


def _read_prose(text: str, about: About) -> tuple[Script, bool]:
    """Read a transcript as a script; so is a text of which it is told who says it."""
    pieces = read_plain(text)
    if pieces is None and not about.speaker:
        return Script(clean_text(text)), False
    if pieces is None:
        paragraphs = clean_text(text).split("\n\n")
        pieces = [Piece(" ".join(lines.split()), new_paragraph=True) for lines in paragraphs]
    return _compose(pieces, about), True


def _compose(pieces: list[Piece], about: About) -> Script:
    return compose(pieces, about.speaker, about.speakers)


def _load(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"it is no JSON: {str(error)[:120]}") from error


def _load_lines(text: str) -> list[Any]:
    return [_load(line) for line in text.split("\n") if line.strip()]
