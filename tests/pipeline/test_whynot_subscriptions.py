"""What the answer says of the chat's own subscriptions: wanted, kept away, held, delivered."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from monitor.domain.delivery import Place
from monitor.domain.fates import SubscriptionFate, Way
from monitor.domain.preferences import Mute, MuteKind, Preferences, QuietHours
from monitor.domain.routing import HeldBecause, Router
from monitor.domain.subscriptions import Filter, Pace, Subscription
from storage import Store
from tests.bot.questions import make_audiences
from tests.builders import NOON, make_assessment
from tests.pipeline.fates import CHAT, ask, decide, fate_of
from tests.storage.builders import find_one, make_item


def subscribe(store: Store, wanted: Filter | None = None, pace: Pace = Pace.IMMEDIATE) -> Subscription:
    """Subscribe the chat a day before the alert."""
    one = Subscription(0, CHAT, wanted or Filter(), pace=pace)
    return store.chats.subscribe(one, NOON - timedelta(days=1))


def only(store: Store, now: datetime = NOON) -> SubscriptionFate:
    """Return what the chat's only subscription made of the alert about article 1."""
    finding = next(iter(ask(store, make_item("1").url, now).findings))
    (one,) = finding.subscriptions
    return one


def test_wanted_alert_says_when_it_was_delivered(store: Store) -> None:
    """At first it is on its way."""
    subscribe(store)
    fate_of(store, make_assessment())
    assert Way.WAITING is ask_way(store)
    (delivery,) = store.outbox.claim("telegram", NOON, 5)
    store.outbox.sent(delivery.id, NOON + timedelta(seconds=3))
    telling = only(store).telling
    assert telling is not None
    assert (Way.SENT, NOON + timedelta(seconds=3)) == (telling.way, telling.at)


def ask_way(store: Store) -> Way | None:
    """Return how the chat was told."""
    telling = only(store).telling
    return telling.way if telling else None


def test_failed_and_cancelled_deliveries_say_so(store: Store) -> None:
    """With Telegram's words."""
    subscribe(store)
    fate_of(store, make_assessment())
    (delivery,) = store.outbox.claim("telegram", NOON, 5)
    store.outbox.failed(delivery.id, "chat not found", NOON)
    telling = only(store).telling
    assert telling is not None
    assert (Way.FAILED, "chat not found") == (telling.way, telling.reason)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(targets=frozenset({"kazakhstan"})), "targets"),
        (Filter(min_severity=99), "min_severity"),
        (Filter(words=frozenset({"газ"})), "words"),
        (Filter(blocs=frozenset({"west"})), "blocs"),
    ],
)
def test_subscription_names_the_part_that_kept_it_away(store: Store, wanted: Filter, expected: str) -> None:
    """One part is enough."""
    subscribe(store, wanted)
    fate_of(store, make_assessment())
    assert (expected, None) == (only(store).outcome.reason, only(store).telling)


def test_muted_target_is_named(store: Store) -> None:
    """While the mute lasts."""
    subscribe(store)
    store.preferences.mute(Mute(CHAT, MuteKind.TARGET, "armenia", NOON + timedelta(hours=3)))
    fate_of(store, make_assessment())
    assert "muted: target" == only(store).outcome.reason


def test_alert_held_for_a_summary_says_until_when_and_then_when_it_went(store: Store) -> None:
    """A daily pace: held, then in a summary that was sent."""
    subscribe(store, pace=Pace.DAILY)
    fate_of(store, make_assessment())
    telling = only(store).telling
    assert telling is not None
    assert (Way.HELD, HeldBecause.PACE) == (telling.way, telling.because)
    assert 1 == store.held.release(telling.at)
    (delivery,) = store.outbox.claim("telegram", telling.at, 5)
    store.outbox.sent(delivery.id, telling.at)
    assert Way.SUMMED_UP is ask_way(store)


def test_quiet_hours_and_cap_are_named(store: Store) -> None:
    """Each is why it waits."""
    subscribe(store)
    quiet = QuietHours(time(11), time(13))
    store.preferences.save(CHAT, Preferences(quiet=quiet))
    fate_of(store, make_assessment())
    telling = only(store).telling
    assert telling is not None
    assert (Way.HELD, HeldBecause.QUIET, NOON + timedelta(hours=1)) == (
        telling.way,
        telling.because,
        telling.at,
    )
    store.preferences.save(CHAT, Preferences(hourly_cap=1))
    for key in ("2", "3"):
        find_one(store, key, make_assessment(text=f"Минсельхоз обвинил Армению {key}."))
        decide(store)
    finding = next(iter(ask(store, make_item("3").url).findings))
    telling = finding.subscriptions[0].telling
    assert telling is not None
    assert HeldBecause.CAP is telling.because


def test_subscription_made_later_could_not_tell_it(store: Store) -> None:
    """It says so instead of naming a fault."""
    fate_of(store, make_assessment())
    store.chats.subscribe(Subscription(0, CHAT, Filter()), NOON + timedelta(minutes=1))
    one = only(store, NOON + timedelta(minutes=2))
    assert (None, None, True) == (one.outcome.reason, one.telling, one.is_later)


def test_only_the_chats_own_subscriptions_are_told_of(store: Store) -> None:
    """What others subscribed to is theirs."""
    store.chats.subscribe(Subscription(0, -7, Filter()), NOON)
    (found,) = fate_of(store, make_assessment()).findings
    assert () == found.subscriptions


def test_router_and_answer_agree(store: Store) -> None:
    """What the answer says would be sent is what the router sends."""
    wanted = subscribe(store)
    alerts = [one.alert for one in fate_of(store, make_assessment()).findings]
    audience = make_audiences(store).read(NOON)
    assert alerts[0] is not None
    places, _ = Router(audience, NOON).route(alerts[0])
    assert [Place(CHAT)] == places
    assert wanted.id == only(store).outcome.subscription.id
    assert only(store).outcome.sent
