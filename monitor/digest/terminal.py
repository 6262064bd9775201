"""The digest on a terminal, with the numbers that reviewers name entries by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.digest.words import day, words
from monitor.domain.actors import Target
from monitor.domain.digest import Digest, DigestEntry, ReviewStep, TargetSection
from monitor.domain.stance import Stance
from monitor.messages.numbers import signed

COLOURS = {Stance.HOSTILE: "red", Stance.NEUTRAL: "white", Stance.CONCILIATORY: "blue"}


def print_digest(
    console: Console, digest: Digest, targets: Mapping[str, Target], steps: Sequence[ReviewStep]
) -> None:
    """Print overview, entries, gaps and the review so far; scraped text is printed as inert text."""
    w, zone = words("en"), ZoneInfo(digest.zone)
    console.print(
        Text.assemble(
            (f"{w['title']}: {w['week']} {day(digest.week.astimezone(zone))}", "bold"),
            f"   {digest.state}   {w['model']}: {digest.model}",
        )
    )
    console.print(_overview(digest, targets, w))
    for section in digest.sections:
        if section.entries:
            console.print(Text(_title(targets, section.target), style="bold"))
        for entry in section.entries:
            console.print(_entry(entry, zone))
    for gap in digest.gaps:
        console.print(Text(f"gap: {gap.outlet} ({gap.source_id}): {gap.reason}", style="yellow"))
    for step in steps:
        what = f"{step.action}{f' entry {step.entry}' if step.entry else ''} {step.detail}".rstrip()
        console.print(Text(f"{step.at.astimezone(zone):%Y-%m-%d %H:%M} {step.reviewer}: {what}", style="dim"))


def _title(targets: Mapping[str, Target], target: str) -> str:
    return targets[target].title.get("en", target) if target in targets else target


def _overview(digest: Digest, targets: Mapping[str, Target], w: Mapping[str, str]) -> Table:
    table = Table(w["target"])
    for column in ("hostile", "neutral", "conciliatory", "mean", "change"):
        table.add_column(w[column], justify="right")
    for s in digest.sections:
        difference = s.change.difference
        table.add_row(
            _title(targets, s.target),
            Text(str(s.hostile), style="red" if s.hostile else ""),
            str(s.neutral),
            Text(str(s.conciliatory), style="blue" if s.conciliatory else ""),
            _mean(s, w),
            signed(difference) if difference is not None else w["insufficient"],
        )
    return table


def _mean(section: TargetSection, w: Mapping[str, str]) -> str:
    mean = signed(section.mean_intensity) if section.mean_intensity is not None else "–"
    return mean if section.coverage is None else f"{mean} ({w['coverage']} {section.coverage:.2f})"


def _entry(entry: DigestEntry, zone: ZoneInfo) -> Text:
    finding = entry.finding
    a = finding.assessment
    who = a.speaker.name or str(a.speaker.tier)
    line = Text.assemble(
        (f"{entry.number:>3} ", "bold"),
        (f"{entry.stance:<12} ", COLOURS[entry.stance]),
        f"{a.severity:>3}  {who} ({a.speaker.tier}, {a.speaker.bloc}): ",
        a.statement.text,
        (f"  {finding.said_at.astimezone(zone):%Y-%m-%d}, {finding.outlet}, {len(finding.outlets)}×", "dim"),
    )
    if entry.relabelled:
        line.append(f"  relabelled from {a.stance}", style="yellow")
    if entry.dropped:
        line.stylize("strike dim")
        line.append("  dropped", style="yellow")
    return line
