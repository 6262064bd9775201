"""What the bot asks of the rest of the program to answer analysts' questions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol

from monitor.domain.actors import Person
from monitor.domain.article import Article
from monitor.domain.checks import CheckResult
from monitor.domain.explanation import Ground
from monitor.domain.fates import ArticleFate
from monitor.domain.searches import Cursor, SearchPage
from monitor.domain.service_state import ServiceState
from monitor.domain.source import Source
from monitor.domain.source_views import SourceView
from monitor.domain.statement import Assessment, Finding
from monitor.domain.trend_lines import Course, SpeakerProfile, Trend
from monitor.messages.reader import Reader


class ChecksTexts(Protocol):
    """Judges texts that nobody saved."""

    def check_text(self, text: str, chat_id: int, now: datetime) -> CheckResult:
        """Judge a pasted text; raises MonitorError."""

    def check_article(self, article: Article, source: Source, chat_id: int, now: datetime) -> CheckResult:
        """Judge a fetched article as its source's; raises MonitorError."""


class TellsFates(Protocol):
    """Knows what became of articles."""

    def explain(self, text: str, chat_id: int, now: datetime) -> ArticleFate | None:
        """Return what became of the article at an address; None where the text is no address."""

    def judgements(self, text: str) -> list[Finding]:
        """Return the current findings of the article at an address."""


class TellsTrends(Protocol):
    """Knows how sides spoke to one another."""

    def trends(self, courses: Sequence[Course], now: datetime, weeks: int) -> list[Trend]:
        """Return each course over so many weeks."""

    def profile(self, name: str, now: datetime) -> SpeakerProfile:
        """Return what a speaker said of late."""

    def speakers(self, now: datetime) -> Mapping[str, int]:
        """Return who was named of late, with how many findings each has."""


class SearchesStatements(Protocol):
    """Finds statements by words."""

    def search(self, words: str, now: datetime, after: Cursor | None = None) -> SearchPage:
        """Return a page of what holds every word in any form."""


class TellsState(Protocol):
    """Knows how sources and the service do."""

    def views(self, now: datetime) -> list[SourceView]:
        """Return where every source stands."""

    def state(self, now: datetime, zone: tzinfo) -> ServiceState:
        """Return how the service does; today begins at midnight in the zone."""


class DrawsCharts(Protocol):
    """Draws pictures as PNG."""

    def draw_trends(self, trends: Sequence[Trend], reader: Reader, title: str) -> bytes:
        """Draw a panel per trend."""

    def draw_speaker(self, profile: SpeakerProfile, reader: Reader, title: str) -> bytes:
        """Draw what a speaker said of each target."""


@dataclass(frozen=True, slots=True)
class Questions:
    """The use cases behind the commands; all but `fetch` block, so they are called in threads."""

    checker: ChecksTexts
    fates: TellsFates
    ground: Callable[[Assessment], Ground]
    """Says which words moved a judgement; takes the model's time."""
    dyad: Callable[[Finding, Reader], bytes | None]
    """Draws how a finding's sides spoke over the weeks before; None where hardly anything was said."""
    trends: TellsTrends
    searcher: SearchesStatements
    state: TellsState
    charts: DrawsCharts
    people: Sequence[Person]
    fetch: Callable[[str], Awaitable[tuple[Article, Source] | None]]
    """Reads an article of a configured source's site; None for another's, raises MonitorError."""
    resolve: Callable[[str], str | None]
    """Returns an http(s) address in its usual form, None for what is none."""
