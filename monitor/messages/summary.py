"""Several alerts in one message: who toward whom in a line each, by target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from monitor.domain.alerts import Alert, AlertKind
from monitor.messages.alert import mark_mention, name_acts
from monitor.messages.html import escape, link
from monitor.messages.reader import Reader
from monitor.messages.words import CHANGE_MARKS, STANCE_MARKS, plural_ru

QUOTE_ROOM = 140
SHOWN_EACH = 12
"""So many alerts of a target are shown, the most severe; the rest is counted."""


def render_summary(alerts: Sequence[tuple[int, Alert]], reader: Reader) -> str:
    """Return a summary as Telegram HTML: targets with the most severe alert first, and how many there are."""
    by_target: dict[str, list[tuple[int, Alert]]] = defaultdict(list)
    for number, alert in sorted(alerts, key=lambda one: (-_severity(one[1]), one[0])):
        by_target[alert.finding.assessment.target].append((number, alert))
    blocks = [f"<b>{_title(len(alerts), reader)}</b>"]
    for target, mine in by_target.items():
        lines = [f"<b>{escape(reader.target(target))}</b> · {len(mine)}"]
        lines += [_line(number, alert, reader) for number, alert in mine[:SHOWN_EACH]]
        if len(mine) > SHOWN_EACH:
            lines.append(reader.label("and_more").format(count=len(mine) - SHOWN_EACH))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _line(number: int, alert: Alert, reader: Reader) -> str:
    a = alert.finding.assessment
    mark = STANCE_MARKS[a.stance] if alert.kind is AlertKind.STATEMENT else CHANGE_MARKS[alert.kind]
    acts = f" {name_acts(a.judgement.acts[:1], reader)}" if a.judgement.acts else ""
    who = f"{escape(reader.speaker(a.speaker))}{escape(acts)}"
    quotation = mark_mention(a, QUOTE_ROOM)
    source = link(alert.finding.url, reader.label("source"))
    return f"{mark} {_severity(alert)} · {who}: {quotation} {source} /why_{number}"


def _severity(alert: Alert) -> int:
    return alert.ground.assessment.severity


def _title(count: int, reader: Reader) -> str:
    if reader.language == "ru":
        return f"{count} {plural_ru(count, 'оповещение', 'оповещения', 'оповещений')}"
    return f"{count} alert{'s' if count != 1 else ''}"
