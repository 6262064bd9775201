"""Alerts by e-mail and chat services, through apprise."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence

import apprise

from monitor.domain.delivery import Delivery, SentMessage
from monitor.domain.forwards import Forward
from monitor.errors import DeliveryError, UndeliverableError
from monitor.messages.html import to_plain
from monitor.messages.reader import Reader
from monitor.notify.content import AlertContent, Content
from monitor.notify.parts import render_parts

# It logs addresses with their passwords at its lower levels.
logging.getLogger("apprise").setLevel(logging.CRITICAL)


class AppriseSink:
    """Hands alerts to the service behind a forward's address; recipients are forwards' ids."""

    def __init__(self, forwards: Mapping[str, Forward], reader: Callable[[str], Reader]) -> None:
        self._forwards = forwards
        self._reader = reader

    async def send(self, delivery: Delivery, content: Content) -> Sequence[SentMessage]:
        """Send one message as plain text; what the service refuses is tried again."""
        forward = self._forwards.get(delivery.recipient)
        if forward is None:
            raise UndeliverableError(f"forward {delivery.recipient!r} is no longer configured")
        reader = self._reader(forward.language)
        parts = [to_plain(part) for part in render_parts(content, reader) if isinstance(part, str)]
        title = parts[0].splitlines()[0] if isinstance(content, AlertContent) else "rhetoric-monitor"
        if not await asyncio.to_thread(_notify, forward.address, "\n".join(parts), title):
            raise DeliveryError(f"forward {forward.id!r}: the service did not take the message")
        return ()


def _notify(address: str, body: str, title: str) -> bool:
    service = apprise.Apprise()
    if not service.add(address):
        raise UndeliverableError("apprise does not know the address; see its list of services")
    return bool(service.notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT))
