"""Further tables: what proves, watches and goes back in time."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    UniqueConstraint,
)

from storage.columns import Json, Line, Moment
from storage.tables import metadata

# Every answer that was ever archived, the same bytes seen again included; `pages` has the bytes once.
captures = Table(
    "captures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("page_sha256", ForeignKey("pages.sha256"), nullable=False, index=True),
    Column("source_id", Line, nullable=False),
    Column("role", Line, nullable=False),
    Column("url", Line, nullable=False, index=True),
    Column("final_url", Line, nullable=False),
    Column("status", Integer, nullable=False),
    Column("request", Json, nullable=False),
    Column("headers", Json, nullable=False),
    Column("fetched_at", Moment, nullable=False, index=True),
    # Of a text that came with its item: the front's page. No reference, for that one may be let go.
    Column("front_sha256", Line, index=True),
    Index("ix_captures_source", "source_id", "fetched_at"),
    sqlite_autoincrement=True,
)

# Pages whose bytes a rule of retention took, so that nobody takes them for lost.
prunings = Table(
    "prunings",
    metadata,
    Column("page_sha256", ForeignKey("pages.sha256"), primary_key=True),
    Column("rule", Line, nullable=False),
    Column("at", Moment, nullable=False),
)

# How well a revision was extracted: the base of alarms about layouts.
extractions = Table(
    "extractions",
    metadata,
    Column("article_id", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("source_id", Line, nullable=False),
    Column("at", Moment, nullable=False),
    Column("extractor", Line, nullable=False),
    Column("text_length", Integer, nullable=False),
    Column("page_length", Integer, nullable=False),
    Column("dated", Boolean, nullable=False),
    ForeignKeyConstraint(["article_id", "revision"], ["revisions.article_id", "revisions.revision"]),
    Index("ix_extractions_source", "source_id", "at"),
)

# Where in a recording the words of a revision were said: [offset in the text, seconds] by offset.
positions = Table(
    "positions",
    metadata,
    Column("article_id", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("marks", Json, nullable=False),
    ForeignKeyConstraint(["article_id", "revision"], ["revisions.article_id", "revisions.revision"]),
)

# Articles that are to be read again; `missing` counts how often in a row the page was not there.
revisits = Table(
    "revisits",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("step", Integer, nullable=False),
    Column("missing", Integer, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("next_at", Moment, index=True),  # empty where the last visit is over
    Column("last_at", Moment, index=True),
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False, index=True),
    Column("kind", Line, nullable=False),
    Column("from_revision", Integer, nullable=False),
    Column("to_revision", Integer, nullable=False),
    Column("seen_at", Moment, nullable=False, index=True),
    Column("compared", Boolean, nullable=False, index=True),
    Column("decided", Boolean, nullable=False, index=True),
    UniqueConstraint("article_id", "kind", "to_revision", "seen_at"),
    sqlite_autoincrement=True,
)

# Statements that an edit touched, before and after, as findings.
statement_changes = Table(
    "statement_changes",
    metadata,
    Column("change_id", ForeignKey("changes.id"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("kind", Line, nullable=False),
    Column("before_id", ForeignKey("findings.id")),
    Column("after_id", ForeignKey("findings.id")),
)

# Articles that were fetched as history and never alert.
quiet_items = Table(
    "quiet_items",
    metadata,
    Column("item_id", ForeignKey("items.id"), primary_key=True, autoincrement=False),
)

# What each hour of each source brought: kept when the visits themselves are forgotten.
source_hours = Table(
    "source_hours",
    metadata,
    Column("source_id", Line, primary_key=True),
    Column("hour", Moment, primary_key=True, index=True),
    Column("visits", Integer, nullable=False),
    Column("read", Integer, nullable=False),
    Column("blocked", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("missed", Integer, nullable=False),
    Column("items", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
)

run_troubles = Table(
    "run_troubles",
    metadata,
    Column("source_id", Line, primary_key=True),
    Column("started_at", Moment, primary_key=True, index=True),
    Column("trouble", Line, nullable=False),
)

notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Line, nullable=False),
    Column("source_id", Line, nullable=False),
    Column("detail", Line, nullable=False),
    Column("since", Moment),  # when the trouble itself began, where that is known
    Column("began_at", Moment, nullable=False, index=True),
    Column("ended_at", Moment),
    sqlite_autoincrement=True,
)

# How often a source is asked now, and until when it is left alone; survives a restart.
polling = Table(
    "polling",
    metadata,
    Column("source_id", Line, primary_key=True),
    Column("interval_seconds", Double, nullable=False),
    Column("rest_until", Moment),
    Column("failures", Integer, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

# How far back a source's history was read.
backfills = Table(
    "backfills",
    metadata,
    Column("source_id", Line, primary_key=True),
    Column("since", Moment, primary_key=True),
    Column("cursor", Line),
    Column("pages", Integer, nullable=False),
    Column("items", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("finished", Boolean, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

# Who does what only one process may do at a time, and until when it holds unless renewed.
leases = Table(
    "leases",
    metadata,
    Column("name", Line, primary_key=True),
    Column("holder", Line, nullable=False),
    Column("until", Moment, nullable=False),
)

# Only alerts about changed statements stand here; all others are about a statement.
alert_changes = Table(
    "alert_changes",
    metadata,
    Column("number", ForeignKey("alerts.number"), primary_key=True, autoincrement=False),
    Column("kind", Line, nullable=False),
    Column("former_id", ForeignKey("findings.id")),
    Column("change_id", ForeignKey("changes.id"), nullable=False),
    Column("instead_of", Line, index=True),  # the ordinary alert that it makes needless
)
