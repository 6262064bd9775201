"""A subscription's feed over HTTP, read as a feed reader reads it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import feedparser
import httpx
import pytest

from monitor.domain.subscriptions import Filter, Subscription
from monitor.messages.atom import render_feed
from monitor.web.feeds import FeedShelf, serve_feeds
from storage import Store
from tests.builders import NOON, make_assessment, make_finding, make_speaker
from tests.notify.builders import READERS, make_alert, quote
from tests.notify.conftest import store
from tests.storage.builders import find_one, raise_alert

__all__ = ["store"]

CHAT = 100
BASE = "https://monitor.example/"
HOSTILE_TEXT = (
    'Ivanov said <script>alert("x")</script> that Yerevan & others\x00 \ufffe "broke" ]]> their word.'
)


@asynccontextmanager
async def serving(shelf: FeedShelf, port: int) -> AsyncIterator[httpx.AsyncClient]:
    """Serve on loopback and give a client."""
    stop = asyncio.Event()
    server = asyncio.create_task(serve_feeds(shelf, "127.0.0.1", port, stop))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        for _ in range(200):
            try:
                await client.get("/")
            except httpx.ConnectError:
                await asyncio.sleep(0.01)
            else:
                break
        try:
            yield client
        finally:
            stop.set()
            await server


def make_shelf(store: Store) -> FeedShelf:
    """Return the shelf over a store."""
    return FeedShelf(store.feeds, store.alerts, lambda _: READERS["en"], BASE, lambda: NOON)


def subscribe(store: Store, *targets: str) -> tuple[Subscription, str]:
    """Return a subscription and its feed's secret."""
    wanted = Subscription(0, CHAT, Filter(frozenset(targets)), name="Desk")
    subscription = store.chats.subscribe(wanted, NOON)
    secret = store.feeds.open(CHAT, subscription.id, NOON)
    assert secret is not None
    return subscription, secret


async def test_feed_shows_what_the_subscription_wants_the_newest_first(
    store: Store, unused_tcp_port: int
) -> None:
    """And nothing else; who has it already is told so."""
    for number, target in enumerate(("armenia", "belarus", "armenia")):
        finding = find_one(
            store, str(number), make_assessment(target, speaker=make_speaker(f"Speaker {number}"))
        )
        raise_alert(store, finding, now=NOON + timedelta(minutes=number))
    _, secret = subscribe(store, "armenia")
    async with serving(make_shelf(store), unused_tcp_port) as client:
        answer = await client.get(f"/feeds/{secret}.xml")
        again = await client.get(f"/feeds/{secret}.xml", headers={"If-None-Match": answer.headers["ETag"]})
    assert 304 == again.status_code
    assert "application/atom+xml; charset=utf-8" == answer.headers["Content-Type"]
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert "rhetoric-monitor: Desk" == feed.feed.title
    assert ["Speaker 2", "Speaker 0"] == [entry.author for entry in feed.entries]
    assert all(entry.title.startswith("🔴 Hostile → Armenia") for entry in feed.entries)
    assert ["https://example.org/agency/2", "https://example.org/agency/0"] == [e.link for e in feed.entries]


@pytest.mark.parametrize("path", ["/feeds/{}x.xml", "/feeds/{}", "/feeds/../feeds/.xml", "/", "/feeds/"])
async def test_nobody_reads_without_the_secret(store: Store, unused_tcp_port: int, path: str) -> None:
    """Whatever is asked for, the answer is that there is nothing."""
    _, secret = subscribe(store)
    async with serving(make_shelf(store), unused_tcp_port) as client:
        answer = await client.get(path.format(secret))
    assert 404 == answer.status_code
    assert secret not in answer.text


def test_feed_ends_with_its_subscription_and_when_it_is_closed(store: Store) -> None:
    """A new address is another one."""
    subscription, secret = subscribe(store)
    shelf = make_shelf(store)
    assert shelf.render(secret)
    assert not store.feeds.close(CHAT + 1, subscription.id)
    assert store.feeds.close(CHAT, subscription.id)
    assert shelf.render(secret) is None
    another = store.feeds.open(CHAT, subscription.id, NOON)
    assert another not in (None, secret)
    assert another == store.feeds.open(CHAT, subscription.id, NOON)
    store.chats.unsubscribe(CHAT, subscription.id)
    assert shelf.render(str(another)) is None
    assert store.feeds.open(CHAT, subscription.id, NOON) is None


def test_scraped_text_is_text_in_the_feed() -> None:
    """Markup, controls and what XML does not know do not break it or come alive."""
    assessment = quote(HOSTILE_TEXT, "Yerevan")
    finding = replace(make_finding(1, assessment), url="javascript:alert(1)")
    feed = feedparser.parse(render_feed("t", BASE, [(1, make_alert(finding))], READERS["ru"], NOON))
    assert not feed.bozo
    (entry,) = feed.entries
    assert entry.link == entry.id
    raw = render_feed("t", BASE, [(1, make_alert(finding))], READERS["ru"], NOON)
    assert b"<script" not in raw
    assert b"javascript:" not in raw
    assert "script" in entry.content[0].value  # as words
    assert "Враждебно → Армения" in entry.title


def test_empty_feed_is_a_feed() -> None:
    """Before the first alert."""
    feed = feedparser.parse(render_feed("t", BASE, [], READERS["en"], NOON))
    assert not feed.bozo
    assert [] == feed.entries
