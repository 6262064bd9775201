"""How right `sources add` is about sites whose truth is known: kind, links, titles, days, texts.

`python -m benchmarks.detection`. The first sites were written for the tests of detection, the others are the
demo's, which follow documented structures and were made before there was any detection: there the truth is
what their configured selectors read. No page is one of a real site; the figures say nothing about those.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from statistics import fmean

from rich.console import Console
from rich.table import Table

from monitor.collect import HttpCollector
from monitor.collect.detect import sitemaps_in, survey_front
from monitor.collect.listing_guess import propose_listings
from monitor.demo.server import packaged_newsroom, serve
from monitor.demo.sources import make_sources
from monitor.domain.source import Source
from monitor.errors import MonitorError
from monitor.extract import extract_article
from monitor.extract.suggest import count_matches, propose_articles
from monitor.pipeline.looking import Looking
from monitor.pipeline.ports import Validators
from monitor.pipeline.scout import Wishes, scout_source
from monitor.schema import CollectTable
from tests.collect.loopback import FakeTime, Server
from tests.tuning.fronts import FRONTS
from tests.tuning.measuring import Score, agree, measure
from tests.tuning.sites import Site
from tests.tuning.structures import LISTINGS
from tests.tuning.structures_later import LATER

OWN = Wishes(allow_private=True)
FEWEST = 3
"""A list of fewer items repeats too little to be seen as one; such moments of the demo are left out."""


@dataclass
class Standing:
    """A clock that stands near the end of the demo's weeks."""

    speed: float = 1.0

    def now(self) -> datetime:
        """Return the moment."""
        return datetime(2022, 11, 25, 12, tzinfo=UTC)


@asynccontextmanager
async def look() -> AsyncIterator[Looking]:
    """Yield what looks at sites, with waits that are instant."""
    time = FakeTime()
    collector = HttpCollector(
        CollectTable(), time.now, clock=time.clock, sleep=time.sleep, chance=lambda: 1.0
    )
    yield Looking(
        collector,
        extract_article,
        survey_front,
        sitemaps_in,
        propose_listings,
        propose_articles,
        count_matches,
        time.now,
    )
    await collector.aclose()


async def try_site(site: Site) -> tuple[bool, Score]:
    """Serve a site of the tests and find it out."""
    server = Server()
    await server.start()
    site.serve(server)
    base = server.url("")
    async with look() as looking:
        found = await scout_source(looking, base + site.front, OWN)
    await server.stop()
    score = measure(site, base, found.way.items, found.articles)
    # What the front does not show cannot be found on it.
    score = replace(score, titles=1.0) if site.kind == "telegram_channel" else score
    return site.kind == found.source.kind, score if site.dated else replace(score, days=1.0)


async def try_outlet(true: Source) -> tuple[bool, Score] | None:
    """Find out an outlet of the demo; None where it shows too little at the moment."""
    async with look() as looking:
        expected = {item.url: item for item in (await looking.collector.discover(true, Validators())).items}
        if len(expected) < FEWEST:
            return None
        try:
            found = await scout_source(looking, true.url, OWN)
        except MonitorError:
            return False, Score(0, 0, 0, 0, 0)
        texts = {a.url: a.text for a in (await looking.articles(true, found.way.items[:3])).articles}
    items = {item.url: item for item in found.way.items}
    both = items.keys() & expected.keys()
    score = Score(
        len(both) / max(len(items), 1),
        len(both) / len(expected),
        fmean(items[url].title == expected[url].title for url in both),
        fmean(items[url].published_at == expected[url].published_at for url in both),
        fmean(agree(article.text, texts.get(article.url, "")) for article in found.articles),
    )
    return true.kind == found.source.kind, score


async def main() -> None:
    """Print one row for each site, and the means."""
    rows = {make.__name__: await try_site(make()) for make in (*LISTINGS, *FRONTS)}
    later = {make.__name__: await try_site(make()) for make in LATER}
    await asyncio.to_thread(_print, "written for the tests", rows)
    await asyncio.to_thread(_print, "written afterwards", later)
    async with serve(packaged_newsroom(), Standing()) as newsroom:
        tried = {
            source.id: await try_outlet(source) for source in make_sources(newsroom, timedelta(minutes=10))
        }
    await asyncio.to_thread(_print, "the demo's", {name: row for name, row in tried.items() if row})


def _print(title: str, rows: dict[str, tuple[bool, Score]]) -> None:
    table = Table("site", "kind", "precision", "recall", "titles", "days", "text F1", title=title)
    for name, (right, score) in rows.items():
        table.add_row(name, "right" if right else "WRONG", *(f"{part:.3f}" for part in _parts(score)))
    means = [fmean(column) for column in zip(*(_parts(score) for _, score in rows.values()), strict=True)]
    kinds = f"{sum(right for right, _ in rows.values())} of {len(rows)}"
    table.add_section()
    table.add_row("mean", kinds, *(f"{mean:.3f}" for mean in means))
    Console().print(table)


def _parts(score: Score) -> tuple[float, float, float, float, float]:
    return score.precision, score.recall, score.titles, score.days, score.text


if __name__ == "__main__":
    asyncio.run(main())
