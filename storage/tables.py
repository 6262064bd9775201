"""The tables; `migrations/` brings a file to exactly this, and a test holds the two together."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
)

from storage.columns import Json, Line, Moment


class ArticleState(StrEnum):
    """Where an article stands on its way to being understood."""

    COLLECTED = "collected"
    ASSESSED = "assessed"
    UNREAD = "unread"
    SET_ASIDE = "set_aside"


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

upgrades = Table(
    "upgrades",
    metadata,
    Column("version", Line, primary_key=True),
    Column("applied_at", Moment, nullable=False),
)

# What the server said last and where the source stands, kept up with every visit: computing the
# standing anew from a year of visits would read millions of rows.
sources = Table(
    "sources",
    metadata,
    Column("source_id", Line, primary_key=True),
    Column("etag", Line),
    Column("last_modified", Line),
    Column("last_run_at", Moment),
    Column("last_success_at", Moment),
    Column("last_outcome", Line),
    Column("last_reason", Line, nullable=False),
    Column("consecutive_failures", Integer, nullable=False),
)

source_runs = Table(
    "source_runs",
    metadata,
    Column("source_id", Line, primary_key=True),
    Column("started_at", Moment, primary_key=True, index=True),
    Column("finished_at", Moment, nullable=False),
    Column("outcome", Line, nullable=False),
    Column("items_seen", Integer, nullable=False),
    Column("items_new", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("reason", Line, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    Column("sha256", Line, primary_key=True),
    Column("url", Line, nullable=False),
    Column("final_url", Line, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", Json, nullable=False),
    Column("fetched_at", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False),  # zlib
)

items = Table(
    "items",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", Line, nullable=False),
    Column("key", Line, nullable=False),
    Column("url", Line, nullable=False, index=True),
    Column("title", Line, nullable=False),
    Column("published_at", Moment),
    Column("summary", Line, nullable=False),
    Column("html", Line),  # only while the item is to be tried again; afterwards the page has it
    Column("fingerprint", Line, nullable=False),
    Column("state", Line, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("retry_at", Moment),
    Column("reason", Line, nullable=False),
    Column("first_seen_at", Moment, nullable=False),
    UniqueConstraint("source_id", "key"),
    Index("ix_items_due", "source_id", "state", "retry_at"),
)

stories = Table(
    "stories",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("created_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("items.id"), nullable=False, unique=True),
    Column("url", Line, nullable=False, index=True),
    Column("outlet", Line, nullable=False),
    Column("published_at", Moment),
    Column("first_seen_at", Moment, nullable=False),
    # Never later than first_seen_at; a column, so that a stretch of time is found by index.
    Column("said_at", Moment, nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("state", Line, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", Line, nullable=False),
    Column("failed_at", Moment),  # when it was last tried to be understood in vain
    Column("lang", Line),
    Column("story_id", ForeignKey("stories.id"), index=True),
    Index("ix_articles_waiting", "state", "first_seen_at"),
    sqlite_autoincrement=True,
)

# Every text that an article ever had; the article's own row says which one is current.
revisions = Table(
    "revisions",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("title", Line, nullable=False),
    Column("text_sha256", Line, nullable=False),
    Column("page_sha256", ForeignKey("pages.sha256"), nullable=False, index=True),
    Column("date_note", Line, nullable=False),
    Column("extractor", Line, nullable=False),
    Column("first_seen_at", Moment, nullable=False, index=True),
    Column("text", Line, nullable=False),  # last, or what follows would be read through all of it
)

# The largest table by rows: nothing but its own key, so it is stored as that key's tree alone.
story_bands = Table(
    "story_bands",
    metadata,
    Column("band", Line, primary_key=True),
    Column("article_id", ForeignKey("articles.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

findings = Table(
    "findings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("statement_index", Integer, nullable=False),
    Column("statement_start", Integer, nullable=False),
    Column("statement_end", Integer, nullable=False),
    Column("statement_text", Line, nullable=False),
    Column("statement_lang", Line, nullable=False),
    Column("target", Line, nullable=False),
    Column("mention_start", Integer, nullable=False),
    Column("mention_end", Integer, nullable=False),
    Column("mention_surface", Line, nullable=False),
    Column("mention_role", Line, nullable=False),
    Column("speaker_name", Line),
    Column("speaker_tier", Line, nullable=False),
    Column("speaker_bloc", Line, nullable=False),
    Column("speaker_role", Line, nullable=False),
    Column("speaker_reason", Line, nullable=False),
    Column("hostile", Double, nullable=False),
    Column("neutral", Double, nullable=False),
    Column("conciliatory", Double, nullable=False),
    Column("acts", Json, nullable=False),
    Column("act_probabilities", Json, nullable=False),
    Column("uncertain", Boolean, nullable=False),
    Column("model", Line, nullable=False),
    Column("topics", Json, nullable=False),
    Column("intensity", Double, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("superseded", Boolean, nullable=False),
    Column("decided", Boolean, nullable=False),
    Column("skip_reason", Line),
    Column("created_at", Moment, nullable=False),
    ForeignKeyConstraint(["article_id", "revision"], ["revisions.article_id", "revisions.revision"]),
    Index("ix_findings_article", "article_id", "revision"),
    Index("ix_findings_undecided", "decided", "superseded"),
    Index("ix_findings_speaker", "speaker_name", "target"),
    sqlite_autoincrement=True,
)

alerts = Table(
    "alerts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("key", Line, nullable=False, unique=True),
    Column("rule_id", Line, nullable=False),
    Column("finding_id", ForeignKey("findings.id"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Line, nullable=False),
    Column("subject", Line, nullable=False),
    Column("sink", Line, nullable=False),
    Column("recipient", Line, nullable=False),
    Column("state", Line, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("uncertain", Integer, nullable=False),  # times the process died while it was being sent
    Column("due_at", Moment, nullable=False),
    Column("last_error", Line, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("urgency", Integer, nullable=False, server_default="1"),
    UniqueConstraint("kind", "subject", "sink", "recipient"),
    Index("ix_deliveries_waiting", "sink", "state", "recipient"),
    # Claims read in this order and stop at the first few.
    Index("ix_deliveries_order", "sink", "state", "urgency", "id"),
    # What went into a queue lately is counted at every round that raises alerts.
    Index("ix_deliveries_lately", "sink", "created_at"),
    sqlite_autoincrement=True,
)

recipients = Table(
    "recipients",
    metadata,
    Column("sink", Line, primary_key=True),
    Column("recipient", Line, primary_key=True),
    Column("not_before", Moment, nullable=False),
)

chats = Table(
    "chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("title", Line, nullable=False),
    Column("language", Line, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("reason", Line, nullable=False),
    Column("served_at", Moment),
    Column("disabled_at", Moment),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Integer, primary_key=True),
    # No reference to chats: those that configuration allows need never be served.
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", Integer, nullable=False),
    Column("name", Line, nullable=False),
    Column("filter", Json, nullable=False),
    Column("pace", Line, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("chat_id", "thread_id", "filter", "pace"),
    sqlite_autoincrement=True,
)

digests = Table(
    "digests",
    metadata,
    Column("week", Moment, primary_key=True, autoincrement=False),
    Column("snapshot", Json, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("published_at", Moment),
)

review_steps = Table(
    "review_steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("week", ForeignKey("digests.week"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("reviewer", Line, nullable=False),
    Column("action", Line, nullable=False),
    Column("entry", Integer),
    Column("detail", Line, nullable=False),
    sqlite_autoincrement=True,
)
