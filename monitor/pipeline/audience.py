"""Reading what decides where alerts go: once a round, for all alerts of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.domain.forwards import Forward
from monitor.domain.routing import Audience
from monitor.domain.subscriptions import Lemmas, split_words
from monitor.pipeline.ports import Chats, HeldAlerts, Preferences

LATELY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Audiences:
    """Reads subscriptions, settings, mutes and recent sendings from the store."""

    chats: Chats
    preferences: Preferences
    held: HeldAlerts
    zone: ZoneInfo
    allowed_chats: Collection[int] = ()
    lemmas: Lemmas = split_words
    forwards: Sequence[Forward] = ()

    def read(self, now: datetime) -> Audience:
        """Return everything as it stands now."""
        return Audience(
            subscriptions=self.chats.subscriptions(),
            served=self.chats.served() | set(self.allowed_chats),
            zone=self.zone,
            preferences=self.preferences.all(),
            mutes=self.preferences.mutes(now),
            sent_lately=self.held.sent_since(now - LATELY),
            lemmas=self.lemmas,
            forwards=self.forwards,
        )
