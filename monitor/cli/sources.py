"""Commands around sources: list, check, preview, add."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from monitor.cli.context import Context, context_of
from monitor.cli.looking import look
from monitor.cli.progress import show_progress
from monitor.errors import ConfigurationError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.domain.source import Source
    from monitor.pipeline.preview import Preview
    from monitor.pipeline.scout import Found, Wishes
    from monitor.pipeline.source_check import SourceCheck

UNHEALTHY = 1
FOLDER = "folder"

app = typer.Typer(
    name="sources",
    help="List the sources and how reading each of them went; check live ones, preview one, add one. "
    "Example: `rhetoric-monitor sources --bloc kazakhstan`",
    invoke_without_command=True,
)


@app.callback(invoke_without_command=True)
def sources(
    context: typer.Context,
    bloc: Annotated[str | None, typer.Option(help="Only sources of this bloc.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Disabled sources too.")] = False,
) -> None:
    """List the sources and how reading each of them went; check live ones, preview one, add one."""
    if context.invoked_subcommand is not None:
        return
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


@app.command(epilog="Example: `rhetoric-monitor sources check ria-ru --json`")
def check(
    context: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID…]", help="All enabled if left out.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Disabled sources too.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object per source, for machines.")
    ] = False,
) -> None:
    """Visit live sources without keeping anything, and say how each fares and what would help.

    Exit code 1 says that at least one source is not healthy.
    """
    from monitor.cli.check_report import print_checks, to_json

    shared = context_of(context)
    chosen = _choose(shared, ids, every=every)
    if ids and (folders := [source.id for source in chosen if source.kind == FOLDER]):
        raise _unknown(shared, *folders, message="a folder is read by `ingest`; there is no site to check")
    chosen = [source for source in chosen if source.kind != FOLDER]
    checks = asyncio.run(_check(shared, chosen))
    if as_json:
        for result in checks:
            typer.echo(to_json(result))
    else:
        print_checks(Console(), checks)
    if not all(result.healthy for result in checks):
        raise typer.Exit(UNHEALTHY)


@app.command(epilog="Example: `rhetoric-monitor sources preview tass-com --limit 2`")
def preview(
    context: typer.Context,
    source_id: Annotated[str, typer.Argument(metavar="ID", help="A source's id.")],
    limit: Annotated[int, typer.Option(min=0, max=50, help="How many articles to read and judge.")] = 3,
) -> None:
    """Show what a source would yield now: items, texts, statements, judgements; nothing is kept."""
    from monitor.cli.preview_report import print_preview

    shared = context_of(context)
    (source,) = _choose(shared, [source_id], every=True)
    if source.kind == FOLDER:
        raise _unknown(shared, source.id, message="a folder is read by `ingest`; there is no site to preview")
    with Console(stderr=True).status(f"Reading {source.id}"):
        shown = asyncio.run(_preview(shared, source, limit))
    print_preview(Console(), source, shown)


@app.command(
    epilog="Example: `rhetoric-monitor sources add https://example.org/news --write config/sources/new.toml`"
)
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="A site, a section of it, a feed, or a Telegram channel.")],
    write: Annotated[
        Path | None, typer.Option(help="Append the block to this file; else it is printed.")
    ] = None,
    name: Annotated[str | None, typer.Option("--id", help="The source's id.")] = None,
    outlet: Annotated[str | None, typer.Option(help="What readers know it by.")] = None,
    bloc: Annotated[str | None, typer.Option(help="Whose voice it is: a target's id, west, other …")] = None,
    tier: Annotated[str | None, typer.Option(help="outlet, government, head_of_state …")] = None,
    kind: Annotated[
        str | None, typer.Option(help="Read it in this way only: rss, listing, sitemap …")
    ] = None,
    language: Annotated[list[str] | None, typer.Option(help="A language; may be given again.")] = None,
    timezone: Annotated[str | None, typer.Option(help="Of dates without a zone.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Who signs what is unsigned there.")] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="The address is in a network of your own.")
    ] = False,
) -> None:
    """Find out how a site is read, and write a source's block to be reviewed; it is not enabled."""
    from monitor.cli.new_block import append_block, check_block, choose_tier, refuse_known_id
    from monitor.pipeline.scout import Wishes

    shared = context_of(context)
    wishes = Wishes(
        name, outlet, bloc, choose_tier(tier), kind, tuple(language) if language else None, timezone, speaker,
        allow_private,
    )  # fmt: skip
    refuse_known_id(shared.settings, name)
    with Console(stderr=True).status("Looking at the site"):
        found = asyncio.run(_scout(shared, url, wishes))
    block = found.block(url, shared.app.clock.now())
    check_block(shared.settings, found.source, block)
    if write is None:
        typer.echo(block, nl=False)
        return
    append_block(write, found.source, block)
    typer.echo(
        f"Appended {found.source.id} to {write}. Review it, run check-config, then set enabled = true."
    )


def _choose(shared: Context, ids: Sequence[str] | None, *, every: bool) -> list[Source]:
    """Return the named sources, or all that are enabled; raises ConfigurationError for unknown ones."""
    known = {source.id: source for source in shared.settings.sources}
    if not ids:
        return [source for source in known.values() if every or source.enabled]
    if unknown := [name for name in ids if name not in known]:
        raise _unknown(shared, *unknown)
    return [known[name] for name in dict.fromkeys(ids)]


def _unknown(shared: Context, *ids: str, message: str = "no source has this id") -> ConfigurationError:
    file = str(shared.settings.directory / "sources")
    return ConfigurationError(tuple(Problem(file, name, message) for name in ids))


async def _check(shared: Context, chosen: Sequence[Source]) -> list[SourceCheck]:
    from monitor.pipeline.probe import check_sources

    async with look(shared.app) as looking:
        with show_progress("Checking", len(chosen)) as told:
            return await check_sources(looking, chosen, told)


async def _preview(shared: Context, source: Source, limit: int) -> Preview:
    from monitor.pipeline.preview import preview_source

    async with look(shared.app) as looking:
        return await preview_source(looking, source, shared.app.reader, limit)


async def _scout(shared: Context, url: str, wishes: Wishes) -> Found:
    from monitor.pipeline.scout import scout_source

    async with look(shared.app) as looking:
        return await scout_source(looking, url, wishes, {source.id for source in shared.settings.sources})
