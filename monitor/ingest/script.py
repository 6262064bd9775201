"""What was said, piece by piece with its time, and the text that it makes together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LONG_PARAGRAPH = 900
"""A paragraph as long as this ends with its sentence."""

UNPUNCTUATED = 400
"""A script with fewer full stops than one in so many characters has none worth the name."""

PAUSE = 0.8
LONGEST_WITHOUT_STOP = 300
LONGEST_LABEL = 80
_SENTENCE_END = re.compile(r"[.!?…]+[»”\")\]]*$")
_SENTENCE_ENDS = re.compile(r"[.!?…](?=[»”\")\]]*(?:\s|$))")
_CYRILLIC = re.compile("[А-Яа-яЁё]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words on one line, clean; `start` and `end` are seconds from the beginning, where known.

    `speaker` is None where nobody else begins to speak, and empty where somebody unnamed does.
    """

    text: str
    start: float | None = None
    end: float | None = None
    speaker: str | None = None
    new_paragraph: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """A text in paragraphs, each speaker's label on a line of its own before what he says.

    `positions` are (offset in the text, seconds), by offset.
    """

    text: str
    positions: tuple[tuple[int, int], ...] = ()


def compose(pieces: Sequence[Piece], speaker: str = "", names: Mapping[str, str] | None = None) -> Script:
    """Return the pieces as one text: a sentence that was broken over several is whole again.

    `speaker` says what comes before anybody is named; `names` tells who is meant by a label.
    """
    said = "".join(piece.text for piece in pieces)
    writer = _Writer(
        names={label.casefold(): name for label, name in (names or {}).items()},
        unnamed="Реплика" if len(_CYRILLIC.findall(said)) * 4 > len(said) else "Remark",
        punctuated=len(said) < (len(_SENTENCE_ENDS.findall(said)) + 1) * UNPUNCTUATED,
    )
    if speaker and pieces and pieces[0].speaker is None:
        writer.begin_turn(speaker)
    for piece in pieces:
        writer.write(piece)
    return writer.finish()


@dataclass(slots=True)
class _Writer:
    names: Mapping[str, str]
    unnamed: str
    punctuated: bool
    _parts: list[str] = field(default_factory=list)
    _positions: dict[int, int] = field(default_factory=dict)
    _length: int = 0
    _paragraph: int = 0
    """Where the words of the paragraph begin."""
    _label: str | None = None
    _ended: float | None = None
    _open: bool = False
    """Whether a label waits for its first words."""

    def begin_turn(self, speaker: str) -> None:
        """Write a label, unless the same person goes on."""
        label = self.names.get(speaker.casefold(), speaker)
        label = " ".join(label.replace(":", " ").split())[:LONGEST_LABEL].strip() or self.unnamed
        if label == self._label and speaker:
            return
        self._break()
        self._put(f"{label}:\n")
        self._label, self._paragraph, self._open = label, self._length, True

    def write(self, piece: Piece) -> None:
        """Write a piece behind what was said before."""
        if piece.speaker is not None:
            self.begin_turn(piece.speaker)
        if not piece.text:
            return
        if self._open:
            self._open = False
        elif self._ends_before(piece):
            self._break()
        elif self._length:
            self._put(" ")
        self._mark(piece.start)
        self._put(piece.text)
        self._ended = piece.end

    def finish(self) -> Script:
        """Return what was written; a label behind which nothing came is left out."""
        if self._open:
            self._parts.pop()
        text = "".join(self._parts).rstrip()
        return Script(text, tuple((o, s) for o, s in self._positions.items() if o < len(text)))

    def _ends_before(self, piece: Piece) -> bool:
        """Whether the paragraph ends before a piece of the same turn."""
        written = self._length - self._paragraph
        if not written:
            return False
        if piece.new_paragraph:
            return True
        if self.punctuated:
            return written >= LONG_PARAGRAPH and _SENTENCE_END.search(self._parts[-1]) is not None
        # Recognised speech often comes without a single full stop: breath and length must do.
        pause = piece.start - self._ended if piece.start is not None and self._ended is not None else 0.0
        return written + len(piece.text) > LONGEST_WITHOUT_STOP or (pause >= PAUSE and written > PAUSE * 50)

    def _break(self) -> None:
        if self._open:
            # Nobody said anything under this label.
            self._length -= len(self._parts.pop())
            self._open = False
        elif self._length:
            self._put("\n\n")
        self._paragraph = self._length

    def _mark(self, start: float | None) -> None:
        if start is not None:
            self._positions[self._length] = int(start)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
