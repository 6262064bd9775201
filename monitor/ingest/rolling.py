"""Captions that repeat what the one before still showed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

NEXT_WITHIN = 0.3
"""Seconds between two captions of which one still shows the other's words."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A caption: when it is shown, its lines, and who speaks where the format tells."""

    start: float
    end: float
    lines: tuple[str, ...]
    speaker: str | None = None


def merge_repeats(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Yield each cue with only the lines, and of a growing line only the words, that are new.

    The same words said again a while later are kept: only a caption that follows at once repeats.
    """
    shown: Cue | None = None
    for cue in cues:
        lines = cue.lines
        if shown is not None and cue.start - shown.end <= NEXT_WITHIN:
            lines = _leave_out_shown(shown.lines, lines)
        if any(lines):
            yield replace(cue, lines=lines)
        shown = cue


def _leave_out_shown(shown: Sequence[str], lines: tuple[str, ...]) -> tuple[str, ...]:
    before = [_words(line) for line in shown]
    now = [_words(line) for line in lines]
    for first in range(len(before)):
        still = before[first:]
        if len(still) > len(now) or still[:-1] != now[: len(still) - 1]:
            continue
        last, line = still[-1], now[len(still) - 1]
        if last and line[: len(last)] == last:
            grown = " ".join(lines[len(still) - 1].split()[len(last) :])
            return (*([grown] if grown else []), *lines[len(still) :])
    return lines


def _words(line: str) -> list[str]:
    return line.casefold().split()
