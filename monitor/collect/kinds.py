"""The registry of source kinds: how the front of each is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from monitor.collect.front import Front
from monitor.collect.listing import read_listing
from monitor.collect.rss import read_feed
from monitor.collect.telegram_channel import read_channel
from monitor.domain.article import Page
from monitor.domain.source import Source

ReadFront = Callable[[Source, Page, datetime], Front]

KINDS: Mapping[str, ReadFront] = {
    "rss": read_feed,
    "listing": read_listing,
    "telegram_channel": read_channel,
}
"""How each kind of source is read; another kind is one module and one line here.

Readers are plain module-level functions over plain values: they may run in another process.
"""
