"""Telling what a subscription would have sent, from the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.domain.alerts import Alert
from monitor.domain.estimates import SPAN
from monitor.domain.subscriptions import Filter
from monitor.pipeline.estimate import Estimator
from monitor.text.lemmas import lemmas_of
from storage import Store, open_store
from tests.builders import NOON, make_assessment
from tests.fakes.clock import FakeClock
from tests.storage.builders import find_one, raise_alert

DAY = timedelta(days=1)


@pytest.fixture
def store() -> Iterator[Store]:
    """Give an empty store in memory."""
    opened = open_store("sqlite://", NOON)
    yield opened
    opened.close()


def tell(store: Store, key: str, when: datetime, severity: int = 50, **changes: object) -> None:
    """Save an alert of a moment and severity."""
    said = replace(make_assessment(**changes), severity=severity)  # type: ignore[arg-type]
    raise_alert(store, find_one(store, key, said, seen=when), now=when)


class CountedAlerts:
    """The store's alerts, and how many were read."""

    def __init__(self, store: Store) -> None:
        self._alerts = store.alerts
        self.read = 0

    def since(self, moment: datetime, *, after: int = 0, limit: int) -> Sequence[tuple[int, Alert]]:
        """Read and count."""
        found = self._alerts.since(moment, after=after, limit=limit)
        self.read += len(found)
        return found

    def known_since(self) -> datetime | None:
        """Read."""
        return self._alerts.known_since()


def test_empty_store_knows_nothing(store: Store) -> None:
    """No days are claimed."""
    found = Estimator(store.alerts, store.signals, lambda: NOON)(Filter())
    assert (0, timedelta()) == (found.count, found.span)


def test_last_thirty_days_count(store: Store) -> None:
    """What is older does not, and the whole span is named once it was watched."""
    for key, days in (("1", 40), ("2", 29), ("3", 2)):
        tell(store, key, NOON - days * DAY)
    found = Estimator(store.alerts, store.signals, lambda: NOON)(Filter())
    assert (2, SPAN) == (found.count, found.span)


def test_young_store_says_how_long_it_knows(store: Store) -> None:
    """Four days of watching are four days."""
    tell(store, "1", NOON - 4 * DAY)
    assert 4 * DAY == Estimator(store.alerts, store.signals, lambda: NOON)(Filter()).span


def test_words_are_found_in_any_form(store: Store) -> None:
    """By the dictionary that alerts are routed with."""
    tell(store, "1", NOON - DAY, text="Минсельхоз обвинил Армению в обмане.")
    estimator = Estimator(store.alerts, store.signals, lambda: NOON, lemmas_of)
    assert 1 == estimator(Filter(words=frozenset({"обвинила армения"}))).count
    assert 0 == estimator(Filter(words=frozenset({"казахстан"}))).count


def test_each_alert_is_read_once_and_let_go_when_it_is_old(store: Store) -> None:
    """A slider asks at every step; only what came since is read."""
    clock = FakeClock(NOON)
    for number in range(5):
        tell(store, str(number), NOON - DAY, severity=10 * number)
    alerts = CountedAlerts(store)
    estimator = Estimator(alerts, store.signals, clock.now)
    counts = [estimator(Filter(min_severity=severity)).count for severity in range(0, 60, 10)]
    assert ([5, 4, 3, 2, 1, 0], 5) == (counts, alerts.read)
    tell(store, "new", NOON, severity=90)
    assert (1, 6) == (estimator(Filter(min_severity=50)).count, alerts.read)
    clock.move((29 * DAY + timedelta(hours=1)).total_seconds())
    assert (1, 6) == (estimator(Filter()).count, alerts.read)


def test_store_gives_the_newest_of_too_many(store: Store) -> None:
    """A flood does not fill the memory."""
    for number in range(4):
        tell(store, str(number), NOON - DAY)
    assert [4, 3] == [number for number, _ in store.alerts.since(NOON - SPAN, limit=2)]
    assert [4] == [number for number, _ in store.alerts.since(NOON - SPAN, after=3, limit=9)]
