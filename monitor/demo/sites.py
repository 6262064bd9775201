"""The kinds of sites: where each shows what, and the selectors that a configured source needs for it.

Markup and selectors follow real sites of each kind, so that reading them exercises what reading
the real ones does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from monitor.demo.content import Outlet, Version
from monitor.domain.source import ArticleSelectors, ListingSelectors

MOSCOW = ZoneInfo("Europe/Moscow")
HTML, RSS, ATOM = "text/html", "application/rss+xml", "application/atom+xml"


@dataclass(frozen=True, slots=True)
class Site:
    """How a kind of outlet publishes; paths are within the outlet's own part of the newsroom."""

    source_kind: str
    front: str
    front_template: str
    front_type: str
    item_path: Callable[[Version], str]
    page_template: str
    listing: ListingSelectors | None = None
    article: ArticleSelectors = field(default_factory=ArticleSelectors)
    newest: int = 20
    """How many items the front shows."""


def _day(version: Version, pattern: str) -> str:
    return version.item.published.astimezone(MOSCOW).strftime(pattern)


TRANSCRIPTS = Site(
    source_kind="rss",
    front="/events/all/feed",
    front_template="feed_atom.xml.j2",
    front_type=ATOM,
    item_path=lambda version: f"/events/president/news/{69_000 + version.serial}",
    page_template="page_kremlin.html.j2",
    article=ArticleSelectors(
        title="h1.entry-title.p-name",
        date="time.read__published",
        lead=".read__lead",
        body=".entry-content.e-content.read__internal_content",
        drop=(".read__tooltip", ".read__photo"),
    ),
)

_AGENCY = Site(
    source_kind="rss",
    front="/rss.xml",
    front_template="feed_rss.xml.j2",
    front_type=RSS,
    item_path=lambda version: f"/{version.serial}",
    page_template="",
)
AGENCIES = (
    replace(
        _AGENCY,
        item_path=lambda version: f"/doc/{5_600_000 + version.serial}",
        page_template="page_kommersant.html.j2",
        article=ArticleSelectors(
            title="h1.doc_header__name",
            date="time.doc_header__publish_time",
            lead="h2.doc_header__subheader",
            body=".article_text_wrapper p.doc__text",
            drop=(".document_authors", ".doc__incut"),
        ),
    ),
    replace(
        _AGENCY,
        item_path=lambda version: f"/politika/{16_000_000 + version.serial}",
        page_template="page_tass.html.j2",
        article=ArticleSelectors(
            title="h1.news-header__title",
            date=".news-header__date time",
            lead=".news-header__lead",
            body=".text-content div.text-block p",
            drop=(".text-include",),
        ),
    ),
    replace(
        _AGENCY,
        item_path=lambda version: (
            f"/{_day(version, '%Y%m%d')}/{version.item.slug}-{1_820_000 + version.serial}.html"
        ),
        page_template="page_ria.html.j2",
        article=ArticleSelectors(
            title=".article__title",
            lead=".article__second-title",
            date=".article__info-date",
            body=".article__body .article__block[data-type=text] .article__text",
            date_formats=("%H:%M %d.%m.%Y",),
        ),
    ),
)

LISTINGS = {
    "announce": Site(
        source_kind="listing",
        front="/ru/foreign_policy/news/",
        front_template="list_announce.html.j2",
        front_type=HTML,
        item_path=lambda version: f"/ru/foreign_policy/news/{1_830_000 + version.serial}/",
        page_template="page_ministry.html.j2",
        listing=ListingSelectors(
            item="ul.announce.announce_articles > li.announce__item",
            link="a.announce__link",
            title="a.announce__link",
            date=".announce__date, .announce__time",
            date_formats=("%d.%m.%Y %H:%M",),
        ),
        article=ArticleSelectors(
            title=".photo-content__title",
            date=".photo-content__date",
            body="div.text.article-content",
            date_formats=("%d.%m.%Y %H:%M", "%d %B %Y %H:%M"),
        ),
    ),
    "search_list": Site(
        source_kind="listing",
        front="/ru/press-release/",
        front_template="list_search.html.j2",
        front_type=HTML,
        item_path=lambda version: f"/ru/press-release/item/{_day(version, '%Y/%m/%d')}/{version.item.slug}/",
        page_template="page_premier.html.j2",
        listing=ListingSelectors(
            item="ul.search__list li",
            link="a",
            title=".search__text-wrapper strong",
            date=".search__date",
            date_formats=("%d.%m.%Y",),
        ),
        article=ArticleSelectors(
            title="h1.news-title", date=".news-date", body="div.news-text", date_formats=("%d.%m.%Y",)
        ),
    ),
    # Nothing is known of such a site's pages, so that their text is found by the generic extractor.
    "plain": Site(
        source_kind="listing",
        front="/news/",
        front_template="list_plain.html.j2",
        front_type=HTML,
        item_path=lambda version: f"/news/{version.item.slug}/",
        page_template="page_plain.html.j2",
        listing=ListingSelectors(item="table.news tr.news-row", link="a", date=".news-row__date"),
    ),
}

CHANNEL = Site(
    source_kind="telegram_channel",
    front="/s/",
    front_template="channel.html.j2",
    front_type=HTML,
    item_path=lambda version: f"/{post_number(version)}",
    page_template="channel.html.j2",
)


def post_number(version: Version) -> int:
    """Return the number by which a channel knows a post; numbers have gaps, as posts get deleted."""
    return 100 + 3 * version.serial


def choose_site(outlet: Outlet, number: int) -> Site:
    """Return an outlet's kind of site; `number` counts the outlets with a feed, whose layouts differ."""
    if outlet.kind == "atom_transcripts":
        return TRANSCRIPTS
    if outlet.kind == "rss":
        return AGENCIES[number % len(AGENCIES)]
    if outlet.kind == "listing":
        return LISTINGS[outlet.markup]
    return replace(CHANNEL, front=f"/s/{outlet.id}")
