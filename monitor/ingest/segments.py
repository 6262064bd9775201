"""What speech recognition gives: segments with times and, where it told voices apart, speakers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, TypeGuard

from monitor.errors import DocumentError
from monitor.ingest.labels import drop_sounds
from monitor.ingest.rolling import Cue, merge_repeats
from monitor.ingest.script import Piece
from monitor.text.normalise import clean_text


def are_segments(data: object) -> TypeGuard[list[Any]]:
    """Whether these are segments: objects with `text` and `start`, and no `id` of a document's kind."""
    if not isinstance(data, list) or not data or not isinstance(data[0], dict):
        return False
    return "text" in data[0] and "start" in data[0]


def read_segments(data: Sequence[Any]) -> list[Piece]:
    """Return what the segments say; raises DocumentError that names the segment."""
    cues = [_read(number, segment) for number, segment in enumerate(data)]
    named = any(cue.speaker for cue in cues)
    # Among named voices, words that were given to none are somebody's whom we do not know.
    return [
        Piece(text, cue.start, cue.end, (cue.speaker or "") if named else None)
        for cue in merge_repeats(sorted(cues, key=lambda cue: cue.start))
        if (text := drop_sounds(" ".join(cue.lines), notes=True))
    ]


def _read(number: int, segment: object) -> Cue:
    if not isinstance(segment, dict):
        raise DocumentError(f"segment {number} must be an object with `start`, `end` and `text`")
    text, speaker = segment.get("text"), segment.get("speaker") or ""
    start = segment.get("start")
    end = segment.get("end", start)
    if not isinstance(text, str) or not isinstance(speaker, str):
        raise DocumentError(f"segment {number}: `text` and `speaker` must be text")
    if not all(isinstance(time, int | float) and math.isfinite(time) and time >= 0 for time in (start, end)):
        raise DocumentError(f"segment {number}: `start` and `end` must be seconds")
    line = " ".join(clean_text(text).split())
    return Cue(float(start or 0), float(end or 0), (line,), " ".join(clean_text(speaker).split()))
