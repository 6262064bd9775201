"""Past findings decided again under other rules: what moved, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.domain.alerts import Rule
from monitor.domain.replay import AlertRules, Reread, count_by, replay_alerts
from monitor.domain.stance import Stance, Tier
from monitor.domain.statement import Finding
from tests.builders import NOON, make_assessment, make_finding, make_speaker

HARSH = Rule("harsh", stances=frozenset({Stance.HOSTILE}), min_severity=20)
RULES = AlertRules((HARSH,), timedelta(days=2))


def unit(
    *findings: Finding, after: tuple[Finding, ...] | None = None, hours: float = 0, gone: str = ""
) -> Reread:
    """Return a reading, the same under both configurations unless `after` is given."""
    return Reread(NOON + timedelta(hours=hours), findings, findings if after is None else after, gone)


def under(*rules: Rule, days: float = 2) -> AlertRules:
    """Return other rules."""
    return AlertRules(rules, timedelta(days=days))


def test_same_rules_move_nothing() -> None:
    """Whatever there is, both sides agree."""
    units = [unit(make_finding(n), hours=n) for n in range(1, 5)]
    found = replay_alerts(units, RULES, RULES, ())
    assert 4 == len(found.before)
    assert found.before == found.after
    assert ((), ()) == (found.gained, found.lost)


def test_same_news_alerts_once_under_each_side_as_keys_grow() -> None:
    """A copy hours later is no second alert, and what alerted before the time begins is none either."""
    copies = [unit(make_finding(n, story_id=7), hours=n) for n in (1, 2, 3)]
    found = replay_alerts(copies, RULES, RULES, ())
    (alert,) = found.before
    assert (1, NOON + timedelta(hours=1)) == (alert.finding.id, alert.created_at)
    assert () == replay_alerts(copies, RULES, RULES, {alert.key}).before


def test_alert_that_a_later_copy_raises_is_neither_gained_nor_lost() -> None:
    """The first outlet is left out by the proposal, the second still carries the news."""
    first, second = make_finding(1, story_id=7), make_finding(2, story_id=7, source_id="daily")
    only_daily = under(replace(HARSH, sources=frozenset({"daily"})))
    found = replay_alerts([unit(first), unit(second, hours=1)], RULES, only_daily, ())
    assert ((), ()) == (found.gained, found.lost)
    assert [1] == [alert.finding.id for alert in found.before]
    assert [2] == [alert.finding.id for alert in found.after]


SEVERITY = make_assessment().severity


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (under(replace(HARSH, enabled=False)), "harsh: rule is off"),
        (under(replace(HARSH, min_severity=99)), f"harsh: severity {SEVERITY} < 99"),
        (under(Rule("other", targets=frozenset({"belarus"}))), "rule harsh is gone"),
        (under(HARSH, days=0.01), "older than 0:14:24"),
    ],
)
def test_lost_alert_says_what_the_rule_that_asked_for_it_says_now(after: AlertRules, reason: str) -> None:
    """Off, stricter, gone, or too old."""
    found = replay_alerts([unit(make_finding(), hours=1)], RULES, after, ())
    assert [reason] == [moved.reason for moved in found.lost]
    assert () == found.after


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        (under(replace(HARSH, min_severity=99)), f"harsh: severity {SEVERITY} < 99"),
        (under(Rule("other", targets=frozenset({"belarus"}))), "no such rule"),
    ],
)
def test_gained_alert_says_its_rule_and_what_stood_against_it(before: AlertRules, reason: str) -> None:
    """With the threshold that it passed."""
    found = replay_alerts([unit(make_finding())], before, RULES, ())
    expected = f"severity {SEVERITY} ≥ 20 under rule harsh; before: {reason}"
    assert [expected] == [moved.reason for moved in found.gained]


def test_reading_that_changed_is_told_as_what_changed_in_it() -> None:
    """Stance, speaker and severity of the same words, then what follows from it."""
    was = make_finding(1)
    calm = make_finding(1, make_assessment(stance=Stance.NEUTRAL))
    host = make_finding(1, make_assessment(speaker=make_speaker("Host", Tier.COMMENTATOR)))
    other = make_finding(1, make_assessment("belarus"))
    light = host.assessment.severity
    reasons = [
        replay_alerts([unit(was, after=after)], RULES, RULES, ()).lost[0].reason
        for after in ((calm,), (host,), (other,), ())
    ]
    assert [
        "stance hostile 0.90 → neutral 0.90; harsh: stance is neutral",
        f"speaker Ivan Petrov (russia) → Host (russia), severity {SEVERITY} → {light}; "
        "alerts as hostile of Host (russia)",
        "armenia is not found in the statement any more",
        "no statement toward armenia with these words is found any more",
    ] == reasons
    gained = replay_alerts([Reread(NOON, (), (was,))], RULES, RULES, ()).gained
    assert ["before: not found"] == [moved.reason.split("; ")[1] for moved in gained]


def test_article_that_is_not_collected_any_more_says_so() -> None:
    """Its source is off: no rule is to blame."""
    found = replay_alerts(
        [unit(make_finding(), after=(), gone="source agency is switched off")], RULES, RULES, ()
    )
    assert ["source agency is switched off"] == [moved.reason for moved in found.lost]


def test_alerts_are_counted_by_any_name() -> None:
    """The most frequent first."""
    targets = ("belarus", "armenia", "armenia")
    units = [unit(make_finding(n, make_assessment(target))) for n, target in enumerate(targets, 1)]
    alerts = replay_alerts(units, RULES, RULES, ()).before
    counts = count_by(alerts, lambda alert: alert.finding.assessment.target)
    assert [("armenia", 2), ("belarus", 1)] == list(counts.items())
