"""What watching over sources asks of the store: hours, visits, arrivals, extraction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, exists, func, select, tuple_, type_coerce

from monitor.domain.article import ItemState
from monitor.domain.coverage import SUCCESSES, HourCoverage, RunOutcome, SourceRun
from monitor.domain.quality import ArticleFacts, ItemFacts
from monitor.pipeline.ports import Arrivals
from storage.columns import Moment
from storage.engine import Database, in_batches
from storage.tables import ArticleState, articles, items, revisions, source_runs
from storage.visits import make_run, select_runs
from storage.watch_tables import extractions, quiet_items, run_troubles, source_hours

_MICROSECOND = timedelta(microseconds=1)
_HOUR, _MOMENT = timedelta(hours=1) // _MICROSECOND, timedelta(minutes=10) // _MICROSECOND
_PRUNED_AT_ONCE = 5_000


class Watching:
    """Tells how collection goes, from what every visit and article left behind."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def hours(self, since: datetime, until: datetime) -> list[HourCoverage]:
        """Return what each hour that begins in [since, until) brought, by source and time."""
        query = (
            select(*(source_hours.c[field.name] for field in fields(HourCoverage)))
            .where(source_hours.c.hour >= since, source_hours.c.hour < until)
            .order_by(source_hours.c.source_id, source_hours.c.hour)
        )
        with self._database.read() as connection:
            # By place, not by name: a quarter of a year of all sources is two hundred thousand rows.
            return [HourCoverage(*row) for row in connection.execute(query)]

    def arrivals(self, since: datetime, until: datetime) -> list[Arrivals]:
        """Return how much was first seen in each hour that begins in [since, until), by source and time."""
        # Moments are whole numbers in the tables: they are grouped there, not read one by one.
        seen = type_coerce(articles.c.first_seen_at, BigInteger)
        hour = type_coerce(seen // _HOUR * _HOUR, Moment).label("hour")
        query = (
            select(
                items.c.source_id,
                hour,
                func.count().label("articles"),
                func.count((seen // _MOMENT).distinct()).label("moments"),
                func.max(articles.c.first_seen_at).label("last"),
            )
            .join(items, items.c.id == articles.c.item_id)
            .where(*_seen_in(since, until), ~exists().where(quiet_items.c.item_id == items.c.id))
            .group_by(items.c.source_id, hour)
            .order_by(items.c.source_id, hour)
        )
        with self._database.read() as connection:
            return [Arrivals(**row) for row in connection.execute(query).mappings()]

    def first_shown(self, source_id: str, since: datetime, until: datetime) -> list[datetime]:
        """Return when articles first seen in [since, until) were published, where they say so, by time."""
        query = (
            select(articles.c.published_at)
            .join(items, items.c.id == articles.c.item_id)
            .where(
                *_seen_in(since, until), items.c.source_id == source_id, articles.c.published_at.is_not(None)
            )
            .order_by(articles.c.published_at)
        )
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())

    def last_visits(self, source_ids: Sequence[str], limit: int) -> dict[str, list[SourceRun]]:
        """Return each source's last visits, the oldest of them first; missed ones are left out."""
        found: dict[str, list[SourceRun]] = {}
        with self._database.read() as connection:
            for source_id in source_ids:  # each is a short walk along the key's own index
                query = (
                    select_runs()
                    .where(source_runs.c.source_id == source_id, source_runs.c.outcome != RunOutcome.MISSED)
                    .order_by(source_runs.c.started_at.desc())
                    .limit(limit)
                )
                found[source_id] = [make_run(row) for row in connection.execute(query).mappings()][::-1]
        return found

    def troubles(self, since: datetime, until: datetime) -> dict[str, dict[str, int]]:
        """Return per source how many visits that began in [since, until) had which kind of trouble."""
        return self._count_troubles(since, until)

    def item_troubles(self, since: datetime) -> dict[str, dict[str, int]]:
        """Return the same of visits since then whose front was read, but of whose items none was."""
        return self._count_troubles(since, None, source_runs.c.outcome.in_(sorted(SUCCESSES)))

    def _count_troubles(
        self, since: datetime, until: datetime | None, *conditions: ColumnElement[bool]
    ) -> dict[str, dict[str, int]]:
        query = (
            select(run_troubles.c.source_id, run_troubles.c.trouble, func.count())
            .where(run_troubles.c.started_at >= since, *conditions)
            .group_by(run_troubles.c.source_id, run_troubles.c.trouble)
        )
        if until is not None:
            query = query.where(run_troubles.c.started_at < until)
        if conditions:
            query = query.join(
                source_runs,
                (source_runs.c.source_id == run_troubles.c.source_id)
                & (source_runs.c.started_at == run_troubles.c.started_at),
            )
        counts: dict[str, dict[str, int]] = {}
        with self._database.read() as connection:
            for source_id, trouble, count in connection.execute(query):
                counts.setdefault(source_id, {})[trouble] = count
        return counts

    def last_articles(
        self, source_ids: Sequence[str], since: datetime, limit: int
    ) -> dict[str, list[ArticleFacts]]:
        """Return how each source's last articles first seen since then were extracted, the oldest first."""
        place = func.row_number().over(
            partition_by=items.c.source_id, order_by=(articles.c.first_seen_at.desc(), articles.c.id.desc())
        )
        newest = (
            select(articles.c.id, items.c.source_id, place.label("place"))
            .join(items, items.c.id == articles.c.item_id)
            .where(*_seen_in(since, None))
            .subquery()
        )
        query = (
            select(
                newest.c.source_id,
                articles.c.first_seen_at,
                articles.c.published_at,
                articles.c.state,
                articles.c.lang,
                revisions.c.extractor,
                revisions.c.date_note,
                extractions.c.text_length,
                extractions.c.page_length,
                extractions.c.dated,
            )
            .join(articles, articles.c.id == newest.c.id)
            .join(
                revisions,
                (revisions.c.article_id == articles.c.id) & (revisions.c.revision == articles.c.revision),
            )
            .outerjoin(
                extractions,
                (extractions.c.article_id == articles.c.id) & (extractions.c.revision == articles.c.revision),
            )
            .where(newest.c.place <= limit)
            .order_by(newest.c.source_id, newest.c.place.desc())
        )
        wanted, facts = set(source_ids), dict[str, list[ArticleFacts]]()
        with self._database.read() as connection:
            for row in connection.execute(query):
                if row.source_id in wanted:
                    facts.setdefault(row.source_id, []).append(_make_facts(row))
        return facts

    def failed_items(self, source_ids: Sequence[str], since: datetime) -> dict[str, list[ItemFacts]]:
        """Return each source's items first seen since then that were not collected (yet), oldest first."""
        found: dict[str, list[ItemFacts]] = {}
        with self._database.read() as connection:
            for some in in_batches(source_ids):
                query = (
                    select(items.c.source_id, items.c.first_seen_at, items.c.attempts, items.c.reason)
                    .where(
                        items.c.source_id.in_(some),
                        items.c.state.in_((ItemState.TRY_LATER, ItemState.SET_ASIDE)),
                        items.c.first_seen_at >= since,
                    )
                    .order_by(items.c.first_seen_at, items.c.id)
                )
                for source_id, seen_at, attempts, reason in connection.execute(query):
                    fact = ItemFacts(seen_at, collected=False, attempts=attempts, reason=reason)
                    found.setdefault(source_id, []).append(fact)
        return found

    def languages(self, since: datetime) -> dict[str, dict[str, int]]:
        """Return per source how many articles first seen since then are in which language ("" unknown)."""
        lang = func.coalesce(articles.c.lang, "")
        query = (
            select(items.c.source_id, lang, func.count())
            .join(items, items.c.id == articles.c.item_id)
            .where(*_seen_in(since, None))
            .group_by(items.c.source_id, lang)
        )
        shares: dict[str, dict[str, int]] = {}
        with self._database.read() as connection:
            for source_id, name, count in connection.execute(query):
                shares.setdefault(source_id, {})[name] = count
        return shares

    def prune_runs(self, before: datetime) -> int:
        """Forget the visits that began before then, a few at a time; returns how many."""
        forgotten = 0
        while True:
            with self._database.write() as connection:
                counts = []
                for table in (run_troubles, source_runs):
                    old = (
                        select(table.c.source_id, table.c.started_at)
                        .where(table.c.started_at < before)
                        .limit(_PRUNED_AT_ONCE)
                    )
                    key = tuple_(table.c.source_id, table.c.started_at)
                    counts.append(connection.execute(table.delete().where(key.in_(old))).rowcount)
            forgotten += counts[1]
            if not any(counts):
                return forgotten


def _seen_in(since: datetime, until: datetime | None) -> list[ColumnElement[bool]]:
    """Return the conditions for articles first seen in [since, until).

    Naming every state lets the index that begins with it be used: there is none by time alone.
    """
    conditions = [articles.c.state.in_(tuple(ArticleState)), articles.c.first_seen_at >= since]
    return conditions if until is None else [*conditions, articles.c.first_seen_at < until]


def _make_facts(row: Any) -> ArticleFacts:
    unread = None
    if row.lang is not None and row.state in (ArticleState.ASSESSED, ArticleState.UNREAD):
        unread = row.state == ArticleState.UNREAD
    return ArticleFacts(
        at=row.first_seen_at,
        extractor=row.extractor,
        dated=row.published_at is not None if row.dated is None else row.dated,
        date_note=row.date_note,
        text_length=row.text_length,
        page_length=row.page_length,
        unread=unread,
        lang=row.lang,
    )
