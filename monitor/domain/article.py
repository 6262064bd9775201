"""What was collected, under a new name at each stage."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry of a feed, listing or channel: something that may be worth fetching.

    `key` is stable within the source (guid, canonical URL or post number) and is what makes a
    second sighting the same item. `html` is the entry's own full text where the source gives it.
    """

    source_id: str
    key: str
    url: str
    title: str
    published_at: datetime | None
    summary: str = ""
    html: str | None = None

    @property
    def fingerprint(self) -> str:
        """Changes when the source shows the item anew: an edited title, lead or text."""
        shown = "\x1f".join((self.title, self.summary, self.html or ""))
        return hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes that a server answered with, and when.

    `request` are the headers that were sent, with the method as `:method`; a page made of what a
    feed or a file already gave has none.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str] = field(hash=False)
    body: bytes
    fetched_at: datetime
    sha256: str
    request: Mapping[str, str] = field(default_factory=dict, hash=False)
    front: str = ""
    """Of a text that came with its item: the hash of the front that carried it."""


DOCUMENT = "x-document"
"""The header of a page that is a file which an operator gave: what is known of it, as JSON in ASCII."""


class CaptureRole(StrEnum):
    """Which part an archived answer plays."""

    FRONT = "front"
    """A feed, a listing or another way in."""
    ARTICLE = "article"
    REVISIT = "revisit"
    """An article read again."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One archived answer: of which source, in which part, and the page itself.

    Where a rule of retention took the bytes, the page's body is empty and `pruned_at` says since when.
    """

    id: int
    source_id: str
    role: CaptureRole
    page: Page
    pruned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its title and date, ready to be understood; `text` is NFC.

    `published_at` is None where the page gives no believable date. `date_note` says why a date
    was clamped or dropped.
    """

    source_id: str
    key: str
    url: str
    title: str
    text: str
    published_at: datetime | None
    first_seen_at: datetime
    page_sha256: str
    date_note: str = ""
    extractor: str = ""
    page_length: int = 0
    """Characters of text on the whole page, furniture included; 0 where there was no page around it."""
    positions: tuple[tuple[int, int], ...] = ()
    """Of what was said aloud: (offset in the text, seconds from the beginning), by offset."""


def point_to(url: str, second: int | None) -> str:
    """Return the address of a recording at a second of it, as a media fragment (W3C, 2012)."""
    return url if second is None or "#" in url else f"{url}#t={second}"


@dataclass(frozen=True, slots=True)
class SavedArticle:
    """An article in the store, waiting to be understood; `revision` counts edits from 0."""

    id: int
    revision: int
    article: Article


class SaveOutcome(StrEnum):
    """What saving an article did."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"


class ItemState(StrEnum):
    """Where an item of a source stands."""

    COLLECTED = "collected"
    TRY_LATER = "try_later"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an item was not collected or assessed, and whether it is tried again."""

    state: ItemState
    reason: str
    attempts: int
    retry_at: datetime | None = None
