"""Visits and pages that fail: which alarm, after how much, and until when."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.domain.failing import watch_items, watch_visits
from monitor.domain.notices import AlarmKind
from monitor.domain.quality import ItemFacts
from monitor.domain.source import FOLDER, Source
from monitor.domain.stance import Tier

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SOURCE = Source("agency", "Agency", "rss", "https://example.org/rss", "russia", Tier.OUTLET, ("ru",))
GOOD = "good"


def visits(*troubles: str, every: int = 10) -> list[SourceRun]:
    """Return visits, one each so many minutes, with these kinds of trouble."""
    outcomes = {GOOD: RunOutcome.OK, "empty": RunOutcome.EMPTY, "robots": RunOutcome.BLOCKED}
    return [
        SourceRun(
            "agency",
            NOON + n * every * MINUTE,
            NOON + n * every * MINUTE,
            outcomes.get(trouble, RunOutcome.FAILED),
            trouble="" if trouble in (GOOD, "empty") else trouble,
        )
        for n, trouble in enumerate(troubles)
    ]


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        ("dns", AlarmKind.DOWN),
        ("server", AlarmKind.DOWN),
        ("not_found", AlarmKind.DOWN),
        ("robots", AlarmKind.BLOCKED),
        ("forbidden", AlarmKind.BLOCKED),
        ("anti_bot", AlarmKind.ANTI_BOT),
        ("layout", AlarmKind.LAYOUT),
        ("soft_404", AlarmKind.SOFT_404),
    ],
)
def test_three_failures_in_a_row_raise_the_alarm_of_their_kind(trouble: str, kind: AlarmKind) -> None:
    """Since the first of them; two are none, nor are three within a few minutes."""
    alarm = watch_visits(SOURCE, visits(GOOD, trouble, trouble, trouble), None)
    assert alarm is not None
    assert (kind, NOON + 10 * MINUTE, trouble) == (alarm.kind, alarm.since, alarm.trouble)
    assert f"the last 3 visits failed ({trouble} 3)" in alarm.detail
    assert watch_visits(SOURCE, visits(GOOD, trouble, trouble), None) is None
    assert watch_visits(SOURCE, visits(GOOD, *[trouble] * 4, every=2), None) is None


def test_site_that_refuses_is_told_after_two_visits_half_an_hour_apart() -> None:
    """It is left alone for an hour at once: a third visit would come late. A failure may pass."""
    assert watch_visits(SOURCE, visits(GOOD, "robots", "robots", every=60), None) is not None
    assert watch_visits(SOURCE, visits(GOOD, "anti_bot", "forbidden", every=60), None) is not None
    assert watch_visits(SOURCE, visits(GOOD, "robots", "timeout", every=60), None) is None


def test_alarm_lasts_until_two_visits_in_a_row_succeed() -> None:
    """One success between failures is no end."""
    down = ("dns", "dns", "dns")
    assert watch_visits(SOURCE, visits(*down, GOOD), AlarmKind.DOWN) is not None
    assert watch_visits(SOURCE, visits(*down, GOOD, "dns", GOOD), AlarmKind.DOWN) is not None
    assert watch_visits(SOURCE, visits(*down, GOOD, GOOD), AlarmKind.DOWN) is None


def test_rest_of_the_circuit_breaker_goes_on_with_what_was() -> None:
    """A source that rests after failures is down, whatever the rest itself is recorded as."""
    alarm = watch_visits(SOURCE, visits("robots", "robots", "resting", "resting"), None)
    assert alarm is not None
    assert alarm.kind is AlarmKind.BLOCKED


def test_kind_turns_only_when_three_visits_say_so() -> None:
    """A timeout on a source that is blocked is no other trouble."""
    blocked = AlarmKind.BLOCKED
    mixed = watch_visits(SOURCE, visits("robots", "robots", "robots", "timeout", "robots"), blocked)
    turned = watch_visits(SOURCE, visits("robots", "dns", "dns", "dns"), blocked)
    assert mixed is not None
    assert turned is not None
    assert (blocked, AlarmKind.DOWN) == (mixed.kind, turned.kind)


def test_missed_visits_say_nothing_of_the_source() -> None:
    """They are our own fault: neither failures nor successes."""
    runs = visits("dns", "dns", "dns", "dns")
    runs[2] = replace(runs[2], outcome=RunOutcome.MISSED, trouble="")
    assert watch_visits(SOURCE, runs, None) is not None
    assert watch_visits(SOURCE, runs[:3], None) is None


def test_front_that_is_empty_for_an_hour_changed_its_layout() -> None:
    """A drop folder may be empty as long as it likes."""
    assert watch_visits(SOURCE, visits(*["empty"] * 4), None) is None
    alarm = watch_visits(SOURCE, visits(*["empty"] * 8), None)
    assert alarm is not None
    assert alarm.kind is AlarmKind.LAYOUT
    assert watch_visits(replace(SOURCE, kind=FOLDER), visits(*["empty"] * 8), None) is None


def items(shape: str, attempts: int = 3) -> list[ItemFacts]:
    """Return items, collected where the shape has +, failed where it has -."""
    return [
        ItemFacts(NOON + n * MINUTE, collected=mark == "+", attempts=attempts, reason="the page is gone")
        for n, mark in enumerate(shape)
    ]


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        ("soft_404", AlarmKind.SOFT_404),
        ("not_found", AlarmKind.SOFT_404),
        ("no_text", AlarmKind.LAYOUT),
        ("anti_bot", AlarmKind.ANTI_BOT),
        ("forbidden", AlarmKind.BLOCKED),
        ("server", AlarmKind.DOWN),
    ],
)
def test_most_items_failing_of_late_raise_the_alarm_of_their_trouble(trouble: str, kind: AlarmKind) -> None:
    """The front is read, but what it leads to is not."""
    alarm = watch_items(SOURCE, items("+++------"), Counter({trouble: 6, "timeout": 1}), lasting=None)
    assert alarm is not None
    assert (kind, NOON + 3 * MINUTE) == (alarm.kind, alarm.since)
    assert f"6 of the last 9 articles could not be taken ({trouble}): the page is gone" == alarm.detail


@pytest.mark.parametrize("shape", ["---", "++++++++-", "-----+--", "+++++---"])
def test_few_failing_items_raise_none(shape: str) -> None:
    """Too few to tell, a deleted one, one good among the newest, or less than most."""
    assert watch_items(SOURCE, items(shape), Counter({"soft_404": 3}), lasting=None) is None


def test_item_tried_once_is_not_failed_yet() -> None:
    """It is tried again in a minute."""
    assert watch_items(SOURCE, items("+++------", attempts=1), Counter({"server": 6}), lasting=None) is None


def test_failing_items_last_until_the_newest_are_collected() -> None:
    """Two of the newest three; the older ones are given up and stay failed."""
    soft = AlarmKind.SOFT_404
    assert watch_items(SOURCE, items("------+"), Counter(), lasting=soft) is not None
    assert watch_items(SOURCE, items("------++"), Counter(), lasting=soft) is None
    assert watch_items(SOURCE, items("+++++++-"), Counter(), lasting=AlarmKind.DOWN) is None
