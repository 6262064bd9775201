"""The shape of every configuration file, checked by pydantic and turned into domain types."""

from __future__ import annotations

import json
from datetime import date, timedelta
from datetime import time as WallTime  # noqa: N812 - `time` is the name of a field below
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from monitor.domain.actors import Person, Target, TargetKind, TargetNames
from monitor.domain.alerts import Rule
from monitor.domain.source import ArticleSelectors, ListingSelectors, Source
from monitor.domain.stance import (
    DEFAULT_ACT_WEIGHTS,
    DEFAULT_TIER_WEIGHTS,
    Act,
    Stance,
    Tier,
    Topic,
    Weights,
)

SOURCE_KINDS = ("rss", "listing", "telegram_channel")


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"unknown time zone {name!r}; use an IANA name such as Europe/Moscow") from error
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=64)]
HttpUrl = Annotated[str, Field(pattern=r"^https?://[^\s]+$")]


class Table(BaseModel):
    """A table of a configuration file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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


class ListingTable(Table):
    """`[source.listing]`: selectors for a listing page."""

    item: str
    link: str = "a"
    title: str = ""
    date: str = ""
    date_formats: tuple[str, ...] = ()


class ArticleTable(Table):
    """`[source.article]`: selectors for an article page."""

    title: str = ""
    date: str = ""
    lead: str = ""
    body: str = ""
    drop: tuple[str, ...] = ()
    date_formats: tuple[str, ...] = ()


class SourceTable(Table):
    """A `[[source]]` block of a file under sources/."""

    id: Id
    outlet: str
    kind: Literal["rss", "listing", "telegram_channel"]
    url: HttpUrl
    bloc: str
    tier: Tier
    languages: tuple[str, ...] = Field(min_length=1)
    timezone: Zone = "Europe/Moscow"
    default_speaker: str | None = None
    evidence: Literal["documented", "guessed"]
    note: str = ""
    enabled: bool = True
    interval_minutes: float = Field(default=10, gt=0, le=1440)
    spacing_seconds: float = Field(default=2, ge=0, le=600)
    full_text_in_feed: bool = False
    max_items: int = Field(default=100, ge=1, le=1000)
    encoding: str | None = None
    allow_private: bool = False
    user_agent: str | None = None
    listing: ListingTable | None = None
    article: ArticleTable = ArticleTable()

    def build(self) -> Source:
        """Return the domain's Source."""
        plain = self.model_dump(
            exclude={"interval_minutes", "spacing_seconds", "listing", "article", "note", "tier"}
        )
        return Source(
            **plain,
            tier=self.tier,
            interval=timedelta(minutes=self.interval_minutes),
            spacing=timedelta(seconds=self.spacing_seconds),
            listing=ListingSelectors(**self.listing.model_dump()) if self.listing else None,
            article=ArticleSelectors(**self.article.model_dump()),
        )


class SourcesFile(Table):
    """A file under sources/."""

    source: tuple[SourceTable, ...]


class RuleTable(Table):
    """A `[[rule]]` block of rules.toml."""

    id: Id
    title: str = ""
    targets: frozenset[str] = frozenset()
    blocs: frozenset[str] = frozenset()
    direction: Literal["any", "from_russia", "to_russia", "between_partners"] = "any"
    stances: frozenset[Stance] = frozenset({Stance.HOSTILE, Stance.CONCILIATORY})
    acts: frozenset[Act] = frozenset()
    topics: frozenset[Topic] = frozenset()
    tiers: frozenset[Tier] = frozenset()
    sources: frozenset[str] = frozenset()
    min_severity: int = Field(default=0, ge=0, le=100)
    min_probability: float = Field(default=0, ge=0, le=1)
    enabled: bool = True

    def build(self) -> Rule:
        """Return the domain's Rule."""
        return Rule(**{name: getattr(self, name) for name in type(self).model_fields})


class RulesFile(Table):
    """rules.toml."""

    rule: tuple[RuleTable, ...]


class StoreTable(Table):
    """`[store]`."""

    url: str = "sqlite:///var/monitor.db"


class CollectTable(Table):
    """`[collect]`: limits that hold for every source."""

    user_agent: str = "rhetoric-monitor/0.1 (+https://github.com/rhetoric-monitor)"
    concurrency: int = Field(default=30, ge=1, le=200)
    timeout_seconds: float = Field(default=30, gt=0, le=300)
    max_bytes: int = Field(default=5_000_000, ge=10_000, le=100_000_000)
    retries: int = Field(default=2, ge=0, le=10)
    item_attempts: int = Field(default=4, ge=1, le=20)


class ClassifyTable(Table):
    """`[classify]`: which model, and how many threads judge."""

    model: str = ""
    registry: str = "var/models"
    workers: int = Field(default=1, ge=1, le=64)


class AlertsTable(Table):
    """`[alerts]`."""

    max_age_hours: float = Field(default=48, gt=0)


class DigestTable(Table):
    """`[digest]`: when the weekly draft is made and where its files go."""

    enabled: bool = True
    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = "monday"
    time: WallTime = WallTime(9, 0)
    output: str = "var/digests"
    language: Literal["en", "ru"] = "en"


class TelegramTable(Table):
    """`[telegram]`: the bot starts when a token is given."""

    token_file: str = ""
    api_base: HttpUrl = "https://api.telegram.org"
    allowed_chats: tuple[int, ...] = ()
    reviewers: tuple[int, ...] = ()
    invite_code_file: str = ""


class WeightsTable(Table):
    """`[weights]`: how heavy acts and tiers are; those left out keep the codebook's weight."""

    acts: dict[Act, Annotated[float, Field(ge=-1, le=1)]] = Field(default_factory=dict)
    tiers: dict[Tier, Annotated[float, Field(ge=0, le=1)]] = Field(default_factory=dict)

    def build(self) -> Weights:
        """Return the domain's Weights."""
        return Weights(
            acts={**DEFAULT_ACT_WEIGHTS, **self.acts}, tiers={**DEFAULT_TIER_WEIGHTS, **self.tiers}
        )


class MonitorFile(Table):
    """monitor.toml."""

    timezone: Zone = "Europe/Moscow"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    store: StoreTable = StoreTable()
    collect: CollectTable = CollectTable()
    classify: ClassifyTable = ClassifyTable()
    alerts: AlertsTable = AlertsTable()
    digest: DigestTable = DigestTable()
    telegram: TelegramTable = TelegramTable()
    weights: WeightsTable = WeightsTable()


FILES: dict[str, type[Table]] = {
    "monitor": MonitorFile,
    "sources": SourcesFile,
    "targets": TargetsFile,
    "speakers": SpeakersFile,
    "rules": RulesFile,
}


def json_schemas() -> dict[str, str]:
    """Return a JSON schema per configuration file, by name, for editors that complete TOML."""
    return {
        name: json.dumps(model.model_json_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        for name, model in FILES.items()
    }
