"""Signals: what no single statement shows – shifts, divergences and silences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from monitor.domain.stance import Stance, Tier
from monitor.domain.subscriptions import Kind


@dataclass(frozen=True, slots=True)
class Saying:
    """What one speaker did toward a target in one story: all that signals are found from."""

    said_at: datetime
    source_id: str
    speaker: str | None
    bloc: str
    tier: Tier
    target: str
    stance: Stance
    intensity: float


@dataclass(frozen=True, slots=True)
class SpeakerDay:
    """That a named speaker spoke of a target on a day (its beginning in UTC) through a source."""

    day: datetime
    speaker: str
    bloc: str
    tier: Tier
    target: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Shift:
    """A week's mean intensity against that of the weeks before, with both sides of the comparison.

    `sigmas` is the difference in standard errors; `series` are the weeks' means, the week itself
    last, None where nothing was said or too little was read.
    """

    week: datetime
    mean: float
    usual: float
    sigmas: float
    statements: int
    series: tuple[float | None, ...] = ()

    @property
    def difference(self) -> float:
        """By how much the week differs; below zero it is more hostile."""
        return self.mean - self.usual

    @property
    def stance(self) -> Stance:
        """Toward which pole it went."""
        return Stance.HOSTILE if self.difference < 0 else Stance.CONCILIATORY


@dataclass(frozen=True, slots=True)
class Divergence:
    """Mean intensities of officials and of commentators of one side in [since, until)."""

    since: datetime
    until: datetime
    officials: float
    commentators: float
    officials_said: int
    commentators_said: int
    bound: float
    """How large a difference chance alone may make."""

    @property
    def difference(self) -> float:
        """Officials less commentators; above zero officials are the milder ones."""
        return self.officials - self.commentators


@dataclass(frozen=True, slots=True)
class SpeakerSilence:
    """A customary speaker who says nothing since a day, and how many days apart they usually speak."""

    speaker: str
    tier: Tier
    since: datetime
    days: int
    usual_days: float
    weeks: int
    """In how many of the twelve weeks before they spoke."""


@dataclass(frozen=True, slots=True)
class SourceSilence:
    """A source that publishes nothing although it can be read."""

    source_id: str
    outlet: str
    since: datetime


Facts = Shift | Divergence | SpeakerSilence | SourceSilence
_FACTS: Mapping[str, type[Facts]] = {
    "shift": Shift,
    "divergence": Divergence,
    "speaker": SpeakerSilence,
    "source": SourceSilence,
}


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal; `key` identifies it for ever, so that it is told once.

    `target` is empty where a source fell silent: that concerns every target.
    """

    key: str
    target: str
    bloc: str
    severity: int
    facts: Facts
    created_at: datetime

    @property
    def kind(self) -> Kind:
        """As what it can be chosen."""
        if isinstance(self.facts, Shift):
            return Kind.SHIFT
        return Kind.DIVERGENCE if isinstance(self.facts, Divergence) else Kind.SILENCE


def facts_to_json(facts: Facts) -> dict[str, object]:
    """Return facts as a small structure that names what they are about."""
    name = next(name for name, kind in _FACTS.items() if isinstance(facts, kind))
    values = {f.name: getattr(facts, f.name) for f in fields(facts)}
    written = {k: v.isoformat() if isinstance(v, datetime) else v for k, v in values.items()}
    return {"about": name, **written}


def facts_from_json(given: Mapping[str, Any]) -> Facts:
    """Read what `facts_to_json` wrote."""
    kind = _FACTS[given["about"]]
    values = {f.name: given[f.name] for f in fields(kind)}
    for name in ("week", "since", "until"):
        if name in values:
            values[name] = datetime.fromisoformat(values[name])
    if "tier" in values:
        values["tier"] = Tier(values["tier"])
    if "series" in values:
        values["series"] = tuple(values["series"])
    return kind(**values)
