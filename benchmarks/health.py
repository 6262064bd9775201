"""How soon a source that died, or collapsed, is noticed, and how often one that is well is called so.

    python -m benchmarks.health [--false-alarms]

Simulated sources of the shape of an agency; each figure is the median of nine. With `--false-alarms`
60 healthy sources of every shape live through eight weeks instead, which takes minutes.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from monitor.domain.health import Thresholds
from monitor.domain.notices import Notice
from monitor.pipeline.watch import HealthWatch
from storage import open_store
from tests.fakes.world import SHAPES, FakeWatching, Fault, Outlet, World, make_outlet

START = datetime(2026, 3, 2, 5, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ALIKE, FRONT, LONGEST = 9, 20, 21 * DAY
RATES, HISTORIES = (1400, 300, 70, 20, 7), (2, 7, 28)


def look(world: World, begin: datetime, end: datetime, step: timedelta, enough: int) -> list[Notice]:
    """Return the notices of a stretch of the world; stops when so many sources have one."""
    store = open_store("sqlite://", START)
    watch = HealthWatch(FakeWatching(world), store.notices, Thresholds(), ZoneInfo("UTC"))
    told: list[Notice] = []
    world.now = begin
    while world.now < end and len({n.alarm.source_id for n in told}) < enough:
        told += watch.check(world.sources, world.now)
        world.now += step
    store.close()
    return told


def measure_delay(a_week: float, history: int, what: str) -> float | None:
    """Return after how many hours half of the sources were told of; None where it took over three weeks."""
    outlets = [make_outlet(f"{what}-{n}", "agency", a_week, spread=0.1) for n in range(ALIKE)]
    rng = random.Random(f"{a_week} {history} {what}")
    begin = START + history * DAY
    since = {outlet.source.id: begin + rng.random() * DAY for outlet in outlets}
    faults = [Fault(name, what, moment, START + 999 * DAY) for name, moment in since.items()]
    world = World(outlets, START, begin + LONGEST, faults=faults, front=FRONT)
    begun: dict[str, datetime] = {}
    for notice in look(world, begin, world.end, 2 * HOUR, ALIKE // 2 + 1):
        begun.setdefault(notice.alarm.source_id, notice.began_at)
    hours = [(begun[name] - moment) / HOUR if name in begun else math.inf for name, moment in since.items()]
    found = median(hours)
    return None if math.isinf(found) else found


def make_healthy(count: int, spreads: Sequence[float]) -> list[Outlet]:
    """Return outlets of every shape, from one article a day to two hundred."""
    rng = random.Random(1)
    return [
        make_outlet(
            f"source-{n}",
            rng.choice(list(SHAPES)),
            math.exp(rng.uniform(math.log(7), math.log(1400))),
            zone=rng.choice(["Europe/Moscow", "Asia/Almaty", "Asia/Yerevan"]),
            spread=rng.choice(spreads),
            burst=rng.choice([1.0, 1.2, 2.0]),
        )
        for n in range(count)
    ]


def main() -> None:
    """Print the table, or the false alarms."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--false-alarms", action="store_true")
    if parser.parse_args().false_alarms:
        for spreads in ((0.05, 0.08, 0.12), (0.2,)):
            world = World(make_healthy(60, spreads), START, START + 56 * DAY, seed=2, front=FRONT)
            told = look(world, START, world.end, 2 * HOUR, len(world.outlets))
            begun = [notice for notice in told if notice.ended_at is None]
            years = 60 * 56 / 365
            deviation = ", ".join(f"{math.sqrt(s):.0%}" for s in spreads)
            print(
                f"days vary by {deviation}: {len(begun)} false notices in {years:.1f} source-years",
                flush=True,
            )
        return
    print("articles a week | days of history | hours until dead is noticed | until a tenth is")
    for a_week in RATES:
        for history in HISTORIES:
            dead = measure_delay(a_week, history, "silent")
            fell = measure_delay(a_week, history, "collapsed")
            shown = ("-" if hours is None else f"{hours:.0f}" for hours in (dead, fell))
            print(f"{a_week:>15} | {history:>15} | {' | '.join(shown)}", flush=True)


if __name__ == "__main__":
    main()
