"""What collection needs: who reads sources and pages, and where articles are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.domain.article import Article, CaptureRole, Failure, FeedItem, Page, SaveOutcome
from monitor.domain.coverage import SourceHealth, SourceRun
from monitor.domain.source import Source


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask "has it changed?" with."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Discovery:
    """What one visit to a source's front showed; `bad_entries` were left out, each with its reason."""

    items: tuple[FeedItem, ...]
    validators: Validators
    not_modified: bool = False
    bad_entries: tuple[str, ...] = ()
    page: Page | None = None
    parts: tuple[Page, ...] = ()
    """Further pages of this front that were read in the same visit."""
    older: str | None = None
    """Where the next older part of the front is, for going back in time; None at its end."""


class Collector(Protocol):
    """Reads one source: its front, then single items."""

    async def discover(self, source: Source, validators: Validators) -> Discovery:
        """Return the items that the source shows now; raises FetchError or BlockedError."""

    async def browse(self, source: Source, cursor: str) -> Discovery:
        """Return an older part of the front, at an address that an earlier part gave as `older`."""

    async def fetch(self, source: Source, item: FeedItem) -> Page:
        """Return the item's page (the entry's own text where the source gives the whole of it)."""


class Extractor(Protocol):
    """Makes an article of a page."""

    def __call__(self, source: Source, item: FeedItem, page: Page, now: datetime) -> Article:
        """Return the article; raises ExtractionError."""


class Articles(Protocol):
    """Sources' state, items and articles in the store."""

    def validators(self, source_id: str) -> Validators:
        """Return what the source's server gave us last, empty at first."""

    def save_validators(self, source_id: str, validators: Validators) -> None:
        """Remember them; called only after every item of the visit is recorded."""

    def wanted(self, items: Sequence[FeedItem], now: datetime) -> list[FeedItem]:
        """Return the items to fetch now: new ones, those shown anew (another fingerprint), and
        those to be tried later whose time has come; in the given order, each key once. One that
        waits for its time waits even if it is shown anew, so that a changing teaser is no way
        round the back-off."""

    def due_retries(self, source_id: str, now: datetime) -> list[FeedItem]:
        """Return items to be tried again whose time has come, though the source may show them no
        more; one that it still shows is in `wanted` too."""

    def save(
        self,
        item: FeedItem,
        article: Article,
        page: Page,
        outlet: str,
        *,
        quiet: bool = False,
        role: CaptureRole = CaptureRole.ARTICLE,
    ) -> SaveOutcome:
        """Save page, capture, article and the item's state in one transaction; an article whose text
        or title changed becomes its next revision and waits to be assessed again.

        `outlet` is the source's outlet, by which readers know it. An article keeps its first
        date and the time when its item was first seen. Where nothing changed, the page from
        which the text came stays its evidence: bytes that are known get another capture, in the
        part that `role` names; new ones are not kept, for most pages differ at every look in what
        nobody reads.

        With `quiet` an item that was never seen before is marked as history in the same
        transaction, as by `mark_quiet`; one that was keeps its standing."""

    def mark_quiet(self, item: FeedItem) -> None:
        """Note that the item's article is history: it is judged and counted but never alerts."""

    def record_failure(
        self, item: FeedItem, reason: str, now: datetime, max_attempts: int, *, quiet: bool = False
    ) -> Failure:
        """Count a failed try; the item is tried later (after 1, 5, 30, then 120 minutes), or set
        aside at `max_attempts`. One set aside and shown anew starts counting again. `quiet` is as
        for `save`."""

    def archive(self, source_id: str, page: Page, role: CaptureRole) -> None:
        """Keep an answer that made no article: a front, a page from which none could be extracted.
        One with the same bytes as the last at the same address is not kept again."""

    def page(self, sha256: str) -> Page | None:
        """Return archived bytes with how they came, at their first sighting; None where they were
        never archived, were let go by a rule of retention, or cannot be unpacked any more."""

    def revisions(self, article_id: int) -> list[tuple[int, str, str, datetime]]:
        """Return (revision, title, text, first seen at) of every revision, the first one first."""

    def counts(self) -> dict[str, int]:
        """Return how many articles there are in each state (`collected`, `assessed`, `unread`,
        `set_aside`), items that wait or were given up (`items_try_later`, `items_set_aside`), and
        archived `pages`; for status lines."""

    def record_run(self, run: SourceRun) -> None:
        """Keep how a visit went, for coverage; the same visit recorded twice counts once."""

    def runs(self, since: datetime, until: datetime) -> list[SourceRun]:
        """Return the visits that began in [since, until), by time."""

    def volumes(self, since: datetime, until: datetime) -> dict[str, list[datetime]]:
        """Return per source when its articles in [since, until) were said, by time."""

    def health(self) -> dict[str, SourceHealth]:
        """Return where each source that was ever visited stands. `ok` and `not_modified` are
        successes; `empty`, `blocked` and `failed` are failures; `missed` is our own fault and
        neither."""
