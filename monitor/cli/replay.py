"""The command `replay`: which alerts a changed configuration would gain and lose, before it goes live."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from monitor.cli.context import Context, context_of
from monitor.cli.progress import show_progress

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.pipeline.replay import Archive, Replay, Setup
    from monitor.settings import Settings

_SPAN = re.compile(r"(\d+)\s*([hdw])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("replay", epilog="Example: `rhetoric-monitor replay --since 14d --with new-rules.toml`")(
        replay_archive
    )


def replay_archive(
    context: typer.Context,
    since: Annotated[str, typer.Option(help="How far back: 14d, 36h, 2w, or a date, 2024-03-01.")] = "14d",
    until: Annotated[str, typer.Option(help="Up to when, written likewise. Default: now.")] = "",
    proposed: Annotated[
        list[Path] | None,
        typer.Option(
            "--with",
            help="A proposed file (rules, targets, speakers, sources, monitor.toml) or a whole directory; "
            "may be given several times.",
        ),
    ] = None,
    model: Annotated[Path | None, typer.Option(help="The folder of another model.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="Show so many gained and lost alerts; 0: all.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON; --limit holds there too.")] = False,
) -> None:
    """Show which alerts a proposed configuration would have gained and lost, from the archive.

    Nothing is stored or sent. Where only rules, weights or the age of statements change, stored judgements
    are decided again; where targets, speakers or the model change, all texts are read again; where a
    source's selectors change, its pages are extracted again.
    """
    from monitor.cli.replay_report import print_replay, replay_as_dict
    from monitor.differences import find_differences
    from monitor.notify.console import make_console

    shared = context_of(context)
    app, now = shared.app, shared.app.clock.now()
    zone = ZoneInfo(app.settings.monitor.timezone)
    begin, end = read_moment(since, now, zone), read_moment(until, now, zone) if until else now
    if begin >= end:
        raise typer.BadParameter(f"--since {since} is not before {until or 'now'}")
    settings = _load_proposed(shared, proposed or [], model)
    result = _replay(app, settings, begin, end)
    changes = find_differences(app.settings, settings).changed
    if settings.monitor.classify.model != app.settings.monitor.classify.model:
        changes = (*changes, f"model: {settings.monitor.classify.model or 'the promoted or bundled one'}")
    most = limit or None
    if as_json:
        typer.echo(json.dumps(replay_as_dict(result, changes, most), ensure_ascii=False, indent=1))
    else:
        print_replay(make_console(), result, changes, app.readers["en"], most)


def read_moment(written: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment that a span before now, or a date in the readers' zone, names."""
    if span := _SPAN.fullmatch(written.strip()):
        return now - int(span[1]) * _UNITS[span[2]]
    try:
        moment = datetime.fromisoformat(written.strip())
    except ValueError as error:
        hint = "write 14d, 36h, 2w, or a date such as 2024-03-01"
        raise typer.BadParameter(f"{written!r} is no span or date; {hint}") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _load_proposed(shared: Context, files: list[Path], model: Path | None) -> Settings:
    from monitor.settings import load_settings

    settings = load_settings(shared.settings.directory, others=files) if files else shared.settings
    if model is None:
        return settings
    monitor = settings.monitor
    classify = monitor.classify.model_copy(update={"model": str(model)})
    return replace(settings, monitor=monitor.model_copy(update={"classify": classify}))


def _replay(app: App, settings: Settings, since: datetime, until: datetime) -> Replay:
    from monitor.pipeline.replay import replay as run_replay

    archive = make_archive(app)
    present, proposed = make_setup(app, app.settings), make_setup(app, settings)
    with show_progress("replaying", archive.history.count(since, until)) as tell:
        return run_replay(archive, present, proposed, since, until, tell)


def make_archive(app: App) -> Archive:
    """Return where the past is."""
    from monitor.extract import extract_article
    from monitor.pipeline.replay import Archive

    return Archive(app.store.history, app.store.articles.page, extract_article)


def make_setup(app: App, settings: Settings) -> Setup:
    """Return what of a configuration decides alerts; the model is loaded only where texts are read."""
    from monitor.app import App
    from monitor.domain.replay import AlertRules
    from monitor.pipeline.reading import Reader
    from monitor.pipeline.replay import Setup

    def model_of(one: Settings) -> str:
        classify = one.monitor.classify
        return classify.model or f"registry {classify.registry}"

    def reader() -> Reader:
        if settings is app.settings:
            return app.reader
        same = model_of(settings) == model_of(app.settings)
        return app.prepare(settings, None if same else App(settings, app.clock).classifier).reader

    return Setup(
        rules=AlertRules(settings.rules, timedelta(hours=settings.monitor.alerts.max_age_hours)),
        sources={source.id: source for source in settings.sources},
        targets=settings.targets,
        speakers=settings.speakers,
        weights=settings.monitor.weights.build(),
        model=model_of(settings),
        reader=reader,
    )
