"""Further tables: whom we tell, when, what they said of it, and who may do what."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from storage.columns import Json, Line, Moment
from storage.tables import metadata

# What a chat set for itself; a chat without a row has the defaults.
preferences = Table(
    "preferences",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("settings", Json, nullable=False),
)

mutes = Table(
    "mutes",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Line, primary_key=True),
    Column("value", Line, primary_key=True),
    Column("until", Moment, nullable=False),
)

# Several alerts in one message: of a period, of a quiet night, or beyond an hour's share.
summaries = Table(
    "summaries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("recipient", Line, nullable=False),
    Column("created_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

# Alerts that were not sent at once: until `release_at`, then in a summary.
held_alerts = Table(
    "held_alerts",
    metadata,
    Column("recipient", Line, primary_key=True),
    Column("alert_key", Line, primary_key=True),
    Column("subscription_id", Integer, nullable=False),
    Column("reason", Line, nullable=False),
    Column("held_at", Moment, nullable=False),
    Column("release_at", Moment, nullable=False, index=True),
    Column("summary_id", ForeignKey("summaries.id"), index=True),
)

# Messages that show an alert, so that they can be brought up to date in place.
sent_messages = Table(
    "sent_messages",
    metadata,
    Column("delivery_id", ForeignKey("deliveries.id"), primary_key=True, autoincrement=False),
    Column("alert_key", Line, nullable=False, index=True),
    Column("recipient", Line, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("sent_at", Moment, nullable=False, index=True),
)

# A statement alert that is a first too.
alert_firsts = Table(
    "alert_firsts",
    metadata,
    Column("number", ForeignKey("alerts.number"), primary_key=True, autoincrement=False),
    Column("act", Line, nullable=False),
    Column("watched_seconds", BigInteger, nullable=False),
    Column("before", Moment),
)

# What no single statement shows: shifts, divergences, silences.
signals = Table(
    "signals",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("key", Line, nullable=False, unique=True),
    Column("kind", Line, nullable=False),
    Column("target", Line, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("facts", Json, nullable=False),
    Column("created_at", Moment, nullable=False, index=True),
    sqlite_autoincrement=True,
)

users = Table(
    "users",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Line, nullable=False),
    Column("role", Line, nullable=False),
    Column("added_by", Line, nullable=False),
    Column("added_at", Moment, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("nonce", Line, primary_key=True),
    Column("role", Line, nullable=False),
    Column("created_by", Line, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_by", BigInteger),
    Column("used_at", Moment),
)

# Every change of state by people: who, what, of what.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("actor", Line, nullable=False, index=True),
    Column("action", Line, nullable=False),
    Column("subject", Line, nullable=False),
    Column("detail", Line, nullable=False),
    sqlite_autoincrement=True,
)

# What users say of judgements: one word a user and finding, the last one.
verdicts = Table(
    "verdicts",
    metadata,
    Column("finding_id", ForeignKey("findings.id"), primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("confirmed", Boolean, nullable=False),
    Column("stance", Line),
    Column("at", Moment, nullable=False),
    Index("ix_verdicts_user", "user_id"),
)

# What reviewers decided of findings about which users spoke.
rulings = Table(
    "rulings",
    metadata,
    Column("finding_id", ForeignKey("findings.id"), primary_key=True, autoincrement=False),
    Column("stance", Line, nullable=False),
    Column("reviewer", Line, nullable=False),
    Column("at", Moment, nullable=False),
)

# The secret part of a subscription's feed address.
feeds = Table(
    "feeds",
    metadata,
    Column("subscription_id", Integer, primary_key=True, autoincrement=False),
    Column("secret", Line, nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
)

# Subscriptions that somebody is choosing: one for each user of a chat.
drafts = Table(
    "drafts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("subscription_id", Integer, nullable=False),
    Column("wanted", Json, nullable=False),
    Column("updated_at", Moment, nullable=False),
    UniqueConstraint("chat_id", "user_id"),
    sqlite_autoincrement=True,
)

# What operators switch off for a while, such as collection.
switches = Table(
    "switches",
    metadata,
    Column("name", Line, primary_key=True),
    Column("set_by", Line, nullable=False),
    Column("set_at", Moment, nullable=False),
    Column("until", Moment),
)

# What operators tell everybody: asked about first, then sent.
broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", Line, nullable=False),
    Column("created_by", Line, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    sqlite_autoincrement=True,
)
