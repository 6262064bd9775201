"""The part of the composition root that answers analysts' questions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from monitor.domain.article import Article, FeedItem
from monitor.domain.source import Source
from monitor.domain.source_views import nearest_source
from monitor.domain.trend_lines import Course
from monitor.errors import FetchError, Trouble

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.bot.questions import Questions
    from monitor.domain.explanation import Ground
    from monitor.domain.statement import Assessment, Finding
    from monitor.messages.reader import Reader as MessageReader
    from monitor.pipeline.trend import TrendDesk

LEAST_WEEKS_SAID = 3
"""With statements in fewer weeks a picture shows nothing."""
LONGEST_FETCH = 60.0
"""Seconds for which somebody waits for an article that is read for them."""


def make_questions(app: App) -> Questions:
    """Return what the bot asks, over an app's store, settings and model; the model loads when first used."""
    from monitor.bot.questions import Questions
    from monitor.collect.links import resolve_link
    from monitor.digest import trend_chart
    from monitor.pipeline.check import Checker
    from monitor.pipeline.search import Searcher
    from monitor.pipeline.state import StateDesk
    from monitor.pipeline.trend import TrendDesk
    from monitor.pipeline.whynot import WhyNot
    from monitor.text.lemmas import lemmas_of

    store, settings = app.store, app.settings

    trends = TrendDesk(
        statements=store.statements,
        articles=store.articles,
        watching=store.watching,
        sources=settings.sources,
        zone=ZoneInfo(settings.monitor.timezone),
    )

    def resolve(text: str) -> str | None:
        return resolve_link(text.strip(), text.strip())

    return Questions(
        checker=Checker(lambda: app.reader, app.audiences, settings.rules),
        fates=WhyNot(
            fates=store.fates,
            alerts=store.alerts,
            articles=store.articles,
            notices=store.notices,
            audiences=app.audiences,
            sources=settings.sources,
            rules=settings.rules,
            resolve=resolve,
        ),
        ground=_make_ground(app),
        dyad=lambda finding, reader: draw_dyad(trends, finding, reader, app.clock.now()),
        trends=trends,
        searcher=Searcher(store.statements, lemmas_of),
        state=StateDesk(
            articles=store.articles,
            watching=store.watching,
            notices=store.notices,
            outbox=store.outbox,
            fates=store.fates,
            sources=settings.sources,
            model=lambda: name_model(app),
        ),
        charts=trend_chart,
        people=settings.speakers,
        fetch=OneFetch(app).fetch,
        resolve=resolve,
    )


def draw_dyad(desk: TrendDesk, finding: Finding, reader: MessageReader, now: datetime) -> bytes | None:
    """Return a picture of how the finding's sides spoke over twelve weeks, None where hardly anything was.

    Blocks for as long as the store and the drawing take.
    """
    from monitor.digest.sparkline import sparkline
    from monitor.messages.answer_words import tell
    from monitor.messages.courses import name_course

    a = finding.assessment
    course = Course(frozenset({a.speaker.bloc}), frozenset({a.target}))
    (trend,) = desk.trends([course], now)
    if sum(point.mean_intensity is not None for point in trend.points) < LEAST_WEEKS_SAID:
        return None
    title = tell(reader.language, "dyad_title", course=name_course(course, reader), weeks=len(trend.points))
    return sparkline(trend.points, reader, title)


def _make_ground(app: App) -> Callable[[Assessment], Ground]:
    """Return what finds the words behind a judgement; labelled examples are read once a model."""
    from monitor.domain.exemplars import Exemplar
    from monitor.pipeline.explain import find_ground, known_examples
    from monitor.pipeline.gate import reviewed_pairs
    from monitor.pipeline.labels import gather_labels

    @lru_cache(maxsize=1)
    def known(_version: str) -> list[Exemplar]:
        store = app.store
        settled = gather_labels(store.verdicts, store.findings, store.digests)
        return known_examples(app.reader.classifier, reviewed_pairs(settled))

    def ground(assessment: Assessment) -> Ground:
        reader = app.reader
        pair = reader.mark(assessment.statement, assessment.mention)
        return find_ground(reader.classifier, pair, known(reader.classifier.version))

    return ground


def name_model(app: App) -> str:
    """Return the version of the model in use, without loading one that is not."""
    from monitor.classify.bundle import BUNDLED, DESCRIPTION, load_description

    if "reader" in app.__dict__:
        return app.reader.classifier.version
    configured = app.settings.monitor.classify.model
    folder = Path(configured) if configured else app.registry.current() or BUNDLED
    return load_description(folder).version if (folder / DESCRIPTION).is_file() else folder.name


class OneFetch:
    """Reads one article at a time for people who ask, as the source's own visits would."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._turn = asyncio.Lock()

    async def fetch(self, url: str) -> tuple[Article, Source] | None:
        """Return the article at an address of a configured source's site, None for another's.

        Raises MonitorError where it cannot be read; what is fetched is not kept.
        """
        from monitor.extract import extract_article
        from monitor.workers import ParserPool

        app = self._app
        source = nearest_source(url, app.settings.enabled_sources)
        if source is None:
            return None
        seconds = app.settings.monitor.collect.parse_seconds
        try:
            async with asyncio.timeout(LONGEST_FETCH), self._turn, ParserPool(1, seconds) as pool:
                collector = app.make_collector(pool)
                try:
                    item = FeedItem(source.id, url, url, "", None)
                    page = await collector.fetch(source, item)
                    article = await pool(extract_article, source, item, page, app.clock.now())
                finally:
                    await collector.aclose()
        except TimeoutError as error:
            raise FetchError(url, "it took too long", trouble=Trouble.TIMEOUT) from error
        return article, source
