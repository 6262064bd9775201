"""A pasted text, judged as if it had just been published: for those who ask, never saved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from monitor.domain.fates import Cause, RuleMiss
from monitor.domain.routing import Outcome
from monitor.domain.statement import Finding

LONGEST = 5_000
"""So many characters are judged at once."""


class CheckTrouble(StrEnum):
    """Why nothing could be judged."""

    TOO_LONG = "too_long"
    UNREAD = "unread"
    NO_TARGET = "no_target"


@dataclass(frozen=True, slots=True)
class Checked:
    """One judged pair: which rule would alert, or why none, and what the chat's subscriptions would do."""

    finding: Finding
    cause: Cause
    """`ALERTED` where a rule asks for it."""
    rule_id: str | None = None
    nearest: RuleMiss | None = None
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All pairs of a text in its order, or why there is none; `model` names the version."""

    lang: str | None
    checked: tuple[Checked, ...] = ()
    trouble: CheckTrouble | None = None
    model: str = ""
