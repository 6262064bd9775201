"""Who speaks and who is spoken of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from monitor.domain.stance import Tier

RUSSIA = "russia"
OUTLET_BLOC = "outlet"
UNKNOWN_BLOC = "unknown"


class TargetKind(StrEnum):
    """A target is a state or an institution."""

    STATE = "state"
    INSTITUTION = "institution"


class MentionRole(StrEnum):
    """Which of a target's names a mention is."""

    NAME = "name"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    CAPITAL = "capital"
    LEADER = "leader"
    MINISTRY = "ministry"
    INSTITUTION = "institution"
    GIVEN = "given"
    """The caller said where the mention is; nothing was searched."""


@dataclass(frozen=True, slots=True)
class TargetNames:
    """A target's names in one language, each in its dictionary form.

    Russian ones are inflected by the mention finder; `false_friends` are phrases that hold a
    name but do not mean the target ("Минские соглашения", "Belarus Street").
    """

    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    ministries: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    false_friends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A state or institution that the product watches."""

    id: str
    kind: TargetKind
    title: Mapping[str, str] = field(hash=False)
    """Its name for readers, by interface language ("en", "ru")."""
    names: Mapping[str, TargetNames] = field(hash=False)
    """Its names in texts, by language."""
    members: tuple[str, ...] = ()
    """For an institution: the ids of its members."""


@dataclass(frozen=True, slots=True)
class Person:
    """A known speaker, a person or an institution, as `speakers.toml` lists it."""

    name: str
    """Canonical English name: "Dmitry Peskov", "Russian Foreign Ministry"."""
    tier: Tier
    bloc: str
    names: Mapping[str, tuple[str, ...]] = field(hash=False)
    """Full names and aliases by language, in dictionary form; a bare surname where it is unique."""
    role: str = ""
    institution: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words or act a statement carries, and how we know.

    `name` is None for an unknown speaker and for the outlet's own voice (tier `outlet`).
    `reason` is a short machine-readable code with its evidence, such as
    "reported:заявил Песков" or "transcript-label:В.Путин".
    """

    name: str | None
    tier: Tier
    bloc: str
    reason: str
    role: str = ""

    @classmethod
    def outlet(cls, reason: str = "outlet-own-voice") -> Speaker:
        """The outlet speaks for itself."""
        return cls(name=None, tier=Tier.OUTLET, bloc=OUTLET_BLOC, reason=reason)

    @classmethod
    def unknown(cls, reason: str) -> Speaker:
        """Somebody speaks and the text does not say who; never guessed."""
        return cls(name=None, tier=Tier.OTHER, bloc=UNKNOWN_BLOC, reason=reason)
