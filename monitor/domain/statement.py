"""Statements, the mentions in them, and what was judged of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.domain.actors import MentionRole, Speaker
from monitor.domain.stance import Judgement, Stance, Topic

HEADLINE = -1


@dataclass(frozen=True, slots=True)
class Mention:
    """The words that stand for a target; offsets count characters of the statement's own text."""

    target: str
    start: int
    end: int
    surface: str
    role: MentionRole


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A statement's text with the place of one mention, as the classifier takes it.

    `watched` is false for an entity that is no configured target: it is judged by general
    sentiment instead of rhetoric stance.
    """

    text: str
    start: int
    end: int
    watched: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end <= len(self.text):
            raise ValueError(f"span {self.start}–{self.end} is outside a text of {len(self.text)} characters")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, quotation with its reporting clause, or headline.

    `start` and `end` are offsets in the article's text, both −1 for the headline; `text` is what
    stands there, verbatim.
    """

    index: int
    start: int
    end: int
    text: str
    lang: str

    @property
    def is_headline(self) -> bool:
        """Whether this is the article's title."""
        return self.start == HEADLINE


@dataclass(frozen=True, slots=True)
class Assessment:
    """The judgement of one (statement, target) pair, not saved yet."""

    statement: Statement
    mention: Mention
    speaker: Speaker
    judgement: Judgement
    topics: tuple[Topic, ...]
    intensity: float
    severity: int

    @property
    def target(self) -> str:
        """The target's id."""
        return self.mention.target

    @property
    def stance(self) -> Stance:
        """The stance judged."""
        return self.judgement.stance


@dataclass(frozen=True, slots=True)
class Finding:
    """A saved assessment with where it was said: what alerts, digests and readers are made from.

    `story_id` is shared by near-duplicate articles; `outlets` are all outlets that carried the
    story so far, this one included.
    """

    id: int
    article_id: int
    story_id: int
    assessment: Assessment
    source_id: str
    outlet: str
    url: str
    title: str
    published_at: datetime | None
    first_seen_at: datetime
    outlets: tuple[str, ...]
    quiet: bool = False
    """Its article is history: it counts but never alerts."""

    @property
    def said_at(self) -> datetime:
        """When it was said, as far as we know: never later than when we first saw it."""
        return min(self.published_at or self.first_seen_at, self.first_seen_at)
