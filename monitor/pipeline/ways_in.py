"""The ways into a site that its page, its head and its robots.txt name, each tried and ranked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin

from monitor.domain.article import FeedItem, Page
from monitor.domain.source import Source
from monitor.errors import MonitorError
from monitor.pipeline.looking import Looking
from monitor.pipeline.ports import FrontSurvey, Validators
from monitor.pipeline.source_check import STALE

_MOST_FEEDS = 4
_MOST_LISTINGS = 2
_MOST_SITEMAPS = 2
_COMPARED = 30
_WORTH = {"telegram_channel": 6.0, "rss": 5.0, "wordpress": 4.5, "listing": 4.0, "json": 4.0, "sitemap": 2.0}


@dataclass(frozen=True, slots=True)
class WayIn:
    """One way to read a site, and what it gave when it was tried."""

    source: Source
    items: tuple[FeedItem, ...] = ()
    page: Page | None = None
    failure: str = ""
    worth: float = 0.0

    @property
    def dated(self) -> int:
        """How many of the items have a date."""
        return sum(item.published_at is not None for item in self.items)

    @property
    def newest(self) -> datetime | None:
        """When the newest item was published."""
        return max((item.published_at for item in self.items if item.published_at), default=None)

    def describe(self) -> str:
        """Return the way and what it gave, on one line."""
        way = f"{self.source.kind} {self.source.url}"
        if self.source.listing is not None:
            way += f" by {self.source.listing.item!r}"
        if self.failure:
            return f"{way}: {self.failure}"
        latest = f", the newest of {self.newest:%Y-%m-%d %H:%M} UTC" if self.newest else ""
        return f"{way}: {len(self.items)} items, {self.dated} with a date{latest}"


async def find_ways(
    looking: Looking, plain: Source, page: Page, survey: FrontSurvey, kind: str | None = None
) -> list[WayIn]:
    """Return the ways into a site from a page of it, the best first; those that failed come last.

    `plain` says how the site is asked; with a `kind`, ways of other kinds are left out.
    """
    if survey.kind == "page":
        named = await _named_by_page(looking, plain, page, survey)
    else:
        named = _of_itself(plain, survey)
    tried = [await _try(looking, source) for source in named if kind is None or source.kind == kind]
    # A list without dates is as old as its articles are elsewhere.
    moments = {item.url: item.published_at for way in tried for item in way.items if item.published_at}
    ways = [replace(way, worth=_rank(way, survey, moments, looking.now())) for way in tried]
    return sorted(ways, key=lambda way: -way.worth)


def _of_itself(plain: Source, survey: FrontSurvey) -> list[Source]:
    """Return the ways to read what was given, where that is a front already."""
    if survey.kind == "json":
        return [replace(plain, kind="json", json=fields) for fields in survey.json]
    if survey.kind == "wordpress":
        return [replace(plain, kind="wordpress", url=survey.wordpress or plain.url)]
    return [replace(plain, kind=survey.kind)] if survey.kind else []


async def _named_by_page(looking: Looking, plain: Source, page: Page, survey: FrontSurvey) -> list[Source]:
    """Return the ways that a web page names, and the ways to read it as a list."""
    named = [replace(plain, kind="rss", url=feed) for feed in survey.feeds[:_MOST_FEEDS]]
    if survey.wordpress:
        named.append(replace(plain, kind="wordpress", url=survey.wordpress))
    try:
        proposals = await looking.run(looking.propose_listings, plain, page, looking.now())
    except MonitorError:
        proposals = ()
    named += [
        replace(plain, kind="listing", listing=proposal.selectors) for proposal in proposals[:_MOST_LISTINGS]
    ]
    try:
        robots = await looking.page(plain, urljoin(page.final_url, "/robots.txt"))
    except MonitorError:
        return named
    sitemaps = looking.find_sitemaps(robots)[:_MOST_SITEMAPS]
    return [*named, *(replace(plain, kind="sitemap", url=sitemap) for sitemap in sitemaps)]


async def _try(looking: Looking, source: Source) -> WayIn:
    try:
        discovery = await looking.collector.discover(source, Validators())
    except MonitorError as error:
        return WayIn(source, failure=str(getattr(error, "reason", error)))
    failure = "" if discovery.items else "it shows no item"
    return WayIn(source, discovery.items, discovery.page, failure)


def _rank(way: WayIn, survey: FrontSurvey, moments: Mapping[str, datetime], now: datetime) -> float:
    """Prefer what is meant for programs, shows what the page itself shows, has dates and is fresh."""
    if way.failure:
        return -1.0
    shown = way.items[:_COMPARED]
    same = sum(item.url in survey.links for item in shown) / len(shown)
    dated = way.dated / len(way.items)
    newest = max((moments[item.url] for item in way.items if item.url in moments), default=now)
    stale = now - newest > STALE
    news = way.source.kind == "sitemap" and "news" in way.source.url.lower()
    return _WORTH[way.source.kind] + 3.0 * same + dated - 4.0 * stale + 0.5 * news
