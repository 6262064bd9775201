"""A signal as people see it: what shifted, parted or fell silent, with the figures behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from monitor.domain.signals import Divergence, Shift, Signal, SourceSilence, SpeakerSilence
from monitor.domain.stance import Stance
from monitor.messages.html import escape
from monitor.messages.inert import make_inert
from monitor.messages.numbers import signed
from monitor.messages.reader import Reader
from monitor.messages.words import STANCE_MARKS, TIERS, plural_ru

_BLOCKS = "▁▂▃▄▅▆▇█"
_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "hostile": "more hostile",
        "conciliatory": "more conciliatory",
        "shift_head": "Shift: {who} → {target}, {how}",
        "shift_week": "Week of {day}: mean intensity {mean}, usually {usual} ({sigmas} standard errors)",
        "shift_count": "{statements} statements, against the twelve weeks before",
        "shift_line": "Hostile ↓ ↑ conciliatory, by week",
        "divergence_head": "Officials and commentators part ways: {who} → {target}",
        "divergence_sides": "Officials {officials} ({officials_said}), commentators {commentators} "
        "({commentators_said})",
        "divergence_span": "{since} – {until}; chance explains a gap of {bound} at most",
        "speaker_head": "Silence: {speaker}",
        "speaker_since": "Nothing since {day}: {days} days; usually every {usual} days",
        "speaker_weeks": "Spoke in {weeks} of the twelve weeks before, most of all of {target}; the sources "
        "were read.",
        "source_head": "Silence: {outlet}",
        "source_since": "The source {source} can be read and has published nothing since {moment}.",
        "severity": "severity {severity}",
    },
    "ru": {
        "hostile": "враждебнее",
        "conciliatory": "примирительнее",
        "shift_head": "Сдвиг: {who} → {target}, {how}",
        "shift_week": "Неделя с {day}: средняя интенсивность {mean}, обычно {usual} "
        "({sigmas} стандартной ошибки)",
        "shift_count": "Высказываний: {statements}; сравнение с двенадцатью неделями до того",
        "shift_line": "Враждебно ↓ ↑ примирительно, по неделям",
        "divergence_head": "Официальные лица и комментаторы расходятся: {who} → {target}",
        "divergence_sides": "Официальные лица {officials} ({officials_said}), комментаторы {commentators} "
        "({commentators_said})",
        "divergence_span": "{since} – {until}; случайностью объясняется разрыв не больше {bound}",
        "speaker_head": "Молчание: {speaker}",
        "speaker_since": "Ничего с {day}: {days} {unit}; обычно раз в {usual} дня",
        "speaker_weeks": "Говорил(а) в {weeks} из двенадцати недель до того, чаще всего об адресате "
        "«{target}»; источники читались.",
        "source_head": "Молчание: {outlet}",
        "source_since": "Источник {source} читается, но ничего не публикует с {moment}.",
        "severity": "сила {severity}",
    },
}
_MARKS: Mapping[type, str] = {Divergence: "↔️", SpeakerSilence: "🔇", SourceSilence: "🔇"}


def tell_signal(signal: Signal, reader: Reader) -> list[str]:
    """Return a signal as plain lines, its headline first."""
    facts, words = signal.facts, _WORDS[reader.language]
    severity = words["severity"].format(severity=signal.severity)
    sides = {"who": reader.bloc(signal.bloc), "target": reader.target(signal.target)}
    if isinstance(facts, Shift):
        lines = _tell_shift(facts, sides, words, reader)
    elif isinstance(facts, Divergence):
        lines = _tell_divergence(facts, sides, words, reader)
    elif isinstance(facts, SpeakerSilence):
        lines = _tell_speaker(facts, signal, words, reader)
    else:
        lines = [
            words["source_head"].format(outlet=facts.outlet),
            words["source_since"].format(source=facts.source_id, moment=reader.moment(facts.since)),
        ]
    return [make_inert(f"{lines[0]} · {severity}"), *(make_inert(line) for line in lines[1:])]


def mark_of(signal: Signal) -> str:
    """Return the sign that stands before a signal's headline."""
    facts = signal.facts
    return STANCE_MARKS[facts.stance] if isinstance(facts, Shift) else _MARKS[type(facts)]


def render_signal(signal: Signal, reader: Reader) -> str:
    """Return a signal as Telegram HTML."""
    head, *rest = tell_signal(signal, reader)
    return "\n".join([f"{mark_of(signal)} <b>{escape(head)}</b>", *map(escape, rest)])


def _tell_shift(
    facts: Shift, sides: Mapping[str, str], words: Mapping[str, str], reader: Reader
) -> list[str]:
    how = words["hostile" if facts.stance is Stance.HOSTILE else "conciliatory"]
    return [
        words["shift_head"].format(**sides, how=how),
        words["shift_week"].format(
            day=reader.day(facts.week),
            mean=signed(facts.mean),
            usual=signed(facts.usual),
            sigmas=f"{abs(facts.sigmas):.1f}",
        ),
        words["shift_count"].format(statements=facts.statements),
        f"{draw_line(facts.series)}  {words['shift_line']}",
    ]


def _tell_divergence(
    facts: Divergence, sides: Mapping[str, str], words: Mapping[str, str], reader: Reader
) -> list[str]:
    return [
        words["divergence_head"].format(**sides),
        words["divergence_sides"].format(
            officials=signed(facts.officials),
            officials_said=facts.officials_said,
            commentators=signed(facts.commentators),
            commentators_said=facts.commentators_said,
        ),
        words["divergence_span"].format(
            since=reader.day(facts.since), until=_last_day(facts.until, reader), bound=f"{facts.bound:.2f}"
        ),
    ]


def _tell_speaker(
    facts: SpeakerSilence, signal: Signal, words: Mapping[str, str], reader: Reader
) -> list[str]:
    name = reader.people.get(facts.speaker, facts.speaker)
    office = f"{TIERS[reader.language][facts.tier]}, {reader.bloc(signal.bloc)}"
    return [
        words["speaker_head"].format(speaker=f"{name} ({office})"),
        words["speaker_since"].format(
            day=reader.day(facts.since),
            days=facts.days,
            unit=plural_ru(facts.days, "день", "дня", "дней"),
            usual=f"{facts.usual_days:.1f}",
        ),
        words["speaker_weeks"].format(weeks=facts.weeks, target=reader.target(signal.target)),
    ]


def _last_day(until: datetime, reader: Reader) -> str:
    """Return the last day of a stretch that ends with a midnight."""
    return reader.day(until - timedelta(hours=12))


def draw_line(series: Sequence[float | None]) -> str:
    """Return a series as a row of blocks between its least and its greatest value; gaps are dots."""
    known = [value for value in series if value is not None]
    if not known:
        return ""
    least, span = min(known), max(known) - min(known)
    return "".join(
        "·" if value is None else _BLOCKS[round((value - least) / span * 7) if span > 0 else 3]
        for value in series
    )
