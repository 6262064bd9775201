"""Being told of updates by Telegram instead of asking: for operators with an address on the web."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog

from monitor.bot.polling import UPDATES, BotApplication, persist

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram posts updates (`url`, behind the operator's TLS), and where we listen for them."""

    url: str
    host: str
    port: int


def secret_of(token: str) -> str:
    """Return what Telegram sends with each update, so that nobody else can; derived from the token."""
    return hmac.new(token.encode(), b"rhetoric-monitor webhook 1", hashlib.sha256).hexdigest()


async def listen(application: BotApplication, webhook: Webhook, stop: asyncio.Event) -> None:
    """Take updates until `stop` is set or Telegram refuses the token; then tell Telegram to keep them."""
    updater = application.updater
    if updater is None:
        return

    async def start() -> None:
        await updater.start_webhook(
            listen=webhook.host,
            port=webhook.port,
            url_path=urlsplit(webhook.url).path.lstrip("/"),
            webhook_url=webhook.url,
            allowed_updates=UPDATES,
            secret_token=secret_of(application.bot.token),
        )

    try:
        if await persist(start, stop):
            log.info("updates come by webhook", host=webhook.host, port=webhook.port)
            await stop.wait()
    finally:
        if updater.running:
            await updater.stop()
