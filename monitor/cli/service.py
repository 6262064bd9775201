"""Commands that run: run, collect, bot, demo."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.context import context_of
from monitor.errors import ConfigurationError, Problem


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(epilog="Example: `rhetoric-monitor run`")(run)
    app.command(epilog="Example: `rhetoric-monitor collect ria-ru tass-com`")(collect)
    app.command(epilog="Example: `rhetoric-monitor bot`")(bot)
    app.command(epilog="Example: `rhetoric-monitor demo --output demo-output`")(demo)


def run(context: typer.Context) -> None:
    """Run the live service until it is stopped: collect, judge, alert, draft the digest.

    Alerts go to the terminal, and to Telegram when `[telegram] token_file` is set.
    """
    from monitor.live import run_service

    asyncio.run(run_service(context_of(context).app))


def collect(
    context: typer.Context,
    sources: Annotated[
        list[str] | None, typer.Argument(help="Sources' ids; all enabled if left out.")
    ] = None,
) -> None:
    """Visit sources once, judge what is new, print the alerts, and end."""
    from monitor.live import collect_once

    shared = context_of(context)
    known = {source.id: source for source in shared.settings.sources}
    unknown = [name for name in sources or [] if name not in known]
    if unknown:
        problems = tuple(
            Problem(str(shared.settings.directory / "sources"), name, "no source has this id")
            for name in unknown
        )
        raise ConfigurationError(problems)
    chosen = [known[name] for name in sources] if sources else list(shared.settings.enabled_sources)
    failed = asyncio.run(collect_once(shared.app, chosen))
    if failed:
        raise typer.Exit(1)


def bot(context: typer.Context) -> None:
    """Run only the Telegram bot and the sending of what waits, over the store of a running service."""
    from monitor.live import run_bot_only

    asyncio.run(run_bot_only(context_of(context).app))


def demo(
    newsroom: Annotated[
        Path | None, typer.Option(help="A folder of items to serve instead of the shipped newsroom.")
    ] = None,
    output: Annotated[Path, typer.Option(help="Where charts and the digest's files go.")] = Path(
        "demo-output"
    ),
    seconds: Annotated[float, typer.Option(min=10, max=3600, help="Real seconds for the eight weeks.")] = 80,
    serve: Annotated[bool, typer.Option("--serve", help="Only serve the newsroom, until stopped.")] = False,
) -> None:
    """Watch the whole job at work: a local newsroom is collected over HTTP, judged and alerted."""
    from rich.console import Console

    from monitor.demo.run import run_demo, serve_newsroom

    if serve:
        asyncio.run(serve_newsroom(Console(), newsroom))
        return
    raise typer.Exit(asyncio.run(run_demo(Console(), newsroom, output, seconds)))
