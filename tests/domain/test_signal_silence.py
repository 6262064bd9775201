"""Silences of customary speakers, and of sources."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.domain.notices import Alarm, AlarmKind, Notice
from monitor.domain.rhythm import learn_rhythm
from monitor.domain.signal_finding import SignalThresholds
from monitor.domain.signal_silence import find_source_silences, find_speaker_silences
from monitor.domain.signals import Signal, SourceSilence, SpeakerDay, SpeakerSilence
from monitor.domain.stance import Tier
from monitor.domain.subscriptions import Kind
from monitor.domain.trends import SourceCoverage

FIRST = datetime(2024, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
USUAL = SignalThresholds()
RHYTHM = learn_rhythm({}, [], UTC)
READ = {"agency": SourceCoverage(RHYTHM, FIRST - 30 * DAY, frozenset())}


def speak(days: Iterable[int], speaker: str = "Dmitry Peskov", source_id: str = "agency") -> list[SpeakerDay]:
    """Return that a speaker was heard on days."""
    return [
        SpeakerDay(FIRST + n * DAY, speaker, "russia", Tier.HEAD_OF_STATE, "armenia", source_id) for n in days
    ]


def others(until: int, but: range = range(0)) -> list[SpeakerDay]:
    """Return others of the same side, who speak every day."""
    return [one for n in range(until) if n not in but for one in speak([n], f"Other {n % 9}", "agency")]


def silences(
    spoken: list[SpeakerDay], day: int, sources: dict[str, SourceCoverage] | None = None
) -> list[Signal]:
    """Look at the end of a day."""
    found = find_speaker_silences(spoken, sources or READ, USUAL, FIRST + day * DAY)
    return [s for s in found if isinstance(s.facts, SpeakerSilence) and not s.facts.speaker.startswith("O")]


WORKDAYS = [n for n in range(84) if n % 7 < 5]


def test_daily_speaker_who_says_nothing_is_told_of_once() -> None:
    """Nothing in the first week, then one signal, whose key stays the same while the silence lasts."""
    spoken = [*speak(WORKDAYS), *others(120)]
    assert [] == silences(spoken, 88)
    told = [silences(spoken, day) for day in range(92, 112, 4)]
    assert all(len(one) == 1 for one in told)
    assert {"silence|speaker|Dmitry Peskov|2024-03-22"} == {one[0].key for one in told}
    signal = told[0][0]
    assert isinstance(signal.facts, SpeakerSilence)
    assert (signal.kind, signal.target, signal.bloc, signal.severity) == (
        Kind.SILENCE,
        "armenia",
        "russia",
        50,
    )
    assert (signal.facts.weeks, signal.facts.since) == (12, FIRST + 81 * DAY)
    assert signal.facts.usual_days == pytest.approx(1.4, abs=0.1)


def test_speaker_of_every_tenth_day_may_be_silent_for_weeks() -> None:
    """Their own rhythm counts."""
    spoken = [*speak(range(0, 84, 7)), *others(140)]
    assert [] == silences(spoken, 77 + 14)
    assert silences(spoken, 77 + 45)


def test_who_spoke_in_seven_of_twelve_weeks_is_no_customary_speaker() -> None:
    """Eight are needed."""
    weeks = [n for n in WORKDAYS if (83 - n) // 7 < 7]
    assert [] == silences([*speak(weeks), *others(120)], 110)
    eight = [n for n in WORKDAYS if (83 - n) // 7 < 8]
    assert silences([*speak(eight), *others(120)], 110)


def test_blind_sources_silence_nobody() -> None:
    """What was not read, or is not watched any more, is not silence."""
    spoken = [*speak(WORKDAYS), *others(120)]
    blind = frozenset(FIRST + timedelta(hours=n) for n in range(84 * 24, 104 * 24))
    assert silences(spoken, 104)
    assert [] == silences(spoken, 104, {"agency": SourceCoverage(RHYTHM, FIRST, blind)})
    assert [] == silences(spoken, 104, {"another": READ["agency"]})
    new = SourceCoverage(RHYTHM, FIRST + 90 * DAY, frozenset())
    assert [] == silences(spoken, 104, {"agency": new})


def test_sources_that_were_read_for_seven_tenths_of_the_time_are_not_enough() -> None:
    """However long the silence is."""
    spoken = [*speak(WORKDAYS), *others(140)]
    blind = frozenset(FIRST + timedelta(hours=n) for n in range(84 * 24, 124 * 24) if n % 10 < 3)
    assert silences(spoken, 124)
    assert [] == silences(spoken, 124, {"agency": SourceCoverage(RHYTHM, FIRST, blind)})


def test_who_was_away_for_long_before_may_be_so_again() -> None:
    """Three weeks of leave in spring make three weeks in summer no signal; five are one."""
    at_work = [n for n in WORKDAYS if not 30 <= n < 52]
    spoken = [*speak(at_work), *others(140)]
    assert [] == silences(spoken, 84 + 21)
    assert silences(spoken, 84 + 40)


def test_holidays_silence_nobody() -> None:
    """Where the whole side is quiet, one of them is no signal."""
    assert [] == silences([*speak(WORKDAYS), *others(120, range(83, 110))], 96)
    assert silences([*speak(WORKDAYS), *others(120)], 96)


def test_a_year_of_irregular_speakers_invents_few_silences(capsys: pytest.CaptureFixture[str]) -> None:
    """30 speakers at constant rates, looked at each day of a year: chance is bounded a quarter."""
    chance = random.Random(11)
    keys = set()
    for number in range(30):
        rate = 0.15 + 0.02 * number
        days = [n for n in range(84 + 365) if chance.random() < rate]
        for day in range(84, 84 + 365):
            spoken = speak([n for n in days if day - 168 <= n < day], f"Speaker {number}")
            keys |= {s.key for s in find_speaker_silences(spoken, READ, USUAL, FIRST + day * DAY)}
    with capsys.disabled():
        print(f"\ninvented silences: {len(keys)} in 30 speakers' years")  # noqa: T201
    assert len(keys) <= 1


def test_source_that_fell_silent_is_told_once_from_the_watch() -> None:
    """Only while it lasts, only lately, and only silence."""
    begun = FIRST - timedelta(hours=3)
    lasting = Notice(5, Alarm(AlarmKind.SILENT, "agency", "…", FIRST - DAY), begun)
    outlets = {"agency": "Agency"}
    (signal,) = find_source_silences([lasting], outlets, FIRST)
    assert signal.facts == SourceSilence("agency", "Agency", FIRST - DAY)
    assert (signal.kind, signal.target, signal.key) == (Kind.SILENCE, "", "silence|source|agency|5")
    others_ = [
        replace(lasting, ended_at=FIRST),
        replace(lasting, began_at=FIRST - 3 * DAY),
        replace(lasting, alarm=Alarm(AlarmKind.DOWN, "agency", "…")),
        replace(lasting, alarm=Alarm(AlarmKind.SILENT, "gone", "…")),
    ]
    assert [] == find_source_silences(others_, outlets, FIRST)
