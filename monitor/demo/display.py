"""What the demonstration prints: progress, tables, and how the episodes were judged."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from monitor.demo.evaluation import EpisodeReport, Miss
from monitor.demo.results import PublishedDigest, Trouble
from monitor.domain.trends import DyadSummary
from monitor.messages.reader import Reader
from monitor.messages.words import STANCES, TIERS
from monitor.notify.console import render_digest_table

MOST_DYADS = 24
QUOTE_LENGTH = 70


def make_progress(console: Console) -> Progress:
    """Return the progress line under which alerts scroll by."""
    return Progress(
        TextColumn("{task.fields[date]}"),
        BarColumn(bar_width=None),
        TextColumn(
            "{task.fields[articles]} articles, {task.fields[judged]} statements judged, "
            "{task.fields[alerts]} alerts"
        ),
        TimeElapsedColumn(),
        console=console,
    )


def show_heading(console: Console, text: str) -> None:
    """Print a heading."""
    console.print()
    console.print(Text(text, style="bold"))


def show_dyads(console: Console, dyads: Sequence[DyadSummary], reader: Reader) -> None:
    """Print who spoke how toward whom; dyads that were only neutral are summed up in a line."""
    names = STANCES["en"]
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("speaker's side")
    table.add_column("tier", no_wrap=True)
    table.add_column("toward")
    for stance, style in zip(names.values(), ("red", "", "green"), strict=True):
        table.add_column(stance, justify="right", style=style)
    table.add_column("intensity", justify="right")
    telling = [dyad for dyad in dyads if dyad.hostile or dyad.conciliatory][:MOST_DYADS]
    for summary in telling:
        dyad = summary.dyad
        mean = summary.mean_intensity
        table.add_row(
            Text(reader.bloc(dyad.bloc)),
            Text(TIERS[reader.language][dyad.tier]),
            Text(f"→ {reader.target(dyad.target)}"),
            str(summary.hostile or "·"),
            str(summary.neutral or "·"),
            str(summary.conciliatory or "·"),
            Text(f"{mean:+.2f}", style="red" if mean < -0.05 else "green" if mean > 0.05 else ""),
        )
    show_heading(console, "Who spoke how toward whom")
    console.print(table)
    rest = dyads[len(telling) :] if len(telling) == MOST_DYADS else [d for d in dyads if d not in telling]
    if rest:
        count = sum(summary.total for summary in rest)
        console.print(Text(f"and {count} statements in {len(rest)} further dyads, most of them neutral"))


def show_troubles(console: Console, troubles: Sequence[Trouble]) -> None:
    """Print where coverage failed."""
    show_heading(console, "Where coverage failed")
    if not troubles:
        console.print("nowhere")
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_header=False)
    table.add_column(style="bold", max_width=34)
    table.add_column(overflow="fold")
    for trouble in troubles:
        table.add_row(Text(trouble.source), Text(trouble.what))
    console.print(table)


def show_digest(console: Console, published: PublishedDigest, reader: Reader) -> None:
    """Print a digest's counts, what its reviewer did, and where its files are."""
    show_heading(console, "The weekly digest: drafted, reviewed, published")
    console.print(render_digest_table(published.digest, reader))
    console.print(Text(f"The reviewer {published.done}."))
    console.print(Text(f"Files: {', '.join(map(str, published.files))}"))


def show_report(console: Console, report: EpisodeReport) -> None:
    """Print how the episodes were judged, what alerted falsely, and how the wires were folded."""
    met, judgements = report.judgements
    show_heading(console, f"{report.told} of {len(report.episodes)} episodes judged as the table expects")
    console.print(
        Text(
            "An episode counts when an alert tells of it with the right speaker, tier, target, stance and "
            f"act, and nothing of it alerts that must not. Of its single judgements {met} of {judgements} "
            f"are as expected, in {report.passed} episodes all."
        )
    )
    for episode in report.episodes:
        if not episode.as_expected:
            met = episode.expectations - len(episode.misses)
            mark = "told" if episode.told else "not told"
            console.print(
                Text(
                    f"{episode.title}: {mark}, {met} of {episode.expectations} judgements",
                    style="yellow" if episode.told else "red",
                )
            )
            for miss in () if episode.told else episode.misses:
                console.print(Padding(Text(describe_miss(miss)), (0, 0, 0, 4)))
    met = report.background_expectations - len(report.background_misses)
    if report.background_expectations:
        console.print(f"{met} of {report.background_expectations} further judgements are as expected")
    noise = "noise raised no alert" if not report.false_alerts else "alerts on noise:"
    console.print(Text(noise, style="green" if not report.false_alerts else "red"))
    for alert in report.false_alerts:
        a = alert.finding.assessment
        said = f"{a.stance} toward {a.target}: {_shorten(a.statement.text)} ({alert.finding.outlet})"
        console.print(Padding(Text(said), (0, 0, 0, 4)))
    for wire in report.wires:
        text = f"a wire in {wire.carriers} outlets: {len(wire.alerts)} alerts, {wire.expected} expected"
        console.print(Text(text, style="green" if wire.as_expected else "red"))


def describe_miss(miss: Miss) -> str:
    """Return one line that says which words were judged how, and how they should have been."""
    wrong = "; ".join(f"{m.what}: expected {m.expected}, got {m.got}" for m in miss.mismatches)
    sure = ""
    if miss.finding is not None:
        a = miss.finding.assessment
        sure = f" [{a.stance} {a.judgement.probabilities.of(a.stance):.2f}, severity {a.severity}"
        sure += ", uncertain]" if a.judgement.uncertain else "]"
    e = miss.expectation
    return f"{e.item} “{_shorten(e.quote)}” → {e.target}: {wrong}{sure}"


def describe_all(report: EpisodeReport) -> str:
    """Return every unmet expectation, a line each, for a file."""
    met, judgements = report.judgements
    lines = [
        f"{report.told} of {len(report.episodes)} episodes judged as the table expects; "
        f"{met} of {judgements} single judgements, {report.passed} episodes in all of them"
    ]
    for episode in report.episodes:
        lines.extend(f"{episode.id}: {describe_miss(miss)}" for miss in episode.misses)
    lines.extend(f"background: {describe_miss(miss)}" for miss in report.background_misses)
    for alert in report.false_alerts:
        a = alert.finding.assessment
        lines.append(f"noise: {a.stance} toward {a.target}: {a.statement.text} ({alert.finding.url})")
    return "\n".join(lines) + "\n"


def _shorten(text: str) -> str:
    return text if len(text) <= QUOTE_LENGTH else text[:QUOTE_LENGTH].rsplit(" ", 1)[0] + "…"
