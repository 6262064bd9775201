"""What a delivery carries, and how it is loaded from the store."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from monitor.domain.alerts import Alert
from monitor.domain.delivery import Delivery, DeliveryKind, SentMessage, updated_alert
from monitor.domain.digest import Digest
from monitor.domain.signals import Signal
from monitor.errors import UndeliverableError
from monitor.pipeline.ports import Alerts, Broadcasts, Digests, HeldAlerts, Messages, Signals


@dataclass(frozen=True, slots=True)
class AlertContent:
    """An alert with the number that people know it by."""

    number: int
    alert: Alert
    translation: str = ""
    """The quotation in the reader's language, where somebody translates."""


class AttachmentKind(StrEnum):
    """How a file is shown."""

    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message."""

    kind: AttachmentKind
    filename: str
    data: bytes


@dataclass(frozen=True, slots=True)
class DigestContent:
    """A digest with its files: charts are shown before the text, documents after it."""

    digest: Digest
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeContent:
    """A plain text for people."""

    text: str


@dataclass(frozen=True, slots=True)
class UpdateContent:
    """An alert as it stands now, and the messages of one place that show it as it stood."""

    shown: AlertContent
    messages: tuple[SentMessage, ...]


@dataclass(frozen=True, slots=True)
class SummaryContent:
    """Several alerts in one message, in the order in which they came."""

    alerts: tuple[AlertContent, ...]


@dataclass(frozen=True, slots=True)
class SignalContent:
    """A shift, a divergence or a silence."""

    signal: Signal


Content = AlertContent | UpdateContent | SummaryContent | SignalContent | DigestContent | NoticeContent
LoadContent = Callable[[Delivery], Content]
KEPT_SECONDS, KEPT_ALERTS = 2.0, 100


def _no_attachments(_: Digest) -> Sequence[Attachment]:
    return ()


@dataclass(frozen=True, slots=True)
class ContentLoader:
    """Loads what a delivery is about; what is gone raises UndeliverableError."""

    alerts: Alerts
    digests: Digests
    held: HeldAlerts
    messages: Messages
    attach: Callable[[Digest], Sequence[Attachment]] = _no_attachments
    broadcasts: Broadcasts | None = None
    signals: Signals | None = None
    _kept: dict[str, tuple[float, AlertContent]] = field(default_factory=dict, init=False)

    def __call__(self, delivery: Delivery) -> Content:
        """Return the content of one delivery."""
        load: Mapping[DeliveryKind, Callable[[], Content]] = {
            DeliveryKind.ALERT: lambda: self._recent(delivery.subject),
            DeliveryKind.UPDATE: lambda: self._update(delivery),
            DeliveryKind.SUMMARY: lambda: self._summary(delivery),
            DeliveryKind.SIGNAL: lambda: self._signal(int(delivery.subject)),
            DeliveryKind.DIGEST: lambda: self._digest(delivery.subject),
            DeliveryKind.BROADCAST: lambda: self._broadcast(int(delivery.subject)),
            DeliveryKind.NOTICE: lambda: NoticeContent(delivery.subject),
        }
        return load[delivery.kind]()

    def _broadcast(self, number: int) -> NoticeContent:
        found = self.broadcasts.get(number) if self.broadcasts else None
        if found is None:
            raise UndeliverableError(f"there is no broadcast {number} any more")
        return NoticeContent(found.text)

    def _signal(self, number: int) -> SignalContent:
        found = self.signals.get(number) if self.signals else None
        if found is None:
            raise UndeliverableError(f"there is no signal {number} any more")
        return SignalContent(found)

    def _recent(self, key: str) -> AlertContent:
        """Return an alert as it was a moment ago at most: one goes to hundreds of chats in a row."""
        now = time.monotonic()
        kept = self._kept.get(key)
        if kept is not None and now - kept[0] <= KEPT_SECONDS:
            return kept[1]
        if len(self._kept) >= KEPT_ALERTS:
            self._kept.clear()
        content = self._alert(key)
        self._kept[key] = (now, content)
        return content

    def _alert(self, key: str) -> AlertContent:
        found = self.alerts.by_key(key)
        if found is None:
            raise UndeliverableError(f"there is no alert {key!r} any more")
        return AlertContent(*found)

    def _update(self, delivery: Delivery) -> UpdateContent:
        key = updated_alert(delivery.subject)
        there = [m for m in self.messages.of_alert(key) if m.recipient == delivery.recipient]
        return UpdateContent(self._alert(key), tuple(there))

    def _summary(self, delivery: Delivery) -> SummaryContent:
        found = [self.alerts.by_key(key) for key in self.held.summary(int(delivery.subject))]
        alerts = tuple(AlertContent(*one) for one in found if one is not None)
        if not alerts:
            raise UndeliverableError(f"there are no alerts of summary {delivery.subject} any more")
        return SummaryContent(alerts)

    def _digest(self, subject: str) -> DigestContent:
        digest = self.digests.get(datetime.fromisoformat(subject))
        if digest is None:
            raise UndeliverableError(f"there is no digest of the week {subject}")
        return DigestContent(digest, tuple(self.attach(digest)))
