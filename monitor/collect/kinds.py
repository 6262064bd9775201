"""The registry of source kinds: where the front of each is, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from monitor.collect.front import Front
from monitor.collect.json_list import read_json_list
from monitor.collect.listing import read_listing
from monitor.collect.paging import dated_address
from monitor.collect.rss import read_feed
from monitor.collect.sitemap import read_sitemap
from monitor.collect.telegram_channel import read_channel
from monitor.collect.wordpress import NOT_OFFERED, posts_address, read_posts
from monitor.domain.article import Page
from monitor.domain.source import Source

ReadFront = Callable[[Source, Page, datetime], Front]
FindFront = Callable[[Source, datetime], str]

KINDS: Mapping[str, ReadFront] = {
    "rss": read_feed,
    "listing": read_listing,
    "sitemap": read_sitemap,
    "json": read_json_list,
    "wordpress": read_posts,
    "telegram_channel": read_channel,
}
"""How each kind of source is read; another kind is one module and one line here.

Readers are plain module-level functions over plain values: they may run in another process.
"""

_FRONTS: Mapping[str, FindFront] = {"wordpress": posts_address}
_MISSING: Mapping[str, str] = {"wordpress": NOT_OFFERED}


def front_address(source: Source, now: datetime) -> str:
    """Return the address at which the source's front is now."""
    return _FRONTS.get(source.kind, dated_address)(source, now)


def missing_hint(source: Source) -> str:
    """Return what to do where nothing stands at a front's address; empty where there is no more to say."""
    return _MISSING.get(source.kind, "")
