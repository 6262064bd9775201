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

    def put_off(
        self, subscription: Subscription, severity: int, now: datetime
    ) -> tuple[HeldBecause, datetime] | None:
        """Return why and until when a subscription's pace or its chat's quiet hours hold something back."""
        zone = self.zone_of(subscription.chat_id)
        if subscription.pace is not Pace.IMMEDIATE:
            return HeldBecause.PACE, next_release(subscription.pace, zone, now)
        until = quiet_until(self.preferences_of(subscription.chat_id), zone, severity, now)
        return None if until is None else (HeldBecause.QUIET, until)


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
        audience, now = self.audience, self.now
        place = Place(subscription.chat_id, subscription.thread_id)
        severity = alert.ground.assessment.severity
        waits = audience.put_off(subscription, severity, now)
        if waits is None and severity < CRITICAL:
            cap = audience.preferences_of(subscription.chat_id).hourly_cap
            sent = audience.sent_lately.get(str(place), 0) + self._added.get(str(place), 0)
            if cap and sent >= cap:
                waits = HeldBecause.CAP, next_release(Pace.HOURLY, audience.zone_of(place.chat_id), now)
        return None if waits is None else Held(place, alert.key, subscription.id, *waits)


def _sooner(outcome: Outcome, than: Outcome | None) -> bool:
    if than is None or than.held is None:
        return than is None
    return outcome.held is None or outcome.held.release_at < than.held.release_at


def urgency_of(severity: int) -> Urgency:
    """Return how urgent an alert of a severity is."""
    return Urgency.CRITICAL if severity >= CRITICAL else Urgency.USUAL
