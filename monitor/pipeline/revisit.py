"""Reading articles again: what was edited, what was taken down, what came back."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

import structlog

from monitor.domain.article import Article, CaptureRole, Page, SaveOutcome
from monitor.domain.changes import ChangeKind
from monitor.domain.comparison import compare_statements, name_change
from monitor.domain.revisits import (
    OF_LATE,
    WITHOUT_PAGES,
    RevisitPlan,
    Sighting,
    after_post,
    after_visit,
    is_sitewide,
    put_off,
)
from monitor.domain.source import Source
from monitor.errors import FetchError, StoreUnavailableError, Trouble
from monitor.pipeline.collect import trouble_of
from monitor.pipeline.ports import Articles, Changes, Collector, Discovery, DueRevisit, Extractor, Revisits
from monitor.workers import Run, run_in_thread

log = structlog.get_logger(__name__)

ABSENT = frozenset({Trouble.NOT_FOUND, Trouble.SOFT_404})
PER_SOURCE = 10
"""Articles of one source read in one round: others have their turn, and the host its rest."""
_POST = re.compile(r"(?P<channel>[^/]+)/(?P<number>\d{1,12})")
_MOST_POSTS = 2_000


@dataclass(frozen=True, slots=True)
class RevisitReport:
    """What one round of reading again found."""

    visited: int = 0
    edited: int = 0
    removed: int = 0
    restored: int = 0
    unclear: int = 0
    """Pages that could not be read or understood: nothing is known of these articles."""


@dataclass(frozen=True, slots=True)
class Revisitor:
    """Reads articles again when their time has come."""

    collector: Collector
    extract: Extractor
    articles: Articles
    revisits: Revisits
    now: Callable[[], datetime]
    run: Run = run_in_thread

    async def revisit_due(
        self, sources: Sequence[Source], plan: RevisitPlan, limit: int = 60
    ) -> RevisitReport:
        """Read up to `limit` articles again, each source's one after another; returns what was found."""
        self.revisits.plan(plan, self.now())
        by_id = {s.id: s for s in sources if s.enabled and s.revisit and s.kind not in WITHOUT_PAGES}
        due = self.revisits.due(list(by_id), self.now(), limit, PER_SOURCE)
        due.sort(key=lambda one: one.item.source_id)  # stable: the longest waiting first of each
        rounds = [
            self._revisit_source(by_id[source_id], list(some), plan)
            for source_id, some in groupby(due, key=lambda one: one.item.source_id)
        ]
        found: Counter[str] = Counter()
        for part in await asyncio.gather(*rounds):
            found.update(part)
        return RevisitReport(**found)

    async def _revisit_source(
        self, source: Source, due: Sequence[DueRevisit], plan: RevisitPlan
    ) -> Counter[str]:
        found: Counter[str] = Counter()
        for place, one in enumerate(due):
            try:
                sighting, edited = await self._look(source, one)
            except FetchError as error:
                # The host asks to be left alone: all that waits for it waits longer.
                until = self.now() + timedelta(seconds=error.retry_after or 0)
                for waiting in due[place:]:
                    self.revisits.save(put_off(waiting.visit, until), None, self.now())
                break
            change = await self._settle(source, one, sighting, plan)
            found["visited"] += 1
            found["edited"] += edited
            found["unclear"] += sighting is Sighting.UNCLEAR
            if change is not None:
                found[change.value] += 1
        return found

    async def _look(self, source: Source, due: DueRevisit) -> tuple[Sighting, bool]:
        """Read one page; returns what was seen, and whether the article was edited."""
        try:
            page = await self.collector.fetch(source, due.item)
            article = await self.run(self.extract, source, due.item, page, self.now())
            if not _says_the_same(due, article):
                archived = await self._extract_archived(source, due)
                if archived is not None and archived.extractor != article.extractor:
                    # Where selectors find nothing any more the generic extractor gives another text.
                    log.info("layout changed, edit not judged", source=source.id, url=due.item.url)
                    return Sighting.UNCLEAR, False
                if archived is not None and _same_article(archived, article):
                    # Read with today's configuration the old page says the same: nobody edited it.
                    return Sighting.SEEN, False
            edited = self._save(source, due, article, page)
        except StoreUnavailableError:
            raise
        except Exception as error:
            if isinstance(error, FetchError) and error.retry_after is not None:
                raise
            # The per-item boundary: whatever is wrong with one page never stops the others.
            trouble = trouble_of(error)
            log.info("not read again", source=source.id, url=due.item.url, trouble=trouble.value)
            return Sighting.MISSING if trouble in ABSENT else Sighting.UNCLEAR, False
        return Sighting.SEEN, edited

    async def _extract_archived(self, source: Source, due: DueRevisit) -> Article | None:
        """Return what the archived page says read as today's are; None where it cannot be read any more."""
        page = self.articles.page(due.page_sha256)
        if page is None:
            return None
        try:
            return await self.run(self.extract, source, due.item, page, self.now())
        except Exception as error:  # noqa: BLE001 - an old page that breaks the extractor proves nothing
            log.info("archived page not read", source=source.id, url=due.item.url, error=str(error))
            return None

    def _save(self, source: Source, due: DueRevisit, article: Article, page: Page) -> bool:
        outcome = self.articles.save(due.item, article, page, source.outlet, role=CaptureRole.REVISIT)
        edited = outcome is SaveOutcome.REVISED
        if edited:
            log.info("article edited", source=source.id, url=due.item.url)
        return edited

    async def _settle(
        self, source: Source, due: DueRevisit, sighting: Sighting, plan: RevisitPlan
    ) -> ChangeKind | None:
        """Save where the article stands now; returns whether it was taken down or put back."""
        now = self.now()
        held = sighting is Sighting.MISSING and due.visit.missing > 0 and not due.visit.gone
        if held:
            since = now - max(OF_LATE, 2 * plan.confirm)
            sitewide = is_sitewide(*self.revisits.tally(source.id, since))
            held = sitewide or not await self._is_up(source, due)
        visit, change = after_visit(due.visit, sighting, plan, now, held_back=held)
        self.revisits.save(visit, change, now)
        _tell(source, due.item.url, change, held=held)
        return change

    async def _is_up(self, source: Source, due: DueRevisit) -> bool:
        """Whether another article of the source is where it was: a site that is down takes nothing down.

        Where the source has no other, nobody can tell.
        """
        control = self.revisits.control(source.id, due.visit.article_id)
        if control is None:
            return True
        try:
            sighting, _ = await self._look(source, control)
        except FetchError:
            return False
        return sighting is Sighting.SEEN


def note_posts(revisits: Revisits, source: Source, discovery: Discovery, now: datetime) -> list[ChangeKind]:
    """Note which posts of a channel are gone or back: those between the numbers that it shows now.

    A post that is not shown counts as taken down when the next visit does not show it either, unless
    much of what is stored of these numbers is missing at once.
    """
    shown = {int(m["number"]): m["channel"] for i in discovery.items if (m := _POST.fullmatch(i.key))}
    if source.kind != "telegram_channel" or len(shown) < 2 or max(shown) - min(shown) > _MOST_POSTS:
        return []
    channel = shown[max(shown)]
    numbers = range(min(shown), max(shown) + 1)
    stored = revisits.posts(source.id, [f"{channel}/{number}" for number in numbers])
    known = {key: visit for key, visit in stored.items() if _is_told(source, discovery, key)}
    visible = {f"{name}/{number}" for number, name in shown.items()}
    standing = [key for key, visit in known.items() if not visit.gone]
    held = is_sitewide(sum(key not in visible for key in standing), len(standing))
    found: list[ChangeKind] = []
    for key, before in known.items():
        if key in visible and not before.missing:
            continue
        visit, change = after_post(before, shown=key in visible, now=now, held_back=held)
        revisits.save(visit, change, now)
        _tell(source, f"https://t.me/{key}", change, held=held and key not in visible)
        if change is not None:
            found.append(change)
    return found


def record_changes(changes: Changes, limit: int = 100) -> int:
    """Compare revisions that were assessed with those before them and record what became of the
    statements; returns how many were compared. Safe to repeat: each is recorded once."""
    pairs = changes.uncompared(limit)
    for pair in pairs:
        found = compare_statements(pair.before, pair.after, pair.old_text, pair.new_text)
        changes.record(pair.change.id, name_change(found), found)
    return len(pairs)


def _says_the_same(due: DueRevisit, article: Article) -> bool:
    return (due.title, due.text) == (article.title, article.text)


def _same_article(one: Article, other: Article) -> bool:
    return (one.title, one.text) == (other.title, other.text)


def _is_told(source: Source, discovery: Discovery, key: str) -> bool:
    """Whether the visit tells anything of a post: it was neither unreadable nor unwanted."""
    if any(reason.startswith(f"post {key}:") for reason in discovery.bad_entries):
        return False
    url = f"https://t.me/{key}"
    wanted = not source.include or any(re.search(pattern, url) for pattern in source.include)
    return wanted and not any(re.search(pattern, url) for pattern in source.exclude)


def _tell(source: Source, url: str, change: ChangeKind | None, *, held: bool) -> None:
    if change is not None:
        log.warning("article taken down or put back", source=source.id, url=url, change=change.value)
    elif held:
        log.warning("absence held back: much of the source is missing at once", source=source.id, url=url)
