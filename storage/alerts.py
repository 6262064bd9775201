"""Alerts, saved together with their deliveries and with the reasons of what raised none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from monitor.domain.alerts import Alert, Decision
from monitor.domain.delivery import DeliveryKind, NewDelivery
from storage.engine import Database, in_batches, upsert
from storage.outbox import put_in
from storage.records import load_numbered
from storage.tables import alerts, findings


class Alerts:
    """Keeps what people were told, under numbers that stay."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known_keys(self, keys: Collection[str]) -> set[str]:
        """Return those keys that have an alert already."""
        with self._database.read() as connection:
            return {
                key
                for some in in_batches(keys)
                for key in connection.execute(select(alerts.c.key).where(alerts.c.key.in_(some))).scalars()
            }

    def save_decision(self, decision: Decision, deliveries: Sequence[NewDelivery], now: datetime) -> None:
        """Save alerts, their deliveries and the reasons of those skipped in one transaction."""
        with self._database.write() as connection:
            repeated = {alert.key for alert in decision.alerts if not _insert(connection, alert)}
            for alert in decision.alerts:
                reason = f"already alerted as {alert.key}" if alert.key in repeated else None
                _mark_decided(connection, alert.finding.id, reason)
            for skipped in decision.skipped:
                _mark_decided(connection, skipped.finding_id, skipped.reason)
            put_in(
                connection,
                [d for d in deliveries if d.kind is not DeliveryKind.ALERT or d.subject not in repeated],
                now,
            )

    def by_key(self, key: str) -> tuple[int, Alert] | None:
        """Return an alert with its number; its finding shows today's outlets."""
        return self._first(alerts.c.key == key)

    def by_number(self, number: int) -> Alert | None:
        """Return the alert that people know by this number."""
        found = self._first(alerts.c.number == number)
        return None if found is None else found[1]

    def for_finding(self, finding_id: int) -> tuple[int, Alert] | None:
        """Return the alert for which this finding stands, with its number."""
        return self._first(alerts.c.finding_id == finding_id)

    def latest(self, limit: int, targets: Collection[str] | None = None) -> list[tuple[int, Alert]]:
        """Return the newest alerts with their numbers, the newest first; None or no `targets`: of any."""
        query = select(alerts).order_by(alerts.c.number.desc()).limit(limit)
        if targets:
            query = query.join(findings, findings.c.id == alerts.c.finding_id).where(
                findings.c.target.in_(sorted(targets))
            )
        with self._database.read() as connection:
            return _load(connection, query)

    def _first(self, condition: ColumnElement[bool]) -> tuple[int, Alert] | None:
        with self._database.read() as connection:
            return next(iter(_load(connection, select(alerts).where(condition))), None)


def _insert(connection: Connection, alert: Alert) -> bool:
    """Save an alert; False where its key had one already."""
    inserted = connection.execute(
        upsert(connection, alerts, ["key"]).returning(alerts.c.number),
        {
            "key": alert.key,
            "rule_id": alert.rule_id,
            "finding_id": alert.finding.id,
            "created_at": alert.created_at,
        },
    )
    return inserted.first() is not None


def _mark_decided(connection: Connection, finding_id: int, skip_reason: str | None) -> None:
    """Note what was decided of a finding, unless something was before."""
    connection.execute(
        findings.update()
        .where(findings.c.id == finding_id, findings.c.decided.is_(False))
        .values(decided=True, skip_reason=skip_reason)
    )


def _load(connection: Connection, query: Select[Any]) -> list[tuple[int, Alert]]:
    rows = connection.execute(query).all()
    found = load_numbered(connection, {row.finding_id for row in rows})
    return [
        (
            row.number,
            Alert(
                key=row.key,
                rule_id=row.rule_id,
                finding=found[row.finding_id],
                created_at=row.created_at,
            ),
        )
        for row in rows
    ]
