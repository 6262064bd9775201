"""Lines with their times turned into pieces with their speakers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.ingest.labels import choose_labels, drop_sounds, find_opening
from monitor.ingest.script import Piece

_CHANGE = re.compile(r"\s*(?:>{2,3}|&gt;&gt;)\s*")
_DASH = re.compile(r"\s*[-–—‒−]\s*(?=[^\s\d-])")
_ENDED = re.compile(r"[.!?…:]+[»”\")\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a script: its words, its time, and its speaker where the format tells."""

    text: str
    start: float | None = None
    end: float | None = None
    speaker: str | None = None
    new_paragraph: bool = False


def read_turns(lines: Sequence[Line], *, notes: bool) -> list[Piece]:
    """Return the lines' words with who says them; sounds are left out.

    With `notes`, whatever else stands in square brackets is the subtitler's and left out too.
    """
    openings = [found for line in lines if (found := find_opening(_bare(line.text)))]
    return list(_read(lines, choose_labels(openings), notes))


def count_labelled(lines: Iterable[str]) -> int:
    """Return how many lines begin with a speaker's label."""
    openings = [found for line in lines if (found := find_opening(_bare(line)))]
    labels = choose_labels(openings)
    return sum(opening.label in labels for opening in openings)


def _read(lines: Sequence[Line], labels: frozenset[str], notes: bool) -> Iterator[Piece]:
    pending: str | None = None
    """A label that stood alone: it holds for the words that come."""
    ended = True
    for line in lines:
        speaker, text = line.speaker, line.text
        marked = _CHANGE.match(text) or (_DASH.match(text) if ended else None)
        text = text[marked.end() :] if marked else text
        if marked and speaker is None:
            speaker = pending or ""
        opening = find_opening(text)
        if opening is not None and opening.label in labels:
            speaker, text = opening.label, opening.rest
        text = drop_sounds(text, notes=notes)
        if speaker is not None:
            pending = speaker
        if not any(map(str.isalnum, text)):
            continue
        yield Piece(text, line.start, line.end, pending, line.new_paragraph)
        pending = None
        ended = _ENDED.search(text) is not None


def _bare(text: str) -> str:
    """Return a line without the sign that somebody else speaks."""
    sign = _CHANGE.match(text) or _DASH.match(text)
    return text[sign.end() :] if sign else text
