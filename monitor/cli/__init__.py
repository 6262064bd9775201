"""The command line: parse, call, print. Heavy parts are imported inside the commands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from monitor import __version__
from monitor.cli import (
    analysis,
    archive,
    audit,
    configuration,
    digests,
    explaining,
    health,
    ingest,
    labels,
    models,
    replay,
    service,
    sources,
    versions,
)
from monitor.cli.context import Context
from monitor.errors import ConfigurationError, MonitorError

EXIT_FAILED = 2

app = typer.Typer(
    name="rhetoric-monitor",
    help="Watches what Moscow and its media say about Russia's treaty allies, and what the allies say back.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rhetoric-monitor {__version__}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            "-c",
            help="Directory of configuration files. Default: "
            "$RHETORIC_MONITOR_CONFIG, then ./config, then the shipped one.",
        ),
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take the options that every command shares."""
    context.obj = Context(config)


configuration.register(app)
service.register(app)
analysis.register(app)
explaining.register(app)
ingest.register(app)
replay.register(app)
health.register(app)
audit.register(app)
versions.register(app)
app.add_typer(archive.app, name="archive")
app.add_typer(digests.app, name="digest")
app.add_typer(labels.app, name="labels")
app.add_typer(models.app, name="model")
app.add_typer(sources.app, name="sources")


def main() -> None:
    """Run the command line; every error of ours is printed without a traceback, with exit code 2."""
    console = Console(stderr=True)
    try:
        app()
    except ConfigurationError as error:
        console.print("[bold red]The configuration is wrong:[/]")
        for problem in error.problems:
            console.print(f"  • {escape(str(problem))}", soft_wrap=True)
        sys.exit(EXIT_FAILED)
    except MonitorError as error:
        console.print(f"[bold red]{escape(type(error).__name__)}:[/] {escape(str(error))}", soft_wrap=True)
        sys.exit(EXIT_FAILED)
    except KeyboardInterrupt:
        sys.exit(130)
