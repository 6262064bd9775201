"""What is wrong with a source, decided from plain figures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.domain.coverage import HourCoverage, RunOutcome, SourceRun
from monitor.domain.health import Figures, Thresholds, decide_alarms, find_end, find_shown, make_history
from monitor.domain.notices import Alarm, AlarmKind, Notice
from monitor.domain.source import FOLDER, Source
from monitor.domain.stance import Tier

NOON = datetime(2026, 3, 25, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOURCE = Source("agency", "Agency", "rss", "https://example.org/rss", "russia", Tier.OUTLET, ("ru",))
DROPPED = Source("talk", "Talk", FOLDER, "folder:talk", "russia", Tier.OUTLET, ("ru",))


def read(hour: datetime, good: int = 1) -> HourCoverage:
    """Return an hour with one visit, a good one or none."""
    return HourCoverage("agency", hour, 1, good, 0, 1 - good, 0, 0, 0)


def known(
    days: int, now: datetime = NOON, *notices: Notice
) -> tuple[list[HourCoverage], dict[datetime, int]]:
    """Return so many days of hours with three articles each, up to now."""
    hours = [read(now - n * HOUR) for n in range(days * 24, 0, -1)]
    return hours, {hour.hour: 3 for hour in hours}


def make_figures(source: Source = SOURCE, last: datetime = NOON, *notices: Notice) -> Figures:
    """Return the figures of a source that is read and whose last article came then."""
    hours, counts = known(28)
    counts = {hour: count for hour, count in counts.items() if hour <= last}
    history = make_history(source, hours, counts, counts, notices, NOON)
    return Figures(
        source=source,
        now=NOON,
        visits=[SourceRun("agency", NOON - n * HOUR, NOON, RunOutcome.OK) for n in (2, 1, 0)],
        last_arrival=last,
        history=history,
        moments=history.learn(counts, last),
        notices=notices,
    )


def test_source_that_is_well_raises_nothing_and_a_dead_one_is_silent() -> None:
    """Three articles an hour, and then none for a day."""
    assert [] == decide_alarms(make_figures(last=NOON - HOUR), Thresholds())
    (alarm,) = decide_alarms(make_figures(last=NOON - DAY), Thresholds())
    assert (AlarmKind.SILENT, NOON - DAY) == (alarm.kind, alarm.since)
    assert "about 72 publications were expected" in alarm.detail


def test_drop_folder_has_no_rhythm() -> None:
    """People put something there when they have it."""
    assert [] == decide_alarms(make_figures(DROPPED, NOON - DAY), Thresholds())


def test_silence_is_counted_from_the_end_of_what_explained_it() -> None:
    """A source that was blocked until an hour ago is not silent for a day."""
    alarm = Alarm(AlarmKind.BLOCKED, "agency", "", NOON - DAY)
    blocked = Notice(1, alarm, NOON - DAY, NOON - HOUR)
    assert [] == decide_alarms(make_figures(SOURCE, NOON - DAY, blocked), Thresholds())


def test_silence_lasts_until_an_article_comes_and_ends_with_it() -> None:
    """However usual silence became."""
    notice = Notice(1, Alarm(AlarmKind.SILENT, "agency", "", NOON - 20 * HOUR), NOON - 2 * HOUR)
    assert [notice.alarm] == decide_alarms(make_figures(SOURCE, NOON - 20 * HOUR, notice), Thresholds())
    back = make_figures(SOURCE, NOON - HOUR, notice)
    assert [] == decide_alarms(back, Thresholds())
    assert NOON - HOUR == find_end(back, notice)


def test_blind_hours_and_known_troubles_teach_nothing() -> None:
    """Nor does the first hour, nor one after a blind one; in time a lesser volume is a new rhythm."""
    hours, counts = known(40)
    hours[100] = read(hours[100].hour, good=0)
    alarm = Alarm(AlarmKind.COLLAPSED, "agency", "", NOON - 35 * DAY)
    history = make_history(SOURCE, hours, counts, counts, [Notice(1, alarm, NOON - 34 * DAY)], NOON)
    taught = set(history.usable)
    assert hours[0].hour not in taught
    assert hours[99].hour in taught
    assert taught.isdisjoint({hours[100].hour, hours[101].hour})
    assert taught.isdisjoint({hour.hour for hour in hours if NOON - 35 * DAY <= hour.hour <= NOON - 7 * DAY})
    assert hours[-1].hour in taught


def test_what_the_front_showed_first_reaches_back_to_the_first_long_pause() -> None:
    """An old article that is pinned on top says nothing of the rhythm; nor does what is too old."""
    recent = [NOON - n * HOUR for n in (30, 20, 4, 1)]
    assert recent == find_shown([NOON - 90 * DAY, *recent, NOON + HOUR], NOON)
    assert len(find_shown([NOON - n * HOUR for n in range(300)], NOON)) == 5 * 24 + 1
    hours, counts = known(2)
    first = hours[0].hour
    history = make_history(SOURCE, hours, counts, counts, [], NOON, first - 10 * HOUR)
    assert [first - n * HOUR for n in range(10, 0, -1)] == list(history.usable)[:10]
