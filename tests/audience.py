"""To whom a test's store sends."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from monitor.domain.routing import Audience
from monitor.pipeline.audience import Audiences
from storage import Store


def read_audience(store: Store, now: datetime, allowed_chats: Collection[int] = ()) -> Callable[[], Audience]:
    """Return what reads subscriptions, settings and mutes of a store, its operator in Moscow's zone."""
    zone = ZoneInfo("Europe/Moscow")
    audiences = Audiences(store.chats, store.preferences, store.held, zone, allowed_chats)
    return lambda: audiences.read(now)
