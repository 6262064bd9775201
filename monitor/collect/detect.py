"""Telling what an address answered with, and which other ways into the site its page names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from monitor.collect.json_guess import guess_fields, is_wordpress
from monitor.collect.links import resolve_link
from monitor.collect.xml_root import find_root
from monitor.domain.article import Page
from monitor.errors import FetchError
from monitor.pipeline.ports import FrontSurvey
from monitor.text.charset import decode_bytes
from monitor.text.markup import markup_text, one_line, parse_html
from monitor.text.normalise import is_invisible

_ROOTS = {"rss": "rss", "feed": "rss", "rdf:rdf": "rss", "urlset": "sitemap", "sitemapindex": "sitemap"}
_FEED_TYPES = re.compile(r"application/(?:rss|atom|rdf)\+xml|text/xml", re.IGNORECASE)
_FEED_ADDRESS = re.compile(r"(?:/|\b)(?:rss|feed|atom)[\w.-]*/?(?:$|\?)|\.(?:rss|atom)$|/rss/", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|коммент", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>(?:<!\[CDATA\[)?(.{1,200}?)(?:\]\]>)?</title>", re.DOTALL | re.IGNORECASE)
_CODES = ("windows-1251", "koi8-r", "iso-8859-5", "cp866", "utf-16", "windows-1252")
_HEAD = 20_000
_MOST_FEEDS = 8
_LONGEST_NAME = 80


def survey_front(page: Page) -> FrontSurvey:
    """Return what kind of front a page is, what it calls itself, and the feeds and lists that it names."""
    text = decode_bytes(page.body, page.headers.get("content-type", ""))
    encoding = name_encoding(page.body, text)
    if kind := _kind_of_xml(text[:_HEAD], page.url):
        titled = _TITLE.search(text[:_HEAD]) if kind == "rss" else None
        return FrontSurvey(kind, _tidy(titled[1]) if titled else "", encoding)
    if text.lstrip()[:1] in ("{", "["):
        return _survey_json(text, page, encoding)
    if "<" not in text:
        return FrontSurvey("", encoding=encoding)
    return _survey_html(text, page, encoding)


def _kind_of_xml(head: str, url: str) -> str | None:
    try:
        _, root = find_root(head, url, _ROOTS, "feed")
    except FetchError:
        return None
    return _ROOTS[root]


def sitemaps_in(page: Page) -> tuple[str, ...]:
    """Return the sitemaps that a robots.txt names, those of news first."""
    found: list[str] = []
    for line in page.body.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() == "sitemap" and (link := resolve_link(page.final_url, value.strip())):
            found.append(link)
    return tuple(sorted(dict.fromkeys(found), key=lambda link: "news" not in link.lower()))


def name_encoding(body: bytes, text: str) -> str:
    """Name the code in which a page is written: the one that gives the text as it was read."""
    if body.decode("utf-8", "replace").replace("\0", "").removeprefix("\ufeff") == text:
        return "utf-8"
    return next((code for code in _CODES if body.decode(code, "replace").replace("\0", "") == text), "")


def _survey_json(text: str, page: Page, encoding: str) -> FrontSurvey:
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return FrontSurvey("", encoding=encoding)
    if is_wordpress(answer):
        site = page.final_url.partition("?")[0].partition("wp-json/")[0]
        return FrontSurvey("wordpress", encoding=encoding, wordpress=site)
    guesses = guess_fields(answer)
    return FrontSurvey("json" if guesses else "", encoding=encoding, json=guesses)


def _survey_html(text: str, page: Page, encoding: str) -> FrontSurvey:
    soup = parse_html(text)
    if soup.select_one(".tgme_channel_history, .tgme_page_title, .tgme_widget_message") is not None:
        return FrontSurvey("telegram_channel", _name_of(soup), encoding)
    anchors = (str(anchor["href"]) for anchor in soup.find_all("a", href=True, limit=3_000))
    links = frozenset(link for href in anchors if (link := resolve_link(page.final_url, href)))
    feeds = tuple(dict.fromkeys(_feeds_in(soup, page.final_url)))[:_MOST_FEEDS]
    return FrontSurvey(
        "page", _name_of(soup), encoding, feeds, _wordpress_in(soup, page.final_url), (), links
    )


def _feeds_in(soup: BeautifulSoup, base: str) -> Iterator[str]:
    """Yield the addresses of feeds: those that the head names, then links that look like one."""
    for link in soup.select('link[rel~="alternate"][href]'):
        kind, title = str(link.get("type") or ""), str(link.get("title") or "")
        address = resolve_link(base, str(link["href"]))
        if address and _FEED_TYPES.match(kind) and not _COMMENTS.search(f"{title} {address}"):
            yield address
    host = urlsplit(base).hostname
    for anchor in soup.find_all("a", href=True, limit=3_000):
        address = resolve_link(base, str(anchor["href"]))
        is_own = bool(address) and urlsplit(address or "").hostname == host
        if address and is_own and _FEED_ADDRESS.search(address) and not _COMMENTS.search(address):
            yield address


def _wordpress_in(soup: BeautifulSoup, base: str) -> str:
    """Return the site whose posts WordPress lists, where the page says that it has such a list."""
    named = soup.select_one('link[rel="https://api.w.org/"][href]')
    if named is None:
        return ""
    address = resolve_link(base, str(named["href"])) or ""
    return address.partition("wp-json")[0] if "wp-json" in address else ""


def _name_of(soup: BeautifulSoup) -> str:
    """Return what a site calls itself: by its own data, else the end of the page's title."""
    for selector in ('meta[property="og:site_name"]', 'meta[name="application-name"]'):
        if (node := soup.select_one(selector)) is not None and (
            name := _tidy(str(node.get("content") or ""))
        ):
            return name
    og_title = soup.select_one('meta[property="og:title"]')
    titled = str(og_title.get("content") or "") if og_title is not None else ""
    title = titled or (soup.title.get_text(" ") if soup.title else "")
    return _tidy(re.split(r"\s[|—–-]\s", title)[-1])


def _tidy(text: str) -> str:
    """Return a scraped name fit for a file that people read."""
    shown = one_line(markup_text(text))
    return "".join(char for char in shown if not is_invisible(char))[:_LONGEST_NAME].strip()
