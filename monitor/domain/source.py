"""A source: where texts come from and how to read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from monitor.domain.stance import Tier


@dataclass(frozen=True, slots=True)
class ListingSelectors:
    """CSS selectors for a listing page; `date_formats` are strptime patterns, tried in order."""

    item: str
    link: str = "a"
    title: str = ""
    date: str = ""
    date_formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleSelectors:
    """CSS selectors for an article page; an empty `body` means the generic extractor."""

    title: str = ""
    date: str = ""
    lead: str = ""
    body: str = ""
    drop: tuple[str, ...] = ()
    date_formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One configured source, with everything that collection and attribution need."""

    id: str
    outlet: str
    kind: str
    """A key of the registry of source kinds: rss, listing, telegram_channel."""
    url: str
    bloc: str
    tier: Tier
    languages: tuple[str, ...]
    timezone: str = "Europe/Moscow"
    default_speaker: str | None = None
    """Canonical name of whoever signs what is unsigned here: the channel's owner, the ministry."""
    evidence: str = "guessed"
    enabled: bool = True
    interval: timedelta = timedelta(minutes=10)
    spacing: timedelta = timedelta(seconds=2)
    """Least time between two requests to the same host."""
    full_text_in_feed: bool = False
    """The feed's entry holds the whole text, so that the page need not be fetched."""
    max_items: int = 100
    encoding: str | None = None
    allow_private: bool = False
    """Loopback and private addresses may be read: only for a newsroom of one's own."""
    user_agent: str | None = None
    listing: ListingSelectors | None = None
    article: ArticleSelectors = field(default_factory=ArticleSelectors)
