"""Messages on their way to people: an outbox that survives restarts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

TELEGRAM = "telegram"
"""The sink whose recipients are places."""


class DeliveryKind(StrEnum):
    """What a delivery carries."""

    ALERT = "alert"
    UPDATE = "update"
    SUMMARY = "summary"
    SIGNAL = "signal"
    DIGEST = "digest"
    NOTICE = "notice"
    BROADCAST = "broadcast"


class Urgency(IntEnum):
    """Which message goes first where several wait; smaller is sooner."""

    CRITICAL = 0
    USUAL = 1
    LATER = 2
    BULK = 3


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

    `subject` is the alert's key, the alert's key and its count of outlets for an update, a summary's
    a signal's or a broadcast's number, the digest's week in ISO form, or a notice's text; `sink` is a
    key of the sinks' registry (console, telegram); `recipient` is the sink's own address (`Place`'s
    text for Telegram, "-" for the console).
    """

    kind: DeliveryKind
    subject: str
    sink: str
    recipient: str
    urgency: Urgency = Urgency.USUAL
    due_at: datetime | None = None
    """Not before then; None: at once."""


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
    urgency: Urgency = Urgency.USUAL


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in Telegram a message goes: a chat, and in a forum one of its topics (0: none)."""

    chat_id: int
    thread_id: int = 0

    def __str__(self) -> str:
        return f"{self.chat_id}/{self.thread_id}" if self.thread_id else str(self.chat_id)

    @classmethod
    def parse(cls, text: str) -> Place:
        """Read what `str` wrote; raises ValueError for anything else."""
        chat, slash, thread = text.partition("/")
        return cls(int(chat), int(thread) if slash else 0)


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message that shows an alert with so many outlets."""

    delivery_id: int
    alert_key: str
    recipient: str
    message_id: int
    outlets: int
    sent_at: datetime


UPDATE_MARK = "#"


def update_subject(alert_key: str, outlets: int) -> str:
    """Return the subject of the update that shows an alert with so many outlets."""
    return f"{alert_key}{UPDATE_MARK}{outlets}"


def ruled_subject(alert_key: str) -> str:
    """Return the subject of the update that shows what a reviewer ruled of an alert."""
    return f"{alert_key}{UPDATE_MARK}ruled"


def updated_alert(subject: str) -> str:
    """Return the key of the alert that an update is about."""
    return subject.rpartition(UPDATE_MARK)[0]
