"""Going back in time through a source: how far, and when to stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_OLD_PAGES = 2
_REPEATED_PAGES = 5


class Ending(StrEnum):
    """Why going back ended."""

    REACHED = "reached"
    """What was asked for is there: the last pages are older."""
    KNOWN = "known"
    """A page of which nothing has a date held nothing new."""
    END = "end"
    """There are no older pages."""
    REPEATED = "repeated"
    """The pages came to show the same items again."""
    NO_WAY = "no_way"
    """The first page leads to no older one."""
    REFUSED = "refused"
    """The site does not want to be read, or asks to be left alone for a while."""
    FAILED = "failed"
    """A page could not be read."""
    PAUSED = "paused"
    """So many pages were read that the rest is left to another run."""

    @property
    def is_final(self) -> bool:
        """Whether another run would find nothing more by going on from here."""
        return self in (Ending.REACHED, Ending.KNOWN, Ending.END, Ending.REPEATED)


@dataclass(frozen=True, slots=True)
class Backfill:
    """How far back a source was read: `cursor` is the next older page, None for the front itself."""

    source_id: str
    since: datetime
    cursor: str | None = None
    pages: int = 0
    items: int = 0
    articles: int = 0
    finished: bool = False


@dataclass(frozen=True, slots=True)
class BackfillReport:
    """What came of a run: why it ended, and how far back the dates go that it saw."""

    backfill: Backfill
    ending: Ending
    reason: str
    failures: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class PageSeen:
    """One page of a run.

    `fresh` counts the items that no page before it showed, `new` those of them that were not
    collected before; `dates` are those of the fresh ones, as far as they are known.
    """

    dates: Sequence[datetime]
    fresh: int
    new: int
    older: str | None
    cursor: str | None = None


def decide_ending(pages: Sequence[PageSeen], since: datetime) -> Ending | None:
    """Return why to stop after the last of a run's pages, or None to go on.

    It takes two pages in a row that are older as a whole: pages are not always in order. The first
    page of a run never ends it for being known: the run before may have ended within it.
    """
    page = pages[-1]
    if len(pages) >= _OLD_PAGES and all(_is_older(seen, since) for seen in pages[-_OLD_PAGES:]):
        return Ending.REACHED
    if page.older is None:
        return Ending.REACHED if page.dates and min(page.dates) < since else Ending.END
    if len(pages) > 1 and page.fresh and not page.dates and not page.new:
        return Ending.KNOWN
    if page.older in {seen.cursor for seen in pages}:
        return Ending.REPEATED
    if len(pages) >= _REPEATED_PAGES and not any(seen.fresh for seen in pages[-_REPEATED_PAGES:]):
        return Ending.REPEATED
    return None


def _is_older(page: PageSeen, since: datetime) -> bool:
    return bool(page.dates) and max(page.dates) < since
