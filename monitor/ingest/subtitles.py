"""Subtitles: SubRip, WebVTT and SubStation Alpha."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pysubs2
from pysubs2.exceptions import Pysubs2Error

from monitor.errors import DocumentError
from monitor.ingest.rolling import Cue, merge_repeats
from monitor.ingest.script import Piece
from monitor.ingest.turns import Line, read_turns
from monitor.text.normalise import clean_text

_CUE_TIME = re.compile(r"\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*\d")
_HEADER = re.compile(r"\s*WEBVTT\b")
_BLANKS = re.compile(r"\n(?:[ \t]*\n){2,}")
_INNER_TAG = re.compile(r"</?c(?:\.[^<>\s]{0,80})?>|<[\d:.]{5,15}>")
_VOICE = re.compile(r"<v(?:\.[^<>\s]{0,80})?\s+([^<>\n]{1,120})>")
_TAG = re.compile(r"<[^<>]{0,200}>")
_OVERRIDE = re.compile(r"\{[^{}]{0,2000}\}")
_DRAWING = re.compile(r"\{[^{}]{0,2000}\\p[1-9]")
_BREAK = re.compile(r"\\[Nn]|\n")
_DIALOGUE = re.compile(
    r"Dialogue:\s*\d{1,6}\s*,\s*\d{1,3}:\d\d:\d\d[.:]\d{1,3}\s*,\s*\d{1,3}:\d\d:\d\d[.:]\d{1,3}\s*,"
    r"[^,\n]{0,200},[^,\n]{0,200},\s*\d{1,6}\s*,\s*\d{1,6}\s*,\s*\d{1,6}\s*,"
)


def looks_like_subtitles(text: str) -> bool:
    """Whether a text has the time lines of subtitles, whatever its file is called."""
    return _HEADER.match(text) is not None or len(_CUE_TIME.findall(text[:20_000])) >= 2


def read_subtitles(text: str, kind: str) -> list[Piece]:
    """Return what is said in subtitles of a kind (srt, vtt or ass); raises DocumentError."""
    if kind != "ass":
        kind = "vtt" if _HEADER.match(text) else "srt"
    try:
        cues = sorted(_read_cues(text, kind), key=lambda cue: cue.start)
    except (Pysubs2Error, ValueError, OverflowError) as error:
        raise DocumentError(f"these are no {kind.upper()} subtitles that can be read: {error}") from error
    if not cues:
        raise DocumentError(f"no {kind.upper()} caption with its times was found")
    lines = [
        Line(line, cue.start, cue.end, cue.speaker if first else None)
        for cue in merge_repeats(cues)
        for first, line in ((i == 0, line) for i, line in enumerate(cue.lines))
    ]
    return read_turns(_with_voices(lines), notes=True)


def _read_cues(text: str, kind: str) -> Iterator[Cue]:
    # The library's patterns take quadratic time over runs of blank lines, and it takes a line with
    # two times inside (a caption that shows word by word) for the head of a cue.
    prepared = _BLANKS.sub("\n\n", text)
    lines = prepared.split("\n")
    if kind == "ass":
        lines = [line.strip() for line in lines if _DIALOGUE.match(line.strip())]
    else:
        lines = [line if "-->" in line else _INNER_TAG.sub("", line) for line in lines]
    file = pysubs2.SSAFile.from_string("\n".join(lines), format_=kind, keep_html_tags=True)
    for event in file:
        if event.is_comment or _DRAWING.search(event.text):
            continue
        shown = event.text
        if kind == "vtt":
            # A cue ends at a blank line; what comes before the next time is its name or a note.
            shown = shown.split("\\N\\N", 1)[0]
        shown = _OVERRIDE.sub("", shown.replace("\\h", " "))
        written = [line for raw in _BREAK.split(shown) if (line := _clean(raw))]
        yield Cue(event.start / 1000, event.end / 1000, tuple(written), _clean(event.name) or None)


def _clean(raw: str) -> str:
    """Return a line without markup but with the tags that name voices."""
    voiced = _VOICE.sub("\x00\\1\x00", raw)
    plain = html.unescape(_TAG.sub("", voiced))
    return "\x00".join(" ".join(clean_text(part).split()) for part in plain.split("\x00"))


def _with_voices(lines: list[Line]) -> list[Line]:
    """Part lines where a voice tag says that somebody else speaks."""
    parted: list[Line] = []
    for line in lines:
        before, *voices = line.text.split("\x00")
        if before or not voices:
            parted.append(Line(before, line.start, line.end, line.speaker))
        for name, words in zip(voices[::2], voices[1::2], strict=False):
            parted.append(Line(words, line.start, line.end, name))
    return parted
