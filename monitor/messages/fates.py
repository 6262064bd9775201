"""Answers about texts as Telegram HTML: what was pasted, and what became of an article."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.domain.checks import Checked, CheckResult
from monitor.domain.fates import (
    ArticleFate,
    Cause,
    FindingFate,
    Miss,
    RuleMiss,
    Stop,
    SubscriptionFate,
    Telling,
    Way,
)
from monitor.domain.routing import Outcome
from monitor.domain.source_views import Sight, SourceView
from monitor.domain.stance import Act, Stance, Tier, Topic
from monitor.domain.statement import Assessment
from monitor.domain.subscriptions import Subscription
from monitor.messages.alert import mark_mention, name_acts, probability_bar
from monitor.messages.answer_names import ALARMS, DIRECTIONS, HELD, MUTED, PARTS, SIGHTS
from monitor.messages.answer_words import tell
from monitor.messages.html import escape, link
from monitor.messages.reader import Reader
from monitor.messages.words import ACTS, STANCE_MARKS, STANCES, TIERS, TOPICS

QUOTE_ROOM = 500
MOST_SHOWN = 10
MOST_SUBSCRIPTIONS = 8
LONGEST_REASON = 200


def render_check(result: CheckResult, reader: Reader) -> str:
    """Return what was judged of a text, pair by pair, the neutral ones last and only counted."""
    telling = [one for one in result.checked if one.cause is not Cause.NEUTRAL]
    quiet = len(result.checked) - len(telling)
    shown = (telling or list(result.checked))[:MOST_SHOWN]
    blocks = [tell(reader.language, "checked", count=len(result.checked))]
    blocks += [_render_checked(one, reader) for one in shown]
    if left := len(telling) - len(shown) if telling else 0:
        blocks.append(tell(reader.language, "and_more", count=left))
    if telling and quiet:
        blocks.append(tell(reader.language, "and_neutral", count=quiet))
    blocks.append(f"{reader.label('model')}: <code>{escape(result.model)}</code>")
    return "\n\n".join(blocks)


def _render_checked(checked: Checked, reader: Reader) -> str:
    finding = checked.finding
    lines = [*describe(finding.assessment, reader)]
    if checked.cause is Cause.ALERTED:
        rule = f"<code>{escape(checked.rule_id or '')}</code>"
        lines.append(tell(reader.language, "would_alert", rule=rule))
    else:
        lines += _tell_cause(checked.cause, checked.nearest, reader)
    if checked.cause is Cause.ALERTED:
        lines += _tell_outcomes(checked.outcomes, reader)
    return "\n".join(lines)


def describe(assessment: Assessment, reader: Reader) -> list[str]:
    """Return a judged pair: who toward whom, the quotation, the probabilities, acts, and why that speaker."""
    a = assessment
    p = a.judgement.probabilities
    lines = [
        head_of(a, reader),
        f"<blockquote>{mark_mention(a, QUOTE_ROOM)}</blockquote>",
        *(
            f"<code>{probability_bar(p.of(stance))}</code> {p.of(stance):.2f} "
            f"{STANCES[reader.language][stance]}"
            for stance in Stance
        ),
    ]
    if a.judgement.acts:
        lines.append(f"{reader.label('acts')}: {escape(name_acts(a.judgement.acts, reader))}")
    details = "; ".join(part for part in (a.speaker.role, reader.office(a.speaker)) if part)
    who = f"<b>{escape(reader.speaker(a.speaker))}</b>" + (f" ({escape(details)})" if details else "")
    reason = f"<code>{escape(a.speaker.reason[:LONGEST_REASON])}</code>"
    return [*lines, f"{who}, {tell(reader.language, 'because')} {reason}"]


def head_of(assessment: Assessment, reader: Reader) -> str:
    """Return the first line of a judged pair: who toward whom, how, how severe."""
    a = assessment
    sides = f"{escape(reader.bloc(a.speaker.bloc))} → {escape(reader.target(a.target))}"
    stance = STANCES[reader.language][a.stance]
    return f"{STANCE_MARKS[a.stance]} <b>{sides}</b>: {stance} · {reader.label('severity')} {a.severity}"


def render_fate(fate: ArticleFate, reader: Reader) -> str:
    """Return what became of an article, statement by statement, and for the chat's subscriptions."""
    language = reader.language
    if fate.article is None:
        rows = [tell(language, "not_collected"), link(fate.url, fate.url)]
        if fate.source is None:
            return "\n".join([*rows, tell(language, "no_source"), tell(language, "paste")])
        rows.append(_tell_nearest(fate.source, reader))
        if fate.source.sight is Sight.READ:
            rows.append(tell(language, "front_gone"))
        return "\n".join([*rows, tell(language, "paste")])
    article = fate.article
    outlet = article.outlet or (fate.source.source.outlet if fate.source else article.source_id)
    blocks = [
        f"{link(article.url, article.title or article.url)}\n{escape(outlet)} · "
        + tell(language, "seen_at", at=reader.moment(article.first_seen_at))
    ]
    if fate.stop is not Stop.JUDGED:
        key = "article_waiting" if fate.stop is Stop.WAITING else fate.stop.value
        reason = f"<code>{escape(article.reason[:LONGEST_REASON])}</code>"
        lang = escape(article.lang or tell(language, "unknown"))
        return "\n".join([*blocks, tell(language, key, reason=reason, lang=lang)])
    telling = [one for one in fate.findings if one.cause is not Cause.NEUTRAL]
    shown = (telling or list(fate.findings))[:MOST_SHOWN]
    blocks += [_render_finding(one, reader) for one in shown]
    if telling and (quiet := len(fate.findings) - len(telling)):
        blocks.append(tell(language, "and_neutral", count=quiet))
    return "\n\n".join(blocks)


def _render_finding(fate: FindingFate, reader: Reader) -> str:
    a = fate.finding.assessment
    lines = [head_of(a, reader), f"<blockquote>{mark_mention(a, QUOTE_ROOM)}</blockquote>"]
    if fate.number is not None and fate.cause is Cause.ALERTED:
        lines.append(tell(reader.language, "alerted", number=fate.number))
    elif fate.number is not None:
        lines.append(tell(reader.language, "duplicate", number=fate.number))
    elif fate.cause is Cause.DUPLICATE:
        lines.append(tell(reader.language, "duplicate_gone"))
    else:
        lines += _tell_cause(fate.cause, fate.nearest, reader)
    if fate.number is not None:
        mine = fate.subscriptions[:MOST_SUBSCRIPTIONS]
        lines += [_tell_subscription(one, reader) for one in mine]
        if not mine:
            lines.append(tell(reader.language, "no_subscriptions"))
    return "\n".join(lines)


def _tell_cause(cause: Cause, nearest: RuleMiss | None, reader: Reader) -> list[str]:
    if cause is Cause.UNDECIDED:
        return [tell(reader.language, "undecided")]
    lines = [tell(reader.language, "no_alert", reason=tell(reader.language, cause.value))]
    if nearest is not None:
        rule = f"<code>{escape(nearest.rule.id)}</code>"
        parts = "; ".join(_tell_miss(miss, reader) for miss in nearest.misses)
        key = "nearest" if nearest.misses else "now_asked"
        lines.append(tell(reader.language, key, rule=rule, parts=parts))
    return lines


def _tell_miss(miss: Miss, reader: Reader) -> str:
    part = PARTS[reader.language][miss.part]
    if miss.part == "enabled":
        return part
    least = miss.part in ("min_severity", "min_probability")
    got = ", ".join(_name(miss.part, value, reader) for value in miss.got.split(", ") if value) or "–"
    if miss.part == "directions":
        got = " → ".join(reader.bloc(side) for side in miss.got.split(" → "))
    wanted = ", ".join(_name(miss.part, value, reader) for value in miss.wanted)
    return tell(
        reader.language,
        "miss_least" if least else "miss",
        part=part,
        got=escape(got),
        wanted=escape(wanted),
    )


def _name(part: str, value: str, reader: Reader) -> str:
    """Return a value of a filter in the reader's words."""
    language = reader.language
    if part in ("targets", "blocs"):
        return reader.bloc(value)
    if part == "directions":
        return DIRECTIONS[language][next(d for d in DIRECTIONS[language] if d == value)]
    if part == "stances":
        return STANCES[language][Stance(value)]
    if part == "acts":
        return ACTS[language][Act(value)]
    if part == "topics":
        return TOPICS[language][Topic(value)]
    return TIERS[language][Tier(value)] if part == "tiers" else value


def _tell_outcomes(outcomes: Sequence[Outcome], reader: Reader) -> list[str]:
    """Return what a chat's subscriptions would do with an alert."""
    if not outcomes:
        return [tell(reader.language, "no_subscriptions")]
    return [
        f"· {_name_subscription(one.subscription, reader)}: {_tell_outcome(one, reader)}"
        for one in outcomes[:MOST_SUBSCRIPTIONS]
    ]


def _tell_outcome(outcome: Outcome, reader: Reader) -> str:
    language = reader.language
    if outcome.held is not None:
        return tell(language, "would_hold", because=HELD[language][outcome.held.reason])
    if outcome.reason is None:
        return tell(language, "would_tell")
    if outcome.reason.startswith("muted: "):
        kind = outcome.reason.removeprefix("muted: ")
        return tell(language, "muted", what=MUTED[language].get(kind, escape(kind)))
    part = PARTS[language].get(outcome.reason)
    return tell(language, "kept_away", part=part) if part else tell(language, "not_served")


def _tell_subscription(fate: SubscriptionFate, reader: Reader) -> str:
    outcome = fate.outcome
    name = f"· {_name_subscription(outcome.subscription, reader)}: "
    # What the place was told may have come through another of its subscriptions.
    if fate.telling is not None and outcome.reason is None:
        return name + _tell_telling(fate.telling, reader)
    if outcome.reason is not None:
        return name + _tell_outcome(outcome, reader)
    return name + tell(reader.language, "later" if fate.is_later else "not_told")


def _tell_telling(telling: Telling, reader: Reader) -> str:
    language = reader.language
    keys = {
        Way.SENT: "sent",
        Way.WAITING: "waiting",
        Way.HELD: "held",
        Way.SUMMED_UP: "summed_up",
        Way.FAILED: "failed",
        Way.CANCELLED: "cancelled",
    }
    because = HELD[language][telling.because] if telling.because else ""
    reason = escape(telling.reason[:LONGEST_REASON])
    return tell(language, keys[telling.way], at=reader.moment(telling.at), because=because, reason=reason)


def _name_subscription(subscription: Subscription, reader: Reader) -> str:
    named = f" «{escape(subscription.name[:60])}»" if subscription.name else ""
    return tell(reader.language, "subscription", id=subscription.id) + named


def _tell_nearest(view: SourceView, reader: Reader) -> str:
    source = f"<b>{escape(view.source.outlet)}</b> (<code>{escape(view.source.id)}</code>)"
    return tell(reader.language, "nearest_source", source=source, state=tell_sight(view, reader))


def tell_sight(view: SourceView, reader: Reader) -> str:
    """Return whether a source is seen now, since when it is not, and what is wrong with it. HTML."""
    language = reader.language
    parts = [SIGHTS[language][view.sight]]
    if view.sight is not Sight.OFF and view.health is not None:
        at = view.health.last_success_at
        parts.append(
            tell(language, "last_read", at=reader.moment(at)) if at else tell(language, "never_read")
        )
    parts += [ALARMS[language][notice.alarm.kind] for notice in view.alarms]
    return ", ".join(parts)
