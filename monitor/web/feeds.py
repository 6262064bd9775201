"""Feeds of subscriptions over HTTP: who has the secret address may read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from monitor.domain.subscriptions import Lemmas, Subscription, split_words, wants
from monitor.messages.atom import render_feed
from monitor.messages.reader import Reader
from monitor.pipeline.ports import Alerts, Feeds

log = structlog.get_logger(__name__)
ENTRIES = 50
LOOKED_AT = 500
"""So many of the newest alerts are looked through for a feed."""
SECRET = r"([A-Za-z0-9_-]{20,64})"  # noqa: S105 - the shape of one


@dataclass(frozen=True, slots=True)
class FeedShelf:
    """Finds and renders the feed behind an address."""

    feeds: Feeds
    alerts: Alerts
    reader_of: Callable[[int], Reader]
    """The reader of a chat."""
    base_url: str
    now: Callable[[], datetime]
    lemmas: Lemmas = split_words

    def render(self, secret: str) -> bytes | None:
        """Return a feed's XML; None where the secret opens nothing."""
        subscription = self.feeds.subscription(secret)
        if subscription is None:
            return None
        reader = self.reader_of(subscription.chat_id)
        chosen = [one for one in self.alerts.latest(LOOKED_AT) if wants(subscription, one[1], self.lemmas)][
            :ENTRIES
        ]
        return render_feed(_title(subscription), self.address(secret), chosen, reader, self.now())

    def address(self, secret: str) -> str:
        """Return the address of a feed."""
        return f"{self.base_url.rstrip('/')}/feeds/{secret}.xml"


def _title(subscription: Subscription) -> str:
    return f"rhetoric-monitor: {subscription.name or subscription.id}"


class _FeedHandler(RequestHandler):
    def initialize(self, shelf: FeedShelf) -> None:
        self._shelf = shelf

    def set_default_headers(self) -> None:
        self.set_header("Server", "rhetoric-monitor")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Content-Security-Policy", "default-src 'none'")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "private, max-age=60")

    async def get(self, secret: str) -> None:
        """Answer with the feed; tornado adds an ETag and answers 304 to who has it."""
        feed = await asyncio.to_thread(self._shelf.render, secret)
        if feed is None:
            self.set_status(404)
            self.finish()
            return
        self.set_header("Content-Type", "application/atom+xml; charset=utf-8")
        self.finish(feed)


def _log_nothing(_handler: RequestHandler) -> None:
    """Addresses are secrets: no request line goes into a log."""


async def serve_feeds(shelf: FeedShelf, host: str, port: int, stop: asyncio.Event) -> None:
    """Serve until `stop` is set; raises OSError where the address cannot be listened on."""
    routes = [(rf"/feeds/{SECRET}\.xml", _FeedHandler, {"shelf": shelf})]
    application = Application(routes, log_function=_log_nothing)
    server = HTTPServer(application, max_header_size=16_384, max_body_size=1, idle_connection_timeout=30)
    sockets = bind_sockets(port, host)
    server.add_sockets(sockets)
    log.info("feeds are served", host=host, port=sockets[0].getsockname()[1])
    try:
        await stop.wait()
    finally:
        server.stop()
        await server.close_all_connections()
