"""How reading the sources goes, for a chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from monitor.domain.notices import AlarmKind, Notice
from monitor.domain.standing import Standing
from monitor.messages.html import escape
from monitor.messages.reader import Reader

SHOWN_TROUBLES = 20
NAME_WIDTH = 18

ALARMS: Mapping[str, Mapping[AlarmKind, str]] = {
    "en": {kind: kind.value.replace("_", " ") for kind in AlarmKind},
    "ru": {
        AlarmKind.DOWN: "не отвечает",
        AlarmKind.BLOCKED: "не пускает",
        AlarmKind.ANTI_BOT: "защита от роботов",
        AlarmKind.SILENT: "молчит",
        AlarmKind.COLLAPSED: "почти замолчал",
        AlarmKind.SOFT_404: "пустые страницы",
        AlarmKind.LAYOUT: "сменилась вёрстка",
        AlarmKind.CLOCK: "неверные даты",
        AlarmKind.UNREAD: "не наш язык",
        AlarmKind.CONFIGURATION: "конфигурация",
        AlarmKind.STORE: "хранилище",
    },
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "none": "No trouble lasts.",
        "some": "Troubles that last: {count}",
        "since": "since {since}: {detail}",
        "more": "… and {count} more",
        "service": "the service",
        "head": "source              read   day usual",
        "legend": (
            "read: how long ago; day, usual: articles of the last 24 hours, and how many the source's "
            "rhythm lets expect. {shown} of {count} sources; all: /health all"
        ),
        "never": "never",
        "min": "min",
        "hour": "h",
        "day": "d",
    },
    "ru": {
        "none": "Неполадок нет.",
        "some": "Неполадки, которые длятся: {count}",
        "since": "с {since}: {detail}",
        "more": "… и ещё {count}",
        "service": "служба",
        "head": "источник           прочт сутки обычн",
        "legend": (
            "прочт: как давно прочитан; сутки, обычн: статей за последние 24 часа и сколько их ожидается "
            "по ритму источника. Источников {shown} из {count}; все: /health all"
        ),
        "never": "нет",
        "min": "мин",
        "hour": "ч",
        "day": "дн",
    },
}


def render_health(
    standings: Sequence[Standing],
    troubles: Sequence[Notice],
    reader: Reader,
    now: datetime,
    most: int | None = None,
) -> str:
    """Return the troubles and the table of sources, those in trouble first, at most so many, as HTML."""
    words = WORDS[reader.language]
    lines = [words["some"].format(count=len(troubles)) if troubles else words["none"]]
    lines += [_trouble(notice, reader) for notice in troubles[:SHOWN_TROUBLES]]
    if (more := len(troubles) - SHOWN_TROUBLES) > 0:
        lines.append(words["more"].format(count=more))
    ranked = sorted(standings, key=lambda one: (not one.alarms, not one.troubles, one.source_id))
    shown = ranked[:most]
    table = "\n".join([words["head"], *(_row(one, words, now) for one in shown)])
    legend = words["legend"].format(shown=len(shown), count=len(standings))
    return "\n".join([*lines, "", f"<pre>{table}</pre>", legend])


def _trouble(notice: Notice, reader: Reader) -> str:
    words, alarm = WORDS[reader.language], notice.alarm
    name = escape(alarm.source_id or words["service"])
    since = words["since"].format(since=reader.moment(notice.since), detail=escape(alarm.detail))
    return f"• <b>{name}</b> – {ALARMS[reader.language][alarm.kind]}, {since}"


def _row(one: Standing, words: Mapping[str, str], now: datetime) -> str:
    mark = "!" if one.alarms else " "
    usual = "?" if one.expected is None else f"{one.expected:.0f}"
    name = escape(one.source_id[: NAME_WIDTH - 1])
    pad = " " * (NAME_WIDTH - 1 - len(one.source_id[: NAME_WIDTH - 1]))
    return f"{mark}{name}{pad}{_ago(one.last_read_at, words, now):>6}{one.seen:>6}{usual:>6}"


def _ago(moment: datetime | None, words: Mapping[str, str], now: datetime) -> str:
    if moment is None:
        return words["never"]
    minutes = max(0, int((now - moment).total_seconds() // 60))
    if minutes < 120:
        return f"{minutes} {words['min']}"
    return f"{minutes // 60} {words['hour']}" if minutes < 72 * 60 else f"{minutes // 1440} {words['day']}"
