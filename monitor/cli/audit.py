"""The command that shows what people changed: audit."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.cli.context import context_of
from monitor.domain.access import actor_of


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: `rhetoric-monitor audit --since 2026-03-01 --actor 123456789`")(audit)


def audit(
    context: typer.Context,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what was done from this day on.")
    ] = None,
    actor: Annotated[
        str | None, typer.Option(help="Only what this one did: a user's number, or a name as printed.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="At most so many.")] = 200,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Show what people changed through the bot, the newest first."""
    shared = context_of(context)
    zone = ZoneInfo(shared.settings.monitor.timezone)
    name = actor_of(int(actor)) if actor and actor.isdecimal() else actor
    start = since.replace(tzinfo=zone).astimezone(UTC) if since else None
    entries = shared.app.store.audit.latest(limit, start, name)
    if as_json:
        rows = [{**asdict(entry), "at": entry.at.isoformat()} for entry in entries]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("when", "who", "did", "to", "how"):
        table.add_column(head, overflow="fold")
    for entry in entries:
        when = f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M}"
        table.add_row(
            when, *(Text(part) for part in (entry.actor, entry.action, entry.subject, entry.detail))
        )
    Console(highlight=False, markup=False).print(table if entries else "Nothing was done.")
