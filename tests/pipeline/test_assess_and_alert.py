"""From saved articles to alerts in the outbox, over a real store."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta

from monitor.domain.alerts import Rule
from monitor.domain.article import Article, FeedItem, Page
from monitor.domain.source import Source
from monitor.domain.stance import Stance, Tier
from monitor.domain.subscriptions import Filter, Subscription
from monitor.pipeline.alert import raise_alerts
from monitor.pipeline.assess import AssessReport, assess_articles
from monitor.pipeline.reading import Document, Reader
from storage import Store
from tests.audience import read_audience
from tests.builders import NOON
from tests.fakes.classifier import FakeClassifier

AGENCY = Source("agency", "Agency", "rss", "https://example.org/a", "russia", Tier.OUTLET, ("ru",))
DAILY = Source("daily", "Daily", "rss", "https://example.org/d", "russia", Tier.OUTLET, ("ru",))
RULES = (Rule("all", direction="from_russia"),)
STORY = (
    "Минсельхоз России обвинил Армению в подмене сертификатов на овощи. Ведомство проверило сорок партий "
    "груза за две недели и нашло нарушения в половине из них. Грузы возвращены отправителям. "
    "Следующая проверка пройдёт в конце месяца на трёх пунктах пропуска."
)


def save(store: Store, text: str, *, source: Source = AGENCY, key: str = "1", title: str = "Новости") -> None:
    """Save a collected article."""
    url = f"{source.url}/{key}"
    body = text.encode()
    digest = hashlib.sha256(body).hexdigest()
    item = FeedItem(source.id, key, url, title, NOON)
    page = Page(url, url, 200, {}, body, NOON, digest)
    store.articles.save(
        item, Article(source.id, key, url, title, text, NOON, NOON, digest), page, source.outlet
    )


def assess(store: Store, reader: Reader) -> AssessReport:
    """Understand what waits."""
    return assess_articles(store.findings, reader, [AGENCY, DAILY], NOON)


def alert(store: Store, now: datetime = NOON, allowed_chats: Collection[int] = ()) -> list[str]:
    """Decide alerts and return their targets and stances."""
    alerts = raise_alerts(
        store.findings,
        store.alerts,
        read_audience(store, now, allowed_chats),
        RULES,
        now,
        max_age=timedelta(days=2),
    )
    return [f"{a.finding.assessment.target} {a.finding.assessment.stance}" for a in alerts or ()]


def test_collected_article_becomes_findings_and_one_alert(store: Store, reader: Reader) -> None:
    """The whole way, with the ministry as the speaker."""
    save(store, STORY)
    report = assess(store, reader)
    assert (1, 0, 0) == (report.articles, report.unread, report.failed)
    assert ["armenia hostile"] == alert(store)
    ((number, latest),) = store.alerts.latest(5)
    assert (1, "russia", Stance.HOSTILE) == (
        number,
        latest.finding.assessment.speaker.bloc,
        latest.finding.assessment.stance,
    )


def test_stages_run_again_do_nothing_twice(store: Store, reader: Reader) -> None:
    """A rerun finds no work."""
    save(store, STORY)
    assess(store, reader)
    alert(store)
    assert AssessReport() == assess(store, reader)
    assert [] == alert(store)


def test_copies_in_other_outlets_are_one_alert_that_counts_them(store: Store, reader: Reader) -> None:
    """A wire with a dateline and a cut sentence is the same story."""
    save(store, STORY)
    assess(store, reader)
    assert 1 == len(alert(store))
    save(store, "МОСКВА, 13 мар – Дейли. " + STORY, source=DAILY)
    assess(store, reader)
    assert [] == alert(store)
    assert ("Agency", "Daily") == store.alerts.latest(1)[0][1].finding.outlets


def test_edited_article_does_not_alert_again(store: Store, reader: Reader) -> None:
    """The edit is a revision of the same story."""
    save(store, STORY)
    assess(store, reader)
    alert(store)
    save(store, STORY + " Уточнение: партий было сорок одна.")
    assert 1 == assess(store, reader).articles
    assert [] == alert(store)


def test_article_that_breaks_the_classifier_is_set_aside_and_spares_the_others(
    store: Store, reader: Reader
) -> None:
    """Tried twice, then left with its reason."""
    save(store, "Армения, сломайся сейчас же на глазах у всех.", key="bad")
    save(store, STORY, key="good")
    first = assess(store, reader)
    assert (1, 1) == (first.articles, first.failed)
    assert (0, 1) == (assess(store, reader).articles, 1)
    assert AssessReport() == assess(store, reader)
    assert 1 == store.articles.counts()["set_aside"]


def test_article_in_an_unknown_language_is_counted_as_unread(
    store: Store, reader: Reader, classifier: FakeClassifier
) -> None:
    """Never judged, never calm: counted."""
    save(
        store, "Հայաստանի Հանրապետության կառավարությունը այսօր հանդես եկավ հայտարարությամբ Ռուսաստանի մասին։"
    )
    assert 1 == assess(store, reader).unread
    assert [] == classifier.seen
    assert 1 == store.articles.counts()["unread"]


def test_alert_goes_to_the_console_and_to_subscribers_who_want_it(store: Store, reader: Reader) -> None:
    """One delivery a chat; a chat that is not served gets nothing."""
    store.chats.serve(10, "a", "ru", NOON)
    store.chats.serve(20, "b", "ru", NOON)
    store.chats.subscribe(Subscription(0, 10, Filter(frozenset({"armenia"}))), NOON)
    store.chats.subscribe(Subscription(0, 10, Filter(stances=frozenset({Stance.HOSTILE}))), NOON)
    store.chats.subscribe(Subscription(0, 20, Filter(frozenset({"belarus"}))), NOON)
    store.chats.subscribe(Subscription(0, 30), NOON)
    save(store, STORY)
    assess(store, reader)
    alert(store)
    assert ["10"] == [d.recipient for d in store.outbox.claim("telegram", NOON, 10)]
    assert ["-"] == [d.recipient for d in store.outbox.claim("console", NOON, 10)]


def test_allow_listed_chat_is_served_without_a_code(store: Store, reader: Reader) -> None:
    """The operator's list is enough."""
    store.chats.subscribe(Subscription(0, 30), NOON)
    save(store, STORY)
    assess(store, reader)
    alert(store, allowed_chats=(30,))
    assert ["30"] == [d.recipient for d in store.outbox.claim("telegram", NOON, 10)]


def test_old_news_after_an_outage_is_recorded_but_not_sent(store: Store, reader: Reader) -> None:
    """The reason can be asked for."""
    save(store, STORY)
    assess(store, reader)
    assert [] == alert(store, NOON + timedelta(days=5))
    hostile = [
        f for f in store.findings.for_url("https://example.org/a/1") if f.assessment.target == "armenia"
    ]
    assert any("older than" in (store.findings.skip_reason(f.id) or "") for f in hostile)


def test_forwarded_post_is_not_the_channel_owners_word(store: Store, reader: Reader) -> None:
    """Who passes a text on does not sign it."""
    owner = next(p for p in reader.persons.values() if p.tier is Tier.COMMENTATOR)
    channel = Source(
        "agency",
        "Channel",
        "telegram_channel",
        "https://t.me/s/x",
        "russia",
        Tier.COMMENTATOR,
        ("ru",),
        default_speaker=owner.name,
    )
    text = "Выражаем Армении самые искренние соболезнования."
    own = reader.read(Document(text, source=channel)).assessments
    passed_on = reader.read(Document(text, source=channel, signed=False)).assessments
    assert ([owner.name], [None]) == ([a.speaker.name for a in own], [a.speaker.name for a in passed_on])
