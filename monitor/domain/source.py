"""A source: where texts come from and how to read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from monitor.domain.stance import Tier

FOLDER = "folder"
"""The kind of a drop folder, into which people put what they have: it has no rhythm of its own."""


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
class JsonFields:
    """Where a JSON list keeps its items: dotted paths, `*` for every element of a list.

    `body` is sent as a POST where it is not empty. `link` may be a template around one field, such
    as "https://example.org/news/{id}".
    """

    items: str
    link: str
    title: str = ""
    date: str = ""
    text: str = ""
    summary: str = ""
    key: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Paging:
    """How to go back in time: an address with `{page}` (counted from `first`), or a link to follow."""

    url: str = ""
    first: int = 2
    next: str = ""
    """CSS selector of the link to the next older page."""


@dataclass(frozen=True, slots=True)
class Source:
    """One configured source, with everything that collection and attribution need."""

    id: str
    outlet: str
    kind: str
    """A key of the registry of kinds: rss, listing, sitemap, json, wordpress, telegram_channel, folder."""
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
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Further request headers that the site needs, such as Accept-Language."""
    proxy: str | None = None
    """http(s) proxy through which this source is read."""
    ca_file: str | None = None
    """A file of certificate authorities that this source's TLS is checked against, beside the usual ones."""
    revisit: bool = True
    """Whether articles are read again later, to notice edits and deletions."""
    adaptive: bool = True
    """Whether the interval follows the source's own rhythm; else it is always `interval`."""
    include: tuple[str, ...] = ()
    """Regular expressions: only items whose link matches one of them are taken; empty takes all."""
    exclude: tuple[str, ...] = ()
    listing: ListingSelectors | None = None
    json: JsonFields | None = None
    paging: Paging | None = None
    article: ArticleSelectors = field(default_factory=ArticleSelectors)
