"""Telling operators: where notices go, and those of the service itself, which others than the watch raise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from monitor.domain.delivery import TELEGRAM, DeliveryKind, NewDelivery
from monitor.domain.notice_words import Missed, tell_begun, tell_ended
from monitor.domain.notices import Alarm, AlarmKind, Notice
from monitor.pipeline.alert import CONSOLE, CONSOLE_RECIPIENT
from monitor.pipeline.ports import Notices


def address_notices(texts: Iterable[str], operators: Sequence[int]) -> list[NewDelivery]:
    """Return where notices go: the console, and each operator's chat."""
    recipients = [(CONSOLE, CONSOLE_RECIPIENT), *((TELEGRAM, str(chat)) for chat in operators)]
    return [
        NewDelivery(DeliveryKind.NOTICE, text, sink, recipient)
        for text in texts
        for sink, recipient in recipients
    ]


def raise_notice(
    notices: Notices, alarm: Alarm, now: datetime, zone: tzinfo, operators: Sequence[int] = ()
) -> list[Notice]:
    """Begin a notice of what others than the watch noticed, such as a broken configuration.

    It begins once while it lasts.
    """
    text = tell_begun([alarm], {}, zone, now)
    return notices.save([alarm], {}, address_notices([text], operators), now)


def end_notice(
    notices: Notices, kind: AlarmKind, now: datetime, zone: tzinfo, operators: Sequence[int] = ()
) -> list[Notice]:
    """End the service's notice of this kind, if one lasts."""
    lasting = [n for n in notices.open() if n.alarm.kind is kind and not n.alarm.source_id]
    texts = [tell_ended([Missed(notice, now)], {}, zone) for notice in lasting]
    return notices.save([], {n.id: now for n in lasting}, address_notices(texts, operators), now)
