"""What users say of findings, and what reviewers rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from monitor.domain.delivery import NewDelivery
from monitor.domain.feedback import (
    DoubtfulFinding,
    Reliability,
    Ruling,
    Verdict,
    measure_reliability,
    needs_review,
)
from monitor.domain.stance import Probabilities, Stance
from storage.engine import Database, upsert
from storage.outbox import put_in
from storage.records import load_numbered
from storage.tables import findings
from storage.telling_tables import rulings, verdicts

MOST_WAITING = 2_000
"""So many findings without a ruling are looked at, the newest, so that a flood of taps costs no more."""


class Verdicts:
    """Keeps feedback: one word a user and finding, one ruling a finding."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, verdict: Verdict) -> None:
        """Keep what a user says of a finding; the last word of a user counts."""
        row = {
            "finding_id": verdict.finding_id,
            "user_id": verdict.user_id,
            "confirmed": verdict.confirmed,
            "stance": verdict.stance,
            "at": verdict.at,
        }
        key = ["finding_id", "user_id"]
        with self._database.write() as connection:
            connection.execute(upsert(connection, verdicts, key, update=["confirmed", "stance", "at"]), row)

    def of_finding(self, finding_id: int) -> list[Verdict]:
        """Return what users say of a finding, the oldest first."""
        return self._read(select(verdicts).where(verdicts.c.finding_id == finding_id))

    def of_user(self, user_id: int) -> list[Verdict]:
        """Return what a user said, the oldest first."""
        return self._read(select(verdicts).where(verdicts.c.user_id == user_id))

    def forget(self, user_id: int) -> int:
        """Delete what a user said; returns how many verdicts. Rulings stay."""
        with self._database.write() as connection:
            return connection.execute(verdicts.delete().where(verdicts.c.user_id == user_id)).rowcount

    def doubtful(self, limit: int) -> list[DoubtfulFinding]:
        """Return findings that need a reviewer and have no ruling, those most contradicted first."""
        waiting = [one for one in self.spoken_of() if needs_review(one.fold, one.judged)]
        return sorted(waiting, key=lambda one: (-one.weight, one.finding.id))[:limit]

    def spoken_of(self, since: datetime | None = None) -> list[DoubtfulFinding]:
        """Return all findings of which users spoke since then and that have no ruling, by number."""
        unruled = verdicts.c.finding_id.not_in(select(rulings.c.finding_id))
        newest = select(verdicts.c.finding_id).where(unruled).distinct()
        if since is not None:
            newest = newest.where(verdicts.c.at >= since)
        newest = newest.order_by(verdicts.c.finding_id.desc()).limit(MOST_WAITING)
        with self._database.read() as connection:
            rows = connection.execute(
                select(verdicts).where(verdicts.c.finding_id.in_(newest)).order_by(verdicts.c.at)
            ).all()
            said: dict[int, list[Verdict]] = defaultdict(list)
            for row in rows:
                said[row.finding_id].append(_make_verdict(row))
            found = load_numbered(connection, said.keys())
            known = _read_reliabilities(connection) if said else {}
        return [DoubtfulFinding(found[number], tuple(said[number]), known) for number in sorted(said)]

    def ruling(self, finding_id: int) -> Ruling | None:
        """Return what a reviewer ruled of a finding."""
        with self._database.read() as connection:
            row = connection.execute(select(rulings).where(rulings.c.finding_id == finding_id)).first()
        return None if row is None else _make_ruling(row)

    def rulings(self, since: datetime | None = None) -> list[Ruling]:
        """Return the rulings made since then, the oldest first."""
        query = select(rulings).order_by(rulings.c.at, rulings.c.finding_id)
        if since is not None:
            query = query.where(rulings.c.at >= since)
        with self._database.read() as connection:
            return [_make_ruling(row) for row in connection.execute(query)]

    def rule(self, ruling: Ruling, deliveries: Sequence[NewDelivery], now: datetime) -> bool:
        """Record a ruling with what tells of it in one transaction; False where there is one already."""
        row = {
            "finding_id": ruling.finding_id,
            "stance": ruling.stance,
            "reviewer": ruling.reviewer,
            "at": ruling.at,
        }
        with self._database.write() as connection:
            made = connection.execute(
                upsert(connection, rulings, ["finding_id"]).returning(rulings.c.finding_id), row
            ).scalar()
            if made is not None:
                put_in(connection, deliveries, now)
        return made is not None

    def _read(self, query: Select[Any]) -> list[Verdict]:
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(verdicts.c.at, verdicts.c.finding_id)).all()
        return [_make_verdict(row) for row in rows]


def _read_reliabilities(connection: Connection) -> dict[int, Reliability]:
    """Return how often each user said what reviewers ruled."""
    query = (
        select(
            verdicts,
            findings.c.hostile,
            findings.c.neutral,
            findings.c.conciliatory,
            rulings.c.stance.label("ruled"),
        )
        .join(rulings, rulings.c.finding_id == verdicts.c.finding_id)
        .join(findings, findings.c.id == verdicts.c.finding_id)
    )
    return measure_reliability(
        (
            _make_verdict(row),
            Probabilities(row.hostile, row.neutral, row.conciliatory).stance,
            Stance(row.ruled),
        )
        for row in connection.execute(query)
    )


def _make_verdict(row: Row[Any]) -> Verdict:
    stance = None if row.stance is None else Stance(row.stance)
    return Verdict(row.finding_id, row.user_id, row.confirmed, stance, row.at)


def _make_ruling(row: Row[Any]) -> Ruling:
    return Ruling(row.finding_id, Stance(row.stance), row.reviewer, row.at)
