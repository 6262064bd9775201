"""Sources that cannot be read: visits in a row that failed, and pages behind a good front that fail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.domain.coverage import SUCCESSES, RunOutcome, SourceRun
from monitor.domain.notices import Alarm, AlarmKind
from monitor.domain.quality import ItemFacts
from monitor.domain.source import FOLDER, Source
from monitor.errors import Trouble

FAILURES_TO_ALARM = 3
LEAST_SPAN = timedelta(minutes=10)
REFUSALS_TO_ALARM, LEAST_REFUSED_SPAN = 2, timedelta(minutes=30)
"""A site that refuses us is left alone for an hour or more at once, so that few visits must tell."""
LEAST_EMPTY_SPAN = timedelta(minutes=60)
SUCCESSES_TO_END = 2

ITEMS_LOOKED_AT, LEAST_ITEMS, LAST_ITEMS = 10, 4, 3
LEAST_FAILED_SHARE = 0.6
TRIES_THAT_TELL = 2
_LONGEST_REASON = 300

VISIT_KINDS = (AlarmKind.DOWN, AlarmKind.BLOCKED, AlarmKind.ANTI_BOT, AlarmKind.SOFT_404, AlarmKind.LAYOUT)
"""The alarms that visits can raise."""

_KINDS = {
    Trouble.ROBOTS: AlarmKind.BLOCKED,
    Trouble.FORBIDDEN: AlarmKind.BLOCKED,
    Trouble.ANTI_BOT: AlarmKind.ANTI_BOT,
    Trouble.LAYOUT: AlarmKind.LAYOUT,
    Trouble.SOFT_404: AlarmKind.SOFT_404,
}
_ITEM_KINDS = {**_KINDS, Trouble.NO_TEXT: AlarmKind.LAYOUT, Trouble.NOT_FOUND: AlarmKind.SOFT_404}


def kind_of_visit(run: SourceRun) -> AlarmKind | None:
    """Return what a visit that failed is a sign of; None of a rest, which only goes on with what was."""
    if run.trouble == Trouble.RESTING:
        return None
    if run.trouble in _KINDS:
        return _KINDS[Trouble(run.trouble)]
    if run.outcome is RunOutcome.EMPTY:
        return AlarmKind.LAYOUT
    return AlarmKind.BLOCKED if run.outcome is RunOutcome.BLOCKED else AlarmKind.DOWN


def failing_streak(visits: Sequence[SourceRun]) -> list[SourceRun]:
    """Return the visits since the last successful one, the oldest first; missed ones say nothing."""
    streak: list[SourceRun] = []
    for run in reversed(visits):
        if run.outcome in SUCCESSES:
            break
        if run.outcome is not RunOutcome.MISSED:
            streak.append(run)
    return streak[::-1]


def successes_in_a_row(visits: Sequence[SourceRun]) -> list[SourceRun]:
    """Return the successful visits since the last failed one, the oldest first."""
    row: list[SourceRun] = []
    for run in reversed(visits):
        if run.outcome is RunOutcome.MISSED:
            continue
        if run.outcome not in SUCCESSES:
            break
        row.append(run)
    return row[::-1]


def watch_visits(source: Source, visits: Sequence[SourceRun], lasting: AlarmKind | None) -> Alarm | None:
    """Return the alarm that a source's visits fail.

    It takes three in a row over ten minutes, two over half an hour where the site refuses to be
    read, and an hour where the front is merely empty. What lasts ends with two successes in a row,
    and turns into another kind only when three visits in a row say so. `lasting` is the kind of such
    an alarm that is open.
    """
    streak = failing_streak(visits)
    signs = [kind for run in streak if (kind := kind_of_visit(run)) is not None]
    if lasting is not None:
        if len(successes_in_a_row(visits)) >= SUCCESSES_TO_END:
            return None
        last = signs[-FAILURES_TO_ALARM:]
        turned = len(last) == FAILURES_TO_ALARM and lasting not in last
        kind = Counter(last).most_common(1)[0][0] if turned else lasting
        return Alarm(kind, source.id, _tell_streak(streak), streak[0].started_at if streak else None)
    if not signs or not _is_enough(streak, signs):
        return None
    empty = all(run.outcome is RunOutcome.EMPTY for run in streak)
    if empty and source.kind == FOLDER:
        return None
    if empty and streak[-1].started_at - streak[0].started_at < LEAST_EMPTY_SPAN:
        return None
    kind = Counter(signs[-FAILURES_TO_ALARM:]).most_common(1)[0][0]
    return Alarm(
        kind, source.id, _tell_streak(streak), streak[0].started_at, _classes(streak).most_common(1)[0][0]
    )


def _is_enough(streak: Sequence[SourceRun], signs: Sequence[AlarmKind]) -> bool:
    """Whether so many failures over such a time are more than a passing fault."""
    span = streak[-1].started_at - streak[0].started_at
    refused = set(signs) <= {AlarmKind.BLOCKED, AlarmKind.ANTI_BOT}
    if refused and len(streak) >= REFUSALS_TO_ALARM and span >= LEAST_REFUSED_SPAN:
        return True
    return len(streak) >= FAILURES_TO_ALARM and span >= LEAST_SPAN


def _classes(streak: Sequence[SourceRun]) -> Counter[str]:
    return Counter(run.trouble or run.outcome.value for run in streak)


def _tell_streak(streak: Sequence[SourceRun]) -> str:
    if not streak:
        return "the last visit succeeded again"
    classes = _classes(streak)
    counted = ", ".join(f"{name} {count}" for name, count in classes.most_common())
    reason = next((run.reason for run in reversed(streak) if run.reason), "")
    return f"the last {len(streak)} visits failed ({counted})" + (
        f": {reason[:_LONGEST_REASON]}" if reason else ""
    )


def watch_items(
    source: Source, items: Sequence[ItemFacts], troubles: Counter[str], *, lasting: AlarmKind | None
) -> Alarm | None:
    """Return the alarm that the front is read but most of what it leads to is not.

    The newest items must fail, each tried more than once, so that a passing fault is none.
    `troubles` are the kinds of trouble that items had of late, the most frequent of which names the
    alarm; what lasts ends when two of the newest three items are collected.
    """
    told = [item for item in items if item.collected or item.attempts >= TRIES_THAT_TELL]
    told = told[-ITEMS_LOOKED_AT:]
    failed = [item for item in told if not item.collected]
    newest = told[-LAST_ITEMS:]
    if lasting is not None:
        still = sum(not item.collected for item in newest)
        if len(failed) < LAST_ITEMS or still < LAST_ITEMS - 1:
            return None
    elif (
        len(told) < LEAST_ITEMS
        or len(failed) < LEAST_FAILED_SHARE * len(told)
        or any(item.collected for item in newest)
    ):
        return None
    trouble = next((name for name, _ in troubles.most_common() if name != Trouble.RESTING), "")
    kind = _ITEM_KINDS.get(Trouble(trouble), AlarmKind.DOWN) if trouble else AlarmKind.LAYOUT
    since: datetime | None = failed[0].first_seen_at if failed else None
    reason = next((item.reason for item in reversed(failed) if item.reason), "")
    detail = f"{len(failed)} of the last {len(told)} articles could not be taken"
    detail += f" ({trouble})" if trouble else ""
    return Alarm(
        lasting or kind,
        source.id,
        detail + (f": {reason[:_LONGEST_REASON]}" if reason else ""),
        since,
        trouble,
    )
