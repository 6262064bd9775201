"""Commands that run: run, collect, bot, demo."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from monitor.cli.context import Context, context_of
from monitor.domain.source import Source
from monitor.errors import ConfigurationError, Problem


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(epilog="Example: `rhetoric-monitor run`")(run)
    app.command(epilog="Example: `rhetoric-monitor collect --since 2024-01-01 kremlin-ru`")(collect)
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
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Read the named sources' history back to this day."),
    ] = None,
    alerts: Annotated[
        bool, typer.Option("--alerts", help="With --since: alert on history as on news.")
    ] = False,
) -> None:
    """Visit sources once, judge what is new, print the alerts, and end.

    With `--since` older pages are read too, one after another, until everything is older than that
    day. What is found is judged but does not alert. Called again, it goes on where it was interrupted.
    """
    from monitor.live import collect_once

    if alerts and since is None:
        raise typer.BadParameter("--alerts is for history: give --since, too")
    shared = context_of(context)
    known = {source.id: source for source in shared.settings.sources}
    unknown = [name for name in sources or [] if name not in known]
    if unknown:
        problems = tuple(
            Problem(str(shared.settings.directory / "sources"), name, "no source has this id")
            for name in unknown
        )
        raise ConfigurationError(problems)
    if since is not None:
        if not sources:
            raise typer.BadParameter("name the sources whose history is to be read")
        _collect_since(shared, [known[name] for name in dict.fromkeys(sources)], since, alerts)
        return
    chosen = [known[name] for name in sources] if sources else list(shared.settings.enabled_sources)
    failed = asyncio.run(collect_once(shared.app, chosen))
    if failed:
        raise typer.Exit(1)


def _collect_since(shared: Context, sources: list[Source], day: datetime, alerts: bool) -> None:
    """Read history back to a day, where the readers live."""
    from monitor.cli.history import print_histories, show_history
    from monitor.live import collect_history

    since = day.replace(tzinfo=ZoneInfo(shared.settings.monitor.timezone)).astimezone(UTC)
    now = shared.app.clock.now()
    if since >= now:
        raise typer.BadParameter(f"{day:%Y-%m-%d} is not in the past")
    with show_history([source.id for source in sources], since, now) as (on_page, on_judged):
        reports = asyncio.run(
            collect_history(shared.app, sources, since, alerts=alerts, on_page=on_page, on_judged=on_judged)
        )
    print_histories(reports)
    if not all(report.ending.is_final for report in reports):
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
