"""The service itself: monitor.toml."""

from __future__ import annotations

from datetime import time as WallTime  # noqa: N812 - `time` is the name of a field below
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from monitor.domain.alerts import Direction
from monitor.domain.archive import Retention
from monitor.domain.forwards import ForwardKind
from monitor.domain.polling import PollingLimits
from monitor.domain.revisits import RevisitPlan
from monitor.domain.signal_finding import SignalThresholds
from monitor.domain.stance import (
    DEFAULT_ACT_WEIGHTS,
    DEFAULT_TIER_WEIGHTS,
    Act,
    Stance,
    Tier,
    Topic,
    Weights,
)
from monitor.domain.subscriptions import DEFAULT_KINDS, Filter, Kind
from monitor.schema.base import HttpUrl, Table, Zone


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
    least_interval_seconds: float = Field(default=60, ge=1)
    most_interval_minutes: float = Field(default=30, gt=0, le=1440)
    failures_to_rest: int = Field(default=5, ge=1)
    rest_minutes: float = Field(default=15, gt=0, le=1440)
    parse_workers: int = Field(default=1, ge=0, le=16)
    parse_seconds: float = Field(default=5, gt=0, le=120)

    def polling_limits(self) -> PollingLimits:
        """Return the domain's limits of polling."""
        return PollingLimits(
            least=timedelta(seconds=self.least_interval_seconds),
            most=timedelta(minutes=self.most_interval_minutes),
            failures_to_rest=self.failures_to_rest,
            rest=timedelta(minutes=self.rest_minutes),
        )


class IngestTable(Table):
    """`[ingest]`: files that an operator gives."""

    max_bytes: int = Field(default=20_000_000, ge=10_000, le=500_000_000)


class RevisitTable(Table):
    """`[revisit]`: when articles are read again, to notice edits and deletions."""

    enabled: bool = True
    after_hours: tuple[Annotated[float, Field(gt=0)], ...] = (1, 6, 24, 72, 168)
    confirm_minutes: float = Field(default=30, gt=0)

    def plan(self) -> RevisitPlan:
        """Return the domain's plan."""
        return RevisitPlan.of(self.after_hours, self.confirm_minutes)


class ArchiveTable(Table):
    """`[archive]`: how long raw answers are kept; 0 keeps them for ever."""

    articles_days: int = Field(default=0, ge=0)
    unjudged_days: int = Field(default=180, ge=0)
    fronts_days: int = Field(default=14, ge=0)

    def build(self) -> Retention:
        """Return the domain's Retention."""
        spans = (self.articles_days, self.unjudged_days, self.fronts_days)
        return Retention(*(timedelta(days=days) if days else None for days in spans))


class HealthTable(Table):
    """`[health]`: when a source counts as in trouble."""

    check_minutes: float = Field(default=5, gt=0)
    silence_chance: float = Field(default=0.001, gt=0, lt=1)
    collapse_share: float = Field(default=0.25, gt=0, lt=1)
    group_at: int = Field(default=5, ge=2)


class ClassifyTable(Table):
    """`[classify]`: which model, and how many threads judge."""

    model: str = ""
    registry: str = "var/models"
    workers: int = Field(default=1, ge=1, le=64)


class AlertsTable(Table):
    """`[alerts]`."""

    max_age_hours: float = Field(default=48, gt=0)


class SignalsTable(Table):
    """`[signals]`: when a shift, a divergence or a silence is worth telling."""

    enabled: bool = True
    shift_statements: int = Field(default=10, ge=3)
    shift_weeks: int = Field(default=8, ge=4, le=12)
    shift_sigmas: float = Field(default=4.5, gt=0)
    shift_difference: float = Field(default=0.15, ge=0, le=2)
    divergence_statements: int = Field(default=12, ge=5)
    divergence_sigmas: float = Field(default=4, gt=0)
    divergence_difference: float = Field(default=0.25, ge=0, le=2)
    silence_weeks: int = Field(default=8, ge=2, le=12)
    silence_chance: float = Field(default=0.001, gt=0, lt=1)
    least_coverage: float = Field(default=0.8, gt=0, le=1)

    def build(self) -> SignalThresholds:
        """Return the domain's thresholds."""
        return SignalThresholds(**self.model_dump(exclude={"enabled"}))


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
    webhook_url: HttpUrl | Literal[""] = ""
    webhook_host: str = "127.0.0.1"
    webhook_port: int = Field(default=8443, ge=0, le=65535)
    allowed_chats: tuple[int, ...] = ()
    reviewers: tuple[int, ...] = ()
    operators: tuple[int, ...] = ()
    owners: tuple[int, ...] = ()
    access: Literal["invited", "open"] = "invited"
    invite_code_file: str = ""


class TranslateTable(Table):
    """`[translate]`: a server that speaks LibreTranslate's protocol; off while `url` is empty."""

    url: HttpUrl | Literal[""] = ""
    key_file: str = ""


class WebTable(Table):
    """`[web]`: what is served over HTTP; nothing while `base_url` is empty."""

    base_url: HttpUrl | Literal[""] = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)


class ForwardTable(Table):
    """`[[forward]]`: alerts to other services; addresses stand in files, for they may hold secrets."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    kind: ForwardKind
    address_file: str
    secret_file: str = ""
    language: Literal["en", "ru"] = "en"
    targets: tuple[str, ...] = ()
    directions: tuple[Direction, ...] = ()
    stances: tuple[Stance, ...] = ()
    acts: tuple[Act, ...] = ()
    topics: tuple[Topic, ...] = ()
    tiers: tuple[Tier, ...] = ()
    blocs: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = tuple(sorted(DEFAULT_KINDS))
    min_severity: int = Field(default=0, ge=0, le=100)

    def filter(self) -> Filter:
        """Return which alerts are wanted."""
        parts = self.model_dump(exclude={"id", "kind", "address_file", "secret_file", "language"})
        return Filter.from_json(parts)


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
    ingest: IngestTable = IngestTable()
    revisit: RevisitTable = RevisitTable()
    archive: ArchiveTable = ArchiveTable()
    health: HealthTable = HealthTable()
    classify: ClassifyTable = ClassifyTable()
    alerts: AlertsTable = AlertsTable()
    signals: SignalsTable = SignalsTable()
    digest: DigestTable = DigestTable()
    telegram: TelegramTable = TelegramTable()
    weights: WeightsTable = WeightsTable()
    translate: TranslateTable = TranslateTable()
    web: WebTable = WebTable()
    forward: tuple[ForwardTable, ...] = ()
