"""Alerts as signed JSON to other programs."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import httpx

from monitor.domain.delivery import Delivery, SentMessage
from monitor.domain.forwards import Forward
from monitor.errors import DeliveryError, UndeliverableError
from monitor.messages.record import alert_record
from monitor.notify.content import AlertContent, Content

TIMEOUT = 15.0
SIGNATURE, STAMP, NUMBER = "X-Monitor-Signature", "X-Monitor-Timestamp", "X-Monitor-Delivery"


class WebhookSink:
    """Posts alerts to the forwards of its kind; recipients are forwards' ids.

    The receiver checks `X-Monitor-Signature: sha256=HEX`, an HMAC-SHA256 with the shared secret over
    `TIMESTAMP.BODY`, refuses old timestamps, and knows a repeated delivery by `X-Monitor-Delivery`.
    """

    def __init__(
        self,
        forwards: Mapping[str, Forward],
        now: Callable[[], datetime],
        client: httpx.AsyncClient | None = None,
    ) -> None:
        self._forwards = forwards
        self._now = now
        # Redirects are not followed: a signed alert goes where the operator said and nowhere else.
        self._client = client or httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False, trust_env=False)

    async def send(self, delivery: Delivery, content: Content) -> Sequence[SentMessage]:
        """Post one alert; 2xx means taken, 429 and 503 may name a wait, 400, 410 and 422 give up."""
        forward = self._forwards.get(delivery.recipient)
        if forward is None:
            raise UndeliverableError(f"forward {delivery.recipient!r} is no longer configured")
        if not isinstance(content, AlertContent):
            raise UndeliverableError(f"forward {forward.id!r}: webhooks carry alerts only")
        record = alert_record(content.number, content.alert)
        body = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
            "utf-8", "replace"
        )
        try:
            answer = await self._client.post(
                forward.address, content=body, headers=self._headers(forward, delivery, body)
            )
        except httpx.HTTPError as error:
            # The error's own text may hold the address, which may hold a secret.
            raise DeliveryError(f"forward {forward.id!r}: {type(error).__name__}") from error
        if answer.is_success:
            return ()
        what = f"forward {forward.id!r}: the receiver answered {answer.status_code}"
        if answer.status_code in (400, 410, 422):
            raise UndeliverableError(what)
        raise DeliveryError(what, retry_after=_asked(answer))

    def _headers(self, forward: Forward, delivery: Delivery, body: bytes) -> dict[str, str]:
        stamp = str(int(self._now().timestamp()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "rhetoric-monitor",
            STAMP: stamp,
            NUMBER: str(delivery.id),
        }
        if forward.secret:
            headers[SIGNATURE] = f"sha256={sign(forward.secret, stamp, body)}"
        return headers


def sign(secret: str, stamp: str, body: bytes) -> str:
    """Return the signature of a body that was posted at a time, in hexadecimal."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _asked(answer: httpx.Response) -> float | None:
    value = answer.headers.get("Retry-After", "")
    return float(value[:6]) if answer.status_code in (429, 503) and value.isdecimal() else None
