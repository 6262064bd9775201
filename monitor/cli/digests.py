"""Commands of the weekly digest: draft, show, review, publish."""

from __future__ import annotations

import getpass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.context import Context, context_of

if TYPE_CHECKING:
    from monitor.domain.digest import Digest

app = typer.Typer(
    name="digest",
    help="Draft, review and publish the weekly digest. Example: `rhetoric-monitor digest show`",
    no_args_is_help=True,
)

Week = Annotated[
    datetime | None,
    typer.Option("--week", formats=["%Y-%m-%d"], help="Any day of the week; the newest digest if left out."),
]
Reviewer = Annotated[str | None, typer.Option("--reviewer", help="Who reviews; your user name if left out.")]
Entry = Annotated[int, typer.Argument(help="The entry's number, as `digest show` prints it.")]


def _moment(shared: Context, week: datetime | None) -> datetime | None:
    """Take the day as noon on the readers' wall clock, so that it falls into the right week."""
    return datetime.combine(week.date(), time(12), shared.app.desk.zone) if week else None


def _print(shared: Context, digest: Digest) -> None:
    from rich.console import Console

    from monitor.digest.terminal import print_digest

    print_digest(Console(), digest, shared.app.targets, shared.app.store.digests.steps(digest.week))


def _review(
    context: typer.Context,
    week: datetime | None,
    reviewer: str | None,
    action: str,
    entry: int | None = None,
    detail: str = "",
) -> None:
    shared = context_of(context)
    desk = shared.app.desk
    digest = desk.show(_moment(shared, week))
    who = reviewer or getpass.getuser()
    digest = desk.review(digest.week, who, action, datetime.now(UTC), entry, detail)
    typer.echo(f"{who}: {action}{f' entry {entry}' if entry else ''}{f' as {detail}' if detail else ''}")
    typer.echo(f"The digest of {digest.week.astimezone(desk.zone):%Y-%m-%d} is {digest.state}.")


@app.command()
def draft(
    context: typer.Context,
    week: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Any day of the week; last week if left out."),
    ] = None,
) -> None:
    """Draft a week's digest now, instead of waiting for its time."""
    shared = context_of(context)
    desk, now = shared.app.desk, datetime.now(UTC)
    wanted = _moment(shared, week) or desk.due_week(now)
    made = desk.draft(wanted, now)
    if made is None:
        typer.echo("There is a digest for this week already; `digest show` prints it.")
        raise typer.Exit(1)
    _print(shared, made)


@app.command()
def show(context: typer.Context, week: Week = None) -> None:
    """Print a digest with its entries' numbers and who did what to it."""
    shared = context_of(context)
    _print(shared, shared.app.desk.show(_moment(shared, week)))


@app.command("list")
def list_weeks(context: typer.Context) -> None:
    """List the digests and their states."""
    desk = context_of(context).app.desk
    for week in desk.digests.weeks():
        digest = desk.show(week)
        local: date = week.astimezone(desk.zone).date()
        typer.echo(f"{local:%Y-%m-%d}  {digest.state:<10} {len(digest.entries)} entries")


@app.command()
def drop(context: typer.Context, entry: Entry, week: Week = None, reviewer: Reviewer = None) -> None:
    """Leave an entry out of the digest."""
    _review(context, week, reviewer, "drop", entry)


@app.command()
def restore(context: typer.Context, entry: Entry, week: Week = None, reviewer: Reviewer = None) -> None:
    """Take a dropped entry back in."""
    _review(context, week, reviewer, "restore", entry)


@app.command()
def relabel(
    context: typer.Context,
    entry: Entry,
    stance: Annotated[str, typer.Argument(help="hostile, neutral or conciliatory.")],
    week: Week = None,
    reviewer: Reviewer = None,
) -> None:
    """Correct an entry's stance."""
    _review(context, week, reviewer, "relabel", entry, stance)


@app.command()
def approve(context: typer.Context, week: Week = None, reviewer: Reviewer = None) -> None:
    """Sign the digest: from now on it can be published and is no longer changed."""
    _review(context, week, reviewer, "approve")


@app.command()
def publish(context: typer.Context, week: Week = None, reviewer: Reviewer = None) -> None:
    """Write the approved digest's files and send it to the subscribers, once."""
    shared = context_of(context)
    desk = shared.app.desk
    digest = desk.show(_moment(shared, week))
    paths = desk.publish(digest.week, reviewer or getpass.getuser(), datetime.now(UTC))
    for path in paths:
        typer.echo(Path(path))
