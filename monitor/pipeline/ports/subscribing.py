"""What choosing a subscription needs: the alerts that there were, and drafts of what is being chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from monitor.domain.alerts import Alert
from monitor.domain.signals import Signal
from monitor.domain.subscriptions import Subscription


class PastAlerts(Protocol):
    """The alerts of the last weeks."""

    def since(self, moment: datetime, *, after: int = 0, limit: int) -> Sequence[tuple[int, Alert]]:
        """Return the newest alerts since then with a number above `after`, the newest first, with their
        numbers; `limit` at most."""

    def known_since(self) -> datetime | None:
        """Return when the first article was seen, None before there is any."""


class PastSignals(Protocol):
    """The signals of the last weeks."""

    def since(self, moment: datetime) -> Sequence[Signal]:
        """Return the signals told since then, the oldest first."""


class Drafts(Protocol):
    """Subscriptions that somebody is choosing and has not saved: one a chat and user."""

    def open(self, user_id: int, draft: Subscription, now: datetime) -> int:
        """Begin a draft in the place of the user's former one in the chat; returns its number.

        `draft.id` is the subscription that is being changed, 0 for a new one. Old drafts are dropped."""

    def get(self, chat_id: int, user_id: int, number: int | None = None) -> tuple[int, Subscription] | None:
        """Return the user's draft in the chat with its number; None where there is none, or another one
        than `number`."""

    def save(self, number: int, draft: Subscription, now: datetime) -> None:
        """Keep what became of a draft."""

    def drop(self, number: int) -> None:
        """Forget a draft that was saved or given up."""
