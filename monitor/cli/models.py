"""Commands around models: evaluate, compare, promote, rollback, drift."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from monitor.cli.context import Context, context_of
from monitor.cli.progress import show_progress
from monitor.domain.drift import Shift
from monitor.domain.stance import Stance

if TYPE_CHECKING:
    from monitor.domain.drift import Shares
    from monitor.domain.gate import GateExample, GateScore, SetScore, Verdict

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


@app.command(epilog="Example: `rhetoric-monitor model drift --days 30`")
def drift(
    context: typer.Context,
    days: Annotated[int, typer.Option(min=1, help="How many days back to look.")] = 7,
) -> None:
    """Set the shares of stances and abstentions of each source beside those of the training corpus (its part
    drawn at random and held out).

    `index` is the population stability index: from 0.1 on a source differs somewhat, from 0.25 on much,
    and so it does with many more abstentions. A source that differs is not a broken one: a hostile
    channel is meant to. What calls for a look is a source that did not differ before.
    """
    from monitor.pipeline.drift import watch_drift

    app = context_of(context).app
    until = app.clock.now()
    classifier = app.reader.classifier
    drifts = watch_drift(app.store.findings, classifier, until - timedelta(days=days), until)
    table = Table("source", "judged", *Stance, "abstained", "index", "", box=None, header_style="dim")
    if classifier.expected:
        table.add_row("training corpus", *_shares(classifier.expected), style="bold")
    for found in drifts:
        style = {Shift.MUCH: "red", Shift.UNKNOWN: "dim"}.get(found.shift)
        table.add_row(
            found.source_id, *_shares(found.shares), f"{found.index:.2f}", found.shift.value, style=style
        )
    Console().print(table)
    if not drifts:
        typer.echo(f"{classifier.version} judged nothing in the last {days} days.")


def _shares(shares: Shares) -> list[str]:
    each = [*(shares.of(stance) for stance in Stance), shares.uncertain]
    return [str(shares.judged), *(f"{share:.1%}" for share in each)]


def _gather(shared: Context, pairs: Path | None) -> list[GateExample]:
    from monitor.classify.registry import GATE
    from monitor.pipeline.gate import read_pairs, reviewed_pairs
    from monitor.pipeline.labels import gather_labels

    written = read_pairs(GATE, "written")
    store = shared.app.store if shared.app.has_store else None
    settled = gather_labels(store.verdicts, store.findings, store.digests) if store else []
    reviewed = reviewed_pairs(settled)
    known = {example.pair for example in reviewed}
    given = [e for e in (read_pairs(pairs, "given") if pairs else []) if e.pair not in known]
    typer.echo(f"Gate: {len(written)} written, {len(reviewed)} reviewed, {len(given)} given pairs.")
    if not pairs:
        typer.echo("Without --pairs no real text that readers labelled blind is among them.")
    return [*written, *reviewed, *given]


def _judge(shared: Context, folder: Path | None, examples: list[GateExample]) -> GateScore:
    from monitor.classify import load_classifier
    from monitor.pipeline.gate import judge_gate

    classifier = load_classifier(folder) if folder else shared.app.reader.classifier
    with show_progress(classifier.version, len(examples)) as tell:
        return judge_gate(classifier, examples, tell)


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
        parts: dict[str, GateScore | SetScore] = {"macro": score}
        if len(score.sets) > 1:
            parts |= {f"macro, {name}": held for name, held in score.sets.items()}
        for name, held in parts.items():
            table.add_row(score.model, name, str(held.count), "", "", f"{held.macro_f1:.3f}", style="bold")
    Console().print(table)
