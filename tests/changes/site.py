"""A news site on loopback that edits, deletes and restores, and a watch over it with real parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from html import escape

from monitor.collect import HttpCollector
from monitor.domain.alerts import Alert, AlertKind, Rule
from monitor.domain.changes import ArticleVersions, ChangeKind
from monitor.domain.revisits import RevisitPlan
from monitor.domain.source import ArticleSelectors, Source
from monitor.extract import extract_article
from monitor.pipeline.alert import raise_alerts, raise_change_alerts
from monitor.pipeline.assess import assess_articles
from monitor.pipeline.collect import SourceVisitor
from monitor.pipeline.reading import Reader
from monitor.pipeline.revisit import Revisitor, RevisitReport, note_posts, record_changes
from storage import Store
from tests.audience import read_audience
from tests.collect.loopback import FakeTime, Reply, Request, Server, entry, feed, make_source

PLAN = RevisitPlan.of((1, 6, 24), 30)
RULES = (Rule("moscow", direction="from_russia"),)
AROUND = (
    "Об этом говорится в сообщении, опубликованном на сайте ведомства в понедельник.",
    "Следующая проверка пройдёт в конце месяца на трёх пунктах пропуска.",
)
HARSH = "Минсельхоз России обвинил Армению в подмене сертификатов на овощи."
MILD = "Минсельхоз России попросил Армению уточнить сертификаты на овощи."
HARSH_EN = "The Russian Foreign Ministry accused Armenia of breaking its promises to the alliance."
MILD_EN = "The Russian Foreign Ministry reminded Armenia of its promises to the alliance."
AROUND_EN = (
    "The statement was published on the website of the ministry on Monday.",
    "The next round of talks between the delegations will be held later this month.",
)


def page(title: str, sentences: Sequence[str], *, body_class: str = "body") -> Reply:
    """Return an article's page."""
    paragraphs = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    markup = (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{escape(title)}</title></head><body>"
        f"<nav><a href='/'>Главная</a></nav><h1>{escape(title)}</h1>"
        f"<div class='{body_class}'>{paragraphs}</div><footer>Редакция</footer></body></html>"
    )
    return Reply(markup.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


NOT_FOUND = page("404: страница не найдена", ["Страница не найдена."])


@dataclass
class NewsSite:
    """Serves a feed and its articles; each may be edited, taken down and put back, and all may fail."""

    server: Server
    texts: dict[int, tuple[str, ...]] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    instead: dict[int, Reply] = field(default_factory=dict)
    """What is answered in the place of an article."""
    everywhere: Reply | None = None
    """What is answered in the place of every article."""
    body_class: str = "body"

    def __post_init__(self) -> None:
        self._base = self.server.url("")  # a server that was stopped knows it no more

    def publish(
        self, number: int, sentence: str, title: str = "Новости", around: Sequence[str] = AROUND
    ) -> None:
        """Put an article with this sentence on the site, or another text in its place."""
        self.texts[number] = (sentence, *around)
        self.titles[number] = title
        self.server.routes[f"/news/{number}"] = self._answer(number)
        self.server.routes["/rss"] = self._feed

    def url(self, number: int) -> str:
        """Return an article's address."""
        return f"{self._base}/news/{number}"

    def _answer(self, number: int) -> Callable[[Request], Reply]:
        def answer(_: Request) -> Reply:
            if self.everywhere is not None:
                return self.everywhere
            if number in self.instead:
                return self.instead[number]
            return page(self.titles[number], self.texts[number], body_class=self.body_class)

        return answer

    def _feed(self, _: Request) -> Reply:
        # Titles as first shown: an edit of the page is not seen in the feed.
        return Reply(feed(*(entry(n, title="Лента", link=self.url(n)) for n in self.texts)))


@dataclass
class Watch:
    """Everything between the site and the alerts, with a clock that the test moves."""

    site: NewsSite
    store: Store
    collector: HttpCollector
    reader: Reader
    time: FakeTime
    source: Source
    rules: tuple[Rule, ...] = RULES

    async def collect(self) -> list[Alert]:
        """Visit the source, understand, and return the alerts."""
        visitor = SourceVisitor(
            collector=self.collector,
            extract=extract_article,
            articles=self.store.articles,
            now=self.time.now,
            item_attempts=4,
            on_front=lambda source, front: note_posts(self.store.revisits, source, front, self.time.now()),
        )
        await visitor.visit(self.source)
        self.store.revisits.plan(PLAN, self.time.now())
        return self.understand()

    async def look_again(self, hours: float = 0, minutes: float = 0) -> RevisitReport:
        """Let time pass and read again what is due."""
        self.time.moment += timedelta(hours=hours, minutes=minutes).total_seconds()
        return await self.revisitor().revisit_due([self.source], PLAN)

    def revisitor(self) -> Revisitor:
        """Return what reads articles again."""
        return Revisitor(
            self.collector, extract_article, self.store.articles, self.store.revisits, self.time.now
        )

    def assess(self) -> None:
        """Understand what waits."""
        assess_articles(self.store.findings, self.reader, [self.source], self.time.now())

    def understand(self) -> list[Alert]:
        """Understand, compare and decide, in the service's order; returns the new alerts."""
        self.assess()
        record_changes(self.store.changes)
        return self.decide()

    def decide(self) -> list[Alert]:
        """Decide over changes, then over statements."""
        store, now, age = self.store, self.time.now(), timedelta(days=2)
        changed = raise_change_alerts(
            store.changes,
            store.revisits,
            store.alerts,
            read_audience(store, now),
            self.rules,
            now,
            max_age=age,
        )
        said = raise_alerts(
            store.findings, store.alerts, read_audience(store, now), self.rules, now, max_age=age
        )
        return [*(changed or ()), *(said or ())]

    def versions(self, number: int = 1) -> ArticleVersions:
        """Return all that is known of an article."""
        (versions,) = self.store.changes.versions(self.site.url(number))
        return versions

    def happened(self, number: int = 1) -> list[ChangeKind]:
        """Return what happened to an article."""
        return [changed.change.kind for changed in self.versions(number).changes]


def kinds(alerts: Sequence[Alert]) -> list[AlertKind]:
    """Return the kinds of alerts."""
    return [alert.kind for alert in alerts]


def make_site_source(server: Server, **changes: object) -> Source:
    """Return the site as a source that reads its articles by selectors."""
    selectors = ArticleSelectors(title="h1", body="div.body")
    return make_source(server.url("/rss"), article=selectors, **changes)
