"""How the reading of history is shown: bars while it goes on, a table when it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from monitor.domain.backfill import BackfillReport
from monitor.messages.inert import make_inert

OnPage = Callable[[BackfillReport], None]
OnJudged = Callable[[int], None]
_DAY = timedelta(days=1)


@contextmanager
def show_history(
    source_ids: Sequence[str], since: datetime, now: datetime
) -> Iterator[tuple[OnPage, OnJudged]]:
    """Show a bar per source on a terminal's stderr, as long as the time that is to be gone back.

    Yields what is told of every page, and what is told how many statements are judged.
    """
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[found]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        days = (now - since) / _DAY
        tasks = {name: bar.add_task(escape(name), total=days, found="") for name in source_ids}
        judging = bar.add_task("judged", total=None, found="", visible=False)

        def on_page(report: BackfillReport) -> None:
            state = report.backfill
            back = min((now - report.oldest) / _DAY, days) if report.oldest else 0
            found = f"{state.articles} articles on {state.pages} pages"
            done = days if report.ending.is_final else back
            bar.update(tasks[state.source_id], completed=done, found=found)

        def on_judged(count: int) -> None:
            bar.update(judging, found=f"{count} statements", visible=True)

        yield on_page, on_judged


def print_histories(reports: Sequence[BackfillReport]) -> None:
    """Print to stderr what came of each source, and why it ended where it did."""
    table = Table("source", "articles", "failed", "pages", "back to", "ended", box=None)
    for report in reports:
        state = report.backfill
        table.add_row(
            escape(state.source_id),
            str(state.articles),
            str(report.failures),
            str(state.pages),
            f"{report.oldest:%Y-%m-%d}" if report.oldest else "–",
            f"{report.ending}: {escape(make_inert(report.reason))}",
        )
    Console(stderr=True).print(table)
