"""What the bot asks, over a store in memory, with the real reader and a classifier that judges by words."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo

from monitor.answering import draw_dyad
from monitor.bot.questions import Questions
from monitor.collect.links import resolve_link
from monitor.digest import trend_chart
from monitor.domain.article import Article
from monitor.domain.explanation import Ground
from monitor.domain.source import Source
from monitor.domain.stance import Tier, Weights
from monitor.domain.statement import Assessment
from monitor.errors import FetchError
from monitor.pipeline.audience import Audiences
from monitor.pipeline.check import Checker
from monitor.pipeline.explain import find_ground
from monitor.pipeline.reading import Reader
from monitor.pipeline.search import Searcher
from monitor.pipeline.state import StateDesk
from monitor.pipeline.trend import TrendDesk
from monitor.pipeline.whynot import WhyNot
from monitor.text.attribution import Attributor
from monitor.text.lemmas import lemmas_of
from monitor.text.mentions import MentionFinder
from storage import Store
from tests.builders import NOON
from tests.fakes.classifier import FakeClassifier
from tests.notify.builders import PEOPLE, RULE, TARGETS
from tests.storage.builders import make_article, make_item

ZONE = ZoneInfo("UTC")
SOURCES = (
    Source("agency", "Agency", "rss", "https://example.org/feed", "russia", Tier.OUTLET, ("ru",)),
    Source("herald", "Herald of Astana", "rss", "https://herald.kz/rss", "kazakhstan", Tier.OUTLET, ("kk",)),
    Source("off", "Asleep", "rss", "https://asleep.am/rss", "armenia", Tier.OUTLET, ("ru",), enabled=False),
)


@cache
def text_parts() -> tuple[MentionFinder, Attributor]:
    """Return what finds mentions and speakers; it takes a moment to build."""
    return MentionFinder(TARGETS), Attributor(PEOPLE, TARGETS)


def make_reader(classifier: FakeClassifier | None = None) -> Reader:
    """Return the real reader over the targets of the tests."""
    finder, attributor = text_parts()
    return Reader(
        classifier=classifier or FakeClassifier(),
        finder=finder,
        attributor=attributor,
        targets={target.id: target for target in TARGETS},
        persons={person.name: person for person in PEOPLE},
        weights=Weights(),
    )


def make_audiences(store: Store) -> Audiences:
    """Return what reads the chats' subscriptions."""
    return Audiences(
        chats=store.chats,
        preferences=store.preferences,
        held=store.held,
        zone=ZONE,
        allowed_chats=(100, -7),
        lemmas=lemmas_of,
    )


def resolve(text: str) -> str | None:
    """Return an address as items keep it."""
    return resolve_link(text, text)


def make_why_not(store: Store) -> WhyNot:
    """Return what answers for articles."""
    return WhyNot(
        fates=store.fates,
        alerts=store.alerts,
        articles=store.articles,
        notices=store.notices,
        audiences=make_audiences(store),
        sources=SOURCES,
        rules=(RULE,),
        resolve=resolve,
    )


async def fetch(url: str) -> tuple[Article, Source] | None:
    """Return an article of the agency's site, unless it is missing there."""
    if "missing" in url:
        raise FetchError(url, "the server answered 404 <gone>")
    text = "Министр Сергей Иванов заявил, что Армения обманула всех. Сергей Иванов обвинил Армению в обмане."
    return make_article(make_item("fetched", url=url), text), SOURCES[0]


def make_questions(store: Store) -> Questions:
    """Return everything that the bot asks."""
    reader = make_reader()

    def ground(assessment: Assessment) -> Ground:
        return find_ground(reader.classifier, reader.mark(assessment.statement, assessment.mention), ())

    trends = TrendDesk(store.statements, store.articles, store.watching, SOURCES, ZONE)
    return Questions(
        checker=Checker(lambda: reader, make_audiences(store), (RULE,)),
        fates=make_why_not(store),
        ground=ground,
        dyad=lambda finding, reader: draw_dyad(trends, finding, reader, NOON),
        trends=trends,
        searcher=Searcher(store.statements, lemmas_of),
        state=StateDesk(
            store.articles,
            store.watching,
            store.notices,
            store.outbox,
            store.fates,
            SOURCES,
            lambda: "fake-1",
        ),
        charts=trend_chart,
        people=PEOPLE,
        fetch=fetch,
        resolve=resolve,
    )
