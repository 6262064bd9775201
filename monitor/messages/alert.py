"""An alert as people see it, and the whole evidence behind it."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.domain.alerts import Alert, AlertKind, Rule
from monitor.domain.stance import Act, Judgement, Stance
from monitor.domain.statement import Assessment
from monitor.messages.alert_notes import note_alert
from monitor.messages.change import mark_changes, name_severities, name_turn, tell_copies, tell_fate
from monitor.messages.html import escape, link
from monitor.messages.inert import excerpt
from monitor.messages.numbers import signed
from monitor.messages.reader import Reader
from monitor.messages.words import ACTS, CHANGE_MARKS, CHANGES, STANCE_MARKS, STANCES, TOPICS

ALERT_ROOM = 1200
EVIDENCE_ROOM = 6000
BAR_CELLS = 10
LEAST_SHOWN = 0.05


def render_alert(number: int, alert: Alert, reader: Reader, translation: str = "") -> str:
    """Return an alert as Telegram HTML: quotation, who toward whom, how surely, where, and its number.

    `translation` is the quotation's in the reader's language, where there is one.
    """
    if alert.kind is not AlertKind.STATEMENT:
        return _render_change(number, alert, reader)
    finding = alert.finding
    a = finding.assessment
    stance = STANCES[reader.language][a.stance].capitalize()
    probability = a.judgement.probabilities.of(a.stance)
    lines = [
        f"{STANCE_MARKS[a.stance]} <b>{stance} → {escape(reader.target(a.target))}</b>"
        f" · {reader.label('severity')} {a.severity}",
        f"<blockquote>{mark_mention(a, ALERT_ROOM)}</blockquote>",
        *_translation_lines(translation, reader),
        _speaker_line(a, reader),
        f"{probability_bar(probability)} {probability:.0%}" + _acts_suffix(a.judgement, reader),
        *(escape(line) for line in note_alert(alert, reader)),
        f"{escape(reader.outlets(finding))} · {reader.said(finding)}",
        f"{link(finding.url, reader.label('source'))} · № {number} · /why_{number}",
    ]
    return "\n".join(lines)


def _translation_lines(translation: str, reader: Reader) -> list[str]:
    if not translation:
        return []
    shown = "".join(excerpt(translation, 0, 0, ALERT_ROOM))
    return [f"<i>{escape(shown)}</i> ({reader.label('translation')})"]


def _render_change(number: int, alert: Alert, reader: Reader) -> str:
    """Return an alert about an edit or a deletion: what was said, what is said now, and the copies."""
    finding = alert.finding
    a = finding.assessment
    kind = CHANGES[reader.language][alert.kind].capitalize()
    lines = [
        f"{CHANGE_MARKS[alert.kind]} <b>{kind} ({name_turn(alert, reader)}) → "
        f"{escape(reader.target(a.target))}</b> · {reader.label('severity')} {name_severities(alert)}",
        f"<blockquote>{_quote_change(alert)}</blockquote>",
        tell_fate(alert, reader),
        _speaker_line(a, reader),
        *(escape(line) for line in note_alert(alert, reader)),
        f"{escape(reader.outlets(finding))} · {reader.said(finding)}",
        *(escape(line) for line in tell_copies(alert, reader)),
        f"{link(finding.url, reader.label('source'))} · № {number} · /why_{number}",
    ]
    return "\n".join(line for line in lines if line)


def _quote_change(alert: Alert) -> str:
    if alert.kind is AlertKind.REMOVED:
        return mark_mention(alert.finding.assessment, ALERT_ROOM)
    return mark_changes(alert, ALERT_ROOM)


def render_latest(rows: Sequence[tuple[int, Alert]], reader: Reader) -> str:
    """Return several alerts as one Telegram HTML text."""
    return "\n\n".join(render_alert(number, alert, reader) for number, alert in rows)


def render_explanation(number: int, alert: Alert, rule: Rule | None, reader: Reader) -> str:
    """Return all that an alert rests on as Telegram HTML."""
    finding = alert.finding
    a = finding.assessment
    judgement = a.judgement
    place = (
        reader.label("headline") if a.statement.is_headline else f"[{a.statement.start}, {a.statement.end})"
    )
    rows = [
        *_change_rows(alert, reader),
        f"<b>№ {number}</b> · {STANCE_MARKS[a.stance]} {escape(reader.bloc(a.speaker.bloc))} → "
        f"{escape(reader.target(a.target))} · {reader.label('severity')} {a.severity}",
        f"<blockquote>{mark_mention(a, EVIDENCE_ROOM)}</blockquote>",
        f"{reader.label('mention')}: {escape(a.mention.surface)} ({a.mention.role}) · {place}",
        _speaker_line(a, reader),
        *(escape(line) for line in note_alert(alert, reader)),
        f"{reader.label('speaker_reason')}: <code>{escape(a.speaker.reason)}</code>",
        "",
        *(_stance_row(judgement, stance, reader) for stance in Stance),
        f"{reader.label('score')} {signed(judgement.probabilities.score)} · "
        f"{reader.label('intensity')} {signed(a.intensity)}"
        + (f" · {reader.label('uncertain')}" if judgement.uncertain else ""),
        f"{reader.label('acts')}: {_act_probabilities(judgement, reader)}",
        f"{reader.label('topics')}: " + (", ".join(TOPICS[reader.language][t] for t in a.topics) or "—"),
        "",
        f"{reader.label('rule')}: {_rule_text(alert.rule_id, rule, reader)}",
        f"{reader.label('model')}: <code>{escape(judgement.model)}</code>",
        f"{reader.label('outlets')}: {escape(', '.join(_all_outlets(finding.outlet, finding.outlets)))}",
        f"{reader.label('published')}: {reader.said(finding)} · "
        f"{reader.label('alerted')}: {reader.moment(alert.created_at)}",
        link(finding.url, finding.title or finding.url),
    ]
    return "\n".join(rows)


def _change_rows(alert: Alert, reader: Reader) -> list[str]:
    """Return what an alert about an edit or a deletion rests on beside the statement as it stands."""
    if alert.kind is AlertKind.STATEMENT:
        return []
    rows = [f"<b>{CHANGES[reader.language][alert.kind].capitalize()} ({name_turn(alert, reader)})</b>"]
    if alert.kind is not AlertKind.REMOVED:
        rows.append(f"<blockquote>{mark_changes(alert, EVIDENCE_ROOM)}</blockquote>")
    rows += [row for row in (tell_fate(alert, reader),) if row]
    return [*rows, *(escape(line) for line in tell_copies(alert, reader, whole=True)), ""]


def mark_mention(assessment: Assessment, room: int) -> str:
    """Return the quotation as HTML, the words that stand for the target bold and underlined."""
    mention = assessment.mention
    before, words, after = excerpt(assessment.statement.text, mention.start, mention.end, room)
    marked = f"<b><u>{escape(words)}</u></b>" if words.strip() else escape(words)
    return f"{escape(before)}{marked}{escape(after)}".strip()


def probability_bar(probability: float, full: str = "▓", empty: str = "░") -> str:
    """Return a small bar of ten cells."""
    cells = round(max(0.0, min(1.0, probability)) * BAR_CELLS)
    return full * cells + empty * (BAR_CELLS - cells)


def name_acts(acts: Sequence[Act], reader: Reader) -> str:
    """Return acts in words, in their order."""
    return ", ".join(ACTS[reader.language][act] for act in acts)


def _acts_suffix(judgement: Judgement, reader: Reader) -> str:
    return f" · {name_acts(judgement.acts, reader)}" if judgement.acts else ""


def _speaker_line(assessment: Assessment, reader: Reader) -> str:
    speaker = assessment.speaker
    details = "; ".join(part for part in (speaker.role, reader.office(speaker)) if part)
    return f"<b>{escape(reader.speaker(speaker))}</b>" + (f" ({escape(details)})" if details else "")


def _stance_row(judgement: Judgement, stance: Stance, reader: Reader) -> str:
    probability = judgement.probabilities.of(stance)
    return f"<code>{probability_bar(probability)}</code> {probability:.2f} {STANCES[reader.language][stance]}"


def _act_probabilities(judgement: Judgement, reader: Reader) -> str:
    """Return the acts reported, then how likely each of the likeliest was."""
    ranked = sorted(judgement.act_probabilities.items(), key=lambda pair: -pair[1])[:5]
    likely = [f"{ACTS[reader.language][act]} {p:.2f}" for act, p in ranked if p >= LEAST_SHOWN]
    shown = name_acts(judgement.acts, reader) or reader.label("none")
    return f"{shown} ({', '.join(likely)})" if likely else shown


def _rule_text(rule_id: str, rule: Rule | None, reader: Reader) -> str:
    if rule is None:
        return f"<code>{escape(rule_id)}</code>, {reader.label('rule_gone')}"
    title = f" «{escape(rule.title)}»" if rule.title else ""
    thresholds = reader.label("thresholds").format(
        severity=rule.min_severity, probability=rule.min_probability
    )
    return f"<code>{escape(rule.id)}</code>{title}, {thresholds}"


def _all_outlets(first: str, outlets: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([first, *outlets]))
