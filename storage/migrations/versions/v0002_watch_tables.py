"""Archive, revisits and changes, hours and notices, polling and backfills."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

FROM_PAGES = """
INSERT INTO captures (page_sha256, source_id, role, url, final_url, status, request, headers, fetched_at)
SELECT pages.sha256, items.source_id, 'article', pages.url, pages.final_url, pages.status, '{}',
       pages.headers, pages.fetched_at
FROM pages
JOIN revisions ON revisions.page_sha256 = pages.sha256
JOIN articles ON articles.id = revisions.article_id
JOIN items ON items.id = articles.item_id
GROUP BY pages.sha256, items.source_id
"""

# Hours are counted with every visit from now on; those of visits before are counted here, once.
FROM_VISITS = """
INSERT INTO source_hours (source_id, hour, visits, read, blocked, failed, missed, items, articles)
SELECT source_id, started_at / 3600000000 * 3600000000, count(*),
       sum(CASE WHEN outcome IN ('ok', 'not_modified') THEN 1 ELSE 0 END),
       sum(CASE WHEN outcome = 'blocked' THEN 1 ELSE 0 END),
       sum(CASE WHEN outcome IN ('failed', 'empty') THEN 1 ELSE 0 END),
       sum(CASE WHEN outcome = 'missed' THEN 1 ELSE 0 END),
       sum(items_new), sum(articles)
FROM source_runs
GROUP BY source_id, started_at / 3600000000
"""


def upgrade() -> None:
    """Make the tables; what was archived before stands in them too."""
    op.create_table(
        "backfills",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "since", name=op.f("pk_backfills")),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_notices_began_at"), "notices", ["began_at"], unique=False)
    op.create_table(
        "polling",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("interval_seconds", sa.Double(), nullable=False),
        sa.Column("rest_until", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_polling")),
    )
    op.create_table(
        "run_troubles",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "started_at", name=op.f("pk_run_troubles")),
    )
    op.create_index(op.f("ix_run_troubles_started_at"), "run_troubles", ["started_at"], unique=False)
    op.create_table(
        "source_hours",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("hour", sa.BigInteger(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("blocked", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "hour", name=op.f("pk_source_hours")),
    )
    op.create_index(op.f("ix_source_hours_hour"), "source_hours", ["hour"], unique=False)
    op.create_table(
        "captures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_sha256", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("final_url", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.BigInteger(), nullable=False),
        sa.Column("front_sha256", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["page_sha256"], ["pages.sha256"], name=op.f("fk_captures_page_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_captures")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_captures_fetched_at"), "captures", ["fetched_at"], unique=False)
    op.create_index(op.f("ix_captures_front_sha256"), "captures", ["front_sha256"], unique=False)
    op.create_index(op.f("ix_captures_page_sha256"), "captures", ["page_sha256"], unique=False)
    op.create_index("ix_captures_source", "captures", ["source_id", "fetched_at"], unique=False)
    op.create_index(op.f("ix_captures_url"), "captures", ["url"], unique=False)
    op.create_table(
        "prunings",
        sa.Column("page_sha256", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["page_sha256"], ["pages.sha256"], name=op.f("fk_prunings_page_sha256")),
        sa.PrimaryKeyConstraint("page_sha256", name=op.f("pk_prunings")),
    )
    # Which revisions rest on a page: asked for each one that a rule of retention may let go.
    op.create_index(op.f("ix_revisions_page_sha256"), "revisions", ["page_sha256"], unique=False)
    op.create_table(
        "quiet_items",
        sa.Column("item_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_quiet_items_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_quiet_items")),
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("from_revision", sa.Integer(), nullable=False),
        sa.Column("to_revision", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("compared", sa.Boolean(), nullable=False),
        sa.Column("decided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_changes_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        sa.UniqueConstraint(
            "article_id", "kind", "to_revision", "seen_at", name=op.f("uq_changes_article_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_changes_article_id"), "changes", ["article_id"], unique=False)
    op.create_index(op.f("ix_changes_compared"), "changes", ["compared"], unique=False)
    op.create_index(op.f("ix_changes_decided"), "changes", ["decided"], unique=False)
    op.create_index(op.f("ix_changes_seen_at"), "changes", ["seen_at"], unique=False)
    op.create_table(
        "revisits",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("last_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_revisits_article_id")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_revisits")),
    )
    op.create_index(op.f("ix_revisits_last_at"), "revisits", ["last_at"], unique=False)
    op.create_index(op.f("ix_revisits_next_at"), "revisits", ["next_at"], unique=False)
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "extractions",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("text_length", sa.Integer(), nullable=False),
        sa.Column("page_length", sa.Integer(), nullable=False),
        sa.Column("dated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "revision"],
            ["revisions.article_id", "revisions.revision"],
            name=op.f("fk_extractions_article_id"),
        ),
        sa.PrimaryKeyConstraint("article_id", "revision", name=op.f("pk_extractions")),
    )
    op.create_index("ix_extractions_source", "extractions", ["source_id", "at"], unique=False)
    op.create_table(
        "positions",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "revision"],
            ["revisions.article_id", "revisions.revision"],
            name=op.f("fk_positions_article_id"),
        ),
        sa.PrimaryKeyConstraint("article_id", "revision", name=op.f("pk_positions")),
    )
    op.create_table(
        "statement_changes",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["after_id"], ["findings.id"], name=op.f("fk_statement_changes_after_id")),
        sa.ForeignKeyConstraint(["before_id"], ["findings.id"], name=op.f("fk_statement_changes_before_id")),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name=op.f("fk_statement_changes_change_id")),
        sa.PrimaryKeyConstraint("change_id", "place", name=op.f("pk_statement_changes")),
    )
    op.create_table(
        "alert_changes",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("former_id", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("instead_of", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name=op.f("fk_alert_changes_change_id")),
        sa.ForeignKeyConstraint(["former_id"], ["findings.id"], name=op.f("fk_alert_changes_former_id")),
        sa.ForeignKeyConstraint(["number"], ["alerts.number"], name=op.f("fk_alert_changes_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_alert_changes")),
    )
    op.create_index(op.f("ix_alert_changes_instead_of"), "alert_changes", ["instead_of"], unique=False)
    op.create_index(op.f("ix_revisions_first_seen_at"), "revisions", ["first_seen_at"], unique=False)
    op.execute(FROM_PAGES)
    op.execute(FROM_VISITS)
