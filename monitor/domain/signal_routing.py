"""To whom signals go, and when: subscriptions, mutes and quiet hours hold as for alerts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.domain.alerts import runs
from monitor.domain.delivery import Place, Urgency
from monitor.domain.preferences import Mute, MuteKind
from monitor.domain.routing import Audience
from monitor.domain.signals import Shift, Signal, SourceSilence, SpeakerSilence
from monitor.domain.subscriptions import Filter


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a signal goes, and not before when."""

    sink: str
    recipient: str
    due_at: datetime
    urgency: Urgency = Urgency.USUAL


def why_unwanted_signal(wanted: Filter, signal: Signal) -> str | None:
    """Return the first part of a filter that keeps a signal away, by its name; None if none does.

    Who asks for certain acts, topics, words or languages only is told of no signal: it is about all
    that a side says of a target. A stance asks for shifts toward it; offices and sources are those
    of who or what fell silent.
    """
    facts = signal.facts
    speaker = facts if isinstance(facts, SpeakerSilence) else None
    source = facts if isinstance(facts, SourceSilence) else None
    directed = source is None
    checks: Sequence[tuple[str, bool]] = (
        ("kinds", not wanted.kinds or signal.kind in wanted.kinds),
        ("targets", not wanted.targets or not directed or signal.target in wanted.targets),
        (
            "directions",
            not wanted.directions
            or not directed
            or any(runs(d, signal.bloc, signal.target) for d in wanted.directions),
        ),
        ("stances", not wanted.stances or not isinstance(facts, Shift) or facts.stance in wanted.stances),
        ("acts", not wanted.acts),
        ("topics", not wanted.topics),
        ("tiers", not wanted.tiers or (speaker is not None and speaker.tier in wanted.tiers)),
        ("blocs", not wanted.blocs or not directed or signal.bloc in wanted.blocs),
        ("sources", not wanted.sources or (source is not None and source.source_id in wanted.sources)),
        ("languages", not wanted.languages),
        ("words", not wanted.words),
        ("min_severity", signal.severity >= wanted.min_severity),
    )
    return next((name for name, holds in checks if not holds), None)


def is_muted(mutes: Sequence[Mute], signal: Signal, now: datetime) -> bool:
    """Whether a chat muted the signal's target, the speaker who fell silent, or everything."""
    speaker = signal.facts.speaker if isinstance(signal.facts, SpeakerSilence) else None
    muted = {(MuteKind.ALL, ""), (MuteKind.TARGET, signal.target), (MuteKind.SPEAKER, speaker)}
    return any(mute.until > now and (mute.kind, mute.value) in muted for mute in mutes)


def route_signal(signal: Signal, audience: Audience, now: datetime) -> dict[Place, datetime]:
    """Return each place that wants the signal with when it is told: at once, after quiet hours, or with
    the pace of its subscription; of several subscriptions of a place the soonest counts."""
    found: dict[Place, datetime] = {}
    for subscription in audience.subscriptions:
        chat = subscription.chat_id
        if (
            chat not in audience.served
            or why_unwanted_signal(subscription.filter, signal) is not None
            or is_muted(audience.mutes.get(chat, ()), signal, now)
        ):
            continue
        place = Place(chat, subscription.thread_id)
        waits = audience.put_off(subscription, signal.severity, now)
        due = now if waits is None else waits[1]
        found[place] = min(due, found.get(place, due))
    return found
