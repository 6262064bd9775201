"""Two services on one store: one leads, the other waits."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.domain.leases import Lease
from monitor.leading import Leadership
from storage import Store, open_store
from tests.builders import NOON
from tests.collect.loopback import Server
from tests.fault.newspaper import Newspaper, until


@pytest.fixture
async def paper(tmp_path: Path) -> AsyncIterator[Newspaper]:
    """A newspaper with one article."""
    server = Server()
    await server.start()
    made = Newspaper(tmp_path, server)
    made.publish()
    yield made
    await server.stop()


async def test_second_service_waits_and_takes_over_when_the_first_is_killed(paper: Newspaper) -> None:
    """Nothing is visited by both at once, and nothing is collected or told twice."""
    one, two = paper.configure("one"), paper.configure("two")
    first = await paper.start(one)
    await until(lambda: paper.number("SELECT count(*) FROM alerts") == 1)
    second = await paper.start(two)
    await until(lambda: "another process leads" in paper.log(two))
    paper.publish()
    await until(lambda: paper.number("SELECT count(*) FROM alerts") == 2)
    assert {"one/1"} == {name for name, _ in paper.asked_by}
    first.kill()
    await first.wait()
    visited = len(paper.asked_by)
    paper.publish()
    await until(lambda: paper.number("SELECT count(*) FROM alerts") == 3)
    assert {"two/1"} == {name for name, _ in paper.asked_by[visited:]}
    second.send_signal(signal.SIGTERM)
    assert 0 == await second.wait()
    assert 0 == paper.number("SELECT count(*) FROM leases WHERE name = 'service'"), "not given back"
    pages = [path for _, path in paper.asked_by if path != "/rss"]
    assert sorted(set(pages)) == sorted(pages)


class Site:
    """Work that counts who does it."""

    def __init__(self) -> None:
        self.working: set[str] = set()
        self.cancelled: list[str] = []

    async def work(self, name: str, ending: asyncio.Event) -> None:
        """Work until told to end."""
        self.working.add(name)
        try:
            await ending.wait()
        except asyncio.CancelledError:
            self.cancelled.append(name)
            raise
        finally:
            self.working.discard(name)


class Clock:
    """A wall clock that a test sets."""

    moment = NOON

    def now(self) -> datetime:
        """Return the moment."""
        return self.moment


def make_leader(store: Store, clock: Clock, name: str) -> Leadership:
    """Return one that is quick."""
    return Leadership(
        store.leases,
        clock.now,
        name,
        valid=timedelta(seconds=0.6),
        renew_seconds=0.1,
        look_seconds=0.03,
    )


async def test_leader_whose_lease_was_taken_stops_at_once_and_waits_again(tmp_path: Path) -> None:
    """As after a sleep: its work is cancelled, and begins again when the other gives the lease back."""
    store, clock, site = open_store(f"sqlite:///{tmp_path}/s.db", NOON), Clock(), Site()
    stop = asyncio.Event()
    leader = make_leader(store, clock, "a")
    leading = asyncio.create_task(leader.lead(stop, lambda ending: site.work("a", ending)))
    await until(lambda: site.working)
    later = NOON + timedelta(hours=1)
    other = Lease("service", "b", later)
    assert other == store.leases.take(other, later)
    await until(lambda: site.cancelled)
    assert set() == site.working
    store.leases.release(other)
    await until(lambda: site.working)
    stop.set()
    await leading
    assert (["a"], set()) == (site.cancelled, site.working)
    store.close()


async def test_dead_leader_is_followed_though_the_clock_was_set_back(tmp_path: Path) -> None:
    """Its lease ends tomorrow by the clock; who waits sees for its whole length that nobody renews it."""
    store, clock, site = open_store(f"sqlite:///{tmp_path}/s.db", NOON), Clock(), Site()
    store.leases.take(Lease("service", "dead", NOON + timedelta(seconds=45)), NOON)
    clock.moment -= timedelta(days=1)
    stop = asyncio.Event()
    began = asyncio.get_running_loop().time()
    leader = make_leader(store, clock, "a")
    leading = asyncio.create_task(leader.lead(stop, lambda ending: site.work("a", ending)))
    await until(lambda: site.working)
    assert asyncio.get_running_loop().time() - began >= 0.6
    stop.set()
    await leading
    store.close()
