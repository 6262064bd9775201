"""Sites that are best read by something else than their pages: feeds, sitemaps, lists for programs, a channel."""

# ruff: noqa: E501 - markup is easier to read unbroken

from __future__ import annotations

import json
from collections.abc import Callable
from email.utils import format_datetime
from html import escape

from tests.tuning.sites import Site, make_site, words
from tests.tuning.stories import Story
from tests.tuning.structures import Stories, Url, cards, table_rows


def _page(s: Story, _stories: Stories, _url: Url) -> str:
    return (
        f'<main><h1 class="doc-title">{s.title}</h1><time class="doc-time" datetime="{s.iso}">{s.long}</time>'
        f'<div class="doc-text">{words(s)}</div><div class="doc-share"><p>Поделиться в сетях с друзьями</p></div></main>'
    )


def _empty(_stories: Stories, _url: Url) -> str:
    return '<div id="app"></div><script>start()</script>'


def rss(stories: Stories, url: Url, *, encoding: str = "utf-8", full: bool = False) -> bytes:
    """Return a feed, with the whole texts where they are wanted."""
    items = "".join(
        f"<item><title>{escape(s.title)}</title><link>{{base}}{url(s)}</link><guid>{s.number}</guid>"
        f"<description>{escape(s.lead)}</description><pubDate>{format_datetime(s.local)}</pubDate>"
        + (f"<content:encoded><![CDATA[{words(s)}]]></content:encoded>" if full else "")
        + "</item>"
        for s in stories
    )
    return (
        f"<?xml version='1.0' encoding='{encoding}'?><rss version='2.0' "
        f"xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Вестник посёлка</title>"
        f"<link>{{base}}/</link>{items}</channel></rss>"
    ).encode(encoding)


def feed_in_head() -> Site:
    """Cards whose head names the feed, and before it the feed of comments."""
    site = cards()
    head = (
        '<link rel="alternate" type="application/rss+xml" title="Комментарии" href="/comments/feed/">'
        '<link rel="alternate" type="application/rss+xml" title="Вестник" href="/feed/">'
    )
    front = site.pages[site.front].decode().replace("</head>", f"{head}</head>")
    site.pages[site.front] = front.encode()
    site.pages["/feed/"] = rss(site.stories, site.path)
    site.pages["/comments/feed/"] = rss(site.stories[:1], site.path)
    site.types |= {"/feed/": "application/rss+xml", "/comments/feed/": "application/rss+xml"}
    site.name, site.kind = "feed_in_head", "rss"
    return site


def feed_in_page() -> Site:
    """An old site in Windows-1251 that shows its feed by a link alone."""
    site = table_rows()
    front = (
        site.pages[site.front]
        .decode("windows-1251")
        .replace("<td id=", '<td><a href="/rss.xml">RSS</a></td><td id=', 1)
    )
    site.pages[site.front] = front.encode("windows-1251")
    site.pages["/rss.xml"] = rss(site.stories, site.path, encoding="windows-1251")
    site.types["/rss.xml"] = "text/xml"
    site.name, site.kind = "feed_in_page", "rss"
    return site


def atom() -> Site:
    """An address that is a feed itself, served as plain text, with whole texts."""
    site = make_site("atom", _empty, _page, kind="rss", listed=False, dated=False)
    entries = "".join(
        f'<entry><title>{s.title}</title><id>tag:{s.number}</id><link rel="alternate" href="{{base}}{site.path(s)}"/>'
        f'<published>{s.iso}</published><content type="html">{escape(words(s))}</content></entry>'
        for s in site.stories
    )
    site.front = "/events/all"
    site.pages[site.front] = (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Вестник посёлка</title>{entries}</feed>'
    ).encode()
    site.types[site.front] = "text/plain"
    return site


def sitemap() -> Site:
    """A site that draws its pages in the browser; robots.txt names a sitemap of news."""
    site = make_site("sitemap", _empty, _page, kind="sitemap", listed=False, dated=False)
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /search\nSitemap: {base}/map-news.xml\n"
    site.types["/robots.txt"] = "text/plain"
    entries = "".join(
        f"<url><loc>{{base}}{site.path(s)}</loc><news:news><news:publication_date>{s.iso}</news:publication_date>"
        f"<news:title>{s.title}</news:title><news:language>ru</news:language></news:news></url>"
        for s in site.stories
    )
    site.pages["/map-news.xml"] = (
        '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{entries}</urlset>'
    ).encode()
    site.types["/map-news.xml"] = "application/xml"
    return site


def wordpress() -> Site:
    """A page drawn in the browser that names WordPress' own list of posts."""
    head = '<link rel="https://api.w.org/" href="{base}/wp-json/">'
    site = make_site(
        "wordpress", _empty, _page, kind="wordpress", listed=False, dated=False, head=head, front="/"
    )
    posts = [
        {
            "id": s.number,
            "date_gmt": s.at.strftime("%Y-%m-%dT%H:%M:%S"),
            "link": "{base}" + site.path(s),
            "title": {"rendered": s.title},
            "content": {"rendered": words(s), "protected": False},
            "excerpt": {"rendered": f"<p>{s.lead}</p>"},
        }
        for s in site.stories
    ]
    address = "/wp-json/wp/v2/posts?per_page=100&_fields=id%2Clink%2Cdate_gmt%2Ctitle%2Ccontent%2Cexcerpt"
    site.pages[address] = json.dumps(posts).encode()
    site.types[address] = "application/json"
    return site


def json_list() -> Site:
    """A list for programs: objects under two names, with a list of rubrics beside it."""
    site = make_site("json_list", _empty, _page, kind="json", listed=False, dated=False)
    items = [
        {
            "id": s.number,
            "title": s.title,
            "lead": s.lead,
            "url": site.path(s),
            "image": {"url": f"/i/{s.number}.jpg", "title": "Снимок нашего корреспондента"},
            "publishDate": int(s.at.timestamp()),
        }
        for s in site.stories
    ]
    rubrics = [{"id": n, "name": f"Рубрика о жизни номер {n}", "slug": f"r{n}"} for n in range(20)]
    site.front = "/api/list?limit=12"
    site.pages[site.front] = json.dumps(
        {"status": "ok", "data": {"rubrics": rubrics, "items": items}}
    ).encode()
    site.types[site.front] = "application/json; charset=utf-8"
    return site


def channel() -> Site:
    """The public preview of a channel."""
    site = make_site("channel", _empty, _page, kind="telegram_channel", listed=False, dated=False)
    posts = "".join(
        f'<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="village/{s.number}">'
        f'<div class="tgme_widget_message_text js-message_text">{"<br><br>".join(s.paragraphs)}</div>'
        f'<a class="tgme_widget_message_date" href="https://t.me/village/{s.number}"><time datetime="{s.iso}">'
        f"{s.clock}</time></a></div></div>"
        for s in reversed(site.stories)
    )
    site.front, site.link = "/s/village", "https://t.me/village/{number}"
    site.pages[site.front] = (
        f'<html><head><meta property="og:title" content="Вестник посёлка"></head><body>'
        f'<section class="tgme_channel_history">{posts}</section></body></html>'
    ).encode()
    return site


FRONTS: tuple[Callable[[], Site], ...] = (
    feed_in_head, feed_in_page, atom, sitemap, wordpress, json_list, channel,
)  # fmt: skip
