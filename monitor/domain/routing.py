"""To which chats an alert goes, when, and why not: a pure decision over what chats set."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from monitor.domain.alerts import Alert
from monitor.domain.delivery import Place, Urgency
from monitor.domain.forwards import Forward
from monitor.domain.preferences import Mute, Preferences, muting, next_release, quiet_until
from monitor.domain.subscriptions import Lemmas, Pace, Subscription, split_words, why_unwanted

CRITICAL = 70
"""From this severity up an alert overtakes everything that waits."""


class HeldBecause(StrEnum):
    """Why an alert is told later, together with others."""

    PACE = "pace"
    QUIET = "quiet hours"
    CAP = "hourly cap"
    LATE = "delivery was late"


@dataclass(frozen=True, slots=True)
class Held:
    """An alert that a place is told of later."""

    place: Place
    alert_key: str
    subscription_id: int
    reason: HeldBecause
    release_at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one subscription makes of one alert: sent, held, or kept away.

    `reason` is the part of the filter that did not fit ("targets", "min_severity", …), "muted: KIND",
    or "not served".
    """

    subscription: Subscription
    reason: str | None = None
    held: Held | None = None

    @property
    def sent(self) -> bool:
        """Whether the alert goes out at once."""
        return self.reason is None and self.held is None


@dataclass(frozen=True, slots=True)
class Audience:
    """All that decides where alerts go, read once for many alerts.

    `sent_lately` counts the alerts that went into each place's queue within the last hour.
    """

    subscriptions: Sequence[Subscription]
    served: Collection[int]
    zone: ZoneInfo
    preferences: Mapping[int, Preferences] = field(default_factory=dict, hash=False)
    mutes: Mapping[int, Sequence[Mute]] = field(default_factory=dict, hash=False)
    sent_lately: Mapping[str, int] = field(default_factory=dict, hash=False)
    lemmas: Lemmas = split_words
    forwards: Sequence[Forward] = ()

    def preferences_of(self, chat_id: int) -> Preferences:
        """Return what a chat set, or the defaults."""
        return self.preferences.get(chat_id, Preferences())

    def zone_of(self, chat_id: int) -> ZoneInfo:
        """Return a chat's zone, the operator's where it set none."""
        name = self.preferences_of(chat_id).zone
        return ZoneInfo(name) if name else self.zone


@dataclass(slots=True)
class Router:
    """Decides alert after alert, counting what each place was sent within the hour."""

    audience: Audience
    now: datetime
    _added: dict[str, int] = field(default_factory=dict)

    def route(self, alert: Alert) -> tuple[list[Place], list[Held]]:
        """Return where the alert goes at once, and where later; each place has it once.

        Of several subscriptions of a place the one that tells soonest counts.
        """
        outcomes: dict[Place, Outcome] = {}
        for subscription in self.audience.subscriptions:
            outcome = self.decide(subscription, alert)
            place = Place(subscription.chat_id, subscription.thread_id)
            if outcome.reason is None and _sooner(outcome, outcomes.get(place)):
                outcomes[place] = outcome
        now_to = [place for place, outcome in outcomes.items() if outcome.sent]
        for place in now_to:
            self._added[str(place)] = self._added.get(str(place), 0) + 1
        return now_to, [outcome.held for outcome in outcomes.values() if outcome.held is not None]

    def forwards(self, alert: Alert) -> list[Forward]:
        """Return the forwards that the alert goes to, always at once."""
        audience = self.audience
        return [f for f in audience.forwards if why_unwanted(f.filter, alert, audience.lemmas) is None]

    def decide(self, subscription: Subscription, alert: Alert) -> Outcome:
        """Return what a subscription makes of an alert."""
        audience, chat = self.audience, subscription.chat_id
        if chat not in audience.served:
            return Outcome(subscription, "not served")
        if (missed := why_unwanted(subscription.filter, alert, audience.lemmas)) is not None:
            return Outcome(subscription, missed)
        if mute := muting(audience.mutes.get(chat, ()), alert, self.now):
            return Outcome(subscription, f"muted: {mute.kind}")
        return Outcome(subscription, held=self._hold(subscription, alert))

    def _hold(self, subscription: Subscription, alert: Alert) -> Held | None:
        chat = subscription.chat_id
        place = Place(chat, subscription.thread_id)
        zone, preferences = self.audience.zone_of(chat), self.audience.preferences_of(chat)

        def held(reason: HeldBecause, until: datetime) -> Held:
            return Held(place, alert.key, subscription.id, reason, until)

        severity = alert.ground.assessment.severity
        if subscription.pace is not Pace.IMMEDIATE:
            return held(HeldBecause.PACE, next_release(subscription.pace, zone, self.now))
        if until := quiet_until(preferences, zone, severity, self.now):
            return held(HeldBecause.QUIET, until)
        sent = self.audience.sent_lately.get(str(place), 0) + self._added.get(str(place), 0)
        if preferences.hourly_cap and sent >= preferences.hourly_cap and severity < CRITICAL:
            return held(HeldBecause.CAP, next_release(Pace.HOURLY, zone, self.now))
        return None


def _sooner(outcome: Outcome, than: Outcome | None) -> bool:
    if than is None or than.held is None:
        return than is None
    return outcome.held is None or outcome.held.release_at < than.held.release_at


def urgency_of(severity: int) -> Urgency:
    """Return how urgent an alert of a severity is."""
    return Urgency.CRITICAL if severity >= CRITICAL else Urgency.USUAL
