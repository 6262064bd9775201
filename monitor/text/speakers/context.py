"""What attribution is given: a text, its statements and what is known of the source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from monitor.domain.actors import Person
from monitor.domain.statement import Statement


@dataclass(frozen=True, slots=True)
class Context:
    """A text with its statements and what is known of its source."""

    title: str
    text: str
    lang: str
    statements: tuple[Statement, ...]
    default_speaker: Person | None = None
    """Who signs what is unsigned here: the channel's owner, the ministry."""
    source_kind: str = ""
    source_bloc: str | None = None
    said_on: date | None = None
    scripted: bool = False
    """The text is a script: labels stand on lines of their own, and every such line is one."""
