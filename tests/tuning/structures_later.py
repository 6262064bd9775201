"""Structures written after detection was, to see what it does with what it was not made on."""

from __future__ import annotations

# ruff: noqa: E501 - markup is easier to read unbroken
from html import escape

from tests.tuning.sites import Site, make_site, others, words
from tests.tuning.stories import NOW, Story
from tests.tuning.structures import Stories, Url


def grid() -> Site:
    """A framework's grid: every class is about looks; the text stands in divisions without paragraphs."""

    def front(stories: Stories, url: Url) -> str:
        items = "".join(
            f'<div class="row mb-3"><div class="col-md-2 text-muted">{s.dotted}</div>'
            f'<div class="col-md-10"><a href="{url(s)}">{s.title}</a></div></div>'
            for s in stories
        )
        return f'<div class="container"><div class="row"><div class="col-lg-8">{items}</div><div class="col-lg-4"><p>Погода</p></div></div></div>'

    def page(s: Story, stories: Stories, url: Url) -> str:
        text = "".join(f"<div>{escape(p)}</div>" for p in s.paragraphs)
        return (
            f'<div class="container"><div class="row"><div class="col-lg-8"><h1>{s.title}</h1><div class="text-muted">{s.dotted}</div>'
            f'<div class="content">{text}</div></div></div></div>'
        )

    return make_site("grid", front, page, address="/post/{number}/item-{number}.html")


def ago() -> Site:
    """Times as "so many hours ago"; a picture inside the anchor; a headline block above the list."""

    def front(stories: Stories, url: Url) -> str:
        def since(s: Story) -> str:
            return f"{round((NOW - s.at).total_seconds() / 3600)} часов назад"

        top = "".join(
            f'<div class="top__cell"><a class="top__link" href="{url(s)}"><b>{s.title}</b></a></div>'
            for s in stories[:3]
        )
        items = "".join(
            f'<li class="news-feed-item"><a href="{url(s)}"><img src="/i.jpg" alt=""><span class="tit">{s.title}</span></a>'
            f'<span class="dt">{since(s)}</span></li>'
            for s in stories
        )
        return f'<div class="top">{top}</div><section class="lenta"><h2>Лента</h2><ul class="news-feed">{items}</ul></section>'

    def page(s: Story, stories: Stories, url: Url) -> str:
        also = "".join(
            f'<div class="also__item"><a href="{url(o)}">{o.title}</a></div>' for o in others(s, stories)
        )
        return (
            f'<section class="content-page"><header><h1>{s.title}</h1><div class="content-page__date">{s.long} {s.clock}</div></header>'
            f'<div class="content-page__main">{words(s)}<div class="also">{also}</div></div></section>'
        )

    return make_site("ago", front, page)


def american() -> Site:
    """Dates in the American order of words, numbered addresses, a teaser, a byline beside the date."""

    def front(stories: Stories, url: Url) -> str:
        items = "".join(
            f'<div class="views-row"><h3 class="node-title"><a href="{url(s)}">{s.title}</a></h3>'
            f'<div class="submitted">By Jane Example | {s.local:%B} {s.local.day}, {s.local.year}</div>'
            f'<div class="teaser"><p>{s.lead}</p><a class="btn" href="{url(s)}">Read the full story of this</a></div></div>'
            for s in stories
        )
        return f'<main id="block-content"><div class="view-content">{items}</div></main>'

    def page(s: Story, stories: Stories, url: Url) -> str:
        return (
            f'<main id="block-content"><article class="node node--type-article"><h1 class="page-title">{s.title}</h1>'
            f'<div class="submitted">By Jane Example | {s.local:%B} {s.local.day}, {s.local.year}</div>'
            f'<div class="field field--name-body">{words(s)}</div>'
            f'<div class="field field--name-tags"><a href="/tags/1">Village life and its many pleasures</a></div></article></main>'
        )

    return make_site("american", front, page, language="en", address="/node/9{number}0/view-{number}.html")


def sections() -> Site:
    """The same blocks in two sections of the page; text as blocks with headings and a quotation."""

    def front(stories: Stories, url: Url) -> str:
        def draw(part: Stories) -> str:
            return "".join(
                f'<div class="b-item"><div class="b-item__meta"><time datetime="{s.iso}">{s.clock}</time></div>'
                f'<div class="b-item__name"><a class="b-link" href="{url(s)}">{s.title}</a></div></div>'
                for s in part
            )

        return (
            f'<div class="page"><section class="b-main"><h2>Главное</h2>{draw(stories[:4])}</section>'
            f'<section class="b-rest"><h2>Остальное</h2>{draw(stories[4:])}</section></div>'
        )

    def page(s: Story, stories: Stories, url: Url) -> str:
        first, *rest = s.paragraphs
        blocks = (
            f'<div class="b-text"><p>{first}</p></div><div class="b-photo"><img src="/1.jpg" alt=""></div>'
        )
        blocks += "".join(f'<div class="b-text"><p>{p}</p></div>' for p in rest)
        return (
            f'<div class="page"><div class="b-head"><h1 class="b-head__name">{s.title}</h1><time class="b-head__time" datetime="{s.iso}">{s.long}</time></div>'
            f'<div class="b-body">{blocks}<div class="b-tags"><a href="/tags/1/">Метки: посёлок</a></div></div></div>'
        )

    return make_site("sections", front, page)


LATER = (grid, ago, american, sections)
