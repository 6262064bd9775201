"""An edit or a deletion as people see it: the words that went, the words that came, and the proof."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.domain.alerts import Alert, AlertKind
from monitor.domain.changes import ArchivedCopy
from monitor.domain.word_diff import Piece, PieceKind, diff_texts
from monitor.messages.html import escape
from monitor.messages.inert import make_inert
from monitor.messages.reader import Reader
from monitor.messages.words import STANCES

HASH_SHOWN = 16
_AROUND = 60
"""Characters that are shown before and after each change of a statement that is too long to show whole."""


def marked_pieces(alert: Alert, room: int) -> list[Piece]:
    """Return the statement before and after as pieces, cut around its changes to about `room` characters.

    Of a statement that was removed all is kept: nothing stands against it.
    """
    now = make_inert(alert.finding.assessment.statement.text).strip()
    if alert.former is None or alert.kind is AlertKind.REMOVED:
        pieces = [Piece(PieceKind.KEPT, now)]
    else:
        before = make_inert(alert.former.assessment.statement.text).strip()
        pieces = diff_texts(before, now)
    return _shorten(pieces, room)


def _shorten(pieces: Sequence[Piece], room: int) -> list[Piece]:
    if sum(len(piece.text) for piece in pieces) <= room:
        return list(pieces)
    shorter: list[Piece] = []
    left = room
    for place, piece in enumerate(pieces):
        if piece.kind is PieceKind.KEPT and len(pieces) > 1:
            text = cut_kept(piece.text, first=place == 0, last=place == len(pieces) - 1)
        else:
            text = piece.text
        if left <= 0:
            shorter.append(Piece(PieceKind.KEPT, " …"))
            break
        if len(text) > left:
            text = f"{text[:left].rstrip()} …"
        left -= len(text)
        shorter.append(Piece(piece.kind, text))
    return shorter


def cut_kept(text: str, *, first: bool, last: bool) -> str:
    """Return the ends of a kept stretch that stand beside changes."""
    if len(text) <= 2 * _AROUND:
        return text
    # At white space, where there is some.
    head = "" if first else text[:_AROUND].rpartition(" ")[0] or text[:_AROUND]
    tail = "" if last else text[-_AROUND:].partition(" ")[2] or text[-_AROUND:]
    return f"{head} … {tail}".lstrip() if first else f"{head} … {tail}"


def mark_changes(alert: Alert, room: int) -> str:
    """Return the statement as HTML, struck where words went, bold and underlined where they came."""
    return "".join(_mark(piece) for piece in marked_pieces(alert, room)).strip()


def _mark(piece: Piece) -> str:
    text = escape(piece.text)
    words = text.strip()
    if piece.kind is PieceKind.KEPT or not words:
        return text
    marked = f"<s>{words}</s>" if piece.kind is PieceKind.GONE else f"<b><u>{words}</u></b>"
    # White space stays outside, or the line would run from word to word.
    return text.replace(words, marked, 1)


def name_turn(alert: Alert, reader: Reader, arrow: str = "→") -> str:
    """Return what became of the stance: "hostile → neutral", or the stance alone where it stayed."""
    names = STANCES[reader.language]
    now = names[alert.finding.assessment.stance]
    if alert.former is None or alert.kind is AlertKind.REMOVED:
        return now
    before = names[alert.former.assessment.stance]
    return now if before == now else f"{before} {arrow} {now}"


def name_severities(alert: Alert, arrow: str = "→") -> str:
    """Return the severity before and after, or the one that there is."""
    now = alert.finding.assessment.severity
    if alert.former is None or alert.kind is AlertKind.REMOVED:
        return str(now)
    return f"{alert.former.assessment.severity} {arrow} {now}"


def tell_fate(alert: Alert, reader: Reader) -> str:
    """Return what became of a removed statement: out of the article, or with it; else nothing."""
    if alert.kind is not AlertKind.REMOVED or alert.evidence is None:
        return ""
    return reader.label("taken_down" if alert.evidence.new is None else "taken_out")


def tell_copies(alert: Alert, reader: Reader, *, whole: bool = False) -> list[str]:
    """Return a line for each archived copy: since when it stood there, and its page's hash."""
    evidence = alert.evidence
    if evidence is None:
        return []
    copies: Iterable[tuple[str, ArchivedCopy | None]] = (
        (reader.label("before"), evidence.old),
        (reader.label("now"), evidence.new),
    )
    lines = [
        f"{label}, {reader.label('archived')} {reader.moment(copy.seen_at)} · sha256 "
        f"{copy.page_sha256 if whole else copy.page_sha256[:HASH_SHOWN]}"
        for label, copy in copies
        if copy is not None
    ]
    if evidence.new is None:
        lines.append(f"{reader.label('gone_since')}: {reader.moment(evidence.seen_at)}")
    return lines
