"""Subscriptions with all that they filter by, what is held and shown, people and what they say."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables; subscriptions keep their numbers and what they ask for."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_audit_actor"), "audit", ["actor"], unique=False)
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "drafts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_drafts")),
        sa.UniqueConstraint("chat_id", "user_id", name=op.f("uq_drafts_chat_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "feeds",
        sa.Column("subscription_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subscription_id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("secret", name=op.f("uq_feeds_secret")),
    )
    op.create_table(
        "invitations",
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_by", sa.BigInteger(), nullable=True),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("nonce", name=op.f("pk_invitations")),
    )
    op.create_table(
        "mutes",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "kind", "value", name=op.f("pk_mutes")),
    )
    op.create_table(
        "preferences",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_preferences")),
    )
    op.create_table(
        "signals",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_signals")),
        sa.UniqueConstraint("key", name=op.f("uq_signals_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_signals_created_at"), "signals", ["created_at"], unique=False)
    op.create_table(
        "summaries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summaries")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "switches",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_switches")),
    )
    op.create_table(
        "users",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_users")),
    )
    op.create_table(
        "held_alerts",
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("alert_key", sa.Text(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("held_at", sa.BigInteger(), nullable=False),
        sa.Column("release_at", sa.BigInteger(), nullable=False),
        sa.Column("summary_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["summary_id"], ["summaries.id"], name=op.f("fk_held_alerts_summary_id")),
        sa.PrimaryKeyConstraint("recipient", "alert_key", name=op.f("pk_held_alerts")),
    )
    op.create_index(op.f("ix_held_alerts_release_at"), "held_alerts", ["release_at"], unique=False)
    op.create_index(op.f("ix_held_alerts_summary_id"), "held_alerts", ["summary_id"], unique=False)
    op.create_table(
        "sent_messages",
        sa.Column("delivery_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("alert_key", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("outlets", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("fk_sent_messages_delivery_id")
        ),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_sent_messages")),
    )
    op.create_index(op.f("ix_sent_messages_alert_key"), "sent_messages", ["alert_key"], unique=False)
    op.create_index(op.f("ix_sent_messages_sent_at"), "sent_messages", ["sent_at"], unique=False)
    op.create_table(
        "rulings",
        sa.Column("finding_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_rulings_finding_id")),
        sa.PrimaryKeyConstraint("finding_id", name=op.f("pk_rulings")),
    )
    op.create_table(
        "verdicts",
        sa.Column("finding_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_verdicts_finding_id")),
        sa.PrimaryKeyConstraint("finding_id", "user_id", name=op.f("pk_verdicts")),
    )
    op.create_index("ix_verdicts_user", "verdicts", ["user_id"], unique=False)
    op.create_table(
        "alert_firsts",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("watched_seconds", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["number"], ["alerts.number"], name=op.f("fk_alert_firsts_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_alert_firsts")),
    )
    op.add_column("deliveries", sa.Column("urgency", sa.Integer(), server_default="1", nullable=False))
    op.create_index("ix_findings_speaker", "findings", ["speaker_name", "target"], unique=False)
    op.create_index("ix_deliveries_order", "deliveries", ["sink", "state", "urgency", "id"], unique=False)
    op.create_index("ix_deliveries_lately", "deliveries", ["sink", "created_at"], unique=False)
    _widen_subscriptions()


def _widen_subscriptions() -> None:
    """Make the table anew: its key is another one now, which SQLite cannot change in place."""
    connection = op.get_bind()
    old = connection.execute(sa.text("SELECT * FROM subscriptions ORDER BY id")).mappings().all()
    op.drop_table("subscriptions")
    made = op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.Column("pace", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint("chat_id", "thread_id", "filter", "pace", name=op.f("uq_subscriptions_chat_id")),
        sqlite_autoincrement=True,
    )
    if not old:
        return
    connection.execute(made.insert(), [_widen(row) for row in old])
    if connection.dialect.name == "postgresql":
        connection.execute(
            sa.text(
                "SELECT setval(pg_get_serial_sequence('subscriptions', 'id'), max(id)) FROM subscriptions"
            )
        )


def _widen(row: sa.RowMapping) -> dict[str, object]:
    """Return an old subscription in the new form, which leaves out what asks for anything."""
    parts = {
        "targets": json.loads(row["targets"]),
        "stances": json.loads(row["stances"]),
        "min_severity": row["min_severity"],
    }
    wanted = {name: value for name, value in parts.items() if value}
    text = json.dumps(wanted, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {
        "id": row["id"],
        "chat_id": row["chat_id"],
        "thread_id": 0,
        "name": "",
        "filter": text,
        "pace": "immediate",
        "created_at": row["created_at"],
    }
