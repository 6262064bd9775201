"""Who is watched and what alerts: targets.toml, speakers.toml and rules.toml."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from monitor.domain.actors import Person, Target, TargetKind, TargetNames
from monitor.domain.alerts import AlertKind, Direction, Rule
from monitor.domain.stance import Act, Stance, Tier, Topic
from monitor.schema.base import Id, Table


class NamesTable(Table):
    """A target's names in one language."""

    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    ministries: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    false_friends: tuple[str, ...] = ()


class TargetTable(Table):
    """A `[[target]]` block of targets.toml."""

    id: Id
    kind: TargetKind
    title: dict[Literal["en", "ru"], str]
    members: tuple[str, ...] = ()
    ru: NamesTable = NamesTable()
    en: NamesTable = NamesTable()

    def build(self) -> Target:
        """Return the domain's Target."""
        return Target(
            id=self.id,
            kind=self.kind,
            title={str(language): text for language, text in self.title.items()},
            members=self.members,
            names={"ru": TargetNames(**self.ru.model_dump()), "en": TargetNames(**self.en.model_dump())},
        )


class TargetsFile(Table):
    """targets.toml."""

    target: tuple[TargetTable, ...]


class SpeakerTable(Table):
    """A `[[speaker]]` block of speakers.toml."""

    name: str
    tier: Tier
    bloc: str
    ru: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    role: str = ""
    institution: bool = False
    since: date | None = None
    until: date | None = None

    def build(self) -> Person:
        """Return the domain's Person."""
        return Person(
            name=self.name,
            tier=self.tier,
            bloc=self.bloc,
            names={"ru": self.ru, "en": self.en},
            role=self.role,
            institution=self.institution,
            since=self.since,
            until=self.until,
        )


class SpeakersFile(Table):
    """speakers.toml."""

    speaker: tuple[SpeakerTable, ...]


class RuleTable(Table):
    """A `[[rule]]` block of rules.toml."""

    id: Id
    title: str = ""
    targets: frozenset[str] = frozenset()
    blocs: frozenset[str] = frozenset()
    direction: Direction = Direction.ANY
    stances: frozenset[Stance] = frozenset({Stance.HOSTILE, Stance.CONCILIATORY})
    acts: frozenset[Act] = frozenset()
    topics: frozenset[Topic] = frozenset()
    tiers: frozenset[Tier] = frozenset()
    sources: frozenset[str] = frozenset()
    min_severity: int = Field(default=0, ge=0, le=100)
    min_probability: float = Field(default=0, ge=0, le=1)
    changes: tuple[Literal["softened", "sharpened", "removed"], ...] = ("softened", "sharpened", "removed")
    enabled: bool = True

    def build(self) -> Rule:
        """Return the domain's Rule."""
        plain = {name: getattr(self, name) for name in type(self).model_fields}
        return Rule(**{**plain, "changes": frozenset(AlertKind(kind) for kind in self.changes)})


class RulesFile(Table):
    """rules.toml."""

    rule: tuple[RuleTable, ...]
