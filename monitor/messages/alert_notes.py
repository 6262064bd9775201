"""What is worth saying of an alert beside the statement: that it is a first, that a reviewer corrected it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from monitor.domain.alerts import Alert
from monitor.messages.reader import Reader
from monitor.messages.words import ACTS, STANCES, plural_ru

_MONTH = timedelta(days=30.44)
_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "never": "🆕 first time in {months} months of watching: {act}",
        "again": "🆕 first time since {day}: {act}",
        "ruled_same": "☑️ a reviewer agrees",
        "ruled": "✏️ corrected by a reviewer: {stance}",
    },
    "ru": {
        "never": "🆕 впервые за {months} {unit} наблюдения: {act}",
        "again": "🆕 впервые с {day}: {act}",
        "ruled_same": "☑️ рецензент согласен",
        "ruled": "✏️ исправлено рецензентом: {stance}",
    },
}


def note_alert(alert: Alert, reader: Reader) -> list[str]:
    """Return the notes as plain lines, none for most alerts."""
    language, words = reader.language, _WORDS[reader.language]
    lines = []
    if first := alert.first:
        act = ACTS[language][first.act]
        if first.before is None:
            months = max(1, int(first.watched / _MONTH))
            unit = plural_ru(months, "месяц", "месяца", "месяцев")
            lines.append(words["never"].format(months=months, unit=unit, act=act))
        else:
            lines.append(words["again"].format(day=reader.day(first.before), act=act))
    if alert.ruled is not None:
        same = alert.ruled is alert.finding.assessment.stance
        lines.append(words["ruled_same" if same else "ruled"].format(stance=STANCES[language][alert.ruled]))
    return lines
