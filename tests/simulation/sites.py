"""Mock sites: seven ways to publish the same articles, with a layout that may change."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from zoneinfo import ZoneInfo

from monitor.domain.source import ArticleSelectors, JsonFields, ListingSelectors, Source
from monitor.domain.stance import Tier
from tests.simulation.articles import Article

KINDS = ("rss", "rss", "listing", "listing", "sitemap", "json", "telegram_channel")
SHOWN = 20
FURNITURE = "<nav>" + "".join(f"<a href='/about/{n}'>Раздел {n}</a> " for n in range(12)) + "</nav>"


@dataclass
class Site:
    """One outlet: its rhythm, its articles so far (by number) and what is wrong with it now."""

    id: str
    kind: str
    zone: str
    per_day: float
    articles: list[Article] = field(default_factory=list)
    current: dict[int, Article] = field(default_factory=dict)
    """Articles as they stand now, after edits."""
    removed: set[int] = field(default_factory=set)
    layout: str = "v1"
    skew: timedelta = timedelta(0)
    trouble: str = ""

    @property
    def host(self) -> str:
        """The site's name on the mock network."""
        return f"{self.id}.test"

    def rate(self, at: datetime) -> float:
        """Return articles an hour at a moment: busy days, quiet nights, half at weekends."""
        local = at.astimezone(ZoneInfo(self.zone))
        share = 1.6 if 8 <= local.hour < 22 else 0.15
        return self.per_day / 24 * share * (0.5 if local.weekday() >= 5 else 1.0)

    def publish(self, article: Article) -> None:
        """Put an article on the site."""
        self.articles.append(article)
        self.current[article.number] = article

    def source(self, port: int) -> Source:
        """Return the block that an operator would have written for the site."""
        fronts = {
            "rss": "/feed.xml",
            "listing": "/news/",
            "sitemap": "/sitemap.xml",
            "json": "/api/news",
            "telegram_channel": f"/s/{self.id}",
        }
        return Source(
            id=self.id,
            outlet=self.id.title(),
            kind=self.kind,
            url=f"http://{self.host}:{port}{fronts[self.kind]}",
            bloc="russia",
            tier=Tier.OUTLET,
            languages=("ru",),
            timezone=self.zone,
            evidence="documented",
            interval=timedelta(minutes=30),
            spacing=timedelta(0),
            allow_private=True,
            adaptive=False,
            listing=ListingSelectors(item="div.item-v1", link="a", date="time"),
            json=JsonFields(items="news.*", link="link", title="title", date="time"),
            article=ArticleSelectors(title="h1", date="time[datetime]", body="div.body-v1"),
        )

    def shown(self) -> list[Article]:
        """Return what the front shows: the newest first."""
        there = [self.current[a.number] for a in self.articles if a.number not in self.removed]
        return sorted(there, key=lambda article: article.number, reverse=True)[:SHOWN]

    def link(self, article: Article, port: int) -> str:
        """Return an article's address."""
        return f"http://{self.host}:{port}/news/{article.number}/"

    def moment(self, article: Article) -> datetime:
        """Return the date that the site gives, right or wrong."""
        return (article.at + self.skew).astimezone(ZoneInfo(self.zone))

    def front(self, port: int) -> tuple[str, str]:
        """Return the front's body and type."""
        return FRONTS[self.kind](self, port)

    def page(self, number: int) -> str | None:
        """Return an article's page, None where there is none."""
        article = self.current.get(number)
        if article is None or number in self.removed:
            return None
        body = "".join(f"<p>{escape(text)}</p>" for text in article.paragraphs())
        at = self.moment(article).isoformat()
        return (
            f"<html><head><title>{escape(article.title)}</title></head><body>{FURNITURE}"
            f"<h1>{escape(article.title)}</h1><time datetime='{at}'>{at}</time>"
            f"<div class='body-{self.layout}'>{body}</div>{FURNITURE}</body></html>"
        )


def _rss(site: Site, port: int) -> tuple[str, str]:
    items = "".join(
        f"<item><title>{escape(a.title)}</title><link>{site.link(a, port)}</link><guid>{a.number}</guid>"
        f"<pubDate>{format_datetime(site.moment(a))}</pubDate></item>"
        for a in site.shown()
    )
    head = f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>{site.id}</title>"
    return f"{head}{items}</channel></rss>", "application/rss+xml; charset=utf-8"


def _listing(site: Site, port: int) -> tuple[str, str]:
    items = "".join(
        f"<div class='item-{site.layout}'><a href='{site.link(a, port)}'>{escape(a.title)}</a> "
        f"<time datetime='{site.moment(a).isoformat()}'></time></div>"
        for a in site.shown()
    )
    return f"<html><body>{FURNITURE}{items}</body></html>", "text/html; charset=utf-8"


def _sitemap(site: Site, port: int) -> tuple[str, str]:
    urls = "".join(
        f"<url><loc>{site.link(a, port)}</loc><lastmod>{site.moment(a).isoformat()}</lastmod></url>"
        for a in site.shown()
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f"<?xml version='1.0'?><urlset xmlns='{space}'>{urls}</urlset>", "application/xml"


def _json(site: Site, port: int) -> tuple[str, str]:
    news = [
        {"title": a.title, "link": site.link(a, port), "time": site.moment(a).isoformat()}
        for a in site.shown()
    ]
    return json.dumps({"news": news}, ensure_ascii=False), "application/json"


def _channel(site: Site, _port: int) -> tuple[str, str]:
    posts = "".join(_post(site, article) for article in reversed(site.shown()))
    history = f"<section class='tgme_channel_history'>{posts}</section>"
    return f"<html><body>{history}</body></html>", "text/html; charset=utf-8"


def _post(site: Site, article: Article) -> str:
    words = "<br/><br/>".join(article.paragraphs())
    at = f"<time datetime='{site.moment(article).isoformat()}'></time>"
    return (
        "<div class='tgme_widget_message_wrap js-widget_message_wrap'>"
        f"<div class='tgme_widget_message' data-post='{site.id}/{article.number}'>"
        f"<div class='tgme_widget_message_text js-message_text'>{words}</div>"
        f"<a class='tgme_widget_message_date' href='#'>{at}</a></div></div>"
    )


FRONTS: dict[str, Callable[[Site, int], tuple[str, str]]] = {
    "rss": _rss,
    "listing": _listing,
    "sitemap": _sitemap,
    "json": _json,
    "telegram_channel": _channel,
}


def make_sites(count: int, rng: random.Random) -> list[Site]:
    """Return sites of every kind, each with its own rhythm and zone."""
    zones = ("Europe/Moscow", "Asia/Almaty", "Asia/Yerevan", "Asia/Bishkek", "Europe/Minsk")
    return [
        Site(f"site-{n:02}", KINDS[n % len(KINDS)], zones[n % len(zones)], rng.choice((4.0, 6.0, 10.0, 16.0)))
        for n in range(count)
    ]


def utc(text: str) -> datetime:
    """Return a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
