"""Notices: what people were told of troubles, saved together with what tells them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select

from monitor.domain.delivery import NewDelivery
from monitor.domain.notices import Alarm, AlarmKind, Notice
from storage.engine import Database
from storage.outbox import put_in
from storage.watch_tables import notices


class Notices:
    """Keeps which troubles last, and which are over."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self) -> list[Notice]:
        """Return the notices of troubles that last, the oldest first."""
        return self._read(notices.c.ended_at.is_(None))

    def since(self, moment: datetime) -> list[Notice]:
        """Return the notices that began, ended or lasted since then, the oldest first."""
        return self._read(or_(notices.c.ended_at.is_(None), notices.c.ended_at >= moment))

    def save(
        self,
        begun: Sequence[Alarm],
        ended: Mapping[int, datetime],
        deliveries: Sequence[NewDelivery],
        now: datetime,
    ) -> list[Notice]:
        """Begin and end notices and put what tells of them into the outbox, in one transaction."""
        with self._database.write() as connection:
            lasting = {
                (row.kind, row.source_id)
                for row in connection.execute(
                    select(notices.c.kind, notices.c.source_id).where(notices.c.ended_at.is_(None))
                )
            }
            new = [alarm for alarm in begun if (alarm.kind, alarm.source_id) not in lasting]
            made = [
                connection.execute(notices.insert().returning(notices), _make_row(alarm, now)).one()
                for alarm in new
            ]
            over = [
                row
                for number, moment in ended.items()
                if (
                    row := connection.execute(
                        notices.update()
                        .where(notices.c.id == number, notices.c.ended_at.is_(None))
                        .values(ended_at=moment)
                        .returning(notices)
                    ).first()
                )
            ]
            if made or over:
                put_in(connection, deliveries, now)
        return [_make_notice(row) for row in (*made, *over)]

    def _read(self, condition: ColumnElement[bool]) -> list[Notice]:
        query = select(notices).where(condition).order_by(notices.c.id)
        with self._database.read() as connection:
            return [_make_notice(row) for row in connection.execute(query)]


def _make_row(alarm: Alarm, now: datetime) -> dict[str, object]:
    return {
        "kind": alarm.kind,
        "source_id": alarm.source_id,
        "detail": alarm.detail,
        "since": alarm.since,
        "began_at": now,
        "ended_at": None,
    }


def _make_notice(row: Row[Any]) -> Notice:
    alarm = Alarm(AlarmKind(row.kind), row.source_id, row.detail, row.since)
    return Notice(row.id, alarm, row.began_at, row.ended_at)
