"""The command `history`: every text that an article had, and what each edit did to what was said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.text import Text

from monitor.cli.context import context_of
from monitor.errors import StorageError

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.domain.changes import ArticleVersions, ChangedArticle, Revision, StatementChange
    from monitor.domain.statement import Finding
    from monitor.domain.word_diff import Piece
    from monitor.messages.reader import Reader

_STYLES = {"softened": "cyan", "sharpened": "red", "removed": "yellow", "added": "green"}
_NOT_COLLECTED = 1


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: `rhetoric-monitor history https://example.org/news/1`")(history)


def history(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="The article's address, as collected.")],
    whole: Annotated[
        bool, typer.Option("--whole", help="Show unchanged stretches of the text in full.")
    ] = False,
) -> None:
    """Show every text that an article had, when it was seen, what changed, and what was taken down.

    Words that went stand in [-…-], words that came in {+…+}. Each text is named with the hash of its
    archived page, which `archive export` gives out.
    """
    from monitor.messages.reader import Reader

    app = context_of(context).app
    if not app.has_store:
        url_of_store = app.settings.monitor.store.url
        raise StorageError(f"{url_of_store}: there is no store yet; `rhetoric-monitor collect` makes one")
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    found = app.store.changes.versions(url)
    if not found:
        console.print(f"No article was collected from {url}; give its address as an alert shows it.")
        raise typer.Exit(_NOT_COLLECTED)
    zone = ZoneInfo(app.settings.monitor.timezone)
    reader = Reader.of("en", zone, app.settings.targets, app.settings.speakers)
    for versions in found:
        for line in describe_versions(versions, reader, whole=whole):
            console.print(line)


def describe_versions(versions: ArticleVersions, reader: Reader, *, whole: bool = False) -> Iterator[Text]:
    """Yield an article's life line by line: its first text, then what happened to it, in order."""
    from monitor.domain.changes import ChangeKind
    from monitor.messages.inert import make_inert

    state = ", taken down" if versions.is_gone else ""
    yield Text(f"{make_inert(versions.outlet)} ({versions.source_id}){state}", style="bold")
    yield Text(make_inert(versions.url), style="dim")
    edits = {c.change.to_revision: c for c in versions.changes if c.change.is_edit}
    told: list[tuple[datetime, int, list[Text]]] = []
    before: Revision | None = None
    for revision in versions.revisions:
        described = _describe_revision(
            before, revision, edits.get(revision.copy.revision), reader, whole=whole
        )
        told.append((revision.copy.seen_at, 0, list(described)))
        before = revision
    for changed in versions.changes:
        if not changed.change.is_edit:
            gone = changed.change.kind is ChangeKind.REMOVED
            said = f"{reader.moment(changed.change.seen_at)}  {'taken down' if gone else 'there again'}"
            line = Text(said, style="bold yellow" if gone else "bold green")
            told.append((changed.change.seen_at, 1, [line]))
    for _, _, lines in sorted(told, key=lambda event: event[:2]):
        yield Text()
        yield from lines
    yield Text()


def _describe_revision(
    before: Revision | None, revision: Revision, edit: ChangedArticle | None, reader: Reader, *, whole: bool
) -> Iterator[Text]:
    from monitor.domain.word_diff import diff_texts
    from monitor.messages.inert import make_inert

    copy = revision.copy
    head = Text(f"{reader.moment(copy.seen_at)}  revision {copy.revision}", style="bold")
    head.append(f"  sha256 {copy.page_sha256}", style="dim not bold")
    yield head
    if before is None:
        yield Text(f"  {make_inert(revision.title)}")
        yield Text(f"  {len(revision.text)} characters", style="dim")
        return
    yield _paint(diff_texts(_written(before), _written(revision)), whole=whole)
    if edit is None:
        yield Text("  not compared: not judged yet, or in a language that is not read", style="dim")
        return
    if not edit.statements:
        yield Text("  no judged statement changed", style="dim")
    for statement in edit.statements:
        yield _describe_statement(statement, reader)


def _written(revision: Revision) -> str:
    return f"{revision.title}\n{revision.text}"


def _paint(pieces: Sequence[Piece], *, whole: bool) -> Text:
    """Return a diff, its kept stretches cut unless all is wanted."""
    from monitor.domain.word_diff import PieceKind
    from monitor.messages.change import cut_kept
    from monitor.messages.inert import make_inert

    painted = Text("  ")
    for place, piece in enumerate(pieces):
        text = piece.text
        if piece.kind is PieceKind.KEPT and not whole:
            text = cut_kept(text, first=place == 0, last=place == len(pieces) - 1)
        # Paragraphs stay; everything else that moves the cursor goes.
        text = "\n  ".join(make_inert(line) for line in text.split("\n"))
        if piece.kind is PieceKind.KEPT or not text.strip():
            painted.append(text)
        elif piece.kind is PieceKind.GONE:
            painted.append(_around(text, "[-", "-]"), style="red strike")
        else:
            painted.append(_around(text, "{+", "+}"), style="bold green")
    return painted


def _around(text: str, before: str, after: str) -> str:
    words = text.strip()
    return text.replace(words, f"{before}{words}{after}", 1)


def _describe_statement(change: StatementChange, reader: Reader) -> Text:
    from monitor.messages.inert import make_inert

    finding = change.finding
    line = Text("  ")
    line.append(f"{change.kind.value:9}", style=_STYLES.get(change.kind.value, ""))
    line.append(f" → {make_inert(reader.target(finding.assessment.target))}: ", style="bold")
    line.append(" → ".join(_judged(f) for f in (change.before, change.after) if f is not None))
    line.append(f", {reader.speaker(finding.assessment.speaker)}\n")
    line.append(f"            {make_inert(finding.assessment.statement.text)}", style="dim")
    return line


def _judged(finding: Finding) -> str:
    judgement = finding.assessment.judgement
    return f"{judgement.stance} {judgement.probabilities.of(judgement.stance):.2f}"
