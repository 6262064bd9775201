"""Firsts: an act that a speaker had not done toward a target for a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.domain.alerts import Alert, AlertKind, FirstOfItsKind
from monitor.domain.stance import Act

FIRST_ACTS = frozenset({Act.THREATEN, Act.PUNISH, Act.DELEGITIMISE, Act.OFFER, Act.CONCEDE})
"""The gravest acts of both sides: of the others nobody asks when they were done first."""
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a speaker's act toward a target before a statement.

    `watched` is how long the speaker's side has been watched without a break, None where that is
    less than a year; `before` is when the act was done last, None for never since then.
    """

    watched: timedelta | None
    before: datetime | None


def acts_to_look_up(alert: Alert) -> Sequence[Act]:
    """Return the acts of an alert that may be a first, the heaviest first; none where nobody is named.

    An edit or a deletion is no first: what it changes was said before.
    """
    a = alert.finding.assessment
    if alert.kind is not AlertKind.STATEMENT or a.speaker.name is None or a.judgement.uncertain:
        return ()
    return [act for act in a.judgement.acts if act in FIRST_ACTS]


def mark_first(alert: Alert, act: Act, past: Past) -> Alert:
    """Return the alert as a first of an act: a year was watched, and it was not done within it.

    One that is none is returned as it is.
    """
    lately = past.before is not None and alert.finding.said_at - past.before <= YEAR
    if past.watched is None or lately:
        return alert
    return replace(alert, first=FirstOfItsKind(act, past.watched, past.before))
