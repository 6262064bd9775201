"""Items of sources: which are to be fetched, which wait, which were given up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, select

from monitor.domain.article import Failure, FeedItem, ItemState
from storage.columns import storable
from storage.engine import in_batches, upsert
from storage.tables import items
from storage.watch_tables import quiet_items

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
"""How long an item waits after its first, second, ... failure; the last holds for all further ones."""

Identity = tuple[str, str]
"""An item's source and its key there."""


def select_wanted(connection: Connection, shown: Sequence[FeedItem], now: datetime) -> list[FeedItem]:
    """Return the items to fetch now, in the given order, each key once."""
    first: dict[Identity, FeedItem] = {}
    for item in shown:
        first.setdefault(_identify(item), item)
    known = _read_standing(connection, first)
    return [item for identity, item in first.items() if _is_wanted(known.get(identity), item, now)]


def read_due_retries(connection: Connection, source_id: str, now: datetime) -> list[FeedItem]:
    """Return items to be tried again whose time has come, the longest waiting first."""
    query = (
        select(items)
        .where(
            items.c.source_id == source_id,
            items.c.state == ItemState.TRY_LATER,
            items.c.retry_at <= now,
        )
        .order_by(items.c.retry_at, items.c.id)
    )
    return [_make_item(row) for row in connection.execute(query)]


def record_collected(connection: Connection, item: FeedItem, seen_at: datetime) -> tuple[int, datetime]:
    """Note that the item was collected; return its number and when it was first seen."""
    return _record(connection, item, Failure(ItemState.COLLECTED, reason="", attempts=0), seen_at)


def count_failure(
    connection: Connection, item: FeedItem, reason: str, now: datetime, max_attempts: int
) -> Failure:
    """Count a failed try and note what becomes of the item."""
    identity = _identify(item)
    before = _read_standing(connection, [identity]).get(identity)
    failure = _decide_failure(before, item, reason, now, max_attempts)
    _record(connection, item, failure, now)
    return failure


def is_known(connection: Connection, item: FeedItem) -> bool:
    """Say whether the item was ever seen before."""
    identity = _identify(item)
    return identity in _read_standing(connection, [identity])


def mark_quiet(connection: Connection, item: FeedItem) -> None:
    """Note that the item's article is history; an item that is not known yet is left alone."""
    source_id, key = _identify(item)
    number = connection.execute(
        select(items.c.id).where(items.c.source_id == source_id, items.c.key == key)
    ).scalar()
    if number is not None:
        connection.execute(upsert(connection, quiet_items, ["item_id"]), {"item_id": number})


def count_waiting(connection: Connection) -> dict[ItemState, int]:
    """Return how many items are to be tried later and how many were set aside."""
    query = select(items.c.state, func.count()).group_by(items.c.state)
    by_state: dict[str, int] = dict(connection.execute(query).all())
    return {state: by_state.get(state, 0) for state in (ItemState.TRY_LATER, ItemState.SET_ASIDE)}


def _identify(item: FeedItem) -> Identity:
    return (item.source_id, storable(item.key))


def _fingerprint(item: FeedItem) -> str:
    """Return the fingerprint of the item as the store gives it back, or one that holds unstorable
    characters would look edited ever after."""
    html = None if item.html is None else storable(item.html)
    return replace(item, title=storable(item.title), summary=storable(item.summary), html=html).fingerprint


def _read_standing(connection: Connection, identities: Collection[Identity]) -> dict[Identity, Row[Any]]:
    """Return the rows of those items that are known."""
    standing: dict[Identity, Row[Any]] = {}
    for source_id in {source_id for source_id, _ in identities}:
        keys = [key for source, key in identities if source == source_id]
        for some in in_batches(keys):
            query = select(
                items.c.source_id,
                items.c.key,
                items.c.state,
                items.c.fingerprint,
                items.c.attempts,
                items.c.retry_at,
            ).where(items.c.source_id == source_id, items.c.key.in_(some))
            standing |= {(row.source_id, row.key): row for row in connection.execute(query)}
    return standing


def _is_wanted(standing: Row[Any] | None, item: FeedItem, now: datetime) -> bool:
    if standing is None:
        return True
    if standing.state == ItemState.TRY_LATER:
        return bool(standing.retry_at <= now)
    return bool(standing.fingerprint != _fingerprint(item))


def _decide_failure(
    before: Row[Any] | None, item: FeedItem, reason: str, now: datetime, max_attempts: int
) -> Failure:
    """Decide what becomes of an item that failed once more."""
    given_up = before is not None and before.state == ItemState.SET_ASIDE
    shown_anew = before is not None and before.fingerprint != _fingerprint(item)
    attempts = 1 if before is None or (given_up and shown_anew) else before.attempts + 1
    if attempts >= max_attempts:
        return Failure(ItemState.SET_ASIDE, reason, attempts)
    delay = BACK_OFF[min(attempts, len(BACK_OFF)) - 1]
    return Failure(ItemState.TRY_LATER, reason, attempts, retry_at=now + delay)


def _record(
    connection: Connection, item: FeedItem, standing: Failure, seen_at: datetime
) -> tuple[int, datetime]:
    """Write where the item stands; return its number and when it was first seen."""
    row = {
        "source_id": item.source_id,
        "key": item.key,
        "url": item.url,
        "title": item.title,
        "published_at": item.published_at,
        "summary": item.summary,
        "html": item.html if standing.state is ItemState.TRY_LATER else None,
        "fingerprint": _fingerprint(item),
        "state": standing.state,
        "attempts": standing.attempts,
        "retry_at": standing.retry_at,
        "reason": standing.reason,
    }
    key = ("source_id", "key")
    statement = upsert(connection, items, key, update=[name for name in row if name not in key])
    saved = connection.execute(
        statement.returning(items.c.id, items.c.first_seen_at), {**row, "first_seen_at": seen_at}
    ).one()
    return saved.id, min(saved.first_seen_at, seen_at)


def _make_item(row: Row[Any]) -> FeedItem:
    return FeedItem(
        source_id=row.source_id,
        key=row.key,
        url=row.url,
        title=row.title,
        published_at=row.published_at,
        summary=row.summary,
        html=row.html,
    )
