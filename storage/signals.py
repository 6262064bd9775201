"""Signals, saved with their deliveries, and what they are found from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Row, Select, select, type_coerce

from monitor.domain.delivery import DeliveryKind, NewDelivery
from monitor.domain.signal_routing import Recipient
from monitor.domain.signals import Saying, Signal, SpeakerDay, facts_from_json, facts_to_json
from monitor.domain.stance import Probabilities, Tier
from storage.columns import Moment
from storage.engine import Database, in_batches, upsert
from storage.outbox import put_in
from storage.tables import articles, findings, items
from storage.telling_tables import signals

_DAY = timedelta(days=1) // timedelta(microseconds=1)


class Signals:
    """Keeps what was told of shifts, divergences and silences."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sayings(self, since: datetime, until: datetime) -> list[Saying]:
        """Return what was said in [since, until), by time.

        One for each story, speaker, target and stance, so that a wire in forty outlets counts once:
        the strongest.
        """
        query = (
            select(
                articles.c.said_at,
                articles.c.story_id,
                items.c.source_id,
                findings.c.speaker_name,
                findings.c.speaker_bloc,
                findings.c.speaker_tier,
                findings.c.target,
                findings.c.hostile,
                findings.c.neutral,
                findings.c.conciliatory,
                findings.c.intensity,
            )
            .join(articles, articles.c.id == findings.c.article_id)
            .join(items, items.c.id == articles.c.item_id)
            .where(
                articles.c.said_at >= since,
                articles.c.said_at < until,
                findings.c.superseded.is_(False),
                findings.c.speaker_bloc != findings.c.target,
            )
        )
        strongest: dict[tuple[object, ...], Saying] = {}
        with self._database.read() as connection:
            for row in connection.execute(query):
                saying = _make_saying(row)
                key = (row.story_id, saying.target, saying.stance, saying.speaker, saying.bloc)
                kept = strongest.get(key)
                if kept is None or abs(saying.intensity) > abs(kept.intensity):
                    strongest[key] = saying
        return sorted(strongest.values(), key=lambda saying: saying.said_at)

    def spoken(self, since: datetime, until: datetime) -> list[SpeakerDay]:
        """Return on which days in [since, until) whom of the named speakers was heard, and through what."""
        moment = type_coerce(articles.c.said_at, BigInteger)
        day = type_coerce(moment - moment % _DAY, Moment).label("day")
        parts = (
            day,
            findings.c.speaker_name,
            findings.c.speaker_bloc,
            findings.c.speaker_tier,
            findings.c.target,
            items.c.source_id,
        )
        query = (
            select(*parts)
            .select_from(findings)
            .join(articles, articles.c.id == findings.c.article_id)
            .join(items, items.c.id == articles.c.item_id)
            .where(
                articles.c.said_at >= since,
                articles.c.said_at < until,
                findings.c.superseded.is_(False),
                findings.c.speaker_name.is_not(None),
                findings.c.speaker_bloc != findings.c.target,
            )
            .group_by(*parts)
            .order_by(day)
        )
        with self._database.read() as connection:
            return [
                SpeakerDay(
                    row.day,
                    row.speaker_name,
                    row.speaker_bloc,
                    Tier(row.speaker_tier),
                    row.target,
                    row.source_id,
                )
                for row in connection.execute(query)
            ]

    def since(self, moment: datetime) -> list[Signal]:
        """Return the signals told since then, the oldest first."""
        return self._read(select(signals).where(signals.c.created_at >= moment))

    def get(self, number: int) -> Signal | None:
        """Return a signal by its number."""
        return next(iter(self._read(select(signals).where(signals.c.number == number))), None)

    def known_keys(self, keys: Sequence[str]) -> set[str]:
        """Return those keys that were told already."""
        known: set[str] = set()
        with self._database.read() as connection:
            for some in in_batches(keys):
                query = select(signals.c.key).where(signals.c.key.in_(some))
                known.update(connection.execute(query).scalars())
        return known

    def save(
        self, found: Sequence[Signal], to: Mapping[str, Sequence[Recipient]], now: datetime
    ) -> list[tuple[int, Signal]]:
        """Save signals with their deliveries (by signal key), in one transaction; returns those that are
        new, with their numbers. One whose key was told already stays as it is and is not sent again."""
        new: list[tuple[int, Signal]] = []
        with self._database.write() as connection:
            for signal in found:
                made = upsert(connection, signals, ["key"]).returning(signals.c.number)
                number = connection.execute(made, _make_row(signal)).scalar()
                if number is None:
                    continue
                new.append((number, signal))
                sent = [
                    NewDelivery(DeliveryKind.SIGNAL, str(number), r.sink, r.recipient, r.urgency, r.due_at)
                    for r in to.get(signal.key, ())
                ]
                put_in(connection, sent, now)
        return new

    def _read(self, query: Select[Any]) -> list[Signal]:
        with self._database.read() as connection:
            return [_make_signal(row) for row in connection.execute(query.order_by(signals.c.number))]


def _make_saying(row: Any) -> Saying:
    return Saying(
        said_at=row.said_at,
        source_id=row.source_id,
        speaker=row.speaker_name,
        bloc=row.speaker_bloc,
        tier=Tier(row.speaker_tier),
        target=row.target,
        stance=Probabilities(row.hostile, row.neutral, row.conciliatory).stance,
        intensity=row.intensity,
    )


def _make_row(signal: Signal) -> dict[str, object]:
    return {
        "key": signal.key,
        "kind": signal.kind,
        "target": signal.target,
        "severity": signal.severity,
        "facts": {"bloc": signal.bloc, **facts_to_json(signal.facts)},
        "created_at": signal.created_at,
    }


def _make_signal(row: Row[Any]) -> Signal:
    facts = facts_from_json(row.facts)
    return Signal(row.key, row.target, row.facts["bloc"], row.severity, facts, row.created_at)
