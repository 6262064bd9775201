"""What a sink is: a way in which messages reach people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from monitor.domain.delivery import Delivery, SentMessage
from monitor.notify.content import Content


class Sink(Protocol):
    """Sends one message.

    Raises DeliveryError when it may be tried again (`retry_after` where the other side named a
    time), UndeliverableError when it never will succeed, RecipientGoneError when nothing more
    should be sent to that recipient.
    """

    async def send(self, delivery: Delivery, content: Content) -> Sequence[SentMessage]:
        """Return once the message is taken over by the other side: what shows an alert now, if that can
        be brought up to date later."""
