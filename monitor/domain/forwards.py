"""Where alerts go beside Telegram: to programs by webhooks, to people by other services."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from monitor.domain.subscriptions import Filter


class ForwardKind(StrEnum):
    """How alerts are handed over; the name of a sink."""

    WEBHOOK = "webhook"
    APPRISE = "apprise"


@dataclass(frozen=True, slots=True)
class Forward:
    """One receiver; `address` and `secret` are secrets and show in no representation.

    A webhook's `address` is an http(s) URL, an apprise one any URL that apprise knows (mailto://,
    slack://, matrix://, …); several may stand in several forwards.
    """

    id: str
    kind: ForwardKind
    address: str = field(repr=False)
    secret: str = field(default="", repr=False)
    language: str = "en"
    filter: Filter = field(default_factory=Filter)
