"""The archive replayed over a real store: what a changed configuration would have alerted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from monitor.domain.actors import Person
from monitor.domain.alerts import Rule
from monitor.domain.article import Article, FeedItem, Page
from monitor.domain.replay import AlertRules
from monitor.domain.source import ArticleSelectors, Source
from monitor.domain.stance import Act, Stance, Tier, Weights
from monitor.errors import ExtractionError
from monitor.pipeline.alert import raise_alerts
from monitor.pipeline.assess import assess_articles
from monitor.pipeline.reading import Reader
from monitor.pipeline.replay import Archive, Replay, Setup, replay
from storage import Store
from storage.tables import metadata
from tests.audience import read_audience
from tests.builders import NOON
from tests.fakes.classifier import FakeClassifier
from tests.pipeline.test_assess_and_alert import AGENCY, DAILY, STORY, save

HOUR = timedelta(hours=1)
SINCE, UNTIL = NOON - 24 * HOUR, NOON + 24 * HOUR
RULES = (Rule("harsh", direction="from_russia", stances=frozenset({Stance.HOSTILE})),)
THANKS = (
    "Песков поблагодарил Белоруссию за помощь в расследовании и пообещал ответить тем же в скором времени."
)
GAS = "В МИД России пригрозили, что Казахстан останется без транзита, если продолжит нынешний курс на запад."
QUIET = "Погода в столице остаётся тёплой, синоптики обещают дожди к концу недели на всей территории области."


@pytest.fixture
def live(store: Store, reader: Reader) -> Store:
    """Return a store that a service worked over: five articles, one of them a copy and one edited."""
    texts = ((STORY, AGENCY, "1"), (GAS, AGENCY, "2"), (THANKS, DAILY, "3"), (QUIET, DAILY, "4"))
    for hours, (text, source, key) in enumerate(texts):
        save(store, text, source=source, key=key)
        understand(store, reader, NOON + hours * HOUR)
    save(store, "МОСКВА, 13 мар – Дейли. " + STORY, source=DAILY, key="5")
    understand(store, reader, NOON + 5 * HOUR)
    save(store, GAS + " В Астане это заявление пока не стали обсуждать.", key="2")
    understand(store, reader, NOON + 6 * HOUR)
    assert 2 == len(store.alerts.latest(10))
    return store


def understand(store: Store, reader: Reader, now: datetime) -> None:
    """Do one round as the service does."""
    assess_articles(store.findings, reader, [AGENCY, DAILY], now)
    raise_alerts(
        store.findings, store.alerts, read_audience(store, now), RULES, now, max_age=timedelta(days=2)
    )


def extract(source: Source, item: FeedItem, page: Page, now: datetime) -> Article:
    """Take the page as the text, as often as the selector says; an empty selector finds nothing."""
    if source.article.body == "none":
        raise ExtractionError(item.url, "nothing was found")
    text = page.body.decode().replace(source.article.body or "\x00", "")
    return Article(source.id, item.key, item.url, item.title, text, NOON, now, page.sha256)


@pytest.fixture
def setup(reader: Reader) -> Setup:
    """Return the configuration under which the alerts were raised."""
    return Setup(
        rules=AlertRules(RULES, timedelta(days=2)),
        sources={AGENCY.id: AGENCY, DAILY.id: DAILY},
        targets=tuple(reader.targets.values()),
        speakers=tuple(reader.persons.values()),
        weights=Weights(),
        model="fake",
        reader=lambda: reader,
    )


def run(store: Store, present: Setup, proposed: Setup) -> Replay:
    """Replay the whole time."""
    return replay(Archive(store.history, store.articles.page, extract), present, proposed, SINCE, UNTIL)


def not_wanted() -> Reader:
    """Stand for a reader that must not be made."""
    raise AssertionError("no text needs to be read")


def with_source(setup: Setup, source: Source, **changes: object) -> Setup:
    """Return the configuration with one source changed."""
    changed = replace(source, **changes)  # type: ignore[arg-type]
    return replace(setup, sources={**setup.sources, source.id: changed})


def summary(result: Replay) -> tuple[int, int, int, int]:
    """Return how many alerts before, gained, lost, after."""
    alerts = result.alerts
    return (len(alerts.before), len(alerts.gained), len(alerts.lost), len(alerts.after))


def test_unchanged_configuration_gives_exactly_what_really_alerted(live: Store, setup: Setup) -> None:
    """Nothing gained, nothing lost, no text read, and the same alerts one by one."""
    quick = replace(setup, reader=not_wanted)
    result = run(live, quick, quick)
    assert (2, 0, 0, 2) == summary(result)
    really = {(a.key, a.rule_id, a.finding.id) for _, a in live.alerts.latest(10)}
    assert really == {(a.key, a.rule_id, a.finding.id) for a in result.alerts.before}
    assert (len(result.raised), ()) == (2, result.notes)


def test_reading_everything_again_gives_exactly_what_really_alerted(
    live: Store, setup: Setup, classifier: FakeClassifier
) -> None:
    """Another speaker who never speaks; the model is not asked what it said already."""
    asked, classifier.version = len(classifier.seen), "test-1"  # which is what its judgements say
    stranger = Person("Nobody Ever", Tier.OTHER, "other", {"en": ("Nobody Ever",), "ru": ()})
    result = run(live, setup, replace(setup, speakers=(*setup.speakers, stranger)))
    assert (2, 0, 0, 2) == summary(result)
    assert {alert.key for alert in result.raised} == {alert.key for alert in result.alerts.before}
    assert 6 == result.effort.read_again
    new = classifier.seen[asked:]
    assert result.effort.judged == len(new) < result.effort.statements
    assert not any("Армению" in pair.text[pair.start : pair.end] for pair in new)


def test_nothing_is_stored_or_sent(live: Store, setup: Setup) -> None:
    """Not a row changes."""

    def rows() -> dict[str, list[tuple[object, ...]]]:
        with live.database.read() as connection:
            return {
                table.name: [tuple(row) for row in connection.execute(select(table))]
                for table in metadata.sorted_tables
            }

    before = rows()
    run(live, setup, replace(setup, model="other", rules=AlertRules((), timedelta(days=2))))
    assert before == rows()


def test_rules_alone_are_decided_again_without_reading(live: Store, setup: Setup) -> None:
    """Kind words too: one more; threats only: one less."""
    quick = replace(setup, reader=not_wanted)
    wide = replace(
        quick, rules=AlertRules((*RULES, Rule("kind", direction="from_russia")), timedelta(days=2))
    )
    result = run(live, quick, wide)
    assert (2, 1, 0, 3) == summary(result)
    (gained,) = result.alerts.gained
    assert ("belarus", "kind") == (gained.alert.finding.assessment.target, gained.alert.rule_id)
    assert gained.reason.endswith("under rule kind; before: no such rule")
    threats = replace(RULES[0], acts=frozenset({Act.THREATEN}))
    result = run(live, quick, replace(quick, rules=AlertRules((threats,), timedelta(days=2))))
    assert ["harsh: acts are others"] == [moved.reason for moved in result.alerts.lost]


def test_weights_change_severities_without_reading(live: Store, setup: Setup) -> None:
    """Stored judgements are weighed again, on both sides."""
    strict = AlertRules((replace(RULES[0], min_severity=10),), timedelta(days=2))
    quick = replace(setup, reader=not_wanted, rules=strict)
    tiers = {**Weights().tiers, Tier.FOREIGN_MINISTRY: 0.0}
    result = run(live, quick, replace(quick, weights=Weights(tiers=tiers)))
    (lost,) = result.alerts.lost
    assert "kazakhstan" == lost.alert.finding.assessment.target
    assert lost.reason.startswith("severity ")
    assert lost.reason.endswith("→ 0; harsh: severity 0 < 10")


def test_source_switched_off_loses_what_it_alone_brought(live: Store, setup: Setup) -> None:
    """The copy in another outlet keeps its story alive; one that is off on both sides loses nothing."""
    quick = replace(setup, reader=not_wanted)
    off = with_source(quick, AGENCY, enabled=False)
    result = run(live, quick, off)
    assert (2, 0, 1, 1) == summary(result)
    assert ["source agency is switched off"] == [moved.reason for moved in result.alerts.lost]
    assert (2, 0, 0, 2) == summary(run(live, off, off))
    gone = replace(quick, sources={DAILY.id: DAILY})
    assert ["source agency is gone"] == [moved.reason for moved in run(live, quick, gone).alerts.lost]


def test_source_that_excludes_an_address_loses_its_article(live: Store, setup: Setup) -> None:
    """As its visits would."""
    quick = replace(setup, reader=not_wanted)
    result = run(live, quick, with_source(quick, AGENCY, exclude=("/a/2$",)))
    assert ["source agency does not take this address"] == [moved.reason for moved in result.alerts.lost]


def test_new_source_is_said_to_be_unknown_to_the_archive(live: Store, setup: Setup) -> None:
    """What it would bring nobody can tell."""
    quick = replace(setup, reader=not_wanted)
    result = run(live, quick, with_source(quick, replace(DAILY, id="new-one")))
    assert ["nothing of new-one is in the archive: what it would bring is not known"] == list(result.notes)


def test_default_speaker_is_read_again_only_where_it_changed(live: Store, setup: Setup) -> None:
    """The texts of the other source are left alone."""
    result = run(live, setup, with_source(setup, DAILY, default_speaker="Kremlin"))
    assert (6, 3) == (result.effort.articles, result.effort.read_again)


def test_target_that_leaves_takes_its_alerts_along_and_a_new_one_brings_some(
    live: Store, setup: Setup, reader: Reader
) -> None:
    """Both ways, read with the finder of each side."""
    fewer = narrow(setup, reader, lambda target: target != "armenia")
    result = run(live, setup, fewer)
    assert (2, 0, 1, 1) == summary(result)
    assert (
        "armenia is not found" in result.alerts.lost[0].reason
        or "no statement" in result.alerts.lost[0].reason
    )
    result = run(live, fewer, setup)
    assert (1, 1, 0, 2) == summary(result)
    assert result.alerts.gained[0].reason.endswith("before: not found")
    assert (
        "2 alerts were really raised, 1 of which the present configuration would not raise" in result.notes[0]
    )


def narrow(setup: Setup, reader: Reader, keep: Callable[[str], bool]) -> Setup:
    """Return the configuration with fewer targets."""
    from monitor.text.mentions import MentionFinder

    targets = tuple(target for target in setup.targets if keep(target.id))
    fewer = replace(reader, finder=MentionFinder(targets), targets={target.id: target for target in targets})
    return replace(setup, targets=targets, reader=lambda: fewer)


def test_other_model_judges_everything_and_the_present_one_only_what_it_did_not_know(
    live: Store, setup: Setup, reader: Reader
) -> None:
    """A model that calls everything neutral loses every alert, and says how it judged."""

    class Calm(FakeClassifier):
        """Hears no hostile word."""

        def judge(self, pairs, progress=None):  # type: ignore[no-untyped-def]
            """Judge texts without the words that decide."""
            return super().judge([replace(pair, text="." * len(pair.text)) for pair in pairs], progress)

    calm = replace(reader, classifier=Calm(version="calm-1"))
    result = run(live, setup, replace(setup, model="calm", reader=lambda: calm))
    assert (2, 0, 2, 0) == summary(result)
    assert all(moved.reason.startswith("stance hostile 0.90 → neutral 0.90") for moved in result.alerts.lost)


def test_changed_selectors_extract_the_archived_pages_again(live: Store, setup: Setup) -> None:
    """The text as it would be; a page that gives none any more loses its alert with the reason."""
    cut = ArticleSelectors(body="Армению")
    result = run(live, setup, with_source(with_source(setup, AGENCY, article=cut), DAILY, article=cut))
    assert (2, 0, 1, 1) == summary(result)
    assert 6 == result.effort.extracted_again
    nothing = ArticleSelectors(body="none")
    lost = run(live, setup, with_source(setup, AGENCY, article=nothing)).alerts.lost
    assert ["the page gives no article any more: nothing was found"] == [moved.reason for moved in lost]


def test_page_that_was_pruned_leaves_the_stored_text_and_is_counted(live: Store, setup: Setup) -> None:
    """Said, not guessed."""
    archive = Archive(live.history, lambda _: None, extract)
    proposed = with_source(setup, AGENCY, article=ArticleSelectors(body="Армению"))
    result = replay(archive, setup, proposed, SINCE, UNTIL)
    assert (2, 0, 0, 2) == summary(result)
    assert ("3 pages are not in the archive any more: their stored text was read",) == result.notes


def test_article_that_breaks_the_classifier_moves_nothing_and_is_counted(
    live: Store, setup: Setup, reader: Reader
) -> None:
    """One article never stops the others."""

    class Broken(FakeClassifier):
        """Breaks at one text."""

        def judge(self, pairs, progress=None):  # type: ignore[no-untyped-def]
            """Fail for gas."""
            if any("транзита" in pair.text for pair in pairs):
                raise RuntimeError("broken")
            return super().judge(pairs, progress)

    broken = replace(reader, classifier=Broken(version="broken-1"))
    result = run(live, setup, replace(setup, model="broken", reader=lambda: broken))
    assert (2, 0, 0, 2) == summary(result)
    assert "2 articles could not be read again" in result.notes


def test_old_news_is_too_old_on_both_sides_by_when_it_was_decided(
    store: Store, setup: Setup, reader: Reader
) -> None:
    """An article understood three days after it was first seen did not alert, and does not in replay."""
    save(store, STORY)
    understand(store, reader, NOON + 72 * HOUR)
    assert [] == store.alerts.latest(5)
    assert (0, 0, 0, 0) == summary(run(store, setup, setup))
    patient = replace(setup, rules=AlertRules(RULES, timedelta(days=7)))
    assert (0, 1, 0, 1) == summary(run(store, setup, patient))


def test_alert_from_before_the_time_is_not_raised_again_by_a_copy_within(
    live: Store, setup: Setup, reader: Reader
) -> None:
    """Its key is known when the time begins."""
    body = STORY.encode()
    item = FeedItem(DAILY.id, "6", "https://example.org/d/6", "Новости", NOON + HOUR)
    page = Page(item.url, item.url, 200, {}, body, NOON + HOUR, hashlib.sha256(body).hexdigest())
    copy = Article(DAILY.id, "6", item.url, item.title, STORY, NOON, NOON + HOUR, page.sha256)
    live.articles.save(item, copy, page, DAILY.outlet)
    understand(live, reader, NOON + 8 * HOUR)
    archive = Archive(live.history, live.articles.page, extract)
    result = replay(archive, setup, setup, NOON + HOUR / 2, UNTIL)
    assert (1, (0, 0, 0, 0), ()) == (result.effort.articles, summary(result), result.notes)
