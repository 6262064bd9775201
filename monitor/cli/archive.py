"""Commands of the archive: verify, export, prune, show."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from rich.filesize import decimal

from monitor.cli.context import Context, context_of
from monitor.cli.progress import show_progress
from monitor.errors import ArchiveError, StorageError

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.domain.archive import Damage
    from monitor.domain.statement import Finding

app = typer.Typer(
    name="archive",
    help="Prove, export and prune what was read. Example: `rhetoric-monitor archive verify`",
    no_args_is_help=True,
)

DAMAGED = 1
FORMATS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M"]


def _open(shared: Context) -> App:
    if not shared.app.has_store:
        raise StorageError(
            f"{shared.settings.monitor.store.url}: there is no store yet, so nothing is archived"
        )
    return shared.app


def _moment(shared: Context, given: datetime | None) -> datetime | None:
    """Take a time as one on the readers' wall clock."""
    zone = ZoneInfo(shared.settings.monitor.timezone)
    return given.replace(tzinfo=zone).astimezone(UTC) if given else None


def _print_damage(damage: Damage) -> None:
    from monitor.messages.inert import make_inert

    detail = f": {damage.detail}" if damage.detail else ""
    typer.echo(f"{damage.kind.value}: {make_inert(damage.url)} sha256:{damage.sha256}{make_inert(detail)}")


@app.command()
def verify(context: typer.Context) -> None:
    """Hash every archived page again, and look whether revisions, texts and statements fit.

    Prints each damage with its address and hash; the exit code is 1 where there is one. The service
    may go on meanwhile.
    """
    from monitor.pipeline.archive import verify_archive

    archive = _open(context_of(context)).store.archive
    with show_progress("verifying", archive.count_pages()) as progress:
        result = verify_archive(archive, progress, _print_damage)
    typer.echo(
        f"{result.sound} pages sound ({decimal(result.size)} as kept), "
        f"{result.pruned} pruned by a rule, {len(result.damages)} damaged"
    )
    if result.damages:
        typer.echo("What is damaged proves nothing any more; restore it from a copy of the store.", err=True)
        raise typer.Exit(DAMAGED)


@app.command()
def export(
    context: typer.Context,
    output: Annotated[
        Path, typer.Argument(metavar="OUT.warc.gz", help="The file; it must not be there yet.")
    ],
    since: Annotated[
        datetime | None, typer.Option(formats=FORMATS, help="From when on, in the readers' zone.")
    ] = None,
    until: Annotated[datetime | None, typer.Option(formats=FORMATS, help="Up to when, not included.")] = None,
    source: Annotated[
        list[str] | None, typer.Option(help="Only this source; may be given several times.")
    ] = None,
) -> None:
    """Write archived answers, with their requests, as a WARC 1.1 file.

    Bytes that stand in the file already become revisit records. What is damaged is left out and
    named; the exit code is then 1.
    """
    from monitor import __version__
    from monitor.archive import export_warc

    shared = context_of(context)
    opened = _open(shared)
    chosen = (_moment(shared, since), _moment(shared, until), source or ())
    archive = opened.store.archive
    with show_progress("exporting", archive.count_captures(*chosen)) as progress:
        software = f"rhetoric-monitor/{__version__}"
        exported = export_warc(output, archive.captures(*chosen), software, opened.clock.now(), progress)
    for damage in exported.damages:
        _print_damage(damage)
    typer.echo(
        f"{output}: {exported.responses} answers, {exported.revisits} seen again, {exported.resources} texts "
        f"of items and files; left out: {exported.pruned} pruned, {len(exported.damages)} damaged"
    )
    if exported.damages:
        raise typer.Exit(DAMAGED)


@app.command()
def prune(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be let go.")] = False,
) -> None:
    """Let go of archived bytes that the rules under `[archive]` no longer keep; the service does so daily.

    The database's file does not shrink by it: freed room is used again. To give it back to the disk stop
    the service and run VACUUM with the sqlite3 program.
    """
    from monitor.pipeline.archive import prune_archive

    opened = _open(context_of(context))
    retention = opened.settings.monitor.archive.build()
    with show_progress("pruning", None) as progress:
        pruned = prune_archive(
            opened.store.archive, opened.clock.now(), retention, dry_run=dry_run, on_batch=progress
        )
    for one in pruned:
        verb = "would be let go" if dry_run else "let go"
        typer.echo(f"{one.rule.value}: {one.count} {verb}, {decimal(one.size)} as kept")
    if not pruned:
        typer.echo("Every rule under [archive] keeps for ever.")


@app.command()
def show(
    context: typer.Context,
    number: Annotated[int, typer.Argument(min=1, help="The alert's number, as in /why 3.")],
    is_finding: Annotated[bool, typer.Option("--finding", help="The number is that of a finding.")] = False,
    save: Annotated[
        Path | None,
        typer.Option("--save", help="Write the archived bytes to this file, too; of an edit those after it."),
    ] = None,
) -> None:
    """Print what an alert rests on: address, time, hash, request, headers, and where the statement stands.

    The archived page is read again with today's configuration to look for the statement. The exit code
    is 1 where the archive does not prove it. Of an alert about an edit both statements are shown.
    """
    from monitor.cli.archive_report import print_proof
    from monitor.extract import extract_article
    from monitor.ingest import extract_document
    from monitor.notify.console import make_console
    from monitor.pipeline.by_kind import ExtractorByPage
    from monitor.pipeline.proof import Verdict, prove_statement

    opened = _open(context_of(context))
    sources = {source.id: source for source in opened.settings.sources}
    extract = ExtractorByPage(pages=extract_article, documents=extract_document)
    console, sound = make_console(), True
    for finding in _findings(opened, number, is_finding=is_finding):
        proof = prove_statement(opened.store.archive, sources, extract, finding.id, opened.clock.now())
        if proof is None:
            raise StorageError(f"finding {finding.id}: the archive has no page for it; run `archive verify`")
        print_proof(console, proof, opened.readers["en"])
        sound = sound and proof.verdict in (Verdict.CONFIRMED, Verdict.MOVED)
        if save is not None:
            _save(save, proof.evidence.capture.page.body)
    if not sound:
        raise typer.Exit(DAMAGED)


def _save(path: Path, body: bytes) -> None:
    try:
        path.write_bytes(body)
    except OSError as error:
        raise ArchiveError(f"{path}: it cannot be written: {error.strerror or error}") from error


def _findings(opened: App, number: int, *, is_finding: bool) -> list[Finding]:
    """Return the findings behind a number: of an edit the statement before it and the one after."""
    if is_finding:
        finding = opened.store.findings.get(number)
        if finding is None:
            raise StorageError(f"there is no finding {number}")
        return [finding]
    alert = opened.store.alerts.by_number(number)
    if alert is None:
        raise StorageError(f"there is no alert {number}; give --finding if it is a finding's number")
    both = [alert.former, alert.finding]
    return list({finding.id: finding for finding in both if finding is not None}.values())
