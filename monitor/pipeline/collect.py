"""Visiting a source: discover, fetch, extract, save; an item that fails never stops the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from monitor.domain.article import Article, CaptureRole, FeedItem, Page, SaveOutcome
from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.domain.source import Source
from monitor.errors import BlockedError, FetchError, MonitorError, StoreUnavailableError, Trouble
from monitor.pipeline.ports import Articles, Collector, Discovery, Extractor
from monitor.workers import Run, run_in_thread

log = structlog.get_logger(__name__)


def trouble_of(error: Exception) -> Trouble:
    """Return the kind of trouble that an error tells of; one that does not say is of another kind."""
    trouble = getattr(error, "trouble", None)
    return trouble if isinstance(trouble, Trouble) else Trouble.OTHER


@dataclass(frozen=True, slots=True)
class SourceVisitor:
    """Reads a source once, from its front page or feed to saved articles."""

    collector: Collector
    extract: Extractor
    articles: Articles
    now: Callable[[], datetime]
    item_attempts: int
    run: Run = run_in_thread
    """Where pages are made articles of."""
    on_front: Callable[[Source, Discovery], object] = lambda _source, _front: None
    """Told of what each visit's front showed, once its items are saved."""

    async def visit(self, source: Source) -> SourceRun:
        """Visit one source and record how it went; never raises for what the source does.

        Where the store cannot be written the visit ends with that error and counts for nothing: the
        next one sees the same items again.
        """
        started = self.now()
        try:
            run = await self._read(source, started)
        except StoreUnavailableError:
            raise
        except BlockedError as error:
            run = self._failed(source, started, RunOutcome.BLOCKED, error.reason, error)
        except MonitorError as error:
            run = self._failed(source, started, RunOutcome.FAILED, str(error), error)
        except Exception as error:  # the per-source boundary: one source never stops another
            log.exception("source visit broke", source=source.id)
            reason = f"{type(error).__name__}: {error}"
            run = self._failed(source, started, RunOutcome.FAILED, reason, error)
        self.articles.record_run(run)
        if run.outcome in (RunOutcome.BLOCKED, RunOutcome.FAILED):
            log.warning(
                "source not read",
                source=source.id,
                outcome=run.outcome.value,
                trouble=run.trouble,
                reason=run.reason,
            )
        return run

    def _failed(
        self, source: Source, started: datetime, outcome: RunOutcome, reason: str, error: Exception
    ) -> SourceRun:
        return SourceRun(
            source.id,
            started,
            self.now(),
            outcome,
            reason=reason,
            trouble=trouble_of(error),
            retry_after=getattr(error, "retry_after", None),
        )

    async def _read(self, source: Source, started: datetime) -> SourceRun:
        discovery = await self.collector.discover(source, self.articles.validators(source.id))
        for reason in discovery.bad_entries:
            log.warning("entry left out", source=source.id, reason=reason)
        self.archive_front(source, discovery)
        wanted = self.articles.wanted(discovery.items, self.now())
        shown = {item.key for item in wanted}
        retries = [i for i in self.articles.due_retries(source.id, self.now()) if i.key not in shown]
        saved = 0
        troubles: Counter[Trouble] = Counter()
        for item in [*wanted, *retries]:
            # A host that asks to be left alone ends the visit: what is left counts no try, and the
            # validators stay as they were, so that the next visit sees the same items again.
            front = discovery.page if item.key in shown else None
            made = await self._try_item(source, item, front=front)
            if isinstance(made, Trouble):
                troubles[made] += 1
            else:
                saved += 1
        self.on_front(source, discovery)
        # Only now: a crash before this line makes the next visit see the same items again.
        self.articles.save_validators(source.id, discovery.validators)
        outcome = RunOutcome.OK
        if discovery.not_modified:
            outcome = RunOutcome.NOT_MODIFIED
        elif not discovery.items:
            outcome = RunOutcome.EMPTY
        return SourceRun(
            source_id=source.id,
            started_at=started,
            finished_at=self.now(),
            outcome=outcome,
            items_seen=len(discovery.items),
            items_new=len(wanted),
            articles=saved,
            failures=troubles.total() + len(discovery.bad_entries),
            reason="; ".join(discovery.bad_entries)[:500],
            # One broken page is the page's trouble; when none could be read it is the source's.
            trouble=troubles.most_common(1)[0][0] if troubles and not saved else "",
        )

    def archive_front(self, source: Source, discovery: Discovery) -> None:
        """Keep the answers in which a front showed its items, before anything is made of them."""
        for page in [discovery.page, *discovery.parts]:
            if page is not None:
                self.articles.archive(source.id, page, CaptureRole.FRONT)

    async def save_item(
        self, source: Source, item: FeedItem, *, quiet: bool = False, front: Page | None = None
    ) -> Article | None:
        """Fetch, extract and save one item, as history where `quiet`; returns None where it failed.

        `front` is the page that showed the item. A failure is recorded with its reason. Raises
        FetchError where the host asks to be left alone.
        """
        made = await self._try_item(source, item, quiet=quiet, front=front)
        return None if isinstance(made, Trouble) else made

    async def _try_item(
        self, source: Source, item: FeedItem, *, quiet: bool = False, front: Page | None = None
    ) -> Article | Trouble:
        page: Page | None = None
        try:
            page = await self.collector.fetch(source, item)
            if item.html is not None and front is not None:
                page = replace(page, front=front.sha256)
            article = await self.run(self.extract, source, item, page, self.now())
            outcome = self.articles.save(item, article, page, source.outlet, quiet=quiet)
        except StoreUnavailableError:
            raise  # no fault of the item's, so it counts no try
        except Exception as error:
            if isinstance(error, FetchError) and error.retry_after is not None:
                raise
            # The per-item boundary: whatever is wrong with one item never stops the others.
            if page is not None:
                # What could not be read today may be readable with other selectors.
                self.articles.archive(source.id, page, CaptureRole.ARTICLE)
            reason = error.reason if isinstance(error, FetchError) else f"{type(error).__name__}: {error}"
            failure = self.articles.record_failure(item, reason, self.now(), self.item_attempts, quiet=quiet)
            log.warning(
                "item not collected",
                source=source.id,
                url=item.url,
                trouble=trouble_of(error).value,
                reason=reason,
                state=failure.state.value,
            )
            return trouble_of(error)
        if outcome is SaveOutcome.REVISED:
            log.info("article edited", source=source.id, url=item.url)
        return article
