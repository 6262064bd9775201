"""Searching within bounds, trends with their gaps, sources and service as they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.domain.checks import CheckTrouble
from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.domain.fates import Cause
from monitor.domain.leases import Lease
from monitor.domain.moments import week_start
from monitor.domain.source import Source
from monitor.domain.source_views import nearest_source
from monitor.domain.stance import Stance, Tier
from monitor.domain.trend_lines import Course, courses_of, profile_speaker
from monitor.pipeline.check import Checker
from monitor.pipeline.search import PAGE, Searcher
from monitor.pipeline.state import SERVICE, StateDesk
from monitor.pipeline.trend import TrendDesk
from monitor.text.lemmas import lemmas_of
from storage import Store
from tests.bot.questions import SOURCES, make_audiences, make_reader
from tests.builders import NOON, make_assessment, make_finding, make_speaker
from tests.notify.builders import RULE
from tests.storage.builders import assess, collect, find_one, make_article, make_item

HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
MOSCOW_TO_ARMENIA = Course(frozenset({"russia"}), frozenset({"armenia"}))


def say(store: Store, key: str, text: str, hours: float = 1.0) -> None:
    """Save one statement, said so many hours ago."""
    find_one(store, key, make_assessment(text=text), seen=NOON - hours * HOUR)


def desk(store: Store) -> TrendDesk:
    """Return what answers for dyads."""
    return TrendDesk(store.statements, store.articles, store.watching, SOURCES, UTC)


def test_all_words_must_stand_in_any_form(store: Store) -> None:
    """Russian by the dictionary, English by the stem."""
    say(store, "1", "Армения отвергла угрозы Москвы.")
    say(store, "2", "Армения ответила Москве.", 2)
    say(store, "3", "Armenia rejects threats.", 3)
    searcher = Searcher(store.statements, lemmas_of)

    def found(words: str) -> list[str]:
        return [f.assessment.statement.text[:9] for f in searcher.search(words, NOON).hits]

    assert ["Армения о", "Армения о"] == found("москва")
    assert ["Армения о"] == found("угроза москвы")
    assert ["Armenia r"] == found("rejected THREAT")
    assert [] == found("…")


def test_pages_follow_one_another_without_gap_or_repeat(store: Store) -> None:
    """Also where several were said in the same moment."""
    for number in range(2 * PAGE + 3):
        say(store, str(number), f"Москва обвинила Армению {number}.", number // 4)
    searcher = Searcher(store.statements, lemmas_of)
    texts: list[str] = []
    page = searcher.search("москва", NOON)
    while True:
        texts += [finding.assessment.statement.text for finding in page.hits]
        if page.following is None:
            break
        page = searcher.search("москва", NOON, page.following)
    assert (13, 13) == (len(texts), len(set(texts)))


def test_bound_on_statements_is_told_and_can_be_passed(store: Store) -> None:
    """What lies behind it is found on the next page."""
    for number in range(10):
        say(store, str(number), f"Ничего особенного об Армении {number}.", number + 1)
    say(store, "old", "Газопровод закрыли.", 20)
    searcher = Searcher(store.statements, lemmas_of, most_scanned=4)
    page = searcher.search("газопровод", NOON)
    assert ((), 4, NOON - 4 * HOUR) == (page.hits, page.scanned, page.back_to)
    pages = 1
    while page.following is not None and not page.hits:
        page, pages = searcher.search("газопровод", NOON, page.following), pages + 1
    assert (1, 3) == (len(page.hits), pages)


def test_copies_of_a_sentence_are_found_once(store: Store) -> None:
    """A wire carried by many is one find; what is older than a year is not looked at."""
    text = "Москва обвинила Армению."
    story = assess(store, collect(store, "1", "A."), make_assessment(text=text))
    assess(store, collect(store, "2", "B.", source_id="other"), make_assessment(text=text), story_id=story)
    say(store, "old", text, 24 * 400)
    assert 1 == len(Searcher(store.statements, lemmas_of).search("армения", NOON).hits)


def test_trend_counts_sides_by_week_and_leaves_self_talk_out(store: Store) -> None:
    """Only the dyad's own statements, the present week last."""
    warm = make_assessment(stance=Stance.CONCILIATORY, text="Москва поблагодарила Армению.")
    find_one(store, "1", make_assessment(), seen=NOON - HOUR)
    find_one(store, "2", warm, seen=NOON - HOUR - WEEK)
    find_one(store, "3", make_assessment(target="kazakhstan"), seen=NOON - HOUR)
    find_one(store, "4", make_assessment(speaker=make_speaker(bloc="armenia")), seen=NOON - HOUR)
    (trend,) = desk(store).trends([MOSCOW_TO_ARMENIA], NOON, 3)
    assert [(0, 0), (0, 1), (1, 0)] == [(week.hostile, week.conciliatory) for week in trend.weeks]
    assert (1, 1, 2, True) == (trend.hostile, trend.conciliatory, trend.total, trend.change.insufficient)
    assert week_start(NOON) == trend.points[-1].start


def test_weeks_without_a_reading_are_gaps_once_there_is_history(store: Store) -> None:
    """Before the first visit there is no gap; a week that has just begun is none yet."""
    for week in (1, 3):
        at = NOON - week * WEEK
        store.articles.record_run(SourceRun("agency", at, at, RunOutcome.OK))
    (trend,) = desk(store).trends([MOSCOW_TO_ARMENIA], NOON, 5)
    assert [True, True, False, True, False] == [point.covered for point in trend.points]
    monday = week_start(NOON) + HOUR
    (trend,) = desk(store).trends([MOSCOW_TO_ARMENIA], monday, 5)
    assert [True, True, False, True, True] == [point.covered for point in trend.points]


def test_week_of_which_a_part_was_not_read_is_partial(store: Store) -> None:
    """Hours without a visit count as not read."""
    begin = week_start(NOON) - WEEK
    for hour in range(7 * 24):
        at = begin + hour * HOUR
        outcome = RunOutcome.OK if hour < 60 else RunOutcome.FAILED
        store.articles.record_run(SourceRun("agency", at, at, outcome))
        if hour < 60:
            collect(store, f"{hour}", f"Text {hour}.", seen=at + HOUR / 2, published_at=at + HOUR / 2)
    (trend,) = desk(store).trends([MOSCOW_TO_ARMENIA], NOON, 3)
    point = trend.points[1]
    assert point.partial
    assert point.coverage is not None
    assert 0.2 < point.coverage < 0.6


def test_present_week_is_counted_once_an_hour_and_again_when_it_is_over(store: Store) -> None:
    """The hours of all sources are many; what is asked again at once is remembered."""
    store.articles.record_run(SourceRun("agency", NOON - 2 * WEEK, NOON - 2 * WEEK, RunOutcome.OK))
    one = desk(store)
    (before,) = one.trends([MOSCOW_TO_ARMENIA], NOON, 3)
    store.articles.record_run(SourceRun("agency", NOON, NOON, RunOutcome.OK))
    (same,) = one.trends([MOSCOW_TO_ARMENIA], NOON + HOUR / 2, 3)
    (anew,) = one.trends([MOSCOW_TO_ARMENIA], NOON + HOUR, 3)
    covered = [trend.points[-1].covered for trend in (before, same, anew)]
    assert [False, False, True] == covered
    first = desk(store)
    (empty,) = first.trends([MOSCOW_TO_ARMENIA], NOON - HOUR / 2, 3)
    (later,) = first.trends([MOSCOW_TO_ARMENIA], NOON + WEEK, 3)
    assert (False, True) == (empty.points[-1].covered, later.points[-2].covered)


def test_moscow_itself_is_set_against_its_partners() -> None:
    """Both ways, without itself."""
    there, back = courses_of("russia", ["russia", "armenia", "kazakhstan"])
    partners = frozenset({"armenia", "kazakhstan"})
    assert (Course(partners, frozenset({"russia"})), Course(frozenset({"russia"}), partners)) == (there, back)


def test_profile_counts_stories_once_and_shows_the_last() -> None:
    """By target, the most spoken of first."""
    findings = [
        make_finding(n, make_assessment(target, text=f"Text {n}."), said_at=NOON - n * HOUR)
        for n, target in enumerate(["armenia", "armenia", "kazakhstan", "armenia", "russia"], start=1)
    ]
    copy = replace(findings[0], id=9)
    profile = profile_speaker("Ivan Petrov", [*findings, copy], NOON, count=2)
    assert [("armenia", 3), ("kazakhstan", 1)] == [(t.target, t.hostile) for t in profile.tallies]
    assert ["Text 1.", "Text 2."] == [f.assessment.statement.text for f in profile.last]


def test_service_tells_whether_anybody_collects(store: Store) -> None:
    """By the lease; one that is over is nobody's."""
    one = StateDesk(
        store.articles, store.watching, store.notices, store.outbox, store.fates, SOURCES, lambda: "m-1"
    )
    zone = ZoneInfo("Asia/Yerevan")
    assert not one.state(NOON, zone).running
    store.leases.take(Lease(SERVICE, "host:1", NOON + timedelta(seconds=45)), NOON)
    assert one.state(NOON, zone).running
    assert not one.state(NOON + timedelta(minutes=1), zone).running
    assert (2, None, 0) == (one.state(NOON, zone).sources, one.state(NOON, zone).coverage, 0)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://t.me/mfa/12", "mfa"),
        ("https://t.me/s/MFA/12", "mfa"),
        ("https://t.me/other/12", None),
        ("https://www.site.ru/en/news/1", "english"),
        ("https://site.ru/news/1", "russian"),
        ("https://m.site.ru/news/1", "russian"),
        ("https://paper.am/1", "door"),
        ("http://127.0.0.1:8000/1", "newsroom"),
        ("http://127.0.0.1:9000/1", None),
        ("http://127.0.0.1/1", None),
        ("https://am/1", None),
        ("https://[bad", None),
        ("", None),
    ],
)
def test_address_belongs_to_the_nearest_source(url: str, expected: str | None) -> None:
    """Host and port must fit; of channels the channel, of sections the section."""
    addresses = {
        "mfa": "https://t.me/s/mfa",
        "russian": "https://site.ru/rss.xml",
        "english": "https://site.ru/en/rss.xml",
        "door": "https://rss.paper.am/all",
        "newsroom": "http://127.0.0.1:8000/feed",
    }
    sources = [
        Source(name, name, "rss", address, "russia", Tier.OUTLET, ("ru",))
        for name, address in addresses.items()
    ]
    found = nearest_source(url, sources)
    assert expected == (found.id if found else None)


def test_check_reads_an_article_as_its_sources(store: Store) -> None:
    """With its address, as if it had just been published."""
    checker = Checker(make_reader, make_audiences(store), (RULE,))
    article = make_article(
        make_item("1"), "Казахстан обвинил Армению в обмане, сообщил представитель ведомства."
    )
    result = checker.check_article(article, SOURCES[0], 100, NOON)
    assert article.url == result.checked[0].finding.url
    assert "agency" == result.checked[0].finding.source_id


def test_check_says_why_there_is_nothing_to_judge(store: Store) -> None:
    """Too long, unreadable, or of nobody watched; and what a state says of itself."""
    checker = Checker(make_reader, make_audiences(store), (RULE,))

    def trouble(text: str) -> CheckTrouble | None:
        return checker.check_text(text, 100, NOON).trouble

    assert CheckTrouble.TOO_LONG is trouble("а" * 5001)
    assert CheckTrouble.NO_TARGET is trouble("Сегодня в городе хорошая погода, и дождя не ждут.")
    unread = "Кыргыз Республикасынын президенти бүгүн эл алдында сүйлөдү жана баарына кайрылды."
    assert CheckTrouble.UNREAD is trouble(unread)
    result = checker.check_text("Министр торговли Сергей Иванов обвинил Армению.", 100, NOON)
    assert (Cause.ALERTED, "rule-1") == (result.checked[0].cause, result.checked[0].rule_id)


def test_outage_of_many_weeks_is_no_calm_although_nothing_of_late_was_visited(store: Store) -> None:
    """Asked in one week and again in later ones, by a program that runs on."""
    store.articles.record_run(SourceRun("agency", NOON - 6 * WEEK, NOON - 6 * WEEK, RunOutcome.OK))
    one = desk(store)
    for later in range(3):
        (trend,) = one.trends([MOSCOW_TO_ARMENIA], NOON + later * WEEK, 7)
        first_gap = 1 if later == 0 else 0
        assert [n < first_gap for n in range(7)] == [point.covered for point in trend.points]
    (fresh,) = desk(store).trends([MOSCOW_TO_ARMENIA], NOON, 26)
    assert [True] * 20 + [False] * 6 == [point.covered for point in fresh.points]


def test_clock_that_was_set_back_breaks_nothing(store: Store) -> None:
    """A present week that lies before one that was counted already."""
    one = desk(store)
    one.trends([MOSCOW_TO_ARMENIA], NOON, 3)
    (trend,) = one.trends([MOSCOW_TO_ARMENIA], NOON - 5 * WEEK, 3)
    assert 3 == len(trend.points)
