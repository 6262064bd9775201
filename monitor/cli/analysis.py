"""The command `analyze`: judge texts that somebody already has."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer

from monitor.cli.context import context_of
from monitor.cli.progress import show_progress
from monitor.errors import DocumentError

STANDARD = "-"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        epilog="Example: `rhetoric-monitor analyze texts.jsonl --output judged.jsonl`, or "
        "`cat texts.jsonl | rhetoric-monitor analyze - | jq .stance`"
    )(analyze)


def analyze(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(metavar="INPUT", help="JSON lines, one document each; - is stdin.")
    ],
    output: Annotated[str, typer.Option("--output", "-o", help="Where to write; - is stdout.")] = STANDARD,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Threads; the result is the same.")] = 1,
) -> None:
    """Judge documents (`id`, `text`, …) and write one JSON line per statement and target.

    The store is not touched. Exit code 1 says that at least one document could not be judged; its
    line carries the `error`.
    """
    from dataclasses import replace

    from monitor.pipeline.batch import analyze_lines

    shared = context_of(context)
    app = shared.app
    sources = {entry.id: entry for entry in app.settings.sources}
    if workers > 1:
        classify = app.settings.monitor.classify.model_copy(update={"workers": workers})
        monitor = app.settings.monitor.model_copy(update={"classify": classify})
        app = replace(app, settings=replace(app.settings, monitor=monitor))
    with _reading(source) as (lines, total), _writing(output) as out, show_progress("judging", total) as tell:
        documents = judged = failed = 0
        for result in analyze_lines(lines, app.reader, sources, workers):
            for line in result.lines:
                out.write(line + "\n")
            documents += 1
            failed += result.failed
            judged += 0 if result.failed else len(result.lines)
            tell(documents)
    typer.echo(f"{documents} documents, {judged} judgements, {failed} documents with an error", err=True)
    if failed:
        raise typer.Exit(1)


@contextmanager
def _reading(source: str) -> Iterator[tuple[Iterator[str], int | None]]:
    """Open the input; the count of lines is known for files, so that progress can be shown."""
    if source == STANDARD:
        stdin = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="surrogateescape")
        yield iter(stdin), None
        return
    path = Path(source)
    try:
        with path.open("rb") as raw:
            total = sum(1 for line in raw if line.strip())
        with path.open(encoding="utf-8", errors="surrogateescape") as lines:
            yield iter(lines), total
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror}") from error


@contextmanager
def _writing(output: str) -> Iterator[IO[str]]:
    """Open the output; a file appears whole or not at all."""
    if output == STANDARD:
        yield sys.stdout
        return
    path = Path(output)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise DocumentError(f"{path}: cannot be written: {error.strerror}") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            yield out
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
