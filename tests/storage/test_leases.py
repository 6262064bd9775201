"""Leases: one holder at a time, whatever the clock does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.domain.leases import Lease
from storage import Store
from tests.builders import NOON

VALID = timedelta(seconds=45)


def want(holder: str, now: datetime = NOON) -> Lease:
    """Return the lease that a process asks for."""
    return Lease("service", holder, now + VALID)


def test_second_taker_is_told_who_holds_it_and_until_when(store: Store) -> None:
    """And changes nothing."""
    first = store.leases.take(want("a"), NOON)
    later = NOON + timedelta(seconds=44)
    assert first == store.leases.take(want("b", later), later)
    assert first == store.leases.take(want("c", later), later)


def test_holder_renews_before_and_after_its_end(store: Store) -> None:
    """A lease that nobody else took is still one's own."""
    store.leases.take(want("a"), NOON)
    for seconds in (10, 100):
        now = NOON + timedelta(seconds=seconds)
        assert want("a", now) == store.leases.take(want("a", now), now)


def test_lease_that_is_over_is_taken_and_the_former_holder_learns_it(store: Store) -> None:
    """At its next renewal."""
    store.leases.take(want("a"), NOON)
    now = NOON + VALID
    assert "b" == store.leases.take(want("b", now), now).holder
    assert "b" == store.leases.take(want("a", now), now).holder


def test_released_lease_is_free_at_once_and_only_its_holder_releases_it(store: Store) -> None:
    """A clean stop lets the next one begin."""
    held = store.leases.take(want("a"), NOON)
    store.leases.release(replace(held, holder="b"))
    assert "a" == store.leases.take(want("b"), NOON).holder
    store.leases.release(held)
    assert "b" == store.leases.take(want("b"), NOON).holder


def test_lease_seen_to_stand_still_is_taken_though_the_clock_was_set_back(store: Store) -> None:
    """Its end is a day away, but nobody renews it; one that was renewed meanwhile is not taken."""
    dead = store.leases.take(want("a"), NOON)
    now = NOON - timedelta(days=1)
    assert dead == store.leases.take(want("b", now), now)
    assert "b" == store.leases.take(want("b", now), now, stalled=dead).holder
    assert "b" == store.leases.take(want("c", now), now, stalled=dead).holder


def test_proof_that_the_store_can_be_written_takes_no_lease(store: Store) -> None:
    """It may be given again and again."""
    for _ in range(2):
        store.leases.prove_writable(NOON)
    assert "a" == store.leases.take(want("a"), NOON).holder
