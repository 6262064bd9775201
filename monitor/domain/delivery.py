"""Messages on their way to people: an outbox that survives restarts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DeliveryKind(StrEnum):
    """What a delivery carries."""

    ALERT = "alert"
    DIGEST = "digest"
    NOTICE = "notice"


class DeliveryState(StrEnum):
    """Where a delivery stands; `uncertain` was being sent when the process died."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A message to be put into the outbox.

    `subject` is the alert's key, the digest's week in ISO form, or a notice's text; `sink` is a
    key of the sinks' registry (console, telegram); `recipient` is the sink's own address (a chat
    id as text, "-" for the console).
    """

    kind: DeliveryKind
    subject: str
    sink: str
    recipient: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message in the outbox, claimed for sending."""

    id: int
    kind: DeliveryKind
    subject: str
    sink: str
    recipient: str
    attempts: int
    created_at: datetime
