"""What operators' tools need to know of pages: what they are, and which selectors would read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.domain.article import FeedItem, Page
from monitor.domain.source import ArticleSelectors, JsonFields, ListingSelectors, Source


@dataclass(frozen=True, slots=True)
class ListingProposal:
    """Selectors for a listing that were tried on its page: how many items and dates they gave."""

    selectors: ListingSelectors
    items: int
    dated: int
    titles: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class ArticleProposal:
    """Selectors for articles that were tried on pages.

    `agreement` is the share of words, 0 to 1, in which they and the generic extractor agree;
    `length` the median text in characters.
    """

    selectors: ArticleSelectors
    pages: int
    length: int
    agreement: float


@dataclass(frozen=True, slots=True)
class FrontSurvey:
    """What an address answered with, and the other ways in that the page names.

    `kind` is a kind of source, or "page" for HTML and "" for what is none of them.
    """

    kind: str
    name: str = ""
    """What the site calls itself there."""
    encoding: str = ""
    feeds: tuple[str, ...] = ()
    wordpress: str = ""
    """The site whose list WordPress gives by its own interface."""
    json: tuple[JsonFields, ...] = ()
    links: frozenset[str] = frozenset()


class SurveyFront(Protocol):
    """Looks at what an address answered with."""

    def __call__(self, page: Page) -> FrontSurvey:
        """Return what the page is and names."""


class ProposeListings(Protocol):
    """Finds selectors for a page that lists articles."""

    def __call__(self, source: Source, page: Page, now: datetime) -> tuple[ListingProposal, ...]:
        """Return those that were tried and work, the best first."""


class ProposeArticles(Protocol):
    """Finds selectors for a source's article pages."""

    def __call__(
        self, source: Source, pages: Sequence[tuple[FeedItem, Page]], now: datetime
    ) -> tuple[ArticleProposal, ...]:
        """Return those that were tried on all the pages and work, the best first."""


class CountMatches(Protocol):
    """Counts what selectors find."""

    def __call__(self, page: Page, selectors: Mapping[str, str], encoding: str | None) -> Mapping[str, int]:
        """Return for each name how many nodes of the page its selector finds; -1 where it is no CSS."""


class FindSitemaps(Protocol):
    """Reads what a robots.txt says of sitemaps."""

    def __call__(self, page: Page) -> tuple[str, ...]:
        """Return the addresses of sitemaps that it names, those of news first."""
