"""What operators say about edits and deletions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import ValidationError

from monitor.domain.alerts import CHANGES, AlertKind
from monitor.domain.revisits import RevisitPlan
from monitor.schema import RevisitTable, RulesFile


def changes_of(**rule: object) -> frozenset[AlertKind]:
    """Return which changes a rule of rules.toml tells."""
    return RulesFile.model_validate({"rule": [{"id": "r", **rule}]}).rule[0].build().changes


def test_rule_tells_every_kind_of_change_unless_it_says_otherwise() -> None:
    """One, some or none."""
    assert CHANGES == changes_of()
    assert frozenset({AlertKind.REMOVED}) == changes_of(changes=["removed"])
    assert frozenset() == changes_of(changes=[])


@pytest.mark.parametrize("kind", ["statement", "edited", "deleted"])
def test_rule_with_an_unknown_kind_of_change_is_refused(kind: str) -> None:
    """A statement that was said is no change of one."""
    with pytest.raises(ValidationError):
        changes_of(changes=[kind])


def test_plan_has_the_configured_times_in_order() -> None:
    """Each once, and none of them at once."""
    hours = tuple(timedelta(hours=n) for n in (1, 6, 24, 72, 168))
    assert RevisitPlan(hours, timedelta(minutes=30)) == RevisitTable().plan()
    assert hours[:2] == RevisitTable(after_hours=(6, 1, 6)).plan().after
    with pytest.raises(ValidationError):
        RevisitTable(after_hours=(0,))
