"""What a subscription would have sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from monitor.domain.alerts import Alert
from monitor.domain.estimates import SPAN, Estimate, estimate, known_span
from monitor.domain.signals import Shift, Signal
from monitor.domain.subscriptions import Filter
from tests.builders import NOON, make_assessment, make_finding

DAY = timedelta(days=1)


def make_alerts(*severities: int) -> list[tuple[int, Alert]]:
    """Return numbered alerts of these severities, the first the oldest."""
    return [
        (
            number,
            Alert(str(number), "rule", make_finding(number, replace(make_assessment(), severity=s)), NOON),
        )
        for number, s in enumerate(severities, start=1)
    ]


def make_shift(severity: int = 40, target: str = "armenia") -> Signal:
    """Return a shift of Moscow's tone."""
    facts = Shift(NOON - 7 * DAY, -0.5, -0.1, 4.0, 60)
    return Signal(f"shift|{target}", target, "russia", severity, facts, NOON)


def test_what_passes_is_counted_and_the_most_severe_shown() -> None:
    """Three of them; of equals the newest."""
    found = estimate(make_alerts(10, 50, 70, 50, 30), [], Filter(min_severity=30), SPAN)
    assert (4, [3, 4, 2]) == (found.count, [number for number, _ in found.examples])


def test_nothing_that_passes_is_zero() -> None:
    """Said as plainly."""
    assert Estimate(0, SPAN) == estimate(make_alerts(10, 20), [], Filter(min_severity=30), SPAN)


def test_signals_count_too() -> None:
    """They are sent like alerts; only alerts serve as examples."""
    signals = [make_shift(), make_shift(target="kazakhstan"), make_shift(severity=20)]
    found = estimate(make_alerts(50), signals, Filter(frozenset({"armenia"}), min_severity=30), SPAN)
    assert (2, 1) == (found.count, len(found.examples))


def test_no_more_is_claimed_than_is_known() -> None:
    """Thirty days at most, nothing before the first article."""
    assert timedelta() == known_span(None, NOON)
    assert 4 * DAY == known_span(NOON - 4 * DAY, NOON)
    assert SPAN == known_span(NOON - 400 * DAY, NOON)
    assert timedelta() == known_span(NOON + DAY, NOON)
