"""A chat's clock: quiet hours, summaries, mutes, in zones that change their clocks and others."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.alerts import Alert
from monitor.domain.preferences import (
    Mute,
    MuteKind,
    Preferences,
    QuietHours,
    muting,
    next_release,
    quiet_until,
)
from monitor.domain.subscriptions import Pace
from tests.builders import NOON, make_finding

YEREVAN, BERLIN, KOLKATA, KATHMANDU = map(
    ZoneInfo, ("Asia/Yerevan", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu")
)
NEW_YORK = ZoneInfo("America/New_York")
NIGHT = QuietHours(time(23), time(7))
LUNCH = QuietHours(time(12), time(13, 30))
ZONES = ("Europe/Berlin", "Asia/Kathmandu", "America/New_York", "Australia/Lord_Howe", "Asia/Yerevan")
moments = st.datetimes(datetime(2023, 1, 1), datetime(2026, 12, 31)).map(lambda m: m.replace(tzinfo=UTC))  # noqa: DTZ001 - made aware in the next step


def at(zone: ZoneInfo, *parts: int, fold: int = 0) -> datetime:
    """Return a moment of a zone's wall clock, in UTC."""
    return datetime(*parts, tzinfo=zone, fold=fold).astimezone(UTC)  # type: ignore[misc,arg-type]


def ends(zone: ZoneInfo, now: datetime, quiet: QuietHours = NIGHT, severity: int = 50) -> datetime | None:
    """Return when an alert that is ready now may go out; None: at once."""
    return quiet_until(Preferences(quiet=quiet), zone, severity, now)


@pytest.mark.parametrize(
    ("hour", "quiet"), [(22, False), (23, True), (0, True), (6, True), (7, False), (12, False)]
)
def test_night_runs_past_midnight(hour: int, quiet: bool) -> None:
    """Its beginning belongs to it, its end does not."""
    assert quiet is NIGHT.holds(time(hour))


@pytest.mark.parametrize(("hour", "quiet"), [(11, False), (12, True), (13, True), (14, False)])
def test_quiet_hours_may_lie_within_a_day(hour: int, quiet: bool) -> None:
    """Not everybody means the night."""
    assert quiet is LUNCH.holds(time(hour))


def test_equal_ends_are_no_quiet_hours() -> None:
    """Nobody is silenced for whole days by a slip."""
    assert not any(QuietHours(time(7), time(7)).holds(time(hour)) for hour in range(24))


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ((2024, 3, 13, 23, 0), (2024, 3, 14, 7, 0)),
        ((2024, 3, 14, 0, 30), (2024, 3, 14, 7, 0)),
        ((2024, 3, 14, 6, 59), (2024, 3, 14, 7, 0)),
        ((2024, 2, 29, 23, 30), (2024, 3, 1, 7, 0)),
        ((2024, 12, 31, 23, 30), (2025, 1, 1, 7, 0)),
    ],
)
def test_night_ends_the_next_morning(now: tuple[int, ...], end: tuple[int, ...]) -> None:
    """Before and after midnight, over the ends of months and years."""
    assert at(YEREVAN, *end) == ends(YEREVAN, at(YEREVAN, *now))


def test_daytime_holds_nothing_back() -> None:
    """Nor does a chat without quiet hours."""
    assert ends(YEREVAN, at(YEREVAN, 2024, 3, 14, 7)) is None
    assert quiet_until(Preferences(), YEREVAN, 0, at(YEREVAN, 2024, 3, 14, 3)) is None


def test_severe_alert_breaks_the_quiet() -> None:
    """From the chat's own bound up; 101 is reached by none."""
    night = at(YEREVAN, 2024, 3, 14, 3)
    assert ends(YEREVAN, night, severity=80) is None
    assert ends(YEREVAN, night, severity=79) is not None
    never = Preferences(quiet=NIGHT, override_severity=101)
    assert quiet_until(never, YEREVAN, 100, night) is not None


@pytest.mark.parametrize(("zone", "offset"), [(KOLKATA, "18:30"), (KATHMANDU, "18:15")])
def test_zones_of_half_and_quarter_hours_have_their_own_midnight(zone: ZoneInfo, offset: str) -> None:
    """05:30 and 05:45 ahead of UTC."""
    quiet = QuietHours(time(0), time(6))
    hour, minute = map(int, offset.split(":"))
    midnight = datetime(2024, 3, 13, hour, minute, tzinfo=UTC)
    assert ends(zone, midnight - timedelta(minutes=1), quiet) is None
    assert midnight + timedelta(hours=6) == ends(zone, midnight, quiet)


def test_clock_set_forward_makes_a_night_shorter() -> None:
    """Berlin, 31 March 2024: 02:00 becomes 03:00."""
    begin = at(BERLIN, 2024, 3, 30, 23)
    end = ends(BERLIN, begin)
    assert (at(BERLIN, 2024, 3, 31, 7), timedelta(hours=7)) == (end, (end or begin) - begin)


def test_clock_set_back_makes_a_night_longer() -> None:
    """Berlin, 27 October 2024: 03:00 becomes 02:00."""
    begin = at(BERLIN, 2024, 10, 26, 23)
    end = ends(BERLIN, begin)
    assert (at(BERLIN, 2024, 10, 27, 7), timedelta(hours=9)) == (end, (end or begin) - begin)


def test_end_that_the_clock_leaves_out_comes_as_much_later() -> None:
    """There is no 02:30 that night; the hours end half an hour after the change."""
    quiet = QuietHours(time(23), time(2, 30))
    end = ends(BERLIN, at(BERLIN, 2024, 3, 31, 1), quiet)
    assert datetime(2024, 3, 31, 1, 30, tzinfo=UTC) == end  # 03:30 by the new clock


def test_end_that_comes_twice_never_lies_behind() -> None:
    """At 02:10 for the second time the quiet that ends at 02:30 ends at the second 02:30."""
    quiet = QuietHours(time(23), time(2, 30))
    first, second = (at(BERLIN, 2024, 10, 27, 2, 10, fold=fold) for fold in (0, 1))
    assert at(BERLIN, 2024, 10, 27, 2, 30) == ends(BERLIN, first, quiet)
    assert at(BERLIN, 2024, 10, 27, 2, 30, fold=1) == ends(BERLIN, second, quiet)


times = st.times(timezones=st.none()).map(lambda t: t.replace(second=0, microsecond=0))


@given(moments, st.sampled_from(ZONES), times, times, st.integers(0, 100))
def test_quiet_always_ends_within_a_day_and_a_bit(
    now: datetime, zone: str, begin: time, end: time, severity: int
) -> None:
    """Whatever the clocks do: later than now, and never so late that news is lost."""
    preferences = Preferences(quiet=QuietHours(begin, end))
    until = quiet_until(preferences, ZoneInfo(zone), severity, now)
    if severity >= preferences.override_severity or begin == end:
        assert until is None
    if until is not None:
        assert now < until <= now + timedelta(hours=26)


def test_user_who_changes_zone_is_quiet_by_the_new_clock() -> None:
    """The same moment is night in Yerevan and evening in Berlin."""
    moment = at(YEREVAN, 2024, 3, 14, 0, 30)
    assert ends(YEREVAN, moment) is not None
    assert ends(BERLIN, moment) is None


@pytest.mark.parametrize(
    ("pace", "now", "expected"),
    [
        (Pace.DAILY, (2024, 3, 13, 7, 59), (2024, 3, 13, 8, 0)),
        (Pace.DAILY, (2024, 3, 13, 8, 0), (2024, 3, 14, 8, 0)),
        (Pace.WEEKLY, (2024, 3, 13, 8, 0), (2024, 3, 18, 8, 0)),
        (Pace.WEEKLY, (2024, 3, 18, 7, 59), (2024, 3, 18, 8, 0)),
        (Pace.WEEKLY, (2024, 3, 18, 8, 0), (2024, 3, 25, 8, 0)),
        (Pace.HOURLY, (2024, 3, 13, 8, 0), (2024, 3, 13, 9, 0)),
        (Pace.HOURLY, (2024, 3, 13, 23, 59), (2024, 3, 14, 0, 0)),
    ],
)
@pytest.mark.parametrize("zone", [YEREVAN, KOLKATA, KATHMANDU, BERLIN])
def test_summaries_go_out_by_the_chats_clock(
    zone: ZoneInfo, pace: Pace, now: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    """At eight, on Mondays, at the full hour of the zone."""
    assert at(zone, *expected) == next_release(pace, zone, at(zone, *now))


def test_immediate_pace_has_no_summaries() -> None:
    """Asking is a mistake of ours."""
    with pytest.raises(ValueError, match="immediate"):
        next_release(Pace.IMMEDIATE, YEREVAN, NOON)


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize(("pace", "days", "count"), [(Pace.DAILY, 366, 366), (Pace.WEEKLY, 366, 53)])
def test_each_period_is_released_exactly_once(name: str, pace: Pace, days: int, count: int) -> None:
    """Over a year with both changes of the clock: one a day, one a week, always at eight."""
    zone = ZoneInfo(name)
    begin = at(zone, 2024, 1, 1)
    now, released = begin, []
    while (now := next_release(pace, zone, now)) < begin + timedelta(days=days):
        released.append(now.astimezone(zone))
    assert {time(8)} == {moment.time() for moment in released}
    assert count == len({moment.date() for moment in released}) == len(released)
    if pace is Pace.WEEKLY:
        assert {0} == {moment.weekday() for moment in released}


@given(moments, st.sampled_from(ZONES), st.sampled_from([Pace.HOURLY, Pace.DAILY, Pace.WEEKLY]))
def test_all_alerts_of_a_period_are_released_together(now: datetime, zone: str, pace: Pace) -> None:
    """Whatever is ready before a release and after the one before waits for the same moment."""
    where = ZoneInfo(zone)
    release = next_release(pace, where, now)
    assert release > now
    assert release == next_release(pace, where, release - timedelta(microseconds=1))
    assert release == next_release(pace, where, now + (release - now) / 2)


def test_user_who_changes_zone_gets_the_next_summary_by_the_new_clock() -> None:
    """Held alerts are not lost; the period that runs may be shorter or longer once."""
    moment = at(YEREVAN, 2024, 3, 13, 9)
    assert at(YEREVAN, 2024, 3, 14, 8) == next_release(Pace.DAILY, YEREVAN, moment)
    assert at(NEW_YORK, 2024, 3, 13, 8) == next_release(Pace.DAILY, NEW_YORK, moment)


@pytest.mark.parametrize(
    ("kind", "value", "holds"),
    [
        (MuteKind.TARGET, "armenia", True),
        (MuteKind.TARGET, "kazakhstan", False),
        (MuteKind.SPEAKER, "Ivan Petrov", True),
        (MuteKind.SPEAKER, "Somebody", False),
        (MuteKind.STORY, "1", True),
        (MuteKind.STORY, "2", False),
        (MuteKind.ALL, "", True),
    ],
)
def test_mute_keeps_away_what_it_names_until_its_time(kind: MuteKind, value: str, holds: bool) -> None:
    """To the second."""
    alert = Alert("key", "rule", make_finding(), NOON)
    mute = Mute(100, kind, value, NOON + timedelta(hours=1))
    assert (mute if holds else None) == muting([mute], alert, NOON)
    assert muting([mute], alert, NOON + timedelta(hours=1)) is None


@given(
    st.sampled_from(["", *ZONES]),
    st.none() | st.builds(QuietHours, times, times),
    st.integers(0, 101),
    st.integers(0, 1000),
)
def test_settings_come_back_from_their_json(
    zone: str, quiet: QuietHours | None, override: int, cap: int
) -> None:
    """To the minute."""
    wanted = Preferences(zone, quiet, override, cap)
    assert wanted == Preferences.from_json(wanted.to_json())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"zones": "UTC"}, "'zones' is no setting"),
        ({"zone": "Mars"}, "'Mars' is no time zone"),
        ({"zone": "../UTC"}, "is no time zone"),
        ({"quiet": ["23:00"]}, "two times"),
        ({"quiet": ["23:00", "25:00"]}, "hour"),
        ({"override_severity": 102}, "override_severity"),
        ({"hourly_cap": -1}, "hourly_cap"),
        ({"hourly_cap": True}, "hourly_cap"),
    ],
)
def test_what_are_no_settings_is_refused(given: dict[str, object], words: str) -> None:
    """With the key, or what is wrong."""
    with pytest.raises(ValueError, match=words):
        Preferences.from_json(given)
