"""Which edits and deletions alert."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.domain.alerts import AlertKind, Rule, alert_key
from monitor.domain.change_alerts import ChangeAlert, decide_change_alerts, possible_keys
from monitor.domain.changes import (
    ArchivedCopy,
    ArticleChange,
    ChangedArticle,
    ChangeEvidence,
    ChangeKind,
    StatementChange,
)
from monitor.domain.stance import Act, Stance, Tier
from monitor.domain.statement import Finding
from monitor.domain.subscriptions import Filter, Subscription, wants
from tests.builders import NOON, make_assessment, make_finding, make_speaker

ANY = Rule("any")
DAY = timedelta(days=1)
OLD = ArchivedCopy(0, NOON - DAY, "aa")
NEW = ArchivedCopy(1, NOON, "bb")


def said(number: int, stance: Stance = Stance.HOSTILE, story_id: int = 1, **changes: object) -> Finding:
    """Return a finding of the story."""
    return make_finding(number, make_assessment(stance=stance, **changes), story_id=story_id)  # type: ignore[arg-type]


HOSTILE = said(1)
NEUTRAL = said(11, Stance.NEUTRAL)
SOFTENED = StatementChange(ChangeKind.SOFTENED, HOSTILE, NEUTRAL)
SHARPENED = StatementChange(ChangeKind.SHARPENED, NEUTRAL, HOSTILE)
REMOVED = StatementChange(ChangeKind.REMOVED, HOSTILE, None)


def edited(*statements: StatementChange, number: int = 1) -> ChangedArticle:
    """Return an edit seen at noon that touched these statements."""
    change = ArticleChange(number, number, ChangeKind.EDITED, 0, 1, NOON)
    return ChangedArticle(change, statements, ChangeEvidence(NOON, OLD, NEW))


def decide(
    *changed: ChangedArticle, rules: tuple[Rule, ...] = (ANY,), already: frozenset[str] = frozenset()
) -> list[ChangeAlert]:
    """Decide at noon with a day's grace."""
    return decide_change_alerts(changed, rules, already, NOON, DAY)


@pytest.mark.parametrize(
    ("change", "kind", "finding", "ground"),
    [
        (SOFTENED, AlertKind.SOFTENED, NEUTRAL, HOSTILE),
        (SHARPENED, AlertKind.SHARPENED, HOSTILE, HOSTILE),
        (REMOVED, AlertKind.REMOVED, HOSTILE, HOSTILE),
    ],
)
def test_change_of_a_hostile_statement_alerts(
    change: StatementChange, kind: AlertKind, finding: Finding, ground: Finding
) -> None:
    """With the statement before and after, and the copies that prove it."""
    (told,) = decide(edited(change))
    alert = told.alert
    assert (kind, finding, change.before, ground) == (alert.kind, alert.finding, alert.former, alert.ground)
    assert (1, ChangeEvidence(NOON, OLD, NEW)) == (told.change_id, alert.evidence)


@pytest.mark.parametrize(
    "change",
    [
        StatementChange(ChangeKind.ADDED, None, HOSTILE),
        StatementChange(ChangeKind.REMOVED, NEUTRAL, None),
        StatementChange(ChangeKind.SOFTENED, NEUTRAL, said(11, Stance.CONCILIATORY)),
        StatementChange(ChangeKind.SHARPENED, said(1, Stance.CONCILIATORY), NEUTRAL),
        StatementChange(ChangeKind.REMOVED, said(1, uncertain=True), None),
        StatementChange(ChangeKind.REMOVED, said(1, speaker=make_speaker(bloc="armenia")), None),
        StatementChange(ChangeKind.REMOVED, replace(HOSTILE, quiet=True), None),
    ],
)
def test_change_of_what_would_not_alert_by_itself_does_not(change: StatementChange) -> None:
    """Neutral, uncertain, self-talk and history; and what was added alerts as any statement does."""
    assert [] == decide(edited(change))


@pytest.mark.parametrize("change", [SOFTENED, SHARPENED, REMOVED])
def test_rule_must_ask_for_the_side_that_tells(change: StatementChange) -> None:
    """A rule for conciliatory words is not asked about hostile ones, nor a strict one about weak ones."""
    assert [] == decide(edited(change), rules=(Rule("r", stances=frozenset({Stance.CONCILIATORY})),))
    assert [] == decide(edited(change), rules=(Rule("r", min_severity=99),))
    assert [] == decide(edited(change), rules=(Rule("r", enabled=False),))


def test_rule_switches_kinds_of_change() -> None:
    """The first rule that asks for statement and kind is named."""
    quiet = Rule("quiet", changes=frozenset())
    removals = Rule("removals", changes=frozenset({AlertKind.REMOVED}))
    assert [] == decide(edited(SOFTENED), rules=(quiet, removals))
    assert ["removals"] == [t.alert.rule_id for t in decide(edited(REMOVED), rules=(quiet, removals))]


def test_age_counts_from_when_the_change_was_seen() -> None:
    """An old article edited now is news; an edit found long ago, before an outage, is not."""
    old = replace(HOSTILE, published_at=NOON - 90 * DAY, first_seen_at=NOON - 90 * DAY)
    change = StatementChange(ChangeKind.REMOVED, old, None)
    assert 1 == len(decide(edited(change)))
    assert [] == decide_change_alerts([edited(change)], (ANY,), (), NOON + 2 * DAY, DAY)


def test_same_change_never_alerts_twice() -> None:
    """Not when decided again, not when it is undone and done again, not in another outlet's copy."""
    (told,) = decide(edited(REMOVED))
    key = frozenset({told.alert.key})
    assert key <= possible_keys([edited(REMOVED)])
    assert [] == decide(edited(REMOVED), already=key)
    copy = StatementChange(ChangeKind.REMOVED, replace(HOSTILE, id=50, article_id=50), None)
    assert [] == decide(edited(copy, number=2), already=key)
    assert 1 == len(decide(edited(REMOVED), edited(copy, number=2)))


def test_other_change_of_the_same_statement_is_other_news() -> None:
    """Softened first, taken out later."""
    (first,) = decide(edited(SOFTENED))
    assert 1 == len(decide(edited(REMOVED, number=2), already=frozenset({first.alert.key})))


def test_of_one_edit_the_most_severe_statement_speaks() -> None:
    """Headline and sentences of one speaker toward one target fold; another speaker's is another alert."""
    threat = said(2, act=Act.THREATEN, text="Армении пригрозили.")
    host = said(3, speaker=make_speaker("A Host", Tier.COMMENTATOR), text="Армению высмеяли.")
    changes = [StatementChange(ChangeKind.REMOVED, f, None) for f in (HOSTILE, threat, host)]
    assert [2, 3] == sorted(told.alert.finding.id for told in decide(edited(*changes)))


def test_statement_told_as_changed_is_not_told_again_as_said() -> None:
    """The alert names the key of the ordinary one that it makes needless."""
    (sharpened,) = decide(edited(SHARPENED))
    assert alert_key(HOSTILE) == sharpened.instead_of
    (removed,) = decide(edited(REMOVED))
    assert removed.instead_of is None


def test_subscriber_to_hostile_words_is_told_that_they_were_softened() -> None:
    """What he wants is judged by the statement as it was."""
    (told,) = decide(edited(SOFTENED))
    assert wants(
        Subscription(1, 10, Filter(stances=frozenset({Stance.HOSTILE}), min_severity=40)), told.alert
    )
    assert not wants(Subscription(1, 10, Filter(stances=frozenset({Stance.NEUTRAL}))), told.alert)
