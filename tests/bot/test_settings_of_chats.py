"""A chat's clock, quiet hours, bounds and mutes, as people type and tap them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.bot.times import parse_quiet, parse_zone, split_duration
from monitor.domain.preferences import Mute, MuteKind, Preferences, QuietHours
from tests.bot.conftest import LISTED, World
from tests.bot.playing import press, press_data
from tests.builders import NOON

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Asia/Yerevan", "Asia/Yerevan"),
        ("asia/kathmandu", "Asia/Kathmandu"),
        ("Kolkata", "Asia/Kolkata"),
        ("new york", "America/New_York"),
        ("Ереван", "Asia/Yerevan"),
        ("астана", "Asia/Almaty"),
        ("Нью-Йорк", "America/New_York"),
        ("utc", "UTC"),
        ("../etc/passwd", None),
        ("Mars", None),
        ("", None),
        ("\x00", None),
    ],
)
def test_zone_is_known_by_its_name_or_city(text: str, zone: str | None) -> None:
    """In English, and the common ones in Russian."""
    assert zone == parse_zone(text)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("23:00-07:00", QuietHours(time(23), time(7))),
        ("23-7", QuietHours(time(23), time(7))),
        ("22:30 – 6.45", QuietHours(time(22, 30), time(6, 45))),
        ("from 23 to 7", QuietHours(time(23), time(7))),
        ("с 23 до 7", QuietHours(time(23), time(7))),
        ("0:00-24:00", None),
        ("off", None),
        ("ВЫКЛ", None),
    ],
)
def test_quiet_hours_are_read_in_several_forms(text: str, hours: QuietHours | None) -> None:
    """None is no quiet hours."""
    assert hours == parse_quiet(text)


@pytest.mark.parametrize("text", ["", "23", "25-7", "23:60-7", "night", "23:00-07:00 and more"])
def test_what_are_no_hours_is_refused(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match=r"hours|must be"):
        parse_quiet(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("armenia 1d", ("armenia", DAY)),
        ("armenia", ("armenia", DAY)),
        ("Dmitry Peskov 12 hours", ("Dmitry Peskov", DAY / 2)),
        ("Песков 12ч", ("Песков", DAY / 2)),
        ("союзное государство 2 недели", ("союзное государство", 14 * DAY)),
        ("all 90 min", ("all", timedelta(minutes=90))),
        ("agent 007", ("agent 007", DAY)),
    ],
)
def test_duration_stands_at_the_end(text: str, expected: tuple[str, timedelta]) -> None:
    """A day where none is named."""
    assert expected == split_duration(text, DAY)


@pytest.mark.parametrize("text", ["armenia 0d", "armenia 53w", "armenia 9999 недель"])
def test_endless_or_empty_duration_is_refused(text: str) -> None:
    """A mute is for a while."""
    with pytest.raises(ValueError, match="duration"):
        split_duration(text, DAY)


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text: str) -> None:
    """Each either reads it or says by ValueError that it cannot."""
    parse_zone(text)
    for read in (parse_quiet, lambda given: split_duration(given, DAY)):
        try:
            read(text)
        except ValueError:
            continue


async def test_zone_and_quiet_hours_are_set_by_commands(world: World) -> None:
    """Half-hour zones too; the page shows what time it is there."""
    answer = await world.ask(LISTED, "/zone Asia/Kathmandu")
    assert "it is 17:45 there" in answer
    answer = await world.ask(LISTED, "/quiet 23:00-07:00")
    assert "Quiet hours: 23:00–07:00" in answer
    assert "severity 80 and more" in answer
    expected = Preferences(zone="Asia/Kathmandu", quiet=QuietHours(time(23), time(7)))
    assert expected == world.store.preferences.get(LISTED)
    assert "Тихих часов нет" in await world.ask(LISTED, "/quiet выкл", language="ru")
    assert Preferences(zone="Asia/Kathmandu") == world.store.preferences.get(LISTED)


async def test_mistakes_are_answered_and_change_nothing(world: World) -> None:
    """With the nearest zone, and the form of hours."""
    assert "“Asia/Yerevan”" in await world.ask(LISTED, "/zone Asia/Yerevann")
    assert "/quiet 23:00-07:00" in await world.ask(LISTED, "/quiet at night")
    assert "<b>" in await world.ask(LISTED, "/zone <b>")
    assert Preferences() == world.store.preferences.get(LISTED)


async def test_settings_are_set_by_buttons(world: World) -> None:
    """Zone, quiet hours, the severity that breaks them, and the bound of an hour."""
    page = await world.fake.reply_to(LISTED, "/settings")
    for label in ("Time zone", "Astana", "Quiet hours", "23:00–08:00", "+", "Alerts an hour", "50"):
        await press(world, page, label)
    expected = Preferences("Asia/Almaty", QuietHours(time(23), time(8)), 90, 50)
    assert expected == world.store.preferences.get(LISTED)
    assert "At most 50 alerts an hour" in page.text
    for _ in range(2):
        await press(world, page, "+")
    assert "In quiet hours nothing comes" in page.text
    for label in ("−", "−", "Quiet hours", "none", "Alerts an hour", "no bound"):
        await press(world, page, label)
    assert Preferences("Asia/Almaty", None, 90, 0) == world.store.preferences.get(LISTED)


async def test_forged_and_old_buttons_of_settings_change_nothing(world: World) -> None:
    """As everywhere."""
    page = await world.fake.reply_to(LISTED, "/settings")
    plus = page.button("+")
    assert "not yours" in await press_data(world, page, plus.replace(":90", ":20"))
    assert "not yours" in await press_data(world, page, plus, user_id=500)
    world.clock.move(timedelta(hours=25).total_seconds())
    assert "too old" in await press_data(world, page, plus)
    assert Preferences() == world.store.preferences.get(LISTED)


@pytest.mark.parametrize(
    ("command", "kind", "value"),
    [
        ("/mute armenia 1d", MuteKind.TARGET, "armenia"),
        ("/mute Армению 1 день", MuteKind.TARGET, "armenia"),
        ("/mute Ivanov", MuteKind.SPEAKER, "Sergei Ivanov"),
        ("/mute Сергей Иванов 1д", MuteKind.SPEAKER, "Sergei Ivanov"),
        ("/mute всё 24ч", MuteKind.ALL, ""),
    ],
)
async def test_targets_speakers_and_everything_can_be_muted(
    world: World, command: str, kind: MuteKind, value: str
) -> None:
    """In either language; for a day if no time is named."""
    await world.ask(LISTED, command)
    assert {LISTED: [Mute(LISTED, kind, value, NOON + DAY)]} == world.store.preferences.mutes(NOON)


async def test_mutes_are_listed_by_the_chats_clock_and_ended(world: World) -> None:
    """By a button, by name, or all."""
    assert "Nothing is muted" in await world.ask(LISTED, "/mutes")
    await world.ask(LISTED, "/zone Asia/Kathmandu")
    for command in ("/mute armenia 2h", "/mute Ivanov 1w", "/mute union state 3h"):
        await world.ask(LISTED, command)
    world.store.preferences.mute(Mute(LISTED, MuteKind.STORY, "12", NOON + 3 * DAY))
    listed = await world.fake.reply_to(LISTED, "/mutes")
    assert "Armenia – until 13 Mar 2024 19:45 +0545" in listed.text
    assert "story 12" in listed.text
    await press(world, listed, "End: story 12")
    assert "Ended: 1" in await world.ask(LISTED, "/unmute Иванов")
    assert "not muted" in await world.ask(LISTED, "/unmute kazakhstan")
    assert "armenia" in await world.ask(LISTED, "/unmute armeniaa")
    assert "Ended: 2" in await world.ask(LISTED, "/unmute")
    assert {} == world.store.preferences.mutes(NOON)


async def test_mute_of_nothing_known_says_how(world: World) -> None:
    """With an example."""
    for command in ("/mute", "/mute nobody 1d"):
        assert "/mute armenia 1d" in await world.ask(LISTED, command)
    assert "At most a year" in await world.ask(LISTED, "/mute armenia 400d")
    assert {} == world.store.preferences.mutes(datetime(2020, 1, 1, tzinfo=UTC))
