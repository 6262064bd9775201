"""Which edits and deletions deserve an alert: a pure decision, like that over statements."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.domain.alerts import Alert, AlertKind, Rule, alert_key, is_self_talk, why_not
from monitor.domain.changes import ChangedArticle, ChangeKind, StatementChange
from monitor.domain.stance import Stance
from monitor.domain.statement import Finding
from monitor.domain.word_diff import fold_words

_KINDS = {
    ChangeKind.SOFTENED: AlertKind.SOFTENED,
    ChangeKind.SHARPENED: AlertKind.SHARPENED,
    ChangeKind.REMOVED: AlertKind.REMOVED,
}


@dataclass(frozen=True, slots=True)
class ChangeAlert:
    """An alert about a statement that an edit or a deletion touched.

    `instead_of` is the key of the ordinary alert that the statement as it stands now would raise:
    who is told of the change is not told of the same words a second time.
    """

    change_id: int
    alert: Alert
    instead_of: str | None


def change_key(kind: AlertKind, ground: Finding) -> str:
    """Return what makes two changes the same news: the story, the dyad, and the words that were touched.

    All outlets that soften one wire are one piece of news, and so is a statement that is taken out,
    put back and taken out again.
    """
    words = " ".join(fold_words(ground.assessment.statement.text))
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{alert_key(ground)}|{kind}|{digest}"


def possible_keys(changed: Sequence[ChangedArticle]) -> set[str]:
    """Return the keys of all alerts that the changes may raise."""
    alerts = (
        _make_alert(article, change, "", article.evidence.seen_at) for article, change in _each(changed)
    )
    return {alert.key for alert in alerts if alert is not None}


def decide_change_alerts(
    changed: Sequence[ChangedArticle],
    rules: Sequence[Rule],
    already: Collection[str],
    now: datetime,
    max_age: timedelta,
) -> list[ChangeAlert]:
    """Decide which changes alert; `already` are the keys of alerts that exist.

    A rule asks for a change as it would for the statement: for what was softened or removed as it
    was, for what was sharpened as it is. Of one edit the most severe statement speaks for all of
    one speaker toward one target. A change seen longer ago than `max_age` is recorded, not sent.
    """
    best: dict[tuple[int, AlertKind, str], ChangeAlert] = {}
    for article, change in _each(changed):
        alert = _ask(article, change, rules, now, max_age)
        if alert is None:
            continue
        # A headline and the sentence below it are often edited together.
        one_edit = (article.change.id, alert.kind, alert_key(alert.ground))
        rival = best.get(one_edit)
        if rival is None or _rank(alert) < _rank(rival.alert):
            stands = alert_key(change.after) if change.after else None
            best[one_edit] = ChangeAlert(article.change.id, alert, stands)
    told: dict[str, ChangeAlert] = {}
    for chosen in best.values():
        if chosen.alert.key not in already:
            told.setdefault(chosen.alert.key, chosen)
    return list(told.values())


def _each(changed: Sequence[ChangedArticle]) -> list[tuple[ChangedArticle, StatementChange]]:
    return [(article, change) for article in changed for change in article.statements]


def _rank(alert: Alert) -> tuple[int, bool, int]:
    """The most severe first; of equals a sentence before a headline, as for statements."""
    ground = alert.ground
    return (-ground.assessment.severity, ground.assessment.statement.is_headline, ground.id)


def _ask(
    article: ChangedArticle, change: StatementChange, rules: Sequence[Rule], now: datetime, max_age: timedelta
) -> Alert | None:
    """Return the alert if a rule asks for it."""
    alert = _make_alert(article, change, "", now)
    if alert is None or not _is_telling(alert) or now - article.change.seen_at > max_age:
        return None
    asks = (r for r in rules if alert.kind in r.changes and why_not(r, alert.ground) is None)
    rule = next(asks, None)
    return None if rule is None else _make_alert(article, change, rule.id, now)


def _is_telling(alert: Alert) -> bool:
    """Whether the statement is one that could have alerted by itself."""
    judgement = alert.ground.assessment.judgement
    if alert.ground.quiet or judgement.stance is Stance.NEUTRAL or judgement.uncertain:
        return False
    return not is_self_talk(alert.ground)


def _make_alert(
    article: ChangedArticle, change: StatementChange, rule_id: str, now: datetime
) -> Alert | None:
    kind = _KINDS.get(change.kind)
    if kind is None:
        return None
    ground = change.after if kind is AlertKind.SHARPENED else change.before
    if ground is None:
        return None
    return Alert(
        key=change_key(kind, ground),
        rule_id=rule_id,
        finding=change.finding,
        created_at=now,
        kind=kind,
        former=change.before,
        evidence=article.evidence,
    )
