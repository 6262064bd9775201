"""Which findings alert."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.domain.alerts import (
    Alert,
    Decision,
    Rule,
    alert_key,
    decide_alerts,
    why_not,
)
from monitor.domain.stance import Act, Stance, Tier, Topic
from monitor.domain.statement import Finding
from monitor.domain.subscriptions import Filter, Subscription, wants
from tests.builders import NOON, make_assessment, make_finding, make_speaker

ANY = Rule(id="any")
DAY = timedelta(days=1)


def decide(
    *findings: Finding, rules: tuple[Rule, ...] = (ANY,), already: frozenset[str] = frozenset()
) -> Decision:
    """Decide at noon with a day's grace."""
    return decide_alerts(findings, rules, already, NOON, DAY)


def test_hostile_statement_alerts() -> None:
    """The plain case."""
    finding = make_finding()
    assert (Alert(alert_key(finding), "any", finding, NOON),) == decide(finding).alerts


def test_repeated_statement_does_not_alert_twice() -> None:
    """A key that has an alert already is skipped with the reason."""
    finding = make_finding()
    decision = decide(finding, already=frozenset({alert_key(finding)}))
    assert () == decision.alerts
    assert "already alerted" in decision.skipped[0].reason


def test_copies_of_one_story_are_one_alert_and_the_sharpest_speaks() -> None:
    """Headline and copies fold into the most severe sentence."""
    mild = make_finding(1, make_assessment(act=Act.REJECT), story_id=7)
    sharp = make_finding(2, make_assessment(act=Act.THREATEN), story_id=7)
    headline = make_finding(3, make_assessment(act=Act.THREATEN, headline=True), story_id=7)
    decision = decide(mild, headline, sharp)
    assert [2] == [alert.finding.id for alert in decision.alerts]
    assert {1, 3} == {skipped.finding_id for skipped in decision.skipped}


def test_two_speakers_in_one_story_are_two_alerts() -> None:
    """A minister's threat and a host's are different news."""
    minister = make_finding(1, story_id=7)
    host = make_finding(2, make_assessment(speaker=make_speaker("A Host", Tier.COMMENTATOR)), story_id=7)
    assert 2 == len(decide(minister, host).alerts)


@pytest.mark.parametrize(
    ("assessment", "reason"),
    [
        (make_assessment(stance=Stance.NEUTRAL), "neutral"),
        (make_assessment(uncertain=True), "uncertain"),
        (make_assessment(speaker=make_speaker(bloc="armenia")), "speaks of itself"),
    ],
)
def test_what_never_alerts_says_why(assessment: object, reason: str) -> None:
    """Neutral, uncertain and self-talk are skipped with their reason."""
    decision = decide(make_finding(1, assessment))  # type: ignore[arg-type]
    assert () == decision.alerts
    assert reason in decision.skipped[0].reason


def test_old_statement_is_recorded_but_not_sent() -> None:
    """After an outage or a restored backup nobody is flooded."""
    decision = decide(make_finding(said_at=NOON - 2 * DAY))
    assert () == decision.alerts
    assert "older than" in decision.skipped[0].reason


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (Rule("r", enabled=False), "off"),
        (Rule("r", stances=frozenset({Stance.CONCILIATORY})), "stance"),
        (Rule("r", targets=frozenset({"belarus"})), "target"),
        (Rule("r", blocs=frozenset({"west"})), "bloc"),
        (Rule("r", direction="to_russia"), "direction"),
        (Rule("r", direction="between_partners"), "direction"),
        (Rule("r", tiers=frozenset({Tier.COMMENTATOR})), "tier"),
        (Rule("r", acts=frozenset({Act.THREATEN})), "acts"),
        (Rule("r", topics=frozenset({Topic.ENERGY})), "topics"),
        (Rule("r", sources=frozenset({"other"})), "source"),
        (Rule("r", min_severity=99), "severity"),
        (Rule("r", min_probability=0.99), "probability"),
    ],
)
def test_each_condition_of_a_rule_can_refuse(rule: Rule, reason: str) -> None:
    """Every field of a rule narrows, and the reason names it."""
    refusal = why_not(rule, make_finding())
    assert refusal is not None
    assert reason in refusal


def test_rule_that_fits_everywhere_asks_for_the_finding() -> None:
    """All fields set to what the finding is."""
    rule = Rule(
        id="narrow",
        targets=frozenset({"armenia"}),
        blocs=frozenset({"russia"}),
        direction="from_russia",
        stances=frozenset({Stance.HOSTILE}),
        acts=frozenset({Act.ACCUSE}),
        topics=frozenset({Topic.SANCTIONS_TRADE}),
        tiers=frozenset({Tier.GOVERNMENT}),
        sources=frozenset({"agency"}),
        min_severity=40,
        min_probability=0.8,
    )
    assert why_not(rule, make_finding()) is None


def test_skipped_finding_names_every_rules_miss() -> None:
    """`/whynot` is answered from the reasons of all rules that are on."""
    rules = (Rule("a", min_severity=99), Rule("b", targets=frozenset({"csto"})), Rule("c", enabled=False))
    reason = decide(make_finding(), rules=rules).skipped[0].reason
    assert "a: severity" in reason
    assert "b: target" in reason
    assert "c:" not in reason


def test_subscription_narrows_by_target_stance_and_severity() -> None:
    """Each field narrows; an empty subscription takes all."""
    alert = decide(make_finding()).alerts[0]
    assert wants(Subscription(1, 10), alert)
    assert wants(
        Subscription(
            1,
            10,
            Filter(frozenset({"armenia"}), stances=frozenset({Stance.HOSTILE}), min_severity=40),
        ),
        alert,
    )
    assert not wants(Subscription(1, 10, Filter(frozenset({"belarus"}))), alert)
    assert not wants(Subscription(1, 10, Filter(stances=frozenset({Stance.CONCILIATORY}))), alert)
    assert not wants(Subscription(1, 10, Filter(min_severity=90)), alert)
