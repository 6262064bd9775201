"""The batch contract: documents in as JSON lines, one line out per (statement, target)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from monitor.domain.source import Source
from monitor.domain.statement import Assessment
from monitor.errors import DocumentError, MonitorError
from monitor.pipeline.reading import Document, GivenMention, Reader, Reading
from monitor.text.language import READABLE

WINDOW = 64
"""Documents in flight per worker thread: enough to keep them busy, little enough for a stream."""


@dataclass(frozen=True, slots=True)
class BatchLine:
    """What one input line gave: its output lines, and whether it failed."""

    lines: tuple[str, ...]
    failed: bool


def analyze_lines(
    lines: Iterable[str], reader: Reader, sources: Mapping[str, Source], workers: int = 1
) -> Iterator[BatchLine]:
    """Judge each JSON line; the result comes in the order of the input.

    A line that cannot be judged gives one line with its `id` and the `error`; the others are
    unaffected. The same document gives the same lines whatever stands beside it and however many
    workers run.
    """

    def work(numbered: tuple[int, str]) -> BatchLine:
        return _analyze_line(numbered[0], numbered[1], reader, sources)

    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    if workers <= 1:
        yield from map(work, numbered)
        return
    with ThreadPoolExecutor(workers, thread_name_prefix="analyze") as pool:
        waiting: list[Future[BatchLine]] = []
        while batch := list(islice(numbered, WINDOW * workers)):
            following = [pool.submit(work, item) for item in batch]
            yield from (future.result() for future in waiting)
            waiting = following
        yield from (future.result() for future in waiting)


def _analyze_line(number: int, line: str, reader: Reader, sources: Mapping[str, Source]) -> BatchLine:
    identity: object = None
    try:
        data = _parse(number, line)
        identity = data.get("id")
        reading = read_document(reader, make_document(data, sources))
    except MonitorError as error:
        return BatchLine((_dump({"id": identity, "error": str(error)}),), failed=True)
    except Exception as error:  # noqa: BLE001 - the per-item boundary: one document never stops the rest
        return BatchLine((_dump({"id": identity, "error": f"{type(error).__name__}: {error}"}),), failed=True)
    return BatchLine(tuple(_dump(row) for row in output_rows(identity, reading)), failed=False)


def read_document(reader: Reader, document: Document) -> Reading:
    """Read a document, or say that its language is none that the model knows."""
    reading = reader.read(document)
    # A text without a single letter (an empty post, a row of emoji) says nothing: no line, no error.
    says_something = any(map(str.isalpha, document.title + document.text))
    if says_something and not reading.readable:
        known = ", ".join(sorted(READABLE))
        raise DocumentError(f"language {reading.lang or 'unknown'} is not read by the model ({known})")
    return reading


def _parse(number: int, line: str) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise DocumentError(f"line {number} is no JSON: {error}") from error
    except RecursionError as error:
        raise DocumentError(f"line {number} is nested too deeply") from error
    if not isinstance(data, dict):
        raise DocumentError(f"line {number} must be a JSON object with `id` and `text`")
    return data


def make_document(data: Mapping[str, Any], sources: Mapping[str, Source]) -> Document:
    """Check the fields of a document; raises DocumentError that names the field."""
    if "id" not in data:
        raise DocumentError("`id` is missing")
    text = _string(data, "text", required=True)
    title = _string(data, "title")
    source_id = _string(data, "source")
    if source_id and source_id not in sources:
        raise DocumentError(f"`source` {source_id!r} is not in the configuration")
    mentions = data.get("mentions")
    return Document(
        text=text,
        title="" if mentions is not None else title,
        lang=_string(data, "lang") or None,
        source=sources.get(source_id),
        published_at=_moment(_string(data, "published_at")),
        given=None if mentions is None else _given(mentions, len(text)),
    )


def _string(data: Mapping[str, Any], key: str, *, required: bool = False) -> str:
    value = data.get(key)
    if value is None and not required:
        return ""
    if not isinstance(value, str):
        raise DocumentError(f"`{key}` must be text, got {type(value).__name__}")
    return value


def _moment(written: str) -> datetime | None:
    if not written:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise DocumentError(f"`published_at` {written!r} is no ISO 8601 date") from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _given(mentions: object, length: int) -> tuple[GivenMention, ...]:
    if not isinstance(mentions, list):
        raise DocumentError("`mentions` must be a list")
    given = []
    for index, mention in enumerate(mentions):
        try:
            start, end, target = mention["start"], mention["end"], mention["target"]
        except (TypeError, KeyError) as error:
            raise DocumentError(f"`mentions[{index}]` needs start, end and target") from error
        whole = isinstance(start, int) and isinstance(end, int) and isinstance(target, str)
        if not whole or not 0 <= start < end <= length:
            raise DocumentError(
                f"`mentions[{index}]` [{start}, {end}) is outside the text of {length} characters"
            )
        given.append(GivenMention(start, end, target))
    return tuple(given)


def output_rows(identity: object, reading: Reading) -> Iterator[dict[str, object]]:
    """Return the contract's rows of one document."""
    for assessment in reading.assessments:
        yield {"id": identity, **assessment_row(assessment)}


def assessment_row(assessment: Assessment) -> dict[str, object]:
    """Return one judgement in the fields of the batch contract."""
    statement, mention = assessment.statement, assessment.mention
    speaker, judgement = assessment.speaker, assessment.judgement
    p = judgement.probabilities
    return {
        "statement": statement.text,
        "start": statement.start,
        "end": statement.end,
        "lang": statement.lang,
        "target": mention.target,
        "mention": mention.surface,
        "stance": str(assessment.stance),
        "uncertain": judgement.uncertain,
        "score": round(p.score, 4),
        "probabilities": {
            "hostile": round(p.hostile, 4),
            "neutral": round(p.neutral, 4),
            "conciliatory": round(p.conciliatory, 4),
        },
        "acts": [str(act) for act in judgement.acts],
        "topics": [str(topic) for topic in assessment.topics],
        "intensity": round(assessment.intensity, 4),
        "severity": assessment.severity,
        "speaker": speaker.name,
        "speaker_tier": str(speaker.tier),
        "speaker_bloc": speaker.bloc,
        "speaker_reason": speaker.reason,
        "model": judgement.model,
    }


def _dump(row: Mapping[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")
