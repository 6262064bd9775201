"""The command that shows how collection goes: health."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from monitor.cli.context import context_of
from monitor.domain.notices import Notice
from monitor.domain.standing import CELL_HOURS, STRIP_DAYS, Cell, Standing

CELLS_A_DAY = 24 // CELL_HOURS
LEVELS = {True: ".:=#", False: "▂▄▆█"}
NOTHING, BLIND, BEFORE = {True: "-", False: "·"}, {True: "x", False: "×"}, " "
NAME_WIDTH = 22
BUSY = 0.9
"""The share of cells that bring less than what is drawn as much."""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: `rhetoric-monitor health --hours`")(health)


def health(
    context: typer.Context,
    bloc: Annotated[str | None, typer.Option(help="Only sources of this bloc.")] = None,
    hours: Annotated[
        bool, typer.Option("--hours", help="Draw the last seven days of each source as a strip.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Show what is wrong now, and how reading each source goes: volume, trouble, extraction, languages.

    Exit code 1 while a trouble lasts.
    """
    from monitor.pipeline.figures import FigureBook

    shared = context_of(context)
    app, settings = shared.app, shared.settings
    zone, now = ZoneInfo(settings.monitor.timezone), app.clock.now()
    chosen = [source for source in settings.enabled_sources if bloc in (None, source.bloc)]
    standings = FigureBook(app.store.watching, app.store.notices).stand(
        chosen, app.store.articles.health(), now
    )
    ids = {source.id for source in chosen} | {""}
    open_notices = [notice for notice in app.store.notices.open() if notice.alarm.source_id in ids]
    if as_json:
        typer.echo(json.dumps(to_json(standings, open_notices, now), ensure_ascii=False, indent=1))
    else:
        console = Console(highlight=False, markup=False)
        print_alarms(console, open_notices, zone)
        if hours:
            print_strips(console, standings, zone)
        else:
            print_standings(console, standings, now)
    if open_notices:
        raise typer.Exit(1)


def print_alarms(console: Console, notices: Sequence[Notice], zone: ZoneInfo) -> None:
    """Print the troubles that last."""
    if not notices:
        console.print("No trouble lasts.")
        return
    console.print(Text(f"{len(notices)} troubles last:", style="bold"))
    for notice in notices:
        local = notice.since.astimezone(zone)
        line = Text.assemble(
            (f"{notice.alarm.kind:<13} ", "bold red"),
            (f"{notice.alarm.source_id or 'the service'}", "bold"),
            f" since {local:%Y-%m-%d %H:%M}: {notice.alarm.detail}",
        )
        console.print(Padding(line, (0, 0, 0, 2)))


def print_standings(console: Console, standings: Sequence[Standing], now: datetime) -> None:
    """Print a table of sources, those in trouble first."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("source", no_wrap=True, max_width=NAME_WIDTH)
    for name in ("last read", "day", "usual", "text", "dated", "page", "unread"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("languages", no_wrap=True)
    table.add_column("trouble", overflow="fold")
    for one in sorted(standings, key=lambda s: (not s.alarms, s.source_id)):
        trouble = ", ".join(
            [notice.alarm.kind.value for notice in one.alarms]
            + [f"{name} {count}" for name, count in sorted(one.troubles.items())]
        )
        table.add_row(
            Text(one.source_id, style="bold red" if one.alarms else ""),
            _ago(one.last_read_at, now),
            str(one.seen),
            "?" if one.expected is None else f"{one.expected:.0f}",
            "?" if one.text_length is None else f"{one.text_length:.0f}",
            _percent(one.dated),
            _percent(one.text_share),
            str(one.unread),
            _shares(one.languages),
            Text(trouble, style="red" if one.alarms else "yellow"),
        )
    console.print(table)
    console.print(
        "day, usual: articles of the last 24 hours, and how many the source's rhythm lets expect;\n"
        "text: median characters; page: how much of it is text; trouble: alarms, visits of the last day",
        style="dim",
    )


def print_strips(console: Console, standings: Sequence[Standing], zone: ZoneInfo) -> None:
    """Print the last seven days of each source, a character for three hours, in 100 columns."""
    plain = console.options.ascii_only or not (sys.stdout.encoding or "").lower().startswith("utf")
    if standings:
        days = standings[0].strip[::CELLS_A_DAY]
        heads = (f"{cell.since.astimezone(zone):%a %d}".ljust(CELLS_A_DAY + 1) for cell in days)
        console.print(" " * (NAME_WIDTH + 1) + "".join(heads), style="dim", no_wrap=True)
    for one in sorted(standings, key=lambda s: (not s.alarms, s.source_id)):
        line = Text(f"{one.source_id[:NAME_WIDTH]:<{NAME_WIDTH}} ", style="bold red" if one.alarms else "")
        line.append(draw_strip(one.strip, plain=plain), style="not bold default")
        console.print(line, no_wrap=True, overflow="crop")
    few, many = LEVELS[plain][0], LEVELS[plain][-1]
    console.print(
        f"{few} few … {many} many articles, by the source's own measure; {NOTHING[plain]} read, nothing new;"
        f" {BLIND[plain]} blind; blank: not watched yet",
        style="dim",
    )


def draw_strip(strip: Sequence[Cell], *, plain: bool) -> str:
    """Return a source's week as characters, days apart from one another."""
    counts = sorted(cell.articles for cell in strip if cell.articles)
    most = counts[int(len(counts) * BUSY)] if counts else 0  # one flood must not flatten all the rest
    marks = "".join(_mark(cell, most, plain=plain) for cell in strip)
    return " ".join(marks[n * CELLS_A_DAY : (n + 1) * CELLS_A_DAY] for n in range(STRIP_DAYS))


def _mark(cell: Cell, most: int, *, plain: bool) -> str:
    if cell.is_before:
        return BEFORE
    if cell.is_blind:
        return BLIND[plain]
    if not cell.articles:
        return NOTHING[plain]
    levels = LEVELS[plain]
    return levels[min(len(levels) - 1, cell.articles * len(levels) // (most + 1))]


def to_json(standings: Sequence[Standing], notices: Sequence[Notice], now: datetime) -> dict[str, Any]:
    """Return everything that the table shows, and each hour's cell, for machines."""
    return {
        "at": now.isoformat(),
        "alarms": [_notice_json(notice) for notice in notices],
        "sources": [
            {
                **{key: value for key, value in asdict(one).items() if key not in ("alarms", "strip")},
                "last_read_at": one.last_read_at.isoformat() if one.last_read_at else None,
                "alarms": [notice.alarm.kind.value for notice in one.alarms],
                "cells": [
                    {
                        "since": cell.since.isoformat(),
                        "articles": cell.articles,
                        "read_hours": cell.read,
                        "blind_hours": cell.blind,
                    }
                    for cell in one.strip
                ],
            }
            for one in standings
        ],
    }


def _notice_json(notice: Notice) -> dict[str, str]:
    return {
        "kind": notice.alarm.kind.value,
        "source": notice.alarm.source_id,
        "detail": notice.alarm.detail,
        "since": notice.since.isoformat(),
        "told_at": notice.began_at.isoformat(),
    }


def _ago(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "never"
    minutes = max(0, int((now - moment).total_seconds() // 60))
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 72 * 60 else f"{minutes // 1440} d"


def _percent(share: float | None) -> str:
    return "?" if share is None else f"{100 * share:.0f}%"


def _shares(languages: Mapping[str, int]) -> str:
    """Write the languages with their shares, the two most frequent."""
    total = sum(languages.values())
    ranked = sorted(languages.items(), key=lambda pair: (-pair[1], pair[0]))[:2]
    return " ".join(f"{name or '?'} {100 * count / total:.0f}%" for name, count in ranked)
