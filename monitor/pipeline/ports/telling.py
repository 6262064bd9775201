"""What telling people needs: alerts, the outbox, chats and digests."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from monitor.domain import preferences as settings
from monitor.domain.alerts import Alert, Decision
from monitor.domain.change_alerts import ChangeAlert
from monitor.domain.delivery import Delivery, NewDelivery, SentMessage, Urgency
from monitor.domain.digest import Digest, ReviewStep
from monitor.domain.preferences import Mute, MuteKind
from monitor.domain.routing import Held, HeldBecause
from monitor.domain.subscriptions import Subscription


class Alerts(Protocol):
    """Alerts, their deliveries and subscriptions in the store."""

    def known_keys(self, keys: Collection[str]) -> set[str]:
        """Return those keys that have an alert already, or need none after an alert about a change."""

    def save_decision(
        self,
        decision: Decision,
        deliveries: Sequence[NewDelivery],
        now: datetime,
        held: Sequence[Held] = (),
    ) -> None:
        """Save alerts, what is sent and held of them, and the reasons of those skipped, in one
        transaction. An alert whose key exists stays as it is: its finding counts as skipped and it is
        neither sent nor held again. A finding's first decision stands."""

    def save_changes(
        self,
        told: Sequence[ChangeAlert],
        decided: Collection[int],
        deliveries: Sequence[NewDelivery],
        now: datetime,
        held: Sequence[Held] = (),
    ) -> None:
        """Save alerts about changes, what is sent and held of them, and that all the changes with the
        numbers `decided` are, in one transaction. An alert whose key exists stays as it is and is
        neither sent nor held again."""

    def by_key(self, key: str) -> tuple[int, Alert] | None:
        """Return an alert with its number; its finding shows today's outlets."""

    def by_number(self, number: int) -> Alert | None:
        """Return the alert that people know by this number."""

    def for_finding(self, finding_id: int) -> tuple[int, Alert] | None:
        """Return the alert for which this finding stands, with its number."""

    def latest(self, limit: int, targets: Collection[str] | None = None) -> list[tuple[int, Alert]]:
        """Return the newest alerts with their numbers, the newest first; None or no `targets`: of any."""


class Outbox(Protocol):
    """Deliveries on their way; a claimed one is marked before it is sent."""

    def add(self, deliveries: Sequence[NewDelivery], now: datetime) -> None:
        """Put messages in; one with the same kind, subject, sink and recipient is not put in twice."""

    def claim(self, sink: str, now: datetime, limit: int, least: Urgency = Urgency.BULK) -> list[Delivery]:
        """Mark due deliveries as being sent and return them, the most urgent first and of equals the
        oldest, none below `least`, at most one per recipient and none to whom something is being sent
        already; `attempts` counts this try."""

    def is_overtaken(self, delivery: Delivery, now: datetime) -> bool:
        """Whether something more urgent waits for the recipient of a delivery that is being sent."""

    def give_way(self, delivery_id: int) -> None:
        """Put back what is being sent, at no cost to it: something more urgent goes first."""

    def sent(self, delivery_id: int, now: datetime, shown: Sequence[SentMessage] = ()) -> None:
        """Record success, and which messages show an alert now."""

    def retry(self, delivery_id: int, at: datetime, reason: str) -> None:
        """Put it back until `at`; later messages to the same recipient wait too."""

    def failed(self, delivery_id: int, reason: str, now: datetime) -> None:
        """Give up on one message, with its reason."""

    def recipient_gone(self, sink: str, recipient: str, reason: str, now: datetime) -> int:
        """Cancel all that waits for the recipient or is being sent to it; returns how many."""

    def recover(self, now: datetime) -> int:
        """After a restart: put back what was being sent, counted as uncertain; returns how many.

        Only for the one process that sends: it would put back what another is sending now."""

    def let_go(self, before: datetime, now: datetime) -> int:
        """Cancel alerts and notices that were put in before then and never sent; returns how many."""

    def counts(self) -> dict[str, int]:
        """Return how many deliveries are `pending`, `sending`, `sent`, `failed` and `cancelled`, and
        how many are `uncertain`: they were being sent when the program ended, so they may have
        gone out twice, whatever their state is now. For status lines."""


class Chats(Protocol):
    """Chats that are served and what they subscribed to."""

    def is_served(self, chat_id: int) -> bool:
        """Whether the chat may use the bot (redeemed a code and is not disabled)."""

    def serve(self, chat_id: int, title: str, language: str, now: datetime) -> None:
        """Begin, or begin again, to serve the chat."""

    def language(self, chat_id: int) -> str:
        """Return the interface language of a chat; empty where it never said one."""

    def disable(self, chat_id: int, reason: str, now: datetime) -> None:
        """Stop sending to the chat and cancel what is on its way to it; `/start` enables it again."""

    def served(self) -> set[int]:
        """Return all chats that may use the bot."""

    def migrate(self, old_chat_id: int, new_chat_id: int) -> None:
        """Move subscriptions and waiting deliveries to the supergroup's new id."""

    def subscribe(self, subscription: Subscription, now: datetime) -> Subscription:
        """Save a subscription and return it with its id; the same one twice is one.

        Raises TooManySubscriptionsError, and saves nothing, where it would be one too many."""

    def take_in(
        self,
        chat_id: int,
        wanted: Sequence[Subscription],
        chosen: settings.Preferences | None,
        now: datetime,
    ) -> int:
        """Add those subscriptions that the chat has not got, and set its settings, in one transaction.

        Returns how many were added; raises TooManySubscriptionsError, and changes nothing, where they
        would be too many."""

    def change(self, subscription: Subscription) -> bool:
        """Save what became of a subscription of the chat; False where the chat has no such one, or has
        one just like it already."""

    def unsubscribe(self, chat_id: int, subscription_id: int | None) -> int:
        """Remove one or (None) all subscriptions of the chat; returns how many."""

    def subscriptions(self, chat_id: int | None = None) -> list[Subscription]:
        """Return the chat's subscriptions, or all of chats that are not disabled, those among
        them that configuration allows and that never needed to be served."""


class Preferences(Protocol):
    """What chats set for themselves, and what they mute."""

    def get(self, chat_id: int) -> settings.Preferences:
        """Return what the chat set, the defaults where it set nothing."""

    def save(self, chat_id: int, wanted: settings.Preferences) -> None:
        """Keep what the chat set."""

    def all(self) -> Mapping[int, settings.Preferences]:
        """Return the settings of all chats that set any."""

    def mute(self, wanted: Mute) -> None:
        """Mute until then; a mute of the same thing is replaced."""

    def unmute(self, chat_id: int, kind: MuteKind | None = None, value: str = "") -> int:
        """End one mute, or (None) all of the chat; returns how many."""

    def mutes(self, now: datetime) -> Mapping[int, Sequence[Mute]]:
        """Return the mutes that hold, by chat."""

    def forget(self, chat_id: int) -> None:
        """Delete all that the chat set."""


class HeldAlerts(Protocol):
    """Alerts that are told later, together."""

    def sent_since(self, since: datetime) -> Mapping[str, int]:
        """Return how many single alerts were put into each place's queue since then."""

    def release(self, now: datetime) -> int:
        """Put what is due into one summary a place, in one transaction; returns how many there are."""

    def fold(self, before: datetime, now: datetime, at_least: int) -> int:
        """Fold the alerts that have waited for a place since before then into one summary, where there
        are at least so many; critical ones are still told one by one. Returns how many were folded."""

    def summary(self, number: int) -> Sequence[str]:
        """Return the keys of a summary's alerts, in the order in which they were held."""

    def of_alert(self, alert_key: str) -> Mapping[str, HeldBecause]:
        """Return the places for which an alert was held, and why."""


class Messages(Protocol):
    """Messages that show alerts."""

    def of_alert(self, alert_key: str) -> Sequence[SentMessage]:
        """Return the messages that show an alert."""

    def plan_updates(self, since: datetime, now: datetime) -> int:
        """Put an update into the outbox for every place whose message, sent since then, shows an alert
        with fewer outlets than carry it now; returns how many."""


class Feeds(Protocol):
    """Which secret address opens which subscription's feed."""

    def open(self, chat_id: int, subscription_id: int, now: datetime) -> str | None:
        """Return the secret of a subscription's feed, made at the first time; None where the chat has
        no such subscription."""

    def close(self, chat_id: int, subscription_id: int) -> bool:
        """Let the address lead nowhere; False where the chat has no such feed."""

    def subscription(self, secret: str) -> Subscription | None:
        """Return the subscription that a secret opens."""


class Digests(Protocol):
    """Weekly digests and their reviews in the store."""

    def save_draft(self, digest: Digest, now: datetime) -> bool:
        """Save the week's draft unless there is one; False when there was."""

    def get(self, week: datetime) -> Digest | None:
        """Return the week's digest with its review applied."""

    def weeks(self) -> list[datetime]:
        """Return the weeks that have a digest, the newest first."""

    def steps(self, week: datetime) -> list[ReviewStep]:
        """Return what people did to it, in order."""

    def add_step(self, step: ReviewStep) -> None:
        """Record a step of the review; the same one twice is one. Publication has `publish`."""

    def publish(self, step: ReviewStep, deliveries: Sequence[NewDelivery]) -> bool:
        """Record publication with its deliveries in one transaction; False if published before."""
