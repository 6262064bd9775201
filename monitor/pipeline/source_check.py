"""What a look at a source showed, and what of it an operator should hear as a complaint."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.domain.source import Source
from monitor.pipeline.looking import ArticlesRead
from monitor.pipeline.ports import Discovery

STALE = timedelta(days=30)
"""An outlet that shows nothing newer than this is probably read at the wrong address."""
_SHORT_TEXT = 200
_DATED = 0.5


@dataclass(frozen=True, slots=True)
class SelectorCheck:
    """How a configured selector fares: how many nodes it found, and on how many of the pages."""

    key: str
    selector: str
    nodes: int
    matched: int
    pages: int

    @property
    def is_dead(self) -> bool:
        """Whether it found nothing on any page, and is one that should."""
        return self.pages > 0 and self.matched == 0 and not self.key.startswith("article.drop")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Lines for a block that would help, what came of them when tried, and the source with them."""

    toml: str
    tried: str
    healed: Source


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """What a look at a source showed; it is healthy where nothing is complained of."""

    source_id: str
    kind: str
    reachable: bool = False
    trouble: str = ""
    robots: str = "unknown"
    """`allowed`, `forbidden` or `unknown`."""
    anti_bot: bool = False
    items: int = 0
    dated: int = 0
    newest: timedelta | None = None
    """How old the newest item is."""
    lengths: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    configured: tuple[str, ...] = ()
    extractors: tuple[str, ...] = ()
    selectors: tuple[SelectorCheck, ...] = ()
    complaints: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def healthy(self) -> bool:
        """Whether the source reads as its configuration says."""
        return not self.complaints

    @property
    def length(self) -> int | None:
        """The median length of the texts that were read."""
        return round(statistics.median(self.lengths)) if self.lengths else None


def find_complaints(
    source: Source, discovery: Discovery, read: ArticlesRead, languages: Sequence[str], now: datetime
) -> list[str]:
    """Return what is wrong with a front that could be read, and with its articles."""
    count = len(discovery.items)
    if not count:
        return ["the front can be read but shows no item"]
    complaints: list[str] = []
    moments = [item.published_at for item in discovery.items if item.published_at]
    said = [article.published_at for article in read.articles if article.published_at]
    expects_dates = source.kind != "listing" or bool(source.listing and source.listing.date)
    if expects_dates and len(moments) < _DATED * count:
        complaints.append(f"only {len(moments)} of {count} items have a date that can be read")
    elif not moments and not said:
        complaints.append("neither the front nor the articles give a date that can be read")
    newest = max([*moments, *said], default=now)
    if now - newest > STALE:
        complaints.append(f"nothing new for {(now - newest).days} days")
    if read.problems and not read.articles:
        complaints.append(f"no article could be read: {read.problems[0][1]}")
    if foreign := sorted(set(languages) - set(source.languages)):
        complaints.append(f"texts are in {', '.join(foreign)}, not in {', '.join(source.languages)}")
    lengths = [len(article.text) for article in read.articles]
    if lengths and source.kind != "telegram_channel" and statistics.median(lengths) < _SHORT_TEXT:
        complaints.append(f"texts are short: {round(statistics.median(lengths))} characters")
    return complaints
