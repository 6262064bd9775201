"""The terminal notifier: alerts as panels that are good to read, with colour or without."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TextIO

from rich.box import ROUNDED
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from monitor.domain.alerts import Alert, AlertKind
from monitor.domain.delivery import Delivery, SentMessage
from monitor.domain.digest import Digest, TargetSection
from monitor.domain.stance import Stance
from monitor.domain.statement import Assessment
from monitor.domain.word_diff import PieceKind
from monitor.errors import DeliveryError
from monitor.messages.alert import ALERT_ROOM, name_acts, probability_bar
from monitor.messages.alert_notes import note_alert
from monitor.messages.change import marked_pieces, name_severities, name_turn, tell_copies, tell_fate
from monitor.messages.digest import digest_title
from monitor.messages.inert import excerpt, make_inert, safe_link
from monitor.messages.numbers import signed
from monitor.messages.reader import Reader
from monitor.messages.signal import tell_signal
from monitor.messages.words import CHANGES, STANCES
from monitor.notify.content import (
    AlertContent,
    Content,
    DigestContent,
    SignalContent,
    SummaryContent,
    UpdateContent,
)

STYLES = {Stance.HOSTILE: "bold red", Stance.NEUTRAL: "white", Stance.CONCILIATORY: "bold green"}
CHANGE_STYLES = {
    AlertKind.SOFTENED: "bold cyan",
    AlertKind.SHARPENED: "bold red",
    AlertKind.REMOVED: "bold yellow",
}
WIDEST = 110


def make_console(file: TextIO | None = None) -> Console:
    """Return a console whose stream never fails for a character that it cannot show."""
    stream = file or sys.stdout
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None and not (getattr(stream, "encoding", "") or "").lower().startswith("utf"):
        reconfigure(errors="replace")
    return Console(file=stream, highlight=False, markup=False, emoji=False)


class ConsoleSink:
    """Prints deliveries; scraped text is shown as it is, never interpreted."""

    def __init__(self, console: Console, reader: Callable[[str], Reader]) -> None:
        self._console = console
        self._reader = reader

    async def send(self, delivery: Delivery, content: Content) -> Sequence[SentMessage]:
        """Print one message; a closed stream raises DeliveryError."""
        reader = self._reader(delivery.recipient)
        try:
            self._console.print(self._render(content, reader), width=min(self._console.width, WIDEST))
        except (OSError, ValueError) as error:
            raise DeliveryError(f"the terminal cannot be written: {error}") from error
        return ()

    def _render(self, content: Content, reader: Reader) -> RenderableType:
        if isinstance(content, UpdateContent):
            content = content.shown
        if isinstance(content, SummaryContent):
            return Group(*(self._render(alert, reader) for alert in content.alerts))
        if isinstance(content, AlertContent):
            return render_alert_panel(content, reader, ascii_only=self._console.options.ascii_only)
        if isinstance(content, SignalContent):
            return render_signal_panel(content, reader)
        if isinstance(content, DigestContent):
            return render_digest_table(content.digest, reader)
        return Panel(Text(make_inert(content.text)), title=reader.label("notice"), title_align="left")


def render_signal_panel(content: SignalContent, reader: Reader) -> Panel:
    """Return a shift, a divergence or a silence as a panel."""
    head, *rest = tell_signal(content.signal, reader)
    return Panel(
        Text("\n".join(rest)),
        box=ROUNDED,
        title=Text(head, style="bold magenta"),
        title_align="left",
        border_style="magenta",
        padding=(0, 1),
    )


def render_alert_panel(content: AlertContent, reader: Reader, *, ascii_only: bool = False) -> Panel:
    """Return an alert as a panel; without colour the words still say everything."""
    alert, finding = content.alert, content.alert.finding
    a = finding.assessment
    arrow = "->" if ascii_only else "→"
    told = alert.kind is not AlertKind.STATEMENT
    style = CHANGE_STYLES[alert.kind] if told else STYLES[a.stance]
    said = STANCES[reader.language][a.stance].upper()
    if told:
        said = f"{CHANGES[reader.language][alert.kind].upper()} ({name_turn(alert, reader, arrow)})"
    title = Text(f"{said} {arrow} ", style=style)
    title.append(make_inert(reader.target(a.target)))
    title.append(f" | {reader.label('severity')} {name_severities(alert, arrow)}")
    where = Text(f"{reader.outlets(finding)}, {reader.said(finding)}", style="dim")
    return Panel(
        Group(
            _edited_quotation(alert) if told and alert.kind is not AlertKind.REMOVED else _quotation(content),
            *(Text(line, style="bold") for line in (tell_fate(alert, reader),) if line),
            Text(),
            _speaker(a, reader, arrow),
            *_judgements(alert, reader, ascii_only=ascii_only),
            *(Text(line, style="bold") for line in note_alert(alert, reader)),
            where,
            *(Text(make_inert(line), style="dim") for line in tell_copies(alert, reader)),
            Text(safe_link(finding.url) or "", style="dim", overflow="fold"),
        ),
        box=ROUNDED,
        title=title,
        title_align="left",
        subtitle=Text(f"/why {content.number}"),
        subtitle_align="right",
        border_style=style,
        padding=(0, 1),
    )


def _speaker(a: Assessment, reader: Reader, arrow: str) -> Text:
    speaker = Text(reader.speaker(a.speaker), style="bold")
    details = "; ".join(part for part in (make_inert(a.speaker.role), reader.office(a.speaker)) if part)
    speaker.append(f" ({details})" if details else "", style="not bold")
    speaker.append(f" {arrow} ")
    speaker.append(make_inert(reader.target(a.target)), style="bold")
    return speaker


def _judgements(alert: Alert, reader: Reader, *, ascii_only: bool) -> list[Text]:
    """Return how the statement was judged: before and after the edit, where there was one."""
    now = _judged(alert.finding.assessment, reader, ascii_only=ascii_only)
    if alert.former is None or alert.kind is AlertKind.REMOVED:
        return [now]
    before = _judged(alert.former.assessment, reader, ascii_only=ascii_only)
    labels = [f"{reader.label(key)}: " for key in ("before", "now")]
    width = max(map(len, labels))
    return [
        Text(label.ljust(width)).append_text(line) for label, line in zip(labels, (before, now), strict=True)
    ]


def _judged(a: Assessment, reader: Reader, *, ascii_only: bool) -> Text:
    style = STYLES[a.stance]
    probability = a.judgement.probabilities.of(a.stance)
    full, empty = ("#", ".") if ascii_only else ("█", "░")
    judged = Text()
    judged.append(probability_bar(probability, full, empty), style=style)
    judged.append(f" {STANCES[reader.language][a.stance]} {probability:.2f}", style=style)
    judged.append(f" | {name_acts(a.judgement.acts, reader)}" if a.judgement.acts else "")
    return judged


def _edited_quotation(alert: Alert) -> Text:
    """Return the statement with the words that went and came, marked by style and by signs."""
    quotation = Text()
    for piece in marked_pieces(alert, ALERT_ROOM):
        words = piece.text.strip()
        if piece.kind is PieceKind.KEPT or not words:
            quotation.append(piece.text)
            continue
        gone = piece.kind is PieceKind.GONE
        before, after = piece.text.split(words, 1)
        quotation.append(before)
        marked = f"[-{words}-]" if gone else f"{{+{words}+}}"
        quotation.append(marked, style="red strike" if gone else "bold green")
        quotation.append(after)
    return quotation


def _quotation(content: AlertContent) -> Text:
    """Return the statement; the mention is marked by style and by brackets, which need no colour."""
    a = content.alert.finding.assessment
    before, words, after = excerpt(a.statement.text, a.mention.start, a.mention.end, ALERT_ROOM)
    quotation = Text(before)
    quotation.append(f"[{words}]" if words.strip() else words, style="bold underline")
    quotation.append(after)
    return quotation


def render_digest_table(digest: Digest, reader: Reader) -> Table:
    """Return a digest's counts and changes as a table."""
    table = Table(title=Text(digest_title(digest, reader)), box=ROUNDED, title_justify="left")
    table.add_column("")
    names = STANCES[reader.language]
    for stance in Stance:
        table.add_column(names[stance], justify="right", style=STYLES[stance])
    table.add_column(reader.label("mean"), justify="right")
    table.add_column(reader.label("change"), justify="right")
    for section in digest.sections:
        table.add_row(*_section_row(section, reader))
    return table


def _section_row(section: TargetSection, reader: Reader) -> list[Text]:
    mean, difference = section.mean_intensity, section.change.difference
    cells = [
        reader.target(section.target),
        str(section.hostile),
        str(section.neutral),
        str(section.conciliatory),
        signed(mean) if mean is not None else "—",
        signed(difference) if difference is not None else reader.label("insufficient").split(": ")[-1],
    ]
    return [Text(make_inert(cell)) for cell in cells]
