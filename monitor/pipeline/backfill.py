"""Reading a source's history, page by page, as far back as is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from monitor.domain.backfill import Backfill, BackfillReport, Ending, PageSeen, decide_ending
from monitor.domain.source import Source
from monitor.errors import BlockedError, FetchError, MonitorError, Trouble
from monitor.pipeline.collect import SourceVisitor
from monitor.pipeline.ports import Backfills, Discovery, Validators

log = structlog.get_logger(__name__)

MOST_PAGES = 5_000
MOST_ITEMS = 1_000
"""How many items of one page are taken: an archive's page may show more than a visit needs."""
_PAST_THE_END = frozenset({Trouble.NOT_FOUND, Trouble.LAYOUT})
_LED_ON = frozenset({"sitemap", "telegram_channel", "wordpress"})
"""Kinds whose fronts always lead on where there is more."""


@dataclass(frozen=True, slots=True)
class HistoryReader:
    """Goes back through sources by the visitor's means, with its manners."""

    visitor: SourceVisitor
    backfills: Backfills
    most_pages: int = MOST_PAGES

    async def read(
        self,
        source: Source,
        since: datetime,
        *,
        quiet: bool,
        on_page: Callable[[BackfillReport], None] = lambda _: None,
    ) -> BackfillReport:
        """Save what the source published since then, and return what came of it.

        Where a run was interrupted, this one goes on. With `quiet` what was never seen before is
        saved as history, which does not alert. Never raises for what the source does.
        """
        run = _Run(self, replace(source, max_items=max(source.max_items, MOST_ITEMS)), since, quiet)
        report = run.report(Ending.PAUSED, f"{self.most_pages} pages were read; run it again to go on")
        for _ in range(self.most_pages):
            try:
                ending = await run.read_page()
            except MonitorError as error:
                ending = run.end_by(error)
            except Exception as error:  # the per-source boundary: one source never stops another
                log.exception("history not read", source=source.id)
                ending = Ending.FAILED, f"{type(error).__name__}: {error}"
            report = run.report(*(ending or (report.ending, report.reason)))
            self.backfills.save(report.backfill, self.visitor.now())
            on_page(report)
            if ending is not None:
                break
        return report


class _Run:
    """One run through one source."""

    def __init__(self, reader: HistoryReader, source: Source, since: datetime, quiet: bool) -> None:
        self._visitor = reader.visitor
        self._backfills = reader.backfills
        self._source = source
        self._quiet = quiet
        self._state: Backfill = reader.backfills.begin(source.id, since)
        self._seen: set[str] = set()
        self._pages: list[PageSeen] = []
        self._failures = 0
        self._oldest: datetime | None = None

    def report(self, ending: Ending, reason: str) -> BackfillReport:
        """Return how far it went."""
        state = replace(self._state, finished=ending.is_final)
        return BackfillReport(state, ending, reason, self._failures, self._oldest)

    async def read_page(self) -> tuple[Ending, str] | None:
        """Read the next page and save its items; return why to stop, or None to go on."""
        state, collector = self._state, self._visitor.collector
        if state.cursor is None:
            discovery = await collector.discover(self._source, Validators())
        else:
            discovery = await collector.browse(self._source, state.cursor)
        for reason in discovery.bad_entries:
            log.warning("entry left out", source=self._source.id, reason=reason)
        self._visitor.archive_front(self._source, discovery)
        page, saved = await self._save_items(discovery)
        self._pages.append(page)
        self._oldest = min([*page.dates, *([self._oldest] if self._oldest else [])], default=None)
        self._state = replace(
            state,
            cursor=discovery.older,
            pages=state.pages + 1,
            items=state.items + page.fresh,
            articles=state.articles + saved,
        )
        ending = decide_ending(self._pages, state.since)
        if ending is Ending.END and state.cursor is None and self._source.kind not in _LED_ON:
            return Ending.NO_WAY, self._missing_way()
        return (ending, _ENDINGS[ending]) if ending else None

    async def _save_items(self, discovery: Discovery) -> tuple[PageSeen, int]:
        """Save the page's items that are young enough; return the page and how many were saved."""
        fresh = [item for item in discovery.items if item.key not in self._seen]
        inside = [item for item in fresh if not item.published_at or item.published_at >= self._state.since]
        wanted = self._visitor.articles.wanted(inside, self._visitor.now())
        saved = 0
        for item in wanted:
            article = await self._visitor.save_item(
                self._source, item, quiet=self._quiet, front=discovery.page
            )
            done = article is not None
            saved += done
            self._failures += not done
        # Only now: a page that is left in the middle is read again as a whole.
        self._seen.update(item.key for item in fresh)
        known = self._backfills.dates([item for item in fresh if not item.published_at])
        dates = [date for item in fresh if (date := item.published_at or known.get(item.key))]
        return PageSeen(dates, len(fresh), len(wanted), discovery.older, self._state.cursor), saved

    def end_by(self, error: MonitorError) -> tuple[Ending, str]:
        """Return what an error means for the run; what cannot be read where more was to be expected
        is the end, for many sites answer so behind their last page."""
        if isinstance(error, BlockedError):
            return Ending.REFUSED, str(error)
        if isinstance(error, FetchError):
            if error.retry_after is not None:
                return Ending.REFUSED, f"{error}; run it again in {error.retry_after:.0f} seconds"
            if error.trouble in _PAST_THE_END and self._state.cursor is not None:
                return Ending.END, f"no page stands behind the last one that was read: {error}"
        return Ending.FAILED, str(error)

    def _missing_way(self) -> str:
        paging = self._source.paging
        if paging is not None and paging.next:
            return f"the first page has no link at {paging.next!r}; check paging.next"
        return "the first page leads to no older one; say how in [source.paging], if the site has one"


_ENDINGS = {
    Ending.REACHED: "read back to the date",
    Ending.KNOWN: "a page without dates held nothing new",
    Ending.END: "there are no older pages",
    Ending.REPEATED: "the pages came to show the same items again",
}
