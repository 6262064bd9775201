"""Runs the monitor against the mock sites, hour by hour of a clock that nobody waits for."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path

from rich.progress import Progress

from monitor.collect import HttpCollector
from monitor.domain.alerts import Rule
from monitor.domain.changes import ChangeKind
from monitor.domain.health import Thresholds
from monitor.domain.notices import Notice
from monitor.domain.revisits import RevisitPlan
from monitor.domain.source import Source
from monitor.extract import extract_article
from monitor.pipeline.alert import raise_alerts, raise_change_alerts
from monitor.pipeline.assess import assess_articles
from monitor.pipeline.collect import SourceVisitor
from monitor.pipeline.ports import Discovery
from monitor.pipeline.reading import Reader
from monitor.pipeline.revisit import Revisitor, note_posts, record_changes
from monitor.pipeline.watch import HealthWatch
from monitor.schema import CollectTable, RevisitTable
from storage import Store, open_store
from tests.audience import read_audience
from tests.simulation.articles import write_article, write_foreign
from tests.simulation.events import Deed, Trouble, do_deed, plan_deed, plan_troubles, set_troubles, volume
from tests.simulation.server import WorldServer
from tests.simulation.sites import Site, make_sites

STEP = timedelta(minutes=15)
VISIT_EVERY = 4
"""Steps between two visits to a source, each source with its own beginning."""
AT_ONCE = 20
OLD = 5
"""Articles that each site shows already when it is first read."""


@dataclass
class Simulation:
    """A world and a monitor that watches it; `days` of trouble follow `calm` days without."""

    folder: Path
    reader: Reader
    rules: Sequence[Rule]
    count: int
    calm: int
    days: int
    begin: datetime = datetime(2026, 3, 2, tzinfo=UTC)
    troubled: bool = True
    seed: int = 7
    deeds: list[Deed] = field(default_factory=list)
    visits: Counter[str] = field(default_factory=Counter)
    alerts: int = 0

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.sites = make_sites(self.count, self.rng)
        self.now = self.begin - timedelta(days=self.calm)
        self.end = self.begin + timedelta(days=self.days)
        planned = plan_troubles(self.sites, self.begin, self.days) if self.troubled else []
        self.troubles: list[Trouble] = planned
        for site in self.sites:
            for number in range(1, OLD + 1):
                at = self.now - timedelta(hours=3 * (OLD + 1 - number))
                site.publish(write_article(number, at, self.rng))
        self.store: Store = open_store(f"sqlite:///{self.folder}/week.db", self.now)

    async def run(self) -> None:
        """Let the time pass, from the first calm day to the end."""
        server = WorldServer(self.sites)
        await server.start()
        collector = HttpCollector(
            CollectTable(retries=0),
            lambda: self.now,
            clock=self._seconds,
            sleep=lambda _: asyncio.sleep(0),
            resolver=server.resolve,
        )
        try:
            await self._pass_time(collector, [site.source(server.port) for site in self.sites])
        finally:
            await collector.aclose()
            await server.stop()

    def notices(self) -> list[Notice]:
        """Return every notice that operators were given."""
        return self.store.notices.since(self.begin - timedelta(days=self.calm))

    async def _pass_time(self, collector: HttpCollector, sources: Sequence[Source]) -> None:
        visitor = SourceVisitor(
            collector,
            extract_article,
            self.store.articles,
            lambda: self.now,
            item_attempts=4,
            on_front=self._note_posts,
        )
        revisitor = Revisitor(
            collector, extract_article, self.store.articles, self.store.revisits, lambda: self.now
        )
        table = RevisitTable()
        plan = RevisitPlan.of(table.after_hours, table.confirm_minutes)
        watch = HealthWatch(self.store.watching, self.store.notices, Thresholds(), UTC)
        steps = round((self.end - self.now) / STEP)
        slots = asyncio.Semaphore(AT_ONCE)

        async def visit(source: Source) -> None:
            async with slots:
                run = await visitor.visit(source)
                self.visits[run.outcome.value] += 1

        with Progress() as progress:
            task = progress.add_task("simulated time", total=steps)
            for step in range(steps):
                self._move_world()
                due = [s for place, s in enumerate(sources) if place % VISIT_EVERY == step % VISIT_EVERY]
                await asyncio.gather(*(visit(source) for source in due))
                self._understand(sources)
                if self.now >= self.begin - timedelta(days=2):
                    # Of articles seen before nothing happens, so that looking at them again is left out.
                    while (await revisitor.revisit_due(sources, plan, limit=200)).visited:
                        pass
                    self._understand(sources)
                if step % VISIT_EVERY == 0:
                    watch.check(sources, self.now)
                self.now += STEP
                progress.update(task, advance=1)

    def _seconds(self) -> float:
        return self.now.timestamp()

    def _note_posts(self, source: Source, front: Discovery) -> None:
        note_posts(self.store.revisits, source, front, self.now)

    def _understand(self, sources: Sequence[Source]) -> None:
        store, age = self.store, timedelta(hours=48)
        while assess_articles(store.findings, self.reader, sources, self.now, limit=200).articles:
            pass
        while record_changes(store.changes):
            pass
        parts = (store.alerts, read_audience(store, self.now), self.rules, self.now)
        while (new := raise_change_alerts(store.changes, store.revisits, *parts, max_age=age)) is not None:
            self.alerts += len(new)
        while (told := raise_alerts(store.findings, *parts, max_age=age)) is not None:
            self.alerts += len(told)

    def _move_world(self) -> None:
        set_troubles(self.sites, self.troubles, self.now)
        for site in self.sites:
            rate = site.rate(self.now) * volume(self.troubles, site, self.now) * (STEP / timedelta(hours=1))
            for _ in range(_poisson(rate, self.rng)):
                self._publish(site)
        sites = {site.id: site for site in self.sites}
        for deed in self.deeds:
            if self.now - STEP < deed.at <= self.now:
                do_deed(sites[deed.site], deed)
            if deed.back_at is not None and self.now - STEP < deed.back_at <= self.now:
                sites[deed.site].removed.discard(deed.number)

    def _publish(self, site: Site) -> None:
        names = {t.name for t in self.troubles if t.site == site.id and t.begin <= self.now < t.end}
        write = write_foreign if "foreign" in names else write_article
        article = write(len(site.articles) + 1, self.now, self.rng)
        site.publish(article)
        deed = plan_deed(site, article, self.now, self.rng) if self.now >= self.begin else None
        if deed is not None and not names:
            self.deeds.append(deed)


def _poisson(mean: float, rng: random.Random) -> int:
    """Return a Poisson number (Knuth, 1969)."""
    limit, product, count = exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def kinds_of_changes(simulation: Simulation) -> dict[tuple[str, int], list[ChangeKind]]:
    """Return what the monitor recorded of each article: by site and number, in order."""
    from sqlalchemy import select

    from storage.tables import articles, items
    from storage.watch_tables import changes

    query = (
        select(items.c.source_id, items.c.key, items.c.url, changes.c.kind)
        .join(articles, articles.c.id == changes.c.article_id)
        .join(items, items.c.id == articles.c.item_id)
        .order_by(changes.c.seen_at, changes.c.id)
    )
    found: dict[tuple[str, int], list[ChangeKind]] = {}
    with simulation.store.database.read() as connection:
        for source_id, _, url, kind in connection.execute(query):
            number = int(url.rstrip("/").rsplit("/", 1)[1])
            found.setdefault((source_id, number), []).append(ChangeKind(kind))
    return found
