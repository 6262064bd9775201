"""To whom signals go."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.domain.alerts import Direction
from monitor.domain.delivery import Place
from monitor.domain.preferences import Mute, MuteKind, Preferences, QuietHours
from monitor.domain.routing import Audience
from monitor.domain.signal_routing import route_signal, why_unwanted_signal
from monitor.domain.signals import (
    Divergence,
    Facts,
    Shift,
    Signal,
    SourceSilence,
    SpeakerSilence,
    facts_from_json,
    facts_to_json,
)
from monitor.domain.stance import Act, Stance, Tier, Topic
from monitor.domain.subscriptions import Filter, Kind, Pace, Subscription

NOON = datetime(2024, 3, 13, 12, tzinfo=UTC)
SHIFT = Shift(NOON, -0.5, -0.1, -6.0, 40, (None, -0.1, -0.5))
DIVERGENCE = Divergence(NOON, NOON + timedelta(days=14), 0.1, -0.4, 20, 30, 0.3)
SPEAKER = SpeakerSilence("Ivan Petrov", Tier.GOVERNMENT, NOON, 21, 2.5, 11)
SOURCE = SourceSilence("agency", "Agency", NOON)
ALL_KINDS = frozenset(Kind)


def signal(facts: Facts = SHIFT, severity: int = 60) -> Signal:
    """Return a signal about Moscow and Armenia, or about a source."""
    target, bloc = ("", "") if isinstance(facts, SourceSilence) else ("armenia", "russia")
    return Signal("key", target, bloc, severity, facts, NOON)


@pytest.mark.parametrize("facts", [SHIFT, DIVERGENCE, SPEAKER, SOURCE])
def test_facts_come_back_from_the_store_as_they_were(facts: Facts) -> None:
    """Through JSON."""
    import json

    assert facts == facts_from_json(json.loads(json.dumps(facts_to_json(facts))))


@pytest.mark.parametrize(
    ("wanted", "facts", "expected"),
    [
        (Filter(), SHIFT, None),
        (Filter(), DIVERGENCE, None),
        (Filter(), SPEAKER, "kinds"),
        (Filter(kinds=ALL_KINDS), SPEAKER, None),
        (Filter(kinds=ALL_KINDS), SOURCE, None),
        (Filter(targets=frozenset({"kazakhstan"})), SHIFT, "targets"),
        (Filter(targets=frozenset({"kazakhstan"}), kinds=ALL_KINDS), SOURCE, None),
        (Filter(directions=frozenset({Direction.TO_RUSSIA})), SHIFT, "directions"),
        (Filter(directions=frozenset({Direction.FROM_RUSSIA})), SHIFT, None),
        (Filter(stances=frozenset({Stance.CONCILIATORY})), SHIFT, "stances"),
        (Filter(stances=frozenset({Stance.HOSTILE})), SHIFT, None),
        (Filter(stances=frozenset({Stance.CONCILIATORY})), DIVERGENCE, None),
        (Filter(acts=frozenset({Act.THREATEN})), SHIFT, "acts"),
        (Filter(topics=frozenset({Topic.WAR})), SHIFT, "topics"),
        (Filter(words=frozenset({"газ"})), SHIFT, "words"),
        (Filter(languages=frozenset({"ru"})), SHIFT, "languages"),
        (Filter(tiers=frozenset({Tier.GOVERNMENT})), SHIFT, "tiers"),
        (Filter(tiers=frozenset({Tier.GOVERNMENT}), kinds=ALL_KINDS), SPEAKER, None),
        (Filter(tiers=frozenset({Tier.PARLIAMENT}), kinds=ALL_KINDS), SPEAKER, "tiers"),
        (Filter(sources=frozenset({"agency"}), kinds=ALL_KINDS), SOURCE, None),
        (Filter(sources=frozenset({"agency"})), SHIFT, "sources"),
        (Filter(blocs=frozenset({"belarus"})), SHIFT, "blocs"),
        (Filter(min_severity=61), SHIFT, "min_severity"),
        (Filter(min_severity=60), SHIFT, None),
    ],
)
def test_filters_choose_among_signals(wanted: Filter, facts: Facts, expected: str | None) -> None:
    """By kind, target, direction, side and severity; what only statements have keeps signals away."""
    assert why_unwanted_signal(wanted, signal(facts)) == expected


def route(
    one: Signal, *subscriptions: Subscription, now: datetime = NOON, **parts: object
) -> dict[str, datetime]:
    """Return where a signal goes and when."""
    audience = Audience(subscriptions, {1, 2}, ZoneInfo("UTC"), **parts)  # type: ignore[arg-type]
    return {str(place): due for place, due in route_signal(one, audience, now).items()}


def test_quiet_hours_hold_a_signal_until_they_end() -> None:
    """A severe one goes out all the same."""
    night = Preferences(quiet=QuietHours(time(23), time(7)))
    late = NOON.replace(hour=23, minute=30)
    asked = Subscription(1, 1)
    quiet = {1: night}
    assert route(signal(), asked, now=late, preferences=quiet) == {"1": NOON.replace(day=14, hour=7)}
    assert route(signal(severity=85), asked, now=late, preferences=quiet) == {"1": late}
    assert route(signal(), asked, preferences=quiet) == {"1": NOON}


def test_digests_of_a_pace_and_topics_of_a_forum() -> None:
    """The soonest subscription of a place counts; chats that are not served get nothing."""
    weekly = Subscription(1, 1, pace=Pace.WEEKLY)
    assert route(signal(), weekly) == {"1": datetime(2024, 3, 18, 8, tzinfo=UTC)}
    assert route(signal(), weekly, Subscription(2, 1)) == {"1": NOON}
    assert route(signal(), Subscription(3, 2, thread_id=9)) == {str(Place(2, 9)): NOON}
    assert route(signal(), Subscription(4, 3)) == {}


@pytest.mark.parametrize(
    ("kind", "value", "facts", "muted"),
    [
        (MuteKind.TARGET, "armenia", SHIFT, True),
        (MuteKind.TARGET, "kazakhstan", SHIFT, False),
        (MuteKind.ALL, "", SOURCE, True),
        (MuteKind.SPEAKER, "Ivan Petrov", SPEAKER, True),
        (MuteKind.SPEAKER, "Ivan Petrov", SHIFT, False),
        (MuteKind.STORY, "1", SHIFT, False),
    ],
)
def test_mutes_hold_for_signals(kind: MuteKind, value: str, facts: Facts, muted: bool) -> None:
    """Until they end."""
    wanted = Subscription(1, 1, Filter(kinds=ALL_KINDS))
    mutes = {1: [Mute(1, kind, value, NOON + timedelta(hours=1))]}
    assert (route(signal(facts), wanted, mutes=mutes) == {}) is muted
    over = {1: [Mute(1, kind, value, NOON)]}
    assert route(signal(facts), wanted, mutes=over) == {"1": NOON}
