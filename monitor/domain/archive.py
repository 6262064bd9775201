"""The archive of raw answers: what is kept for how long, what proves a statement, and what damage is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.domain.article import Capture, FeedItem, Page
from monitor.domain.statement import Finding

WITHHELD = "(withheld)"
_SECRET = re.compile(r"authori[sz]ation|cookie|token|secret|password|session|api[-_]?key", re.IGNORECASE)

OWN_TEXT = frozenset({"entry", "telegram", "telegram forward"})
"""Extractors of texts that an item itself carries: its page is that text, and there was no other."""


def withhold_secrets(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers with the values of those that may let others in replaced by a note."""
    return {name: WITHHELD if _SECRET.search(name) else value for name, value in headers.items()}


def give_back_text(item: FeedItem, page: Page, extractor: str) -> FeedItem:
    """Return the item with the text that it carried, which after collection stands in its page alone."""
    if extractor not in OWN_TEXT:
        return item
    return replace(item, html=page.body.decode("utf-8", "replace"))


class RetentionRule(StrEnum):
    """Which rule of retention an archived answer falls under."""

    ARTICLES = "articles"
    """A revision rests on it from which statements were judged, or to or from which a judged article
    was edited."""
    UNJUDGED = "unjudged"
    """Everything else that was an article's page, or was to become one."""
    FRONTS = "fronts"


@dataclass(frozen=True, slots=True)
class Retention:
    """For how long bytes are kept after they were last seen; None keeps them for ever."""

    articles: timedelta | None = None
    unjudged: timedelta | None = timedelta(days=180)
    fronts: timedelta | None = timedelta(days=14)

    def expiries(self, now: datetime) -> dict[RetentionRule, datetime]:
        """Return for each rule that sets an end the moment before which bytes are let go."""
        spans = {
            RetentionRule.FRONTS: self.fronts,
            RetentionRule.UNJUDGED: self.unjudged,
            RetentionRule.ARTICLES: self.articles,
        }
        return {rule: now - span for rule, span in spans.items() if span is not None}


@dataclass(frozen=True, slots=True)
class Expired:
    """Bytes whose time is over: the capture that stands for them, and how many bytes the store frees."""

    capture_id: int
    size: int


class DamageKind(StrEnum):
    """What is wrong with something archived."""

    ALTERED = "altered"
    """The bytes have another hash than the one under which they were archived."""
    UNREADABLE = "unreadable"
    """The bytes cannot be decompressed."""
    EMPTY = "empty"
    """The bytes are gone, and no rule of retention took them."""
    NO_PAGE = "no page"
    """A revision or a capture refers to a page that is not there."""
    NO_CAPTURE = "no capture"
    """Nothing tells how and when a revision's page was answered."""
    TEXT_ALTERED = "text altered"
    """A revision's text has another hash than the one with which it was saved."""
    STATEMENT_ASTRAY = "statement astray"
    """A judged statement does not stand where it should in its revision's text."""


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing of the archive that proves nothing any more; `sha256` is the hash it should have."""

    kind: DamageKind
    url: str
    sha256: str
    detail: str = ""


class BodyState(StrEnum):
    """What a look at stored bytes found."""

    SOUND = "sound"
    PRUNED = "pruned"
    """Taken by a rule of retention; hash, address and headers are kept."""
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class CheckedBody:
    """One page's bytes after they were hashed again; `size` counts them as archived, compressed."""

    state: BodyState
    size: int
    damage: Damage | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a judged statement rests on: its text's revision, and the first capture of its page.

    `item` is what the source showed, with its own text where it carried one. The capture's page
    has an empty body where a rule of retention took the bytes.
    """

    finding: Finding
    revision: int
    title: str
    text: str
    extractor: str
    item: FeedItem
    capture: Capture
    front: Capture | None = None
    """Of a text that came with its item: the front that carried it, where that is still kept."""
