"""Watching simulated sources over weeks: every trouble is told once when it begins and once when it ends."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.domain.health import Thresholds
from monitor.domain.notices import Alarm, AlarmKind, Notice
from monitor.pipeline.notices import end_notice, raise_notice
from monitor.pipeline.watch import HealthWatch
from storage import Store, open_store
from tests.fakes.world import SHAPES, FakeWatching, Fault, Outlet, World, make_outlet

START = datetime(2026, 3, 2, 5, tzinfo=UTC)
"""A Monday morning in Moscow."""
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
MOSCOW = ZoneInfo("Europe/Moscow")
FAULT_DAY = START + 15 * DAY
"""Tuesday of the third week."""


def watch(store: Store, world: World, operators: Sequence[int] = ()) -> HealthWatch:
    """Return a watch over the world, as after a start of the program."""
    return HealthWatch(FakeWatching(world), store.notices, Thresholds(), MOSCOW, operators)


def live_through(
    store: Store,
    world: World,
    *,
    since: datetime | None = None,
    step: timedelta = HOUR,
    restart: bool = False,
) -> list[Notice]:
    """Check the world from a moment on until its end; return all notices that began or ended, in order."""
    told: list[Notice] = []
    eye = watch(store, world)
    world.now = since or world.start
    while world.now < world.end:
        told += eye.check(world.sources, world.now)
        world.now += step
        if restart:
            eye = watch(store, world)
    return told


def texts(store: Store, sink: str = "console", recipient: str = "-") -> list[str]:
    """Return what was put into the outbox for somebody, the oldest first."""
    found: list[str] = []
    while claimed := store.outbox.claim(sink, START + 999 * DAY, 50):
        found += [delivery.subject for delivery in claimed if delivery.recipient == recipient]
        for delivery in claimed:
            store.outbox.sent(delivery.id, START)
    return found


def agency(**more: float) -> Outlet:
    """Return an agency with forty articles a day."""
    return make_outlet("agency", "agency", 280, **more)


TROUBLES = [
    ("dns", AlarmKind.DOWN, 10 * HOUR),
    ("robots", AlarmKind.BLOCKED, 40 * HOUR),
    ("anti_bot", AlarmKind.ANTI_BOT, 30 * HOUR),
    ("silent", AlarmKind.SILENT, 60 * HOUR),
    ("collapsed", AlarmKind.COLLAPSED, 5 * DAY),
    ("soft_404", AlarmKind.SOFT_404, 30 * HOUR),
    ("layout", AlarmKind.LAYOUT, 30 * HOUR),
    ("short", AlarmKind.LAYOUT, 30 * HOUR),
    ("dates", AlarmKind.CLOCK, 30 * HOUR),
    ("foreign", AlarmKind.UNREAD, 30 * HOUR),
]


@pytest.mark.parametrize(("what", "kind", "length"), TROUBLES)
def test_trouble_is_told_once_when_it_begins_and_once_when_it_ends(
    store: Store, what: str, kind: AlarmKind, length: timedelta
) -> None:
    """Within the trouble, soon after its end, and nothing else is told, whenever the program restarts."""
    fault = Fault("agency", what, FAULT_DAY, FAULT_DAY + length)
    world = World([agency()], START, FAULT_DAY + length + 3 * DAY, faults=[fault])
    told = live_through(store, world, since=FAULT_DAY - DAY, step=2 * HOUR, restart=True)
    assert [(kind, True), (kind, False)] == [(n.alarm.kind, n.ended_at is None) for n in told]
    begun, ended = told
    assert fault.begin < begun.began_at <= fault.end
    assert ended.ended_at is not None
    assert fault.end <= ended.ended_at <= fault.end + 36 * HOUR
    assert 2 == len(texts(store))


def test_dead_source_is_noticed_within_a_day_and_a_half(store: Store) -> None:
    """A source of ten articles a day, three weeks known, by default thresholds."""
    fault = Fault("paper", "silent", FAULT_DAY, START + 60 * DAY)
    world = World([make_outlet("paper", "paper", 70)], START, FAULT_DAY + 4 * DAY, faults=[fault])
    (begun,) = live_through(store, world, since=FAULT_DAY)
    assert begun.alarm.kind is AlarmKind.SILENT
    assert begun.began_at - FAULT_DAY < 60 * HOUR
    assert "publications were expected" in begun.alarm.detail


def test_what_the_front_showed_at_first_counts_as_history() -> None:
    """A day after its first visit a source dies; its front had shown what it published before."""
    death = START + 30 * HOUR
    fault = Fault("agency", "silent", death, START + 60 * DAY)
    delays = []
    for front in (0, 60):
        world = World([agency()], START, START + 6 * DAY, faults=[fault], front=front, hiccups=0)
        told = live_through(open_store("sqlite://", START), world, since=death, step=2 * HOUR)
        delays.append(told[0].began_at - death)
    assert delays[1] < 0.8 * delays[0]


def test_outage_of_many_sources_is_one_notice_at_its_begin_and_one_at_its_end(store: Store) -> None:
    """Eight sources, visited at different times, that fail and come back together."""
    outlets = [make_outlet(f"wire-{n}", "agency", 300) for n in range(8)]
    outage = [Fault(o.source.id, "dns", FAULT_DAY, FAULT_DAY + 9 * HOUR) for o in outlets]
    world = World(outlets, START, FAULT_DAY + DAY, faults=outage)
    told = live_through(store, world, since=FAULT_DAY - 6 * HOUR, step=5 * MINUTE)
    assert 16 == len(told)
    begun, ended = texts(store)
    assert begun.startswith("8 sources are down since 17 Mar")
    assert begun.endswith("; common trouble: dns")
    assert "Wire-3 (wire-3)" in begun
    assert ended.startswith("8 sources are read again (17 Mar")
    assert "hours were not read and about" in ended


def test_single_failure_among_many_is_told_without_waiting_for_others(store: Store) -> None:
    """Three failed visits an hour apart at most."""
    outlets = [make_outlet(f"wire-{n}", "agency", 300) for n in range(8)]
    world = World(
        outlets, START, FAULT_DAY + 3 * HOUR, faults=[Fault("wire-1", "server", FAULT_DAY, START + 60 * DAY)]
    )
    (begun,) = live_through(store, world, since=FAULT_DAY - 6 * HOUR, step=5 * MINUTE)
    assert begun.began_at - FAULT_DAY <= 100 * MINUTE
    (text,) = texts(store)
    assert text.startswith("Wire-1 (wire-1) is down since 17 Mar 08:")
    assert "the last 3 visits failed (server 3)" in text


def test_end_tells_how_long_it_lasted_and_what_was_missed(store: Store) -> None:
    """Hours that were not read, and articles that never came although they were expected."""
    fault = Fault("agency", "robots", FAULT_DAY, FAULT_DAY + 30 * HOUR)
    world = World([agency()], START, FAULT_DAY + 40 * HOUR, faults=[fault])
    live_through(store, world, since=FAULT_DAY)
    _, ended = texts(store)
    assert ended.startswith("Agency (agency) is no longer blocked (17 Mar 08:")
    assert "1 d 5 h); 29 hours were not read" in ended


def test_source_that_is_down_is_not_called_silent_as_well(store: Store) -> None:
    """The cause explains the silence; after a week of it no other alarm follows."""
    fault = Fault("agency", "dns", FAULT_DAY, FAULT_DAY + 7 * DAY)
    world = World([agency()], START, FAULT_DAY + 9 * DAY, faults=[fault])
    told = live_through(store, world, since=FAULT_DAY, step=2 * HOUR)
    assert [AlarmKind.DOWN] * 2 == [notice.alarm.kind for notice in told]


def test_flapping_source_is_one_trouble(store: Store) -> None:
    """Single successes between failures neither end it nor begin it anew."""
    faults = [
        Fault("agency", "server", FAULT_DAY + n * 2 * HOUR, FAULT_DAY + (n * 2 + 1.6) * HOUR)
        for n in range(6)
    ]
    world = World([agency()], START, FAULT_DAY + DAY, faults=faults, hiccups=0)
    told = live_through(store, world, since=FAULT_DAY, step=5 * MINUTE)
    assert 2 == len(told)


def test_hours_in_which_the_service_did_not_run_are_neither_silence_nor_history(store: Store) -> None:
    """Nobody looked, so nothing can be said of the sources."""
    stopped = Fault("", "stopped", FAULT_DAY, FAULT_DAY + 4 * DAY)
    world = World(
        [agency(), make_outlet("paper", "paper", 70)], START, FAULT_DAY + 12 * DAY, faults=[stopped]
    )
    before = live_through(store, world, since=FAULT_DAY - DAY)
    assert [] == before


def test_operators_are_told_in_their_chats_too(store: Store) -> None:
    """Everybody gets the same text once."""
    world = World(
        [agency()], START, FAULT_DAY + 6 * HOUR, faults=[Fault("agency", "dns", FAULT_DAY, START + 60 * DAY)]
    )
    world.now = world.end - HOUR
    watch(store, world, [7, 8]).check(world.sources, world.now)
    assert texts(store) == texts(store, "telegram", "7") != []


def test_source_that_is_no_longer_watched_keeps_no_open_notice(store: Store) -> None:
    """Switched off or removed by an operator."""
    world = World(
        [agency()], START, FAULT_DAY + 6 * HOUR, faults=[Fault("agency", "dns", FAULT_DAY, START + 60 * DAY)]
    )
    world.now = world.end - HOUR
    eye = watch(store, world)
    eye.check(world.sources, world.now)
    (ended,) = eye.check([], world.now + HOUR)
    assert ended.ended_at == world.now + HOUR
    assert "is no longer watched" in texts(store)[1]


def test_clock_that_jumps_is_told(store: Store) -> None:
    """Against a timer that nobody sets, and against visits that are still to come."""
    world = World([agency()], START, START + 20 * DAY)
    eye = watch(store, world)
    world.now = START + 10 * DAY
    assert [] == eye.check(world.sources, world.now, 0.0)
    assert [] == eye.check(world.sources, world.now + 5 * MINUTE, 300.0)
    (begun,) = eye.check(world.sources, world.now + 65 * MINUTE, 600.0)
    assert (AlarmKind.CLOCK, "", True) == (
        begun.alarm.kind,
        begun.alarm.source_id,
        "ahead by 55" in begun.alarm.detail,
    )
    (ended,) = eye.check(world.sources, world.now + 130 * MINUTE, 600.0 + 65 * 60)
    assert ended.ended_at is not None
    (back,) = watch(store, world).check(world.sources, world.now - 2 * HOUR)
    assert "still to come" in back.alarm.detail


def test_trouble_of_the_service_comes_through_the_same_door(store: Store) -> None:
    """A broken configuration is told once while it lasts, and once when it is mended."""
    broken = Alarm(AlarmKind.CONFIGURATION, "", "rules.toml: rule[x].targets: unknown target 'armenai'")
    assert 1 == len(raise_notice(store.notices, broken, START, MOSCOW))
    assert [] == raise_notice(store.notices, broken, START + MINUTE, MOSCOW)
    world = World([agency()], START, START + DAY)
    world.now = START + HOUR
    assert [] == watch(store, world).check(world.sources, world.now)
    assert 1 == len(end_notice(store.notices, AlarmKind.CONFIGURATION, START + HOUR, MOSCOW))
    begun, ended = texts(store)
    assert "The configuration: rules.toml" in begun
    assert ended.startswith("The configuration: well again")


def healthy(count: int, seed: int) -> list[Outlet]:
    """Return healthy outlets of every shape, from one article a day to two hundred."""
    rng = random.Random(seed)
    return [
        make_outlet(
            f"source-{n}",
            rng.choice(list(SHAPES)),
            math.exp(rng.uniform(math.log(7), math.log(1400))),
            zone=rng.choice(["Europe/Moscow", "Asia/Almaty", "Asia/Yerevan"]),
            spread=rng.choice([0.05, 0.08, 0.12]),
            burst=rng.choice([1.0, 1.2, 2.0]),
        )
        for n in range(count)
    ]


def test_healthy_sources_raise_nothing_for_three_weeks(store: Store) -> None:
    """From their first hour on, through nights and weekends, one visit of a hundred failing."""
    assert [] == live_through(store, World(healthy(12, 3), START, START + 21 * DAY), step=4 * HOUR)


@pytest.mark.soak
def test_sixty_healthy_sources_raise_nothing_for_eight_weeks(store: Store) -> None:
    """The same over 480 weeks of sources, looked at every two hours."""
    assert [] == live_through(store, World(healthy(60, 1), START, START + 56 * DAY), step=2 * HOUR)
