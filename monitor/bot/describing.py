"""Subscriptions, and what they would have sent, in words."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from monitor.bot.parts import CHOSEN, name_values
from monitor.bot.phrases import say
from monitor.bot.phrases_subscriptions import PACES
from monitor.bot.services import BotServices
from monitor.domain.alerts import Alert
from monitor.domain.estimates import SPAN, Estimate
from monitor.domain.subscriptions import DEFAULT_KINDS, Filter, Pace, Subscription
from monitor.messages.alert import mark_mention
from monitor.messages.html import escape
from monitor.messages.reader import Reader
from monitor.messages.words import STANCE_MARKS, plural_ru

MOST_NAMED = 8
EXAMPLE_ROOM = 160
_FRAMES = {"tiers": "speakers_of", "blocs": "speakers_of", "sources": "sources_are", "kinds": "kinds_are"}
_FIELDS = {"speakers_of": "sides", "sources_are": "sources", "kinds_are": "kinds"}


def describe(subscription: Subscription, services: BotServices, language: str) -> str:
    """Return what a subscription asks for in words, as HTML."""
    wanted = subscription.filter
    parts = [_describe_part(part, wanted, services, language) for part in _ORDER]
    if wanted.words:
        parts.append(say(language, "words_are", words=_join(sorted(wanted.words), language)))
    if wanted.min_severity:
        parts.append(say(language, "severity_from", severity=wanted.min_severity))
    text = "; ".join(part for part in parts if part) or say(language, "everything")
    if subscription.pace is not Pace.IMMEDIATE:
        text += f"; {PACES[language][subscription.pace]}"
    if subscription.thread_id:
        text += "; " + say(language, "in_topic", thread=subscription.thread_id)
    return escape(text)


_ORDER = ("targets", "stances", *(part for part in CHOSEN if part not in ("targets", "stances")))


def title_of(subscription: Subscription, language: str) -> str:
    """Return what a subscription is called, as HTML; its number, and its name where it has one."""
    if subscription.id:
        title = say(language, "subscription_number", id=subscription.id)
    else:
        title = say(language, "new_subscription")
    return f"<b>{title}</b>" + (f" · {escape(subscription.name)}" if subscription.name else "")


def _describe_part(part: str, wanted: Filter, services: BotServices, language: str) -> str:
    values = getattr(wanted, part)
    if not values or (part == "kinds" and values == DEFAULT_KINDS):
        return ""
    names = _join(name_values(part, values, services, language), language)
    frame = _FRAMES.get(part)
    return say(language, frame, **{_FIELDS[frame]: names}) if frame else names


def _join(names: Sequence[str], language: str) -> str:
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    some, more = ", ".join(names[: MOST_NAMED - 1]), len(names) - MOST_NAMED + 1
    return say(language, "others_too", some=some, count=more)


async def estimate_of(subscription: Subscription, services: BotServices) -> Estimate:
    """Count what a subscription would have sent, beside the event loop."""
    return await asyncio.to_thread(services.estimate, subscription.filter)


def tell_estimate(
    found: Estimate, subscription: Subscription, reader: Reader, *, examples: bool = True
) -> str:
    """Return what a subscription would have sent, with the most severe examples, as HTML."""
    language = reader.language
    if not found.span:
        return say(language, "estimate_nothing")
    immediate = subscription.pace is Pace.IMMEDIATE
    lines = [
        say(
            language,
            "estimate" if immediate else "estimate_summaries",
            alerts=count_alerts(found.count, language),
            span=_name_span(found.span, language),
        )
    ]
    if examples and found.examples:
        lines.append(say(language, "for_example"))
        lines += [_show_example(number, alert, reader) for number, alert in found.examples]
    return "\n".join(lines)


def count_alerts(count: int, language: str) -> str:
    """Return "14 alerts"."""
    if language == "ru":
        return f"{count} {plural_ru(count, 'оповещение', 'оповещения', 'оповещений')}"
    return f"{count} alert{'' if count == 1 else 's'}"


def _name_span(span: timedelta, language: str) -> str:
    """Return how far back was looked; whole days, or hours within the first two."""
    if span >= SPAN:
        return f"последние {SPAN.days} дней" if language == "ru" else f"the last {SPAN.days} days"
    hours = max(1, int(span / timedelta(hours=1)))
    if hours < 48:
        if language == "ru":
            return f"{hours} {plural_ru(hours, 'час', 'часа', 'часов')} наблюдений"
        return f"the {hours} hours that I know" if hours > 1 else "the one hour that I know"
    if language == "ru":
        return f"{span.days} {plural_ru(span.days, 'день', 'дня', 'дней')} наблюдений"
    return f"the {span.days} days that I know"


def _show_example(number: int, alert: Alert, reader: Reader) -> str:
    a = alert.ground.assessment
    return (
        f"{STANCE_MARKS[a.stance]} {escape(reader.speaker(a.speaker))} → {escape(reader.target(a.target))} · "
        f"{reader.label('severity')} {a.severity} · /why_{number}\n"
        f"<blockquote>{mark_mention(a, EXAMPLE_ROOM)}</blockquote>"
    )
