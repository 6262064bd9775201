"""Plain text and Markdown: transcripts with labels and times, or simply a text."""

from __future__ import annotations

import re

from monitor.ingest.script import Piece
from monitor.ingest.turns import Line, count_labelled, read_turns
from monitor.text.normalise import clean_text

LEAST_LABELLED, LEAST_SHARE = 2, 0.15
LEAST_TIMED = 2
_CLOCK = r"(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,2}):(?P<s>[0-5]\d)(?:[.,]\d{1,3})?"
_AT_START = re.compile(rf"\s*(?P<open>[\[(<])?\s?{_CLOCK}\s?(?(open)[\])>])(?=\s|$|[-–—|:])\s*[-–—|:]?\s*")
_AFTER_NAME = re.compile(rf"(?P<name>[A-ZА-ЯЁ][^\d:\n\[(]{{1,60}}?)\s*[\[(]?\s?{_CLOCK}\s?[\])]?\s*:?\s*$")
_NAME_THEN_TIME = re.compile(
    rf"(?P<name>[A-ZА-ЯЁ][^\d:\n\[(]{{1,60}}?)\s*[\[(]\s?{_CLOCK}\s?[\])]\s*:\s+(?P<rest>\S.*)"
)
_INSIDE = re.compile(rf"[\[(]\s?{_CLOCK}\s?[\])]")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*$")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,2000}\)")
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=\S)([^*_\n]{1,500})\1(?!\w)")
_QUOTED = re.compile(r"^\s{0,3}>\s?(?!>)")


def read_plain(text: str) -> list[Piece] | None:
    """Return the turns of a transcript; None for a text that is no transcript.

    A transcript has times, or labels or dashes of speakers at the starts of its lines. Times
    become positions and are no text.
    """
    lines = [" ".join(line.split()) for line in clean_text(text).split("\n")]
    written = [line for line in lines if line]
    timed = sum(_time_at_start(line) is not None or _AFTER_NAME.match(line) is not None for line in written)
    bare = [_without_time(line) for line in written]
    labelled = count_labelled(bare)
    exchanged = sum(line.startswith(("—", "–")) for line in bare)
    if not (
        timed >= LEAST_TIMED
        or (labelled >= LEAST_LABELLED and labelled >= LEAST_SHARE * len(written))
        or (exchanged >= LEAST_LABELLED and exchanged * 2 >= len(written))
    ):
        return None
    return read_turns(_read_lines(lines, timed >= LEAST_TIMED), notes=False)


def strip_markdown(text: str) -> tuple[str, str]:
    """Return (title, text) of Markdown: the first heading, and the words without the signs."""
    title = ""
    lines: list[str] = []
    for line in text.split("\n"):
        heading = _HEADING.match(line[:400])
        if heading and not title and not any(map(str.strip, lines)):
            title = _plain_line(heading[1])
            continue
        lines.append(_plain_line(heading[1] if heading else _QUOTED.sub("", line)))
    return title, "\n".join(lines)


def _plain_line(line: str) -> str:
    return _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", line))).replace("\\", "")


def _read_lines(lines: list[str], timed: bool) -> list[Line]:
    read: list[Line] = []
    at: float | None = None
    blank = False
    for line in lines:
        if not line:
            blank = True
            continue
        speaker, text = None, line
        if timed and (named := _AFTER_NAME.match(line)):
            at, speaker, text = _seconds(named), named["name"].strip(" -–—,"), ""
        elif timed and (named := _NAME_THEN_TIME.match(line)):
            at, speaker, text = _seconds(named), named["name"].strip(" -–—,"), named["rest"]
        elif timed and (found := _time_at_start(line)):
            at, text = _seconds(found), line[found.end() :]
        read += _part_at_times(Line(text, at, None, speaker, blank))
        at = read[-1].start
        blank = False
    return read


def _part_at_times(line: Line) -> list[Line]:
    """Part a line at the times in brackets that stand inside it."""
    parted: list[Line] = []
    start, position = line.start, 0
    for found in _INSIDE.finditer(line.text):
        parted.append(Line(line.text[position : found.start()].strip(), start))
        start, position = _seconds(found), found.end()
    parted.append(Line(line.text[position:].strip(), start))
    first = Line(parted[0].text, line.start, None, line.speaker, line.new_paragraph)
    return [first, *parted[1:]]


def _time_at_start(line: str) -> re.Match[str] | None:
    return _AT_START.match(line)


def _without_time(line: str) -> str:
    found = _time_at_start(line)
    return line[found.end() :] if found else line


def _seconds(found: re.Match[str]) -> float:
    return int(found["h"] or 0) * 3600 + int(found["m"]) * 60 + int(found["s"])
