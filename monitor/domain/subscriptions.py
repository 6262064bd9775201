"""What a chat wants to be told, and why it is not told of something."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from monitor.domain.alerts import CHANGES, Alert, AlertKind, Direction, runs
from monitor.domain.stance import Act, Stance, Tier, Topic
from monitor.errors import MonitorError

MOST_SUBSCRIPTIONS = 50
"""So many a chat may have."""
LONGEST_NAME = 60
MOST_WORDS = 20
LONGEST_WORD = 60


class TooManySubscriptionsError(MonitorError):
    """The chat has as many subscriptions as one may have."""


class Pace(StrEnum):
    """How soon: each alert at once, or all of a period together."""

    IMMEDIATE = "immediate"
    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"


class Kind(StrEnum):
    """The kinds of alert that can be chosen."""

    STATEMENT = "statement"
    CHANGE = "change"
    FIRST = "first"
    SHIFT = "shift"
    DIVERGENCE = "divergence"
    SILENCE = "silence"


DEFAULT_KINDS = frozenset({Kind.STATEMENT, Kind.CHANGE, Kind.SHIFT, Kind.DIVERGENCE})
"""A first is a statement that is told anyhow, and silence is for those who ask for it."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which alerts are wanted; an empty collection means "any".

    `words` are plain words in any form; of an entry of several the statement must hold all, and one
    entry is enough.
    """

    targets: frozenset[str] = frozenset()
    directions: frozenset[Direction] = frozenset()
    stances: frozenset[Stance] = frozenset()
    acts: frozenset[Act] = frozenset()
    topics: frozenset[Topic] = frozenset()
    tiers: frozenset[Tier] = frozenset()
    blocs: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = DEFAULT_KINDS
    min_severity: int = 0

    def to_json(self) -> dict[str, object]:
        """Return what differs from a filter that wants everything, in a canonical form."""
        usual = Filter()
        return {
            f.name: value if isinstance(value, int) else sorted(value)
            for f in fields(self)
            if (value := getattr(self, f.name)) != getattr(usual, f.name)
        }

    @classmethod
    def from_json(cls, given: Mapping[str, object]) -> Filter:
        """Read what `to_json` wrote; raises ValueError, which names the key, for anything else."""
        values: dict[str, object] = {}
        for key, value in given.items():
            read = _READ.get(key)
            if read is None:
                raise ValueError(f"{key!r} is no part of a subscription; known are {', '.join(_READ)}")
            try:
                values[key] = read(value)
            except (TypeError, ValueError) as error:
                raise ValueError(f"{key}: {error}") from error
        return replace(cls(), **values)  # type: ignore[arg-type]


def _strings(value: object) -> frozenset[str]:
    if not isinstance(value, list | tuple | set | frozenset) or not all(isinstance(v, str) for v in value):
        raise ValueError(f"a list of texts is needed, not {value!r}")
    return frozenset(value)


def _members(kind: type[StrEnum]) -> Callable[[object], frozenset[StrEnum]]:
    return lambda value: frozenset(kind(text) for text in _strings(value))


def _severity(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 100:
        raise ValueError(f"a whole number from 0 to 100 is needed, not {value!r}")
    return value


_READ: Mapping[str, Callable[[object], object]] = {
    "targets": _strings,
    "directions": _members(Direction),
    "stances": _members(Stance),
    "acts": _members(Act),
    "topics": _members(Topic),
    "tiers": _members(Tier),
    "blocs": _strings,
    "sources": _strings,
    "languages": _strings,
    "words": _strings,
    "kinds": _members(Kind),
    "min_severity": _severity,
}


@dataclass(frozen=True, slots=True)
class Subscription:
    """What one chat, or one topic of a group, wants to be told.

    It narrows what the rules let through, it never widens it. `thread_id` is a forum topic's number,
    0 for the chat itself.
    """

    id: int
    chat_id: int
    filter: Filter = field(default_factory=Filter)
    name: str = ""
    pace: Pace = Pace.IMMEDIATE
    thread_id: int = 0
    created_at: datetime | None = None

    def to_json(self) -> dict[str, object]:
        """Return what a person chose, without the number and the chat."""
        return {
            "name": self.name,
            "filter": self.filter.to_json(),
            "pace": self.pace.value,
            "thread_id": self.thread_id,
        }

    @classmethod
    def from_json(cls, number: int, chat_id: int, given: Mapping[str, Any]) -> Subscription:
        """Read what `to_json` wrote; raises ValueError or KeyError for anything else."""
        return cls(
            id=number,
            chat_id=chat_id,
            filter=Filter.from_json(given["filter"]),
            name=str(given["name"]),
            pace=Pace(given["pace"]),
            thread_id=int(given["thread_id"]),
        )


Lemmas = Callable[[str], frozenset[str]]
"""Returns the dictionary forms of a text's words."""


def split_words(text: str) -> frozenset[str]:
    """Return the words as they stand, for callers without a dictionary."""
    return frozenset(text.casefold().split())


def wants(subscription: Subscription, alert: Alert, lemmas: Lemmas = split_words) -> bool:
    """Whether the subscriber is to be told of the alert."""
    return why_unwanted(subscription.filter, alert, lemmas) is None


def why_unwanted(wanted: Filter, alert: Alert, lemmas: Lemmas = split_words) -> str | None:
    """Return the first part of a filter that keeps an alert away, by its name; None if none does.

    Of what was softened or removed, the statement as it was is looked at.
    """
    finding = alert.ground
    a = finding.assessment
    who = a.speaker
    checks: Sequence[tuple[str, bool]] = (
        ("kinds", not wanted.kinds or bool(kinds_of(alert) & wanted.kinds)),
        ("targets", not wanted.targets or a.target in wanted.targets),
        ("directions", not wanted.directions or any(runs(d, who.bloc, a.target) for d in wanted.directions)),
        ("stances", not wanted.stances or a.stance in wanted.stances),
        ("acts", not wanted.acts or bool(wanted.acts.intersection(a.judgement.acts))),
        ("topics", not wanted.topics or bool(wanted.topics.intersection(a.topics))),
        ("tiers", not wanted.tiers or who.tier in wanted.tiers),
        ("blocs", not wanted.blocs or who.bloc in wanted.blocs),
        ("sources", not wanted.sources or finding.source_id in wanted.sources),
        ("languages", not wanted.languages or a.statement.lang in wanted.languages),
        ("min_severity", a.severity >= wanted.min_severity),
    )
    missed = next((name for name, holds in checks if not holds), None)
    if missed is None and wanted.words:
        # Last: it is the only look that costs anything.
        found = lemmas(a.statement.text)
        if not any(all(lemmas(word) & found for word in entry.split()) for entry in wanted.words):
            return "words"
    return missed


def kinds_of(alert: Alert) -> frozenset[Kind]:
    """Return as what an alert can be chosen; a first is a statement too."""
    if alert.kind in CHANGES:
        return frozenset({Kind.CHANGE})
    if alert.kind is AlertKind.STATEMENT and alert.first is not None:
        return frozenset({Kind.STATEMENT, Kind.FIRST})
    return frozenset({Kind.STATEMENT})


USUAL = Filter(directions=frozenset({Direction.FROM_RUSSIA, Direction.TO_RUSSIA}), min_severity=30)
"""What `/start` offers in one tap: Moscow and its allies about one another, without the faint."""
