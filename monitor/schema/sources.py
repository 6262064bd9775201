"""Sources: the files under sources/."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from monitor.domain.source import ArticleSelectors, JsonFields, ListingSelectors, Paging, Source
from monitor.domain.stance import Tier
from monitor.schema.base import Id, Pattern, Table, Zone

SOURCE_KINDS = ("rss", "listing", "sitemap", "json", "wordpress", "telegram_channel", "folder")


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


class JsonTable(Table):
    """`[source.json]`: where a JSON list keeps its items, as dotted paths."""

    items: str
    link: str
    title: str = ""
    date: str = ""
    text: str = ""
    summary: str = ""
    key: str = ""
    body: str = ""


class PagingTable(Table):
    """`[source.paging]`: how to go back in time."""

    url: str = ""
    first: int = Field(default=2, ge=0)
    next: str = ""


class SourceTable(Table):
    """A `[[source]]` block of a file under sources/."""

    id: Id
    outlet: str
    kind: Literal["rss", "listing", "sitemap", "json", "wordpress", "telegram_channel", "folder"]
    url: Annotated[str, Field(pattern=r"^(https?://[^\s]+|folder:.+)$")]
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
    headers: dict[str, str] = Field(default_factory=dict)
    proxy: Annotated[str, Field(pattern=r"^https?://[^\s]+$")] | None = None
    ca_file: str | None = None
    revisit: bool = True
    adaptive: bool = True
    include: tuple[Pattern, ...] = ()
    exclude: tuple[Pattern, ...] = ()
    listing: ListingTable | None = None
    json_list: JsonTable | None = Field(default=None, alias="json")
    paging: PagingTable | None = None
    article: ArticleTable = ArticleTable()

    def build(self) -> Source:
        """Return the domain's Source."""
        plain = self.model_dump(
            exclude={
                "interval_minutes",
                "spacing_seconds",
                "listing",
                "json_list",
                "paging",
                "article",
                "note",
                "tier",
            }
        )
        # A folder shows its edits itself, and a file that is taken away takes nothing back.
        plain["revisit"] = self.revisit and self.kind != "folder"
        return Source(
            **plain,
            tier=self.tier,
            interval=timedelta(minutes=self.interval_minutes),
            spacing=timedelta(seconds=self.spacing_seconds),
            listing=ListingSelectors(**self.listing.model_dump()) if self.listing else None,
            json=JsonFields(**self.json_list.model_dump()) if self.json_list else None,
            paging=Paging(**self.paging.model_dump()) if self.paging else None,
            article=ArticleSelectors(**self.article.model_dump()),
        )


class SourcesFile(Table):
    """A file under sources/."""

    source: tuple[SourceTable, ...]
