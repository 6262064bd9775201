"""Every answer to why an article was not told, over a real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.domain.alerts import Decision, Rule, SkippedFinding
from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.domain.fates import Cause, Miss, Stop, find_misses
from monitor.domain.notices import Alarm, AlarmKind
from monitor.domain.source_views import Sight
from monitor.domain.stance import Act, Stance, Tier, Topic
from monitor.domain.statement import Assessment, Finding
from monitor.pipeline.whynot import same_addresses
from storage import Store
from tests.bot.questions import make_why_not
from tests.builders import NOON, make_assessment, make_finding, make_speaker
from tests.notify.builders import RULE
from tests.pipeline.fates import CHAT, ask, decide, fate_of
from tests.storage.builders import collect, find_one, make_item


def visit(store: Store, outcome: RunOutcome, at: datetime) -> None:
    """Record a visit to the agency."""
    store.articles.record_run(SourceRun("agency", at, at, outcome))


@pytest.mark.parametrize("text", ["javascript:alert(1)", "ftp://example.org/1", "nonsense", "https://", ""])
def test_what_is_no_web_address_has_no_answer(store: Store, text: str) -> None:
    """Only http and https lead to articles."""
    assert make_why_not(store).explain(text, CHAT, NOON) is None
    assert [] == make_why_not(store).judgements(text)


def test_article_of_another_site_is_not_collected(store: Store) -> None:
    """Nor does a site whose name only ends alike count as ours."""
    for url in ("https://elsewhere.net/1", "https://notexample.org/1", "https://example.org.evil.net/1"):
        fate = ask(store, url)
        assert (Stop.NOT_COLLECTED, None) == (fate.stop, fate.source)


@pytest.mark.parametrize(
    ("hours", "alarm", "expected"),
    [
        (None, None, Sight.NEVER),
        (1, None, Sight.READ),
        (9, None, Sight.BLIND),
        (1, AlarmKind.DOWN, Sight.BLIND),
    ],
)
def test_missed_article_names_the_source_and_whether_it_is_seen(
    store: Store, hours: int | None, alarm: AlarmKind | None, expected: Sight
) -> None:
    """By its host; also below it."""
    if hours is not None:
        visit(store, RunOutcome.OK, NOON - timedelta(hours=hours))
    if alarm is not None:
        store.notices.save([Alarm(alarm, "agency", "no route")], {}, [], NOON)
    for url in ("https://example.org/other", "https://sub.example.org/x"):
        source = ask(store, url).source
        assert source is not None
        assert ("agency", expected) == (source.source.id, source.sight)


def test_source_that_is_off_is_said_to_be(store: Store) -> None:
    """It explains everything."""
    source = ask(store, "https://asleep.am/1").source
    assert source is not None
    assert Sight.OFF is source.sight


@pytest.mark.parametrize(("attempts", "expected"), [(5, Stop.TRY_LATER), (1, Stop.GIVEN_UP)])
def test_item_whose_page_failed_says_why(store: Store, attempts: int, expected: Stop) -> None:
    """Whether it is tried again depends on how often it was."""
    item = make_item("1")
    store.articles.record_failure(item, "the server answered 500", NOON, attempts)
    fate = ask(store, item.url)
    assert fate.article is not None
    assert (expected, "the server answered 500") == (fate.stop, fate.article.reason)


def test_waiting_unread_and_failed_articles_say_so(store: Store) -> None:
    """Each with what is known of it."""
    saved = collect(store, "1")
    assert Stop.WAITING is ask(store, saved.article.url).stop
    store.findings.save(saved, "ky", None, (), (), NOON, readable=False)
    fate = ask(store, saved.article.url)
    assert fate.article is not None
    assert (Stop.UNREAD, "ky") == (fate.stop, fate.article.lang)
    broken = collect(store, "2", "Other.")
    store.findings.record_failure(broken, "ValueError: odd", NOON, 1)
    fate = ask(store, broken.article.url)
    assert fate.article is not None
    assert (Stop.SET_ASIDE, "ValueError: odd") == (fate.stop, fate.article.reason)
    empty = collect(store, "3", "Third.")
    store.findings.save(empty, "ru", None, (), (), NOON)
    assert Stop.NO_TARGET is ask(store, empty.article.url).stop


OWN = make_assessment(speaker=make_speaker(bloc="armenia"))


@pytest.mark.parametrize(
    ("assessment", "changes", "expected"),
    [
        (make_assessment(stance=Stance.NEUTRAL), {}, Cause.NEUTRAL),
        (make_assessment(uncertain=True), {}, Cause.UNCERTAIN),
        (OWN, {}, Cause.SELF_TALK),
        (make_assessment(), {"seen": NOON - timedelta(days=9)}, Cause.TOO_OLD),
        (replace(make_assessment(), severity=5), {}, Cause.BELOW),
        (make_assessment(), {}, Cause.ALERTED),
    ],
)
def test_cause_is_read_from_what_was_decided(
    store: Store, assessment: Assessment, changes: dict[str, object], expected: Cause
) -> None:
    """The very words that `decide_alerts` notes are understood."""
    (found,) = fate_of(store, assessment, **changes).findings
    assert expected is found.cause
    assert (found.number is not None) == (expected is Cause.ALERTED)


def test_undecided_statement_waits(store: Store) -> None:
    """Nothing was decided yet."""
    finding = find_one(store, "1", make_assessment())
    assert [Cause.UNDECIDED] == [one.cause for one in ask(store, finding.url).findings]


def test_history_never_alerts(store: Store) -> None:
    """What a backfill collected says so."""
    finding = find_one(store, "1", make_assessment())
    store.articles.mark_quiet(make_item("1"))
    decide(store)
    assert [Cause.HISTORY] == [one.cause for one in ask(store, finding.url).findings]


def test_threshold_names_the_nearest_rule_and_what_it_asks(store: Store) -> None:
    """The one that misses in the fewest parts."""
    far = Rule("far", targets=frozenset({"kazakhstan"}), min_severity=99, min_probability=0.99)
    near = Rule("near", min_severity=80)
    finding = find_one(store, "1", make_assessment())
    decide(store, (far, near))
    why = replace(make_why_not(store), rules=(far, near))
    fate = why.explain(finding.url, CHAT, NOON)
    assert fate is not None
    nearest = fate.findings[0].nearest
    assert nearest is not None
    severity = finding.assessment.severity
    assert ("near", (Miss("min_severity", str(severity), ("80",)),)) == (nearest.rule.id, nearest.misses)


def test_every_part_of_a_rule_is_named() -> None:
    """Those that `why_not` looks at, and no others."""
    finding = make_finding(1, make_assessment(topics=(Topic.ENERGY,)))
    rule = Rule(
        "all",
        targets=frozenset({"kazakhstan"}),
        blocs=frozenset({"west"}),
        stances=frozenset({Stance.CONCILIATORY}),
        acts=frozenset({Act.PRAISE}),
        topics=frozenset({Topic.WAR}),
        tiers=frozenset({Tier.OUTLET}),
        sources=frozenset({"other"}),
        min_severity=100,
        min_probability=1.0,
        enabled=False,
    )
    parts = [miss.part for miss in find_misses(rule, finding)]
    assert [
        *("enabled", "stances", "targets", "blocs", "tiers", "acts", "topics", "sources"),
        *("min_severity", "min_probability"),
    ] == parts
    assert () == find_misses(RULE, finding)


def test_repeated_news_names_the_alert_that_told_it(store: Store) -> None:
    """Under its number, with what became of that one."""
    first = find_one(store, "1", make_assessment())
    decide(store)
    key = next(iter(store.alerts.latest(1)))[1].key
    again = find_one(store, "2", make_assessment())
    skip(store, again, f"already alerted as {key}")
    (found,) = ask(store, again.url).findings
    assert (Cause.DUPLICATE, 1) == (found.cause, found.number)
    assert 1 == ask(store, first.url).findings[0].number
    skip(store, third := find_one(store, "3", make_assessment()), "already alerted as gone")
    (found,) = ask(store, third.url).findings
    assert (Cause.DUPLICATE, None) == (found.cause, found.number)


def skip(store: Store, finding: Finding, reason: str) -> None:
    """Note why a finding raised no alert."""
    store.alerts.save_decision(Decision((), (SkippedFinding(finding.id, reason),)), [], NOON)


def test_address_is_known_however_it_is_written(store: Store) -> None:
    """Scheme, www, last slash and tracking parameters do not matter."""
    finding = find_one(store, "1", make_assessment())
    for url in (
        finding.url,
        f"{finding.url}/",
        finding.url.replace("https://", "http://www."),
        f"{finding.url}?utm_source=x#top",
    ):
        assert Stop.JUDGED is ask(store, url).stop
        assert [finding.id] == [one.id for one in make_why_not(store).judgements(url)]


def test_strange_addresses_have_no_other_forms() -> None:
    """Whatever cannot be read as an address."""
    for url in ("https://[", "mailto:a@b", "https:///x"):
        assert set() == same_addresses(url)
