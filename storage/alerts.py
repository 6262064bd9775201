"""Alerts, saved together with their deliveries and with the reasons of what raised none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from monitor.domain.alerts import Alert, AlertKind, Decision, FirstOfItsKind
from monitor.domain.change_alerts import ChangeAlert
from monitor.domain.delivery import NewDelivery
from monitor.domain.routing import Held
from monitor.domain.stance import Act, Stance
from storage.changes import mark_decided, read_evidence
from storage.engine import Database, in_batches, upsert
from storage.held import hold
from storage.outbox import put_in
from storage.records import load_numbered
from storage.tables import alerts, articles, findings
from storage.telling_tables import alert_firsts, rulings
from storage.watch_tables import alert_changes


class Alerts:
    """Keeps what people were told, under numbers that stay."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known_keys(self, keys: Collection[str]) -> set[str]:
        """Return those keys that have an alert already, or need none after an alert about a change."""
        known: set[str] = set()
        with self._database.read() as connection:
            for some in in_batches(keys):
                for column in (alerts.c.key, alert_changes.c.instead_of):
                    known.update(connection.execute(select(column).where(column.in_(some))).scalars())
        return known

    def save_decision(
        self,
        decision: Decision,
        deliveries: Sequence[NewDelivery],
        now: datetime,
        held: Sequence[Held] = (),
    ) -> None:
        """Save alerts, what is sent and held of them, and the reasons of those skipped, in one
        transaction."""
        with self._database.write() as connection:
            repeated = {alert.key for alert in decision.alerts if _insert(connection, alert) is None}
            for alert in decision.alerts:
                reason = f"already alerted as {alert.key}" if alert.key in repeated else None
                _mark_decided(connection, alert.finding.id, reason)
            for skipped in decision.skipped:
                _mark_decided(connection, skipped.finding_id, skipped.reason)
            _put_out(connection, deliveries, held, repeated, now)

    def save_changes(
        self,
        told: Sequence[ChangeAlert],
        decided: Collection[int],
        deliveries: Sequence[NewDelivery],
        now: datetime,
        held: Sequence[Held] = (),
    ) -> None:
        """Save alerts about changes, what is sent and held of them, and that all these changes are
        decided."""
        repeated: set[str] = set()
        with self._database.write() as connection:
            for change in told:
                number = _insert(connection, change.alert)
                if number is None:
                    repeated.add(change.alert.key)
                    continue
                connection.execute(alert_changes.insert(), _make_change_row(number, change))
                if change.alert.kind is AlertKind.SHARPENED:
                    _mark_decided(connection, change.alert.finding.id, None)
            mark_decided(connection, decided)
            _put_out(connection, deliveries, held, repeated, now)

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

    def since(self, moment: datetime, *, after: int = 0, limit: int) -> list[tuple[int, Alert]]:
        """Return the newest alerts since then with a number above `after`, the newest first, with their
        numbers; `limit` at most."""
        query = select(alerts).where(alerts.c.created_at >= moment, alerts.c.number > after)
        with self._database.read() as connection:
            return _load(connection, query.order_by(alerts.c.number.desc()).limit(limit))

    def known_since(self) -> datetime | None:
        """Return when the first article was seen, None before there is any."""
        query = select(articles.c.first_seen_at).order_by(articles.c.id).limit(1)
        with self._database.read() as connection:
            return connection.execute(query).scalar()

    def _first(self, condition: ColumnElement[bool]) -> tuple[int, Alert] | None:
        query = select(alerts).where(condition).order_by(alerts.c.number).limit(1)
        with self._database.read() as connection:
            return next(iter(_load(connection, query)), None)


def _insert(connection: Connection, alert: Alert) -> int | None:
    """Save an alert and return its number; None where its key had one already."""
    inserted = connection.execute(
        upsert(connection, alerts, ["key"]).returning(alerts.c.number),
        {
            "key": alert.key,
            "rule_id": alert.rule_id,
            "finding_id": alert.finding.id,
            "created_at": alert.created_at,
        },
    )
    number = inserted.scalar()
    if number is not None and alert.first is not None:
        first = {
            "number": number,
            "act": alert.first.act,
            "watched_seconds": int(alert.first.watched.total_seconds()),
            "before": alert.first.before,
        }
        connection.execute(alert_firsts.insert(), first)
    return number


def _put_out(
    connection: Connection,
    deliveries: Sequence[NewDelivery],
    held: Sequence[Held],
    repeated: Collection[str],
    now: datetime,
) -> None:
    put_in(connection, [d for d in deliveries if d.subject not in repeated], now)
    hold(connection, [h for h in held if h.alert_key not in repeated], now)


def _make_change_row(number: int, change: ChangeAlert) -> dict[str, object]:
    former = change.alert.former
    return {
        "number": number,
        "kind": change.alert.kind,
        "former_id": former.id if former else None,
        "change_id": change.change_id,
        "instead_of": change.instead_of,
    }


def _mark_decided(connection: Connection, finding_id: int, skip_reason: str | None) -> None:
    """Note what was decided of a finding, unless something was before."""
    connection.execute(
        findings.update()
        .where(findings.c.id == finding_id, findings.c.decided.is_(False))
        .values(decided=True, skip_reason=skip_reason)
    )


def _load(connection: Connection, query: Select[Any]) -> list[tuple[int, Alert]]:
    rows = connection.execute(query).all()
    about = {
        change.number: change
        for some in in_batches(row.number for row in rows)
        for change in connection.execute(select(alert_changes).where(alert_changes.c.number.in_(some)))
    }
    firsts = {
        first.number: FirstOfItsKind(Act(first.act), timedelta(seconds=first.watched_seconds), first.before)
        for some in in_batches(row.number for row in rows)
        for first in connection.execute(select(alert_firsts).where(alert_firsts.c.number.in_(some)))
    }
    ruled = {
        ruling.finding_id: Stance(ruling.stance)
        for some in in_batches(row.finding_id for row in rows)
        for ruling in connection.execute(select(rulings).where(rulings.c.finding_id.in_(some)))
    }
    formers = {change.former_id for change in about.values()} - {None}
    found = load_numbered(connection, {row.finding_id for row in rows} | formers)
    evidence = read_evidence(connection, {change.change_id for change in about.values()})
    return [
        (
            row.number,
            Alert(
                key=row.key,
                rule_id=row.rule_id,
                finding=found[row.finding_id],
                created_at=row.created_at,
                kind=AlertKind(change.kind) if change else AlertKind.STATEMENT,
                former=found.get(change.former_id) if change else None,
                evidence=evidence[change.change_id] if change else None,
                first=firsts.get(row.number),
                ruled=ruled.get(row.finding_id),
            ),
        )
        for row in rows
        for change in (about.get(row.number),)
    ]
