"""Weekly digests as they were drafted, and everything that people did to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from monitor.domain.delivery import NewDelivery
from monitor.domain.digest import Digest, ReviewStep, apply_review
from monitor.errors import StorageError
from storage.engine import Database, upsert
from storage.outbox import put_in
from storage.records import load_numbered
from storage.snapshot import freeze, name_findings, thaw
from storage.tables import digests, review_steps

PUBLISH = "publish"


class Digests:
    """Keeps one digest a week, and its review."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_draft(self, digest: Digest, now: datetime) -> bool:
        """Save the week's draft unless there is one; False when there was."""
        row = {"week": digest.week, "snapshot": freeze(digest), "saved_at": now}
        with self._database.write() as connection:
            wanted = {entry.finding.id for entry in digest.entries}
            missing = sorted(wanted - load_numbered(connection, wanted).keys())
            if missing:
                raise StorageError(f"the digest shows findings that are not in the store: {missing}")
            statement = upsert(connection, digests, ["week"]).returning(digests.c.week)
            return connection.execute(statement, row).first() is not None

    def get(self, week: datetime) -> Digest | None:
        """Return the week's digest with its review applied."""
        with self._database.read() as connection:
            snapshot = connection.execute(select(digests.c.snapshot).where(digests.c.week == week)).scalar()
            if snapshot is None:
                return None
            found = load_numbered(connection, name_findings(snapshot))
            return apply_review(thaw(snapshot, found), _read_steps(connection, week))

    def weeks(self) -> list[datetime]:
        """Return the weeks that have a digest, the newest first."""
        with self._database.read() as connection:
            query = select(digests.c.week).order_by(digests.c.week.desc())
            return list(connection.execute(query).scalars())

    def steps(self, week: datetime) -> list[ReviewStep]:
        """Return what people did to it, in order."""
        with self._database.read() as connection:
            return _read_steps(connection, week)

    def add_step(self, step: ReviewStep) -> None:
        """Record a step of the review; the same one twice is one. Publication has `publish`."""
        if step.action == PUBLISH:
            raise ValueError("a digest is published by `publish`, together with its deliveries")
        with self._database.write() as connection:
            _require_digest(connection, step.week)
            if step not in _read_steps(connection, step.week):
                _insert_step(connection, step)

    def publish(self, step: ReviewStep, deliveries: Sequence[NewDelivery]) -> bool:
        """Record publication with its deliveries in one transaction; False if published before."""
        with self._database.write() as connection:
            _require_digest(connection, step.week)
            published = connection.execute(
                digests.update()
                .where(digests.c.week == step.week, digests.c.published_at.is_(None))
                .values(published_at=step.at)
            )
            if published.rowcount == 0:
                return False
            _insert_step(connection, step)
            put_in(connection, deliveries, step.at)
        return True


def _require_digest(connection: Connection, week: datetime) -> None:
    if connection.execute(select(digests.c.week).where(digests.c.week == week)).first() is None:
        raise StorageError(f"there is no digest of the week of {week:%Y-%m-%d}; draft it first")


def _insert_step(connection: Connection, step: ReviewStep) -> None:
    connection.execute(
        review_steps.insert(),
        {name: getattr(step, name) for name in ("week", "at", "reviewer", "action", "entry", "detail")},
    )


def _read_steps(connection: Connection, week: datetime) -> list[ReviewStep]:
    query = select(review_steps).where(review_steps.c.week == week).order_by(review_steps.c.id)
    return [
        ReviewStep(
            week=row.week,
            at=row.at,
            reviewer=row.reviewer,
            action=row.action,
            entry=row.entry,
            detail=row.detail,
        )
        for row in connection.execute(query)
    ]
