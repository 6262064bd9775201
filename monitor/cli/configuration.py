"""Commands around configuration: init, check-config."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.context import context_of
from monitor.errors import ConfigurationError, Problem


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(epilog="Example: `rhetoric-monitor init my-config`")(init)
    app.command("check-config", epilog="Example: `rhetoric-monitor --config my-config check-config`")(
        check_config
    )


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
