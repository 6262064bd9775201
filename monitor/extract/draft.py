"""What was read off a page before it is judged fit to be an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_COMPARED = 120


@dataclass(frozen=True, slots=True)
class Draft:
    """Title, lead and paragraphs as found, and which extractor found them."""

    title: str
    paragraphs: tuple[str, ...]
    extractor: str
    lead: str = ""

    @property
    def text(self) -> str:
        """The paragraphs, the lead first unless the body repeats it."""
        body = list(self.paragraphs)
        if self.lead and not _repeats(self.lead, body):
            body.insert(0, self.lead)
        return "\n\n".join(body)


def without_title(paragraphs: Sequence[str], title: str) -> tuple[str, ...]:
    """Return the paragraphs without the title at their head, unless that is all there is."""
    repeats = len(paragraphs) > 1 and _bare(paragraphs[0]) == _bare(title)
    return tuple(paragraphs[1:] if repeats else paragraphs)


def _repeats(lead: str, body: list[str]) -> bool:
    """Say whether the body opens with the lead, perhaps behind a dateline or run on into a sentence."""
    opening = _bare(" ".join(body[:3]))
    return _bare(lead)[:_COMPARED] in opening


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
