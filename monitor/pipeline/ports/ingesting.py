"""What giving documents by hand needs."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.domain.article import FeedItem, Page


@dataclass(frozen=True, slots=True)
class GivenDocument:
    """A document that an operator gave, as the item and the page that it is; `name` is for people.

    `language` is the one that it was told to be in, if any.
    """

    name: str
    item: FeedItem
    page: Page
    language: str = ""


@dataclass(frozen=True, slots=True)
class RefusedDocument:
    """A file, or a line of one, that cannot be taken, and why."""

    name: str
    reason: str
