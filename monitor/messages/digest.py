"""A weekly digest as Telegram HTML: for readers, and entry by entry for reviewers."""

from __future__ import annotations

from datetime import tzinfo
from zoneinfo import ZoneInfo

from monitor.domain.digest import Digest, DigestEntry, DigestState, TargetSection
from monitor.messages.alert import ALERT_ROOM, mark_mention
from monitor.messages.html import escape, link
from monitor.messages.numbers import signed
from monitor.messages.reader import Reader
from monitor.messages.words import STANCE_MARKS, STANCES

ENTRY_ROOM = 500
_STATE_LABELS = {
    DigestState.DRAFT: "draft",
    DigestState.APPROVED: "approved",
    DigestState.PUBLISHED: "published_state",
}


def render_digest(digest: Digest, reader: Reader, *, with_dropped: bool = False) -> str:
    """Return the digest as Telegram HTML; reviewers see dropped entries struck through."""
    blocks = [f"<b>{digest_title(digest, reader)}</b>"]
    quiet: list[str] = []
    for section in digest.sections:
        if section.hostile + section.neutral + section.conciliatory == 0:
            quiet.append(escape(reader.target(section.target)))
            continue
        blocks.append(_render_section(section, reader, with_dropped=with_dropped))
    if quiet:
        blocks.append(f"{reader.label('quiet')}: {', '.join(quiet)}.")
    blocks.append(_render_gaps(digest, reader))
    if digest.model:
        blocks.append(f"{reader.label('model')}: <code>{escape(digest.model)}</code>")
    return "\n\n".join(blocks)


def digest_title(digest: Digest, reader: Reader) -> str:
    """Return the digest's title with its week on its own zone's clock, and its state."""
    zone: tzinfo = ZoneInfo(digest.zone)
    monday = digest.week.astimezone(zone)
    day = f"{monday:%d.%m.%Y}" if reader.language == "ru" else f"{monday:%Y-%m-%d}"
    state = reader.label(_STATE_LABELS[digest.state])
    return f"{reader.label('digest')}, {reader.label('week_of')} {day} · {state}"


def render_entry(entry: DigestEntry, reader: Reader) -> str:
    """Return one entry as a reviewer's card."""
    finding = entry.finding
    a = finding.assessment
    lines = [
        f"<b>{entry.number}.</b> {_entry_head(entry, reader)}",
        f"<blockquote>{mark_mention(a, ALERT_ROOM)}</blockquote>",
        f"{escape(reader.outlets(finding))} · {reader.said(finding)} · "
        f"{link(finding.url, reader.label('source'))}",
        _probabilities(entry, reader),
    ]
    if entry.relabelled is not None and entry.relabelled is not a.stance:
        said = STANCES[reader.language][a.stance]
        lines.append(f"<i>{reader.label('relabelled').format(stance=said)}</i>")
    if entry.dropped:
        lines.append(f"<i>{reader.label('dropped')}</i>")
    return "\n".join(lines)


def _render_section(section: TargetSection, reader: Reader, *, with_dropped: bool) -> str:
    mean = section.mean_intensity
    change = section.change
    lines = [
        f"<b>{escape(reader.target(section.target))}</b>  🔴 {section.hostile}  ⚪ {section.neutral}"
        f"  🟢 {section.conciliatory}",
        (f"{reader.label('mean')} {signed(mean)} · " if mean is not None else "")
        + (
            f"{reader.label('change')} {signed(change.difference)}"
            if change.difference is not None
            else reader.label("insufficient")
        )
        + (f" ({signed(change.sigmas)} σ)" if change.sigmas is not None else "")
        + (f" · {reader.label('coverage')} {section.coverage:.2f}" if section.coverage is not None else ""),
    ]
    shown = [entry for entry in section.entries if with_dropped or not entry.dropped]
    lines.extend(_render_line(entry, reader) for entry in shown)
    return "\n".join(lines)


def _render_line(entry: DigestEntry, reader: Reader) -> str:
    finding = entry.finding
    text = mark_mention(finding.assessment, ENTRY_ROOM)
    head = f"{entry.number}. {_entry_head(entry, reader)}"
    tail = f"{escape(reader.outlets(finding))}, {link(finding.url, reader.label('source'))}"
    line = f"{head}: «{text}» ({tail})"
    return f"<s>{line}</s>" if entry.dropped else line


def _entry_head(entry: DigestEntry, reader: Reader) -> str:
    a = entry.finding.assessment
    return (
        f"{STANCE_MARKS[entry.stance]} <b>{escape(reader.speaker(a.speaker))}</b> → "
        f"{escape(reader.target(a.target))}, {reader.label('severity')} {a.severity}"
    )


def _probabilities(entry: DigestEntry, reader: Reader) -> str:
    probabilities = entry.finding.assessment.judgement.probabilities
    names = STANCES[reader.language]
    return " · ".join(f"{name} {probabilities.of(stance):.2f}" for stance, name in names.items())


def _render_gaps(digest: Digest, reader: Reader) -> str:
    if not digest.gaps:
        return reader.label("no_gaps")
    lines = [f"<b>{reader.label('gaps')}</b>"]
    for gap in digest.gaps:
        since = reader.moment(gap.since) if gap.since else "…"
        until = reader.moment(gap.until) if gap.until else "…"
        lines.append(f"{escape(gap.outlet)}: {since} – {until}, {escape(gap.reason)}")
    return "\n".join(lines)
