"""How a preview of a source is shown: its items, then articles with their statements and judgements."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.domain.stance import Stance
from monitor.messages.inert import make_inert

if TYPE_CHECKING:
    from monitor.domain.source import Source
    from monitor.domain.statement import Assessment
    from monitor.pipeline.preview import Preview, PreviewedArticle

_COLOURS = {Stance.HOSTILE: "red", Stance.NEUTRAL: "default", Stance.CONCILIATORY: "blue"}
_MOST_ITEMS = 30
_TEXT = 600


def print_preview(console: Console, source: Source, preview: Preview) -> None:
    """Print what the source shows now and what would become of it."""
    table = Table(title=f"{source.id}: {len(preview.items)} items")
    table.add_column("date (UTC)", no_wrap=True)
    table.add_column("title")
    table.add_column("link", overflow="fold")
    for item in preview.items[:_MOST_ITEMS]:
        date = f"{item.published_at:%Y-%m-%d %H:%M}" if item.published_at else "no date"
        table.add_row(date, Text(make_inert(item.title) or "no title"), Text(make_inert(item.url)))
    console.print(table)
    if len(preview.items) > _MOST_ITEMS:
        console.print(f"… and {len(preview.items) - _MOST_ITEMS} more")
    for reason in preview.left_out[:5]:
        console.print(Text(f"left out: {make_inert(reason)}", "yellow"), soft_wrap=True)
    for read in preview.articles:
        _print_article(console, read)
    console.print(Text("Nothing was kept and nobody was alerted.", "dim"))


def _print_article(console: Console, read: PreviewedArticle) -> None:
    console.print()
    article, reading = read.article, read.reading
    if article is None or reading is None:
        console.print(Text(make_inert(read.item.title), "bold"))
        console.print(Text(f"  not read: {make_inert(read.problem)}", "red"), soft_wrap=True)
        return
    console.print(Text(make_inert(article.title), "bold"), soft_wrap=True)
    date = f"{article.published_at:%Y-%m-%d %H:%M} UTC" if article.published_at else "no date"
    language = reading.lang or "no language"
    facts = [date, f"{len(article.text)} characters", f"by {article.extractor}", language]
    console.print(
        Text(f"  {' | '.join(facts)}{f' | {article.date_note}' if article.date_note else ''}", "dim")
    )
    text = make_inert(article.text)
    console.print(Text(f"  {text[:_TEXT]}{'…' if len(text) > _TEXT else ''}"), soft_wrap=True)
    if not reading.readable:
        console.print(
            Text("  in a language that the model does not read: kept and shown as unread", "yellow")
        )
        return
    judged: dict[int, list[Assessment]] = defaultdict(list)
    for assessment in reading.assessments:
        judged[assessment.statement.index].append(assessment)
    console.print(f"  {len(read.statements)} statements, {len(reading.assessments)} judgements")
    for statement in read.statements:
        found = judged.get(statement.index, [])
        mark = "→" if found else "·"
        style = "" if found else "dim"
        console.print(Text(f"  {mark} {make_inert(statement.text)}", style), soft_wrap=True)
        for assessment in found:
            console.print(_describe(assessment), soft_wrap=True)


def _describe(assessment: Assessment) -> Text:
    speaker, judgement = assessment.speaker, assessment.judgement
    line = Text("      ")
    line.append(f"{assessment.stance} {max(_parts(assessment)):.2f}", _COLOURS[assessment.stance])
    line.append(f" toward {assessment.target}")
    line.append(f" by {make_inert(speaker.name or 'nobody named')} ({speaker.tier}, {speaker.bloc})")
    if judgement.acts:
        line.append(f", {', '.join(judgement.acts)}")
    line.append(f", severity {assessment.severity:.0f}")
    if judgement.uncertain:
        line.append(", uncertain: would not alert", "yellow")
    return line


def _parts(assessment: Assessment) -> tuple[float, float, float]:
    p = assessment.judgement.probabilities
    return p.hostile, p.neutral, p.conciliatory
