"""Detection on the demo's sites, whose structures follow documented ones and were not made for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from monitor.demo.server import packaged_newsroom, serve
from monitor.demo.sources import make_sources
from monitor.pipeline.looking import Looking
from monitor.pipeline.ports import Validators
from monitor.pipeline.scout import Wishes, scout_source
from tests.tuning.measuring import agree


@dataclass
class Standing:
    """A clock that stands near the end of the newsroom's weeks."""

    speed: float = 1.0

    def now(self) -> datetime:
        """Return the moment."""
        return datetime(2022, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "outlet",
    [
        "foreign-ministry",
        "yerevan-government",
        "csto-secretariat",
        "kremlin-demo",
        "news-ru",
        "agency-ru",
        "business-daily",
        "channel-solovyov",
    ],
)
async def test_site_reads_as_with_the_selectors_made_for_it(outlet: str, looking: Looking) -> None:
    """Without a hint, the same items with the same titles and dates, and all but the same texts."""
    clock = Standing()
    async with serve(packaged_newsroom(), clock) as newsroom:
        (true,) = (s for s in make_sources(newsroom, timedelta(minutes=10)) if s.id == outlet)
        expected = await looking.collector.discover(true, Validators())
        found = await scout_source(looking, true.url, Wishes(allow_private=True))
        mine = await looking.collector.discover(found.source, Validators())
        texts = {a.url: a.text for a in (await looking.articles(true, expected.items[:3])).articles}
    assert true.kind == found.source.kind
    assert [(i.url, i.title, i.published_at) for i in expected.items] == [
        (i.url, i.title, i.published_at) for i in mine.items
    ]
    assert found.articles
    assert min(agree(article.text, texts[article.url]) for article in found.articles) >= 0.93
