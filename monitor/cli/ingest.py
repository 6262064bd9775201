"""The command that takes what no site publishes: ingest."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from monitor.cli.context import context_of
from monitor.errors import ConfigurationError, DocumentError, Problem

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.domain.source import Source
    from monitor.ingest.about import About
    from monitor.pipeline.ingest import Taken
    from monitor.pipeline.ports import GivenDocument, RefusedDocument

MOST_SPEAKERS = 6


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        epilog='Example: `rhetoric-monitor ingest "2026-11-20 Evening show.srt" --source talk-shows`'
    )(ingest)


def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(help="Files or folders: srt, vtt, ass, txt, md, jsonl, json, html.")
    ],
    source: Annotated[str, typer.Option(help="The source that they belong to, by its id.")],
    title: Annotated[str, typer.Option(help="The title, of one document.")] = "",
    url: Annotated[str, typer.Option(help="Where it can be seen: http(s), of one document.")] = "",
    published_at: Annotated[
        str, typer.Option(help="When it was said: 2026-11-20T20:30+03:00 or 2026-11-20.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be made of them.")] = False,
) -> None:
    """Take transcripts, subtitles and texts from files, judge them, and alert as usual.

    The same file again is the same article, an edited one its next revision. What cannot be read
    is set aside with the reason; the exit code says so.
    """
    from monitor.ingest.about import read_about

    shared = context_of(context)
    known = {known.id: known for known in shared.settings.sources}
    if source not in known:
        file = str(shared.settings.directory / "sources")
        raise ConfigurationError((Problem(file, source, "no source has this id"),))
    app, owner = shared.app, known[source]
    options = {"title": title, "url": url, "published_at": published_at}
    given_options = {name: value for name, value in options.items() if value}
    told = read_about(given_options, owner.timezone, app.clock.now(), "the command line")
    if given_options and (
        len(paths) > 1 or paths[0].is_dir() or paths[0].suffix.lower() in (".jsonl", ".ndjson")
    ):
        raise DocumentError(
            "--title, --url and --published-at are of one document: give one file, or use sidecars"
        )
    refused = asyncio.run(_ingest(app, _read(app, paths, owner, told), dry_run))
    if refused:
        raise typer.Exit(1)


def _read(
    app: App, paths: list[Path], source: Source, told: About
) -> Iterator[GivenDocument | RefusedDocument]:
    from monitor.ingest import give_documents

    known = {known.id for known in app.settings.sources}
    limit = app.settings.monitor.ingest.max_bytes
    return give_documents(paths, source, known, told, app.clock.now(), limit)


async def _ingest(app: App, documents: Iterable[GivenDocument | RefusedDocument], dry_run: bool) -> int:
    """Take the documents and, unless it is a dry run, judge and alert; returns how many were set aside."""
    from monitor.live import open_service

    if dry_run:
        return await asyncio.to_thread(_take, app, documents, dry_run=True)
    async with open_service(app, Console()) as service:
        refused = await asyncio.to_thread(_take, app, documents, dry_run=False)
        await service.drain()
        counters = service.counters
    Console(stderr=True).print(f"{counters.assessments} statements judged, {counters.alerts} alerts")
    return refused


def _take(app: App, documents: Iterable[GivenDocument | RefusedDocument], *, dry_run: bool) -> int:
    from monitor.extract import extract_article
    from monitor.ingest import extract_document
    from monitor.pipeline.by_kind import ExtractorByPage
    from monitor.pipeline.ingest import Taken, ingest_documents

    console = Console(stderr=True)
    sources = {source.id: source for source in app.settings.sources}
    articles = None if dry_run else app.store.articles
    extract = ExtractorByPage(pages=extract_article, documents=extract_document)
    taken = refused = 0
    for made in ingest_documents(documents, sources, extract, articles, app.reader, app.clock.now):
        if isinstance(made, Taken):
            taken += 1
            lines = [f"[bold]{_inert(made.name)}[/]: {_outcome(made)}", *map(_inert, _describe(made))]
        else:
            refused += 1
            lines = [f"[bold]{_inert(made.name)}[/]: [red]set aside[/]: {_inert(made.reason)}"]
        console.print("\n  ".join(lines), soft_wrap=True)
    verb = "would be taken" if dry_run else "taken"
    console.print(f"{taken} documents {verb}, {refused} set aside")
    return refused


def _outcome(made: Taken) -> str:
    return f"would go to {made.source_id}" if made.outcome is None else f"{made.outcome} in {made.source_id}"


def _describe(made: Taken) -> Iterator[str]:
    """Yield what was made of a document, a line each."""
    article = made.article
    said = f"{article.published_at:%Y-%m-%d %H:%M} UTC" if article.published_at else "no date"
    yield f"“{article.title}”, {said} ({article.date_note}) {article.url}"
    if made.told and made.told != made.lang:
        yield f"told to be {made.told}, but reads as {made.lang or 'no language'}: look at the file"
    if not made.readable:
        lang = made.lang or "unknown"
        yield f"{len(article.text)} characters; language {lang} is not read: kept, not judged"
        return
    timed = ", with times" if article.positions else ""
    yield f"{article.extractor}, {made.lang}: {made.turns} turns, {made.statements} sentences{timed}"
    shown = [f"{name} {count}" for name, count in made.speakers[:MOST_SPEAKERS]]
    more = len(made.speakers) - len(shown)
    yield "speakers: " + (", ".join(shown) or "none") + (f" and {more} more" if more > 0 else "")


def _inert(text: str) -> str:
    """Return text from outside as it may be printed: on one line, without control characters."""
    from monitor.messages.inert import make_inert

    return escape(make_inert(text))
