"""What the classifier is asked to judge."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A statement with the span, in characters, of the mention that is judged.

    `watched` is true for the targets of the codebook, whose stance is judged; any other
    entity is judged by the sentiment that the text shows toward it.
    """

    text: str
    start: int
    end: int
    watched: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end <= len(self.text):
            raise ValueError(f"span {self.start}–{self.end} is outside the text")
