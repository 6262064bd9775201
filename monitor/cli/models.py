"""Commands around models: evaluate, compare, promote, rollback."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from monitor.cli.context import Context, context_of

if TYPE_CHECKING:
    from monitor.domain.gate import GateExample, GateScore, Verdict

app = typer.Typer(
    name="model",
    help="Measure models on the gate set, and replace the one in use by a better one. "
    "Example: `rhetoric-monitor model compare retrained/`",
    no_args_is_help=True,
)

Pairs = Annotated[
    Path | None,
    typer.Option("--pairs", help="JSON lines with text, start, end, stance: pairs to add to the gate."),
]
Challenger = Annotated[Path, typer.Argument(help="The folder of the new model.")]
FAILED = 1


@app.command(epilog="Example: `rhetoric-monitor model evaluate --pairs real_test.jsonl`")
def evaluate(context: typer.Context, pairs: Pairs = None) -> None:
    """Measure the model in use on the gate set: written examples, reviewed labels, given pairs."""
    shared = context_of(context)
    examples = _gather(shared, pairs)
    _print([_judge(shared, None, examples)])


@app.command(epilog="Example: `rhetoric-monitor model compare retrained/`")
def compare(context: typer.Context, challenger: Challenger, pairs: Pairs = None) -> None:
    """Measure a new model beside the one in use; exit code 1 where it would not pass the gate."""
    if not _compare(context_of(context), challenger, pairs).passed:
        raise typer.Exit(FAILED)


@app.command(epilog="Example: `rhetoric-monitor model promote retrained/`")
def promote(context: typer.Context, challenger: Challenger, pairs: Pairs = None) -> None:
    """Put a new model in use if it passes the gate; the old one stays for `model rollback`."""
    shared = context_of(context)
    if not _compare(shared, challenger, pairs).passed:
        raise typer.Exit(FAILED)
    typer.echo(f"In use from the next start on: {shared.app.registry.promote(challenger)}")


@app.command(epilog="Example: `rhetoric-monitor model rollback`")
def rollback(context: typer.Context) -> None:
    """Put the model before the promoted one back in use."""
    typer.echo(f"In use from the next start on: {context_of(context).app.registry.rollback()}")


def _gather(shared: Context, pairs: Path | None) -> list[GateExample]:
    from monitor.classify.registry import GATE
    from monitor.pipeline.gate import read_pairs, reviewed_pairs

    written = read_pairs(GATE, "written")
    reviewed = list(reviewed_pairs(shared.app.store.digests))
    given = read_pairs(pairs, "given") if pairs else []
    typer.echo(f"Gate: {len(written)} written, {len(reviewed)} reviewed, {len(given)} given pairs.")
    if not pairs:
        typer.echo("Without --pairs no real text that readers labelled blind is among them.")
    return [*written, *reviewed, *given]


def _judge(shared: Context, folder: Path | None, examples: list[GateExample]) -> GateScore:
    from monitor.classify import load_classifier
    from monitor.pipeline.gate import judge_gate

    classifier = load_classifier(folder) if folder else shared.app.reader.classifier
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(classifier.version, total=len(examples))
        return judge_gate(classifier, examples, lambda done: bar.update(task, completed=done))


def _compare(shared: Context, challenger: Path, pairs: Path | None) -> Verdict:
    from monitor.domain.gate import compare as decide

    examples = _gather(shared, pairs)
    verdict = decide(_judge(shared, None, examples), _judge(shared, challenger, examples))
    _print([verdict.champion, verdict.challenger])
    for reason in verdict.reasons:
        typer.echo(f"Does not pass: {reason}")
    if verdict.passed:
        typer.echo(f"{verdict.challenger.model} passes the gate.")
    return verdict


def _print(scores: list[GateScore]) -> None:
    table = Table("model", "stance", "pairs", "precision", "recall", "F1", box=None, header_style="dim")
    for score in scores:
        for stance, found in score.classes.items():
            numbers = (f"{value:.3f}" for value in (found.precision, found.recall, found.f1))
            table.add_row(score.model, str(stance), str(found.count), *numbers)
        table.add_row(score.model, "macro", "", "", "", f"{score.macro_f1:.3f}", style="bold")
    Console().print(table)
