"""How checks of sources are shown: a table, what is wrong below it, and lines to paste."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import timedelta

from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.messages.inert import make_inert
from monitor.pipeline.source_check import SourceCheck

_LONGEST = 300


def print_checks(console: Console, checks: Sequence[SourceCheck]) -> None:
    """Print one row for each source, then the complaints and suggestions of those that have some."""
    table = Table(
        "source", "state", "robots", "items", "dated", "newest", "text", "language", "selectors", "by"
    )
    for check in checks:
        state = Text("healthy", "green") if check.healthy else Text(_state(check), "red")
        table.add_row(
            check.source_id,
            state,
            check.robots,
            str(check.items),
            f"{check.dated / check.items:.0%}" if check.items else "–",
            _age(check.newest),
            str(check.length) if check.length is not None else "–",
            ", ".join(check.languages) or "–",
            _selectors(check),
            ", ".join(check.extractors) or "–",
        )
    console.print(table)
    for check in checks:
        if not check.healthy:
            _print_complaints(console, check)
    healthy = sum(check.healthy for check in checks)
    console.print(f"{healthy} of {len(checks)} sources are healthy.")


def to_json(check: SourceCheck) -> str:
    """Return a check as one line of JSON; ages are in seconds."""
    data = asdict(replace(check, suggestions=()))
    data["suggestions"] = [{"toml": each.toml, "tried": each.tried} for each in check.suggestions]
    data["newest"] = check.newest.total_seconds() if check.newest else None
    data["text_length"] = check.length
    data["healthy"] = check.healthy
    data["selectors"] = [{**asdict(each), "dead": each.is_dead} for each in check.selectors]
    return json.dumps(data, ensure_ascii=False)


def _print_complaints(console: Console, check: SourceCheck) -> None:
    console.print()
    console.print(Text(check.source_id, "bold"))
    for complaint in check.complaints:
        console.print(Text(f"  • {_short(complaint)}"), soft_wrap=True)
    for note in check.notes:
        console.print(Text(f"    {_short(note)}", "dim"), soft_wrap=True)
    for number, suggestion in enumerate(check.suggestions, start=1):
        console.print(Text(f"  suggestion {number}: {_short(suggestion.tried)}", "cyan"), soft_wrap=True)
        for line in suggestion.toml.splitlines():
            console.print(Text(f"      {make_inert(line)}"), soft_wrap=True)


def _state(check: SourceCheck) -> str:
    if check.anti_bot:
        return "anti-bot page"
    return check.trouble.replace("_", " ") or "unhealthy"


def _selectors(check: SourceCheck) -> str:
    """Return how many nodes each selector found on how many pages, the dead ones marked."""
    shown = (f"{s.key.partition('.')[2]} {s.nodes}{'!' if s.is_dead else ''}" for s in check.selectors)
    return ", ".join(shown) or "–"


def _age(age: timedelta | None) -> str:
    if age is None:
        return "–"
    if age < timedelta(hours=1):
        return f"{max(age.total_seconds(), 0) // 60:.0f} min"
    return f"{age.total_seconds() / 3600:.0f} h" if age < timedelta(days=3) else f"{age.days} days"


def _short(text: str) -> str:
    inert = make_inert(text)
    return inert if len(inert) <= _LONGEST else f"{inert[:_LONGEST]}…"
