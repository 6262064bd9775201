"""To whom an alert goes, when, and why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.domain.alerts import Alert
from monitor.domain.delivery import Place, Urgency
from monitor.domain.preferences import Mute, MuteKind, Preferences, QuietHours
from monitor.domain.routing import CRITICAL, Audience, HeldBecause, Router, urgency_of
from monitor.domain.stance import Act
from monitor.domain.subscriptions import Filter, Pace, Subscription
from tests.builders import NOON, make_assessment, make_finding

ZONE = ZoneInfo("Asia/Yerevan")
NIGHT = datetime(2024, 3, 13, 23, tzinfo=UTC)  # three in the morning in Yerevan
MORNING = datetime(2024, 3, 14, 3, tzinfo=UTC)
QUIET = Preferences(quiet=QuietHours(time(23), time(7)))
CHAT = 100


def make_alert(key: str = "key", severity: int = 50) -> Alert:
    """Return an alert of a severity."""
    said = replace(make_assessment(act=Act.THREATEN), severity=severity)
    return Alert(key, "rule", make_finding(1, said), NOON)


def make_router(*subscriptions: Subscription, now: datetime = NOON, **audience: object) -> Router:
    """Return a router for chats that are all served."""
    served = {one.chat_id for one in subscriptions}
    given = {"served": served, "zone": ZONE, **audience}
    return Router(Audience(subscriptions, **given), now)  # type: ignore[arg-type]


def subscribe(number: int = 1, chat: int = CHAT, **changes: object) -> Subscription:
    """Return a subscription to everything."""
    return Subscription(number, chat, **changes)  # type: ignore[arg-type]


def test_alert_goes_to_every_place_that_wants_it() -> None:
    """A chat and each topic of a forum are places of their own."""
    router = make_router(
        subscribe(1), subscribe(2, 200), subscribe(3, -7, thread_id=12), subscribe(4, -7, thread_id=13)
    )
    sent, held = router.route(make_alert())
    assert [Place(100), Place(200), Place(-7, 12), Place(-7, 13)] == sent
    assert [] == held


def test_place_is_told_once_however_many_subscriptions_want_it() -> None:
    """Several subscriptions overlap."""
    router = make_router(subscribe(1), subscribe(2, filter=Filter(min_severity=10)))
    assert [Place(CHAT)] == router.route(make_alert())[0]


@pytest.mark.parametrize("first", [Pace.IMMEDIATE, Pace.DAILY])
def test_subscription_that_tells_soonest_counts(first: Pace) -> None:
    """In whatever order they were made; nothing is told twice."""
    second = Pace.DAILY if first is Pace.IMMEDIATE else Pace.IMMEDIATE
    sent, held = make_router(subscribe(1, pace=first), subscribe(2, pace=second)).route(make_alert())
    assert ([Place(CHAT)], []) == (sent, held)


def test_of_two_summaries_the_sooner_holds_it() -> None:
    """Hourly before weekly."""
    router = make_router(subscribe(1, pace=Pace.WEEKLY), subscribe(2, pace=Pace.HOURLY))
    sent, (held,) = router.route(make_alert())
    assert ([], 2, HeldBecause.PACE) == (sent, held.subscription_id, held.reason)
    assert NOON + timedelta(hours=1) == held.release_at


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"served": {5}}, "not served"),
        ({"mutes": {CHAT: [Mute(CHAT, MuteKind.TARGET, "armenia", NIGHT)]}}, "muted: target"),
        ({"mutes": {CHAT: [Mute(CHAT, MuteKind.ALL, "", NIGHT)]}}, "muted: all"),
    ],
)
def test_what_is_kept_away_says_why(changes: dict[str, object], reason: str) -> None:
    """What /whynot is answered from."""
    router = make_router(subscribe(), **changes)
    assert reason == router.decide(subscribe(), make_alert()).reason
    assert ([], []) == router.route(make_alert())


def test_filter_that_does_not_fit_is_named() -> None:
    """By the part of it."""
    wanted = subscribe(filter=Filter(min_severity=60))
    outcome = make_router(wanted).decide(wanted, make_alert(severity=59))
    assert ("min_severity", False) == (outcome.reason, outcome.sent)


def test_mute_of_another_chat_does_not_count() -> None:
    """Each mutes for itself."""
    mutes = {200: [Mute(200, MuteKind.ALL, "", NIGHT)]}
    assert [Place(CHAT)] == make_router(subscribe(1), subscribe(2, 200), mutes=mutes).route(make_alert())[0]


def test_quiet_hours_hold_until_the_morning_of_the_chat() -> None:
    """By the operator's zone where the chat set none."""
    router = make_router(subscribe(), now=NIGHT, preferences={CHAT: QUIET})
    sent, (held,) = router.route(make_alert())
    assert ([], HeldBecause.QUIET, MORNING) == (sent, held.reason, held.release_at)


def test_severe_alert_overrides_quiet_hours() -> None:
    """From the chat's own bound up."""
    router = make_router(subscribe(), now=NIGHT, preferences={CHAT: QUIET})
    assert [Place(CHAT)] == router.route(make_alert(severity=QUIET.override_severity))[0]


def test_user_who_changes_zone_is_woken_by_none_of_both_nights() -> None:
    """The zone that holds now decides; it is evening in Berlin when it is night in Yerevan."""
    berlin = replace(QUIET, zone="America/New_York")
    router = make_router(subscribe(), now=NIGHT, preferences={CHAT: berlin})
    assert [Place(CHAT)] == router.route(make_alert())[0]  # seven in the evening there
    later = make_router(subscribe(), now=NIGHT + timedelta(hours=5), preferences={CHAT: berlin})
    sent, (held,) = later.route(make_alert())
    assert [] == sent
    assert datetime(2024, 3, 14, 11, tzinfo=UTC) == held.release_at  # seven in the morning there


def test_pace_goes_before_quiet_hours() -> None:
    """A daily summary comes at eight anyhow."""
    router = make_router(subscribe(pace=Pace.DAILY), now=NIGHT, preferences={CHAT: QUIET})
    _, (held,) = router.route(make_alert(severity=100))
    assert (HeldBecause.PACE, MORNING + timedelta(hours=1)) == (held.reason, held.release_at)


def test_what_exceeds_the_hours_share_is_folded() -> None:
    """What was sent within the hour counts, and what goes out now; the critical goes all the same."""
    preferences = {CHAT: Preferences(hourly_cap=3)}
    router = make_router(subscribe(), preferences=preferences, sent_lately={str(CHAT): 1})
    outcomes = [router.route(make_alert(f"key-{n}")) for n in range(4)]
    assert [1, 1, 0, 0] == [len(sent) for sent, _ in outcomes]
    assert [HeldBecause.CAP] * 2 == [held.reason for _, more in outcomes for held in more]
    assert [Place(CHAT)] == router.route(make_alert("last", CRITICAL))[0]


def test_share_of_one_place_is_not_anothers() -> None:
    """Topics of a group count by themselves."""
    preferences = {-7: Preferences(hourly_cap=1)}
    subscriptions = subscribe(1, -7, thread_id=12), subscribe(2, -7, thread_id=13)
    router = make_router(*subscriptions, preferences=preferences, sent_lately={"-7/12": 1})
    sent, (held,) = router.route(make_alert())
    assert ([Place(-7, 13)], Place(-7, 12)) == (sent, held.place)


def test_no_bound_means_none() -> None:
    """Whoever asks for everything gets it."""
    router = make_router(subscribe(), preferences={CHAT: Preferences(hourly_cap=0)})
    assert 100 == sum(len(router.route(make_alert(f"key-{n}"))[0]) for n in range(100))


def test_severe_alerts_are_urgent() -> None:
    """They overtake what waits."""
    assert (Urgency.USUAL, Urgency.CRITICAL) == (urgency_of(CRITICAL - 1), urgency_of(CRITICAL))
