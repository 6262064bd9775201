"""What a subscription would have sent: counted over the alerts that there were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.domain.alerts import Alert
from monitor.domain.signal_routing import why_unwanted_signal
from monitor.domain.signals import Signal
from monitor.domain.subscriptions import Filter, Lemmas, split_words, why_unwanted

SPAN = timedelta(days=30)
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many alerts a filter would have let through within `span`, and the most severe of them.

    `span` is shorter than `SPAN` where less is known, and nothing where nothing is.
    """

    count: int
    span: timedelta
    examples: tuple[tuple[int, Alert], ...] = ()


def estimate(
    alerts: Iterable[tuple[int, Alert]],
    signals: Iterable[Signal],
    wanted: Filter,
    span: timedelta,
    lemmas: Lemmas = split_words,
) -> Estimate:
    """Count the numbered alerts and the signals that a filter lets through.

    Examples are alerts; of equally severe ones the newest is shown.
    """
    passing = [(number, alert) for number, alert in alerts if why_unwanted(wanted, alert, lemmas) is None]
    passing.sort(key=lambda pair: (-pair[1].ground.assessment.severity, -pair[0]))
    signalled = sum(why_unwanted_signal(wanted, signal) is None for signal in signals)
    return Estimate(len(passing) + signalled, span, tuple(passing[:EXAMPLES]))


def known_span(since: datetime | None, now: datetime) -> timedelta:
    """Return how much of the last `SPAN` was watched; `since` is when watching began, None: never."""
    return timedelta() if since is None else max(timedelta(), min(SPAN, now - since))
