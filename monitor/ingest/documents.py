"""The documents in a file: usually one, in JSON lines one a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from monitor.domain.article import DOCUMENT, FeedItem, Page
from monitor.domain.source import Source
from monitor.errors import DocumentError
from monitor.ingest.about import About, describe, read_about, read_name, read_sidecar, settle_date
from monitor.ingest.files import FoundFile, read_bytes
from monitor.text.charset import decode_bytes

LARGEST_SIDECAR = 100_000
LONGEST_ID = 300
FIELDS = ("title", "url", "published_at", "source", "speaker", "language")
_TYPES = {
    "srt": "application/x-subrip",
    "vtt": "text/vtt",
    "ass": "text/x-ssa",
    "txt": "text/plain",
    "md": "text/markdown",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "entry": "application/json",
    "html": "text/html",
}


@dataclass(frozen=True, slots=True)
class Given:
    """One document: the item that it is, and its bytes where they are part of a file."""

    item: FeedItem
    about: About
    kind: str
    changed_at: datetime
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds, and which of its lines are left out, each with its reason."""

    given: tuple[Given, ...]
    refused: tuple[str, ...] = ()


def list_documents(
    file: FoundFile, source: Source, told: About, now: datetime, limit: int, key: str | None = None
) -> Contents:
    """Return the documents of a file; raises DocumentError where it or its sidecar cannot be read.

    What is `told` counts before the sidecar, that before what the file says itself, and its name
    comes last. `key` is what the file is known by, else its name in its folder.
    """
    known = told.over(_read_sidecar(file, source, now))
    changed = datetime.fromtimestamp(file.changed_at, UTC)
    key = key or file.key
    if file.kind == "jsonl":
        text = _decode(read_bytes(file.path, file.root, limit), source)
        if not _holds_segments(text):
            return _list_lines(file, source, text, known, changed, now, key)
    # The stamp makes the item another when the file is, so that an edit is noticed.
    stamp = ".".join(map(str, file.stamp))
    return Contents((_make(file, source, key, known, changed, now, stamp),))


def read_page(given: Given, file: FoundFile, now: datetime, limit: int) -> Page:
    """Return the document's bytes as the page that is its evidence; raises DocumentError."""
    line = given.line
    body = read_bytes(file.path, file.root, limit) if line is None else line.encode("utf-8", "replace")
    headers = {"content-type": _TYPES[given.kind]}
    if given.kind != "html":
        # A saved page is read as a page is; all others say of themselves what they are.
        changed = given.changed_at.isoformat()
        headers[DOCUMENT] = describe(given.about, name=file.name, kind=given.kind, changed=changed)
    return Page(
        url=given.item.url,
        final_url=given.item.url,
        status=200,
        headers=headers,
        body=body,
        fetched_at=now,
        sha256=hashlib.sha256(body).hexdigest(),
    )


def _make(
    file: FoundFile,
    source: Source,
    key: str,
    known: About,
    changed: datetime,
    now: datetime,
    stamp: str,
    line: str | None = None,
) -> Given:
    kind = file.kind if line is None else "entry"
    named = known.over(read_name(file.path.stem, source.timezone))
    # Of a saved page the title is its own; only a transcript is called what its file is called.
    title = known.title if kind in ("html", "entry") else named.title
    place = f"folder:{key}" if key.startswith("/") else f"{source.url.rstrip('/')}/{key}"
    item = FeedItem(
        source_id=source.id,
        key=key,
        url=known.url or place,
        title=title,
        published_at=settle_date(named, changed, now)[0],
        summary=stamp,
    )
    return Given(item, known, kind, changed, line)


def _list_lines(
    file: FoundFile, source: Source, text: str, known: About, changed: datetime, now: datetime, key: str
) -> Contents:
    given: dict[str, Given] = {}
    refused: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"{file.name}: line {number}"
        try:
            data = _parse(line, place)
            identity = _identify(data, place, given)
            told = {name: data[name] for name in FIELDS if data.get(name) not in (None, "")}
            about = read_about(told, source.timezone, now, place).over(known)
        except DocumentError as error:
            refused.append(str(error))
            continue
        stamp = hashlib.sha256(line.encode("utf-8", "replace")).hexdigest()[:32]
        given[identity] = _make(file, source, f"{key}#{identity}", about, changed, now, stamp, line)
    return Contents(tuple(given.values()), tuple(refused))


def _parse(line: str, place: str) -> Mapping[str, Any]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{place} is no JSON: {str(error)[:120]}") from error
    if not isinstance(data, dict):
        raise DocumentError(f"{place} must be a JSON object with `id` and `text`")
    return data


def _identify(data: Mapping[str, Any], place: str, taken: Collection[str]) -> str:
    identity = data.get("id")
    if isinstance(identity, bool) or not isinstance(identity, str | int) or str(identity).strip() == "":
        raise DocumentError(f"{place}: `id` must be a text or a number")
    if len(str(identity)) > LONGEST_ID:
        raise DocumentError(f"{place}: `id` is longer than {LONGEST_ID} characters")
    if str(identity) in taken:
        raise DocumentError(f"{place}: the id {str(identity)[:60]!r} stands in this file twice")
    return str(identity)


def _holds_segments(text: str) -> bool:
    """Whether JSON lines are segments of one recording: times and words, and no id of a document."""
    first = next(_first_lines(text), "")
    try:
        data = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and "start" in data and "text" in data and "title" not in data


def _first_lines(text: str) -> Iterator[str]:
    return (line for line in text[:1_000_000].split("\n") if line.strip())


def _read_sidecar(file: FoundFile, source: Source, now: datetime) -> About:
    if file.sidecar is None:
        return About()
    text = read_bytes(file.sidecar, file.root, LARGEST_SIDECAR).decode("utf-8", "replace")
    return read_sidecar(text.removeprefix("\ufeff"), file.sidecar.name, source.timezone, now)


def _decode(body: bytes, source: Source) -> str:
    return decode_bytes(body, override=source.encoding)
