"""How sources are asked survives a restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from monitor.domain.polling import Polling
from storage import Store, open_store
from tests.builders import NOON
from tests.storage.builders import collect

HOUR = timedelta(hours=1)
AGENCY = Polling("agency", timedelta(seconds=61.5), NOON, failures=7, rest_until=NOON + HOUR)
DAILY = Polling("daily", timedelta(minutes=30), NOON)


def test_last_state_of_each_source_is_kept(url: str) -> None:
    """Of each source one, the newest, whole, also when the store is opened anew."""
    store = open_store(url, NOON)
    for polling in (DAILY, replace(AGENCY, failures=6), AGENCY):
        store.polls.save(polling)
    store.close()
    again = open_store(url, NOON)
    assert {"agency": AGENCY, "daily": DAILY} == again.polls.all()
    again.close()


def test_rest_that_ended_is_forgotten(store: Store) -> None:
    """A source that is well again has no rest."""
    store.polls.save(AGENCY)
    well = replace(AGENCY, failures=0, rest_until=None)
    store.polls.save(well)
    assert {"agency": well} == store.polls.all()


def test_recent_times_are_those_of_one_source(store: Store) -> None:
    """By the time of the words, in order, not before the given moment."""
    collect(store, "1", "One.", published_at=NOON - HOUR)
    collect(store, "2", "Two.", published_at=NOON - 3 * HOUR)
    collect(store, "3", "Three.", published_at=NOON - 2 * HOUR)
    collect(store, "4", "Four.", source_id="daily", published_at=NOON - HOUR)
    assert [NOON - 2 * HOUR, NOON - HOUR] == store.polls.recent("agency", NOON - 2 * HOUR)
