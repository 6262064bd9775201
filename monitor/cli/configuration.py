"""Commands around configuration: init, check-config, sources."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from monitor.cli.context import context_of
from monitor.errors import ConfigurationError, Problem


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(epilog="Example: `rhetoric-monitor init my-config`")(init)
    app.command("check-config", epilog="Example: `rhetoric-monitor --config my-config check-config`")(
        check_config
    )
    app.command(epilog="Example: `rhetoric-monitor sources --bloc kazakhstan`")(sources)


def init(
    directory: Annotated[Path, typer.Argument(help="Where to write; must not exist, or be empty.")],
) -> None:
    """Copy the shipped configuration into a directory of your own, to be edited."""
    from monitor.settings import packaged_config

    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        message = "is not empty; name a new directory, nothing was written"
        raise ConfigurationError((Problem(str(directory), "", message),))
    shutil.copytree(packaged_config(), directory, dirs_exist_ok=True)
    typer.echo(f"Wrote {directory}. Edit it, then: rhetoric-monitor --config {directory} check-config")


def check_config(
    context: typer.Context,
    write_schemas: Annotated[
        Path | None, typer.Option(help="Write JSON schemas for editors into this directory.")
    ] = None,
) -> None:
    """Check every configuration file and report all errors at once."""
    if write_schemas:
        from monitor.schema import json_schemas

        write_schemas.mkdir(parents=True, exist_ok=True)
        for name, text in json_schemas().items():
            (write_schemas / f"{name}.json").write_text(text, encoding="utf-8")
    settings = context_of(context).settings
    enabled = settings.enabled_sources
    typer.echo(
        f"{settings.directory}: {len(enabled)} of {len(settings.sources)} sources enabled, "
        f"{len(settings.targets)} targets, {len(settings.speakers)} speakers, {len(settings.rules)} rules. "
        "No errors."
    )


def sources(
    context: typer.Context,
    bloc: Annotated[str | None, typer.Option(help="Only sources of this bloc.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Disabled sources too.")] = False,
) -> None:
    """List the sources, and how reading each of them went."""
    shared = context_of(context)
    health = shared.app.store.articles.health()
    table = Table("source", "outlet", "bloc", "tier", "kind", "evidence", "last read", "articles", "trouble")
    shown = 0
    for source in shared.settings.sources:
        if (bloc and source.bloc != bloc) or not (every or source.enabled):
            continue
        shown += 1
        state = health.get(source.id)
        last = state.last_success_at if state else None
        table.add_row(
            source.id if source.enabled else f"{source.id} (off)",
            source.outlet,
            source.bloc,
            str(source.tier),
            source.kind,
            source.evidence,
            f"{last:%Y-%m-%d %H:%M}" if last else "never",
            str(state.articles) if state else "0",
            state.last_reason if state and state.consecutive_failures else "",
        )
    Console().print(table)
    typer.echo(f"{shown} sources")
