"""What became of an article and of each statement in it: collected, judged, alerted, told, or why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.domain.alerts import HISTORY, Alert, Rule, runs
from monitor.domain.routing import HeldBecause, Outcome
from monitor.domain.source_views import SourceView
from monitor.domain.statement import Finding

DUPLICATE_OF = "already alerted as "


class Stop(StrEnum):
    """How far an article came."""

    NOT_COLLECTED = "not_collected"
    TRY_LATER = "try_later"
    """Its page could not be read and is tried again."""
    GIVEN_UP = "given_up"
    """Its page could not be read, and is not tried again."""
    WAITING = "waiting"
    """It was collected and is about to be understood."""
    SET_ASIDE = "set_aside"
    """Understanding it failed."""
    UNREAD = "unread"
    NO_TARGET = "no_target"
    JUDGED = "judged"


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article, or an item that became none, as the store has it; `id` is None for such an item."""

    id: int | None
    source_id: str
    outlet: str
    url: str
    title: str
    stop: Stop
    reason: str
    lang: str | None
    first_seen_at: datetime


class Cause(StrEnum):
    """Why a statement raised an alert or none."""

    ALERTED = "alerted"
    DUPLICATE = "duplicate"
    NEUTRAL = "neutral"
    UNCERTAIN = "uncertain"
    SELF_TALK = "self_talk"
    TOO_OLD = "too_old"
    HISTORY = "history"
    BELOW = "below"
    """No rule asks for it."""
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Miss:
    """A part of a rule that a statement does not fit: what it asks for, and what is there."""

    part: str
    got: str
    wanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleMiss:
    """A rule that does not ask for a statement, with every part that does not fit."""

    rule: Rule
    misses: tuple[Miss, ...]


class Way(StrEnum):
    """How an alert reached a place, or how it is on its way there."""

    SENT = "sent"
    WAITING = "waiting"
    HELD = "held"
    SUMMED_UP = "summed_up"
    """It stands in a summary that was sent."""
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Telling:
    """How one place was told of an alert, or when it will be."""

    recipient: str
    way: Way
    at: datetime
    because: HeldBecause | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SubscriptionFate:
    """What one of a chat's subscriptions makes of an alert, and how its place was told of it."""

    outcome: Outcome
    telling: Telling | None = None
    is_later: bool = False
    """The subscription was made after the alert."""


@dataclass(frozen=True, slots=True)
class FindingFate:
    """What became of one judged statement; `nearest` is the rule that it misses by least."""

    finding: Finding
    cause: Cause
    number: int | None = None
    alert: Alert | None = None
    nearest: RuleMiss | None = None
    subscriptions: tuple[SubscriptionFate, ...] = ()
    """What the chat's own subscriptions make of it, or would, were it an alert."""


@dataclass(frozen=True, slots=True)
class ArticleFate:
    """What became of the article at an address; `source` is where it comes from or would come from."""

    url: str
    stop: Stop
    article: FoundArticle | None = None
    source: SourceView | None = None
    findings: tuple[FindingFate, ...] = ()


def cause_of(decided: bool, reason: str | None) -> Cause:
    """Read why a finding raised no alert from what `decide_alerts` noted of it."""
    if not decided:
        return Cause.UNDECIDED
    if reason is None:
        return Cause.ALERTED
    if reason.startswith(DUPLICATE_OF):
        return Cause.DUPLICATE
    if reason.endswith("speaks of itself"):
        return Cause.SELF_TALK
    known = {"neutral": Cause.NEUTRAL, "uncertain": Cause.UNCERTAIN, HISTORY: Cause.HISTORY}
    if cause := known.get(reason) or known.get(reason.partition(":")[0]):
        return cause
    return Cause.TOO_OLD if reason.startswith("older than ") else Cause.BELOW


def duplicate_key(reason: str) -> str:
    """Return the key of the alert that tells a repeated statement already."""
    return reason.removeprefix(DUPLICATE_OF)


def find_misses(rule: Rule, finding: Finding) -> tuple[Miss, ...]:
    """Return every part of a rule that a finding does not fit, none where the rule asks for it."""
    a = finding.assessment
    speaker = a.speaker
    probability = a.judgement.probabilities.of(a.stance)
    acts, topics = a.judgement.acts, a.topics
    checks: tuple[tuple[bool, Miss], ...] = (
        (rule.enabled, Miss("enabled", "")),
        (a.stance in rule.stances, Miss("stances", a.stance, _listed(rule.stances))),
        (not rule.targets or a.target in rule.targets, Miss("targets", a.target, _listed(rule.targets))),
        (not rule.blocs or speaker.bloc in rule.blocs, Miss("blocs", speaker.bloc, _listed(rule.blocs))),
        (
            runs(rule.direction, speaker.bloc, a.target),
            Miss("directions", f"{speaker.bloc} → {a.target}", (rule.direction,)),
        ),
        (not rule.tiers or speaker.tier in rule.tiers, Miss("tiers", speaker.tier, _listed(rule.tiers))),
        (
            not rule.acts or not rule.acts.isdisjoint(acts),
            Miss("acts", ", ".join(acts), _listed(rule.acts)),
        ),
        (
            not rule.topics or not rule.topics.isdisjoint(topics),
            Miss("topics", ", ".join(topics), _listed(rule.topics)),
        ),
        (
            not rule.sources or finding.source_id in rule.sources,
            Miss("sources", finding.source_id, _listed(rule.sources)),
        ),
        (
            a.severity >= rule.min_severity,
            Miss("min_severity", str(a.severity), (str(rule.min_severity),)),
        ),
        (
            probability >= rule.min_probability,
            Miss("min_probability", f"{probability:.2f}", (f"{rule.min_probability:.2f}",)),
        ),
    )
    return tuple(miss for holds, miss in checks if not holds)


def nearest_rule(rules: Sequence[Rule], finding: Finding) -> RuleMiss | None:
    """Return the rule that a finding misses in the fewest parts; one without a miss asks for it."""
    missed = [RuleMiss(rule, find_misses(rule, finding)) for rule in rules if rule.enabled]
    return min(missed, key=lambda miss: len(miss.misses), default=None)


def _listed(values: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(str(value) for value in values))
