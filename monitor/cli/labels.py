"""Commands around labels: what people settled, written out to train on."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.context import context_of

app = typer.Typer(
    name="labels",
    help="Write out what reviewers and users say of judgements. "
    "Example: `rhetoric-monitor labels export reviewed.jsonl`",
    no_args_is_help=True,
)


@app.callback()
def group() -> None:
    """Keep the group a group while it has one command."""


@app.command(epilog="Example: `rhetoric-monitor labels export reviewed.jsonl --since 2026-01-01`")
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where to write JSON lines; - is standard output.")],
    since: Annotated[
        datetime | None,
        typer.Option("--since", formats=["%Y-%m-%d"], help="Only what was settled from this day on."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what users say where no reviewer ruled, by their weight.")
    ] = False,
) -> None:
    """Write labels in the codebook's form: `model compare --pairs` takes them, and so does training.

    Reviewers are numbers there, and users are not in it at all.
    """
    from monitor.domain.labels import label_to_json, number_people
    from monitor.errors import DocumentError
    from monitor.pipeline.labels import gather_labels

    store = context_of(context).app.store
    labels = gather_labels(
        store.verdicts,
        store.findings,
        store.digests,
        since.replace(tzinfo=UTC) if since else None,
        with_users=everything,
    )
    numbers = number_people(labels)
    lines = [json.dumps(label_to_json(label, numbers), ensure_ascii=False) + "\n" for label in labels]
    if str(file) == "-":
        typer.echo("".join(lines), nl=False)
        return
    try:
        file.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise DocumentError(f"{file}: cannot be written: {error.strerror}") from error
    counts = Counter(label.origin.value for label in labels)
    shares = ", ".join(f"{count} {origin}" for origin, count in sorted(counts.items()))
    typer.echo(f"{len(labels)} labels to {file}" + (f": {shares}." if shares else "."))
