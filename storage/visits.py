"""Visits to sources: what their servers said last, how each visit went, where each source stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, Select, func, select

from monitor.domain.coverage import HourCoverage, RunOutcome, SourceHealth, SourceRun, count_hours
from monitor.pipeline.ports import Validators
from storage.engine import upsert
from storage.tables import ArticleState, articles, items, source_runs, sources
from storage.watch_tables import run_troubles, source_hours

_SUCCESSES = frozenset({RunOutcome.OK, RunOutcome.NOT_MODIFIED})
_NEVER_VISITED = {"last_reason": "", "consecutive_failures": 0}


def read_validators(connection: Connection, source_id: str) -> Validators:
    """Return what the source's server gave us last, empty at first."""
    row = connection.execute(
        select(sources.c.etag, sources.c.last_modified).where(sources.c.source_id == source_id)
    ).first()
    return Validators() if row is None else Validators(row.etag, row.last_modified)


def save_validators(connection: Connection, source_id: str, validators: Validators) -> None:
    """Remember what the source's server gave us."""
    connection.execute(
        upsert(connection, sources, ["source_id"], update=["etag", "last_modified"]),
        {
            "source_id": source_id,
            "etag": validators.etag,
            "last_modified": validators.last_modified,
            **_NEVER_VISITED,
        },
    )


def record_run(connection: Connection, run: SourceRun) -> None:
    """Keep the visit, count it in its hour, and bring the source's standing up to date, once."""
    added = connection.execute(
        upsert(connection, source_runs, ["source_id", "started_at"]).returning(source_runs.c.source_id),
        {column.name: getattr(run, column.name) for column in source_runs.c},
    ).first()
    if added is None:
        return
    for hour in count_hours([run]):
        _count_in(connection, hour)
    if run.trouble:
        trouble = {"source_id": run.source_id, "started_at": run.started_at, "trouble": run.trouble}
        connection.execute(upsert(connection, run_troubles, ["source_id", "started_at"]), trouble)
    connection.execute(
        upsert(connection, sources, ["source_id"]), {"source_id": run.source_id, **_NEVER_VISITED}
    )
    before = connection.execute(select(sources).where(sources.c.source_id == run.source_id)).one()
    if before.last_run_at is None or before.last_run_at <= run.started_at:
        standing = _decide_standing(before, run)
        connection.execute(sources.update().where(sources.c.source_id == run.source_id).values(**standing))


def _count_in(connection: Connection, hour: HourCoverage) -> None:
    """Add a visit to what its hour brought."""
    row = {column.name: getattr(hour, column.name) for column in source_hours.c}
    known = connection.execute(
        source_hours.update()
        .where(source_hours.c.source_id == hour.source_id, source_hours.c.hour == hour.hour)
        .values({c: c + row[c.name] for c in source_hours.c if not c.primary_key})
    )
    if not known.rowcount:
        connection.execute(source_hours.insert(), row)


def _decide_standing(before: Row[Any], run: SourceRun) -> dict[str, object]:
    """Return where the source stands after its newest visit."""
    standing: dict[str, object] = {
        "last_run_at": run.started_at,
        "last_outcome": run.outcome,
        "last_reason": run.reason,
    }
    if run.outcome in _SUCCESSES:
        standing |= {"last_success_at": run.finished_at, "consecutive_failures": 0}
    elif run.outcome is not RunOutcome.MISSED:
        standing["consecutive_failures"] = before.consecutive_failures + 1
    return standing


def read_runs(connection: Connection, since: datetime, until: datetime) -> list[SourceRun]:
    """Return the visits that began in [since, until), by time."""
    query = (
        select_runs()
        .where(source_runs.c.started_at >= since, source_runs.c.started_at < until)
        .order_by(source_runs.c.started_at, source_runs.c.source_id)
    )
    return [make_run(row) for row in connection.execute(query).mappings()]


def select_runs() -> Select[Any]:
    """Select visits, each with its kind of trouble where it had one."""
    return select(source_runs, func.coalesce(run_troubles.c.trouble, "").label("trouble")).outerjoin(
        run_troubles,
        (run_troubles.c.source_id == source_runs.c.source_id)
        & (run_troubles.c.started_at == source_runs.c.started_at),
    )


def make_run(row: RowMapping) -> SourceRun:
    """Return the visit that a row tells of."""
    return SourceRun(**{**row, "outcome": RunOutcome(row["outcome"])})


def read_volumes(connection: Connection, since: datetime, until: datetime) -> dict[str, list[datetime]]:
    """Return per source when its articles in [since, until) were said, by time."""
    query = (
        select(items.c.source_id, articles.c.said_at)
        .join(articles, articles.c.item_id == items.c.id)
        .where(articles.c.said_at >= since, articles.c.said_at < until)
        .order_by(articles.c.said_at, articles.c.id)
    )
    volumes: dict[str, list[datetime]] = {}
    for source_id, said_at in connection.execute(query):
        volumes.setdefault(source_id, []).append(said_at)
    return volumes


def read_health(connection: Connection) -> dict[str, SourceHealth]:
    """Return where each source stands that was ever visited."""
    by_state = (
        select(items.c.source_id, articles.c.state, func.count(), func.max(articles.c.first_seen_at))
        .join(articles, articles.c.item_id == items.c.id)
        .group_by(items.c.source_id, articles.c.state)
    )
    counted: dict[str, dict[str, tuple[int, datetime]]] = {}
    for source_id, state, count, newest in connection.execute(by_state):
        counted.setdefault(source_id, {})[state] = (count, newest)
    health: dict[str, SourceHealth] = {}
    for row in connection.execute(select(sources).order_by(sources.c.source_id)):
        mine = counted.get(row.source_id, {})
        health[row.source_id] = SourceHealth(
            source_id=row.source_id,
            last_success_at=row.last_success_at,
            last_article_at=max((newest for _, newest in mine.values()), default=None),
            consecutive_failures=row.consecutive_failures,
            last_outcome=None if row.last_outcome is None else RunOutcome(row.last_outcome),
            last_reason=row.last_reason,
            articles=sum(count for count, _ in mine.values()),
            unread=mine.get(ArticleState.UNREAD, (0, None))[0],
        )
    return health
