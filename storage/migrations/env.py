"""Runs migrations in the transaction that `storage.migrate` has begun; Alembic loads this file."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
