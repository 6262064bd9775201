"""What chats set for themselves, and what they mute."""

from __future__ import annotations

from datetime import time, timedelta

from monitor.domain.preferences import Mute, MuteKind, Preferences, QuietHours
from storage import Store
from tests.builders import NOON

LATER = NOON + timedelta(hours=1)
NIGHT = Preferences("Asia/Kathmandu", QuietHours(time(22, 30), time(6, 45)), 101, 0)


def test_settings_come_back_as_they_were_saved(store: Store) -> None:
    """A chat that set nothing has the defaults and is not among those that did."""
    assert (Preferences(), {}) == (store.preferences.get(100), store.preferences.all())
    store.preferences.save(100, NIGHT)
    store.preferences.save(-1001234567890123, Preferences(hourly_cap=5))
    assert NIGHT == store.preferences.get(100)
    assert {100: NIGHT, -1001234567890123: Preferences(hourly_cap=5)} == store.preferences.all()


def test_later_settings_replace_the_earlier(store: Store) -> None:
    """One row a chat."""
    for wanted in (NIGHT, Preferences(zone="UTC")):
        store.preferences.save(100, wanted)
    assert {100: Preferences(zone="UTC")} == store.preferences.all()


def test_mutes_hold_until_their_time(store: Store) -> None:
    """What is over is not among them; the sooner to end comes first."""
    long = Mute(100, MuteKind.TARGET, "armenia", NOON + timedelta(days=2))
    short = Mute(100, MuteKind.SPEAKER, "Ivan Petrov", LATER)
    other = Mute(200, MuteKind.ALL, "", LATER)
    for mute in (long, short, other):
        store.preferences.mute(mute)
    assert {100: [short, long], 200: [other]} == store.preferences.mutes(NOON)
    assert {100: [long]} == store.preferences.mutes(LATER)


def test_mute_of_the_same_thing_is_replaced(store: Store) -> None:
    """Longer or shorter, the last word counts."""
    for until in (NOON + timedelta(days=2), LATER):
        store.preferences.mute(Mute(100, MuteKind.STORY, "7", until))
    assert {100: [Mute(100, MuteKind.STORY, "7", LATER)]} == store.preferences.mutes(NOON)


def test_one_mute_or_all_of_the_chat_end(store: Store) -> None:
    """Never another chat's."""
    for chat, value in ((100, "armenia"), (100, "csto"), (100, "cis"), (200, "armenia")):
        store.preferences.mute(Mute(chat, MuteKind.TARGET, value, LATER))
    assert 0 == store.preferences.unmute(100, MuteKind.SPEAKER, "armenia")
    assert 1 == store.preferences.unmute(100, MuteKind.TARGET, "armenia")
    assert 2 == store.preferences.unmute(100)
    assert {200: [Mute(200, MuteKind.TARGET, "armenia", LATER)]} == store.preferences.mutes(NOON)


def test_forgotten_chat_leaves_nothing(store: Store) -> None:
    """Others keep theirs."""
    for chat in (100, 200):
        store.preferences.save(chat, NIGHT)
        store.preferences.mute(Mute(chat, MuteKind.ALL, "", LATER))
    store.preferences.forget(100)
    assert ({200: NIGHT}, {200}) == (store.preferences.all(), set(store.preferences.mutes(NOON)))


def test_group_that_became_a_supergroup_keeps_settings_and_mutes(store: Store) -> None:
    """What the new id has set itself stays."""
    mutes = [Mute(-4, MuteKind.TARGET, value, LATER) for value in ("armenia", "csto")]
    own = Mute(-1004, MuteKind.TARGET, "csto", LATER + timedelta(hours=1))
    store.preferences.save(-4, NIGHT)
    for mute in (*mutes, own):
        store.preferences.mute(mute)
    store.chats.migrate(-4, -1004)
    assert {-1004: NIGHT} == store.preferences.all()
    assert {-1004: [Mute(-1004, MuteKind.TARGET, "armenia", LATER), own]} == store.preferences.mutes(NOON)
    store.preferences.save(-4, Preferences())
    store.chats.migrate(-4, -1004)
    assert {-1004: NIGHT} == store.preferences.all()
