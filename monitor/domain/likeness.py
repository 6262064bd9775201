"""More, or less, like an alert: what a subscription must be for that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from monitor.domain.alerts import Alert, Direction, runs
from monitor.domain.subscriptions import Filter, Lemmas, Subscription, split_words, wants

STEP = 10
"""By so much severity "more" asks for fainter ones, and "less" leaves them out."""
MOST = 100
_DIRECTIONS = (
    Direction.FROM_RUSSIA,
    Direction.TO_RUSSIA,
    Direction.THIRD_PARTIES,
    Direction.BETWEEN_PARTNERS,
)


def filter_like(alert: Alert) -> Filter:
    """Return the filter that tells of the same target, direction and stance, from a step below on."""
    a = alert.ground.assessment
    direction = next((d for d in _DIRECTIONS if runs(d, a.speaker.bloc, a.target)), None)
    return Filter(
        targets=frozenset({a.target}),
        directions=frozenset({direction} if direction else ()),
        stances=frozenset({a.stance}),
        min_severity=max(0, a.severity // STEP * STEP - STEP),
    )


def asked_for(
    subscriptions: Iterable[Subscription], alert: Alert, lemmas: Lemmas = split_words
) -> list[Subscription]:
    """Return those that ask for an alert and could ask for less."""
    return [s for s in subscriptions if s.filter.min_severity < MOST and wants(s, alert, lemmas)]


def ask_for_less(subscription: Subscription) -> Subscription:
    """Return the subscription with its least severity a step higher."""
    least = min(MOST, subscription.filter.min_severity + STEP)
    return replace(subscription, filter=replace(subscription.filter, min_severity=least))
