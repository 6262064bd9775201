"""Notices of troubles: begun once, ended once, told in the same transaction."""

from __future__ import annotations

from datetime import timedelta

from monitor.domain.delivery import DeliveryKind, NewDelivery
from monitor.domain.notices import Alarm, AlarmKind
from storage import Store, open_store
from tests.builders import NOON

HOUR = timedelta(hours=1)
DOWN = Alarm(AlarmKind.DOWN, "agency", "3 visits failed", NOON - HOUR)
TOLD = NewDelivery(DeliveryKind.NOTICE, "Agency is down.", "console", "-")


def test_notice_begins_once_and_ends_once_and_each_is_told(store: Store) -> None:
    """A second begin while it lasts, and a second end, change nothing and tell nothing."""
    (begun,) = store.notices.save([DOWN], {}, [TOLD], NOON)
    assert (DOWN, NOON, None, NOON - HOUR) == (begun.alarm, begun.began_at, begun.ended_at, begun.since)
    again = NewDelivery(DeliveryKind.NOTICE, "Again.", "console", "-")
    assert [] == store.notices.save([DOWN], {}, [again], NOON + HOUR)
    assert [begun] == store.notices.open()
    (ended,) = store.notices.save([], {begun.id: NOON + HOUR}, [], NOON + 2 * HOUR)
    assert NOON + HOUR == ended.ended_at
    assert [] == store.notices.save([], {begun.id: NOON + 3 * HOUR}, [again], NOON + 3 * HOUR)
    assert [] == store.notices.open()
    assert ["Agency is down."] == [d.subject for d in store.outbox.claim("console", NOON + 9 * HOUR, 9)]


def test_trouble_that_comes_back_is_a_new_notice(store: Store) -> None:
    """The old one stays as history."""
    (first,) = store.notices.save([DOWN], {}, [], NOON)
    store.notices.save([], {first.id: NOON + HOUR}, [], NOON + HOUR)
    (second,) = store.notices.save([DOWN], {}, [], NOON + 2 * HOUR)
    assert first.id != second.id
    assert [first.id, second.id] == [notice.id for notice in store.notices.since(NOON)]
    assert [second.id] == [notice.id for notice in store.notices.since(NOON + 2 * HOUR)]


def test_open_notices_survive_a_restart(url: str) -> None:
    """They stand in the store."""
    first = open_store(url, NOON)
    first.notices.save([DOWN], {}, [], NOON)
    first.close()
    second = open_store(url, NOON)
    assert [DOWN] == [notice.alarm for notice in second.notices.open()]
    second.close()
