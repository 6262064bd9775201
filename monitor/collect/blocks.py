"""Answers that say "you may not read this" under a status that says otherwise."""

from __future__ import annotations

import re

_HEAD = 200_000
_THIN = 1_500
_VERY_THIN = 400
_SURE_MARKS = (
    (re.compile(r"window\[['\"]bobcmn['\"]\]|/tspd/\?type="), "an anti-bot page (F5)"),
    (re.compile(r"servicepipe"), "an anti-bot page (Servicepipe)"),
    (re.compile(r"web page blocked|the requested url was rejected"), "a firewall's page"),
    (
        re.compile(r"<title>\s*just a moment|cf-chl-|_cf_chl_opt|checking your browser"),
        "an anti-bot page (Cloudflare)",
    ),
    (re.compile(r"ddos-guard"), "an anti-bot page (DDoS-Guard)"),
    (re.compile(r"<title>\s*(?:access denied|доступ (?:запрещ|ограничен))"), "an access-denied page"),
)
# Honest pages have these too, in a comment form or a <noscript>: they count only beside next to no text.
_LIKELY_MARKS = (
    (re.compile(r"captcha|капч|вы не робот|are you (?:a )?(?:robot|human)|not a robot"), "a captcha"),
    (re.compile(r"document\.cookie\s*="), "a script that sets a cookie and has hardly any text"),
    (re.compile(r"(?:enable|включите|разрешите) (?:java ?script|cookies)"), "a page that asks for a browser"),
)
_TAG = re.compile(r"<[^<>]*>")
_XML_ROOT = re.compile(r"\s*(?:<\?xml|<rss\b|<feed\b|<rdf:)")


def find_challenge(body: bytes) -> str | None:
    """Name the challenge or block page that a body is, or None where it is none.

    A page counts only if it has hardly any text, so that an article about captchas, or one that
    carries a protector's script, is still an article.
    """
    page = body[:_HEAD].decode("utf-8", "ignore").lower()
    if "<" not in page or _XML_ROOT.match(page):
        return None
    length = _visible_length(page)
    marks = [*(_SURE_MARKS if length < _THIN else ()), *(_LIKELY_MARKS if length < _VERY_THIN else ())]
    return next((name for mark, name in marks if mark.search(page)), None)


def _visible_length(page: str) -> int:
    """Count the characters that a reader would see, in one pass however broken the page."""
    for opening, closing in (("<!--", "-->"), ("<script", "</script"), ("<style", "</style")):
        page = _cut_between(page, opening, closing)
    return len("".join(_TAG.sub(" ", page).split()))


def _cut_between(page: str, opening: str, closing: str) -> str:
    kept: list[str] = []
    position = 0
    while (start := page.find(opening, position)) >= 0:
        kept.append(page[position:start])
        position = page.find(closing, start)
        if position < 0:
            return "".join(kept)
    kept.append(page[position:])
    return "".join(kept)
