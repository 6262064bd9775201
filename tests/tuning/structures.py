"""The structures: lists as cards, rows, groups of days; texts in one node, in many, without paragraphs."""

# ruff: noqa: E501 - markup is easier to read unbroken

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.tuning.sites import Site, make_site, others, words
from tests.tuning.stories import Story

Stories = tuple[Story, ...]
Url = Callable[[Story], str]


def cards() -> Site:
    """A blog's cards; beside them recent posts and comments."""

    def front(stories: Stories, url: Url) -> str:
        items = "".join(
            f'<article id="post-{s.number}16" class="post-{s.number}16 post type-post hentry">'
            f'<header class="entry-header"><h2 class="entry-title"><a href="{url(s)}" rel="bookmark">{s.title}</a></h2>'
            f'<div class="entry-meta"><time class="entry-date published" datetime="{s.iso}">{s.long}</time></div>'
            f'</header><div class="entry-summary"><p>{s.lead} <a class="more-link" href="{url(s)}">Читать далее</a>'
            f"</p></div></article>"
            for s in stories
        )
        recent = "".join(f'<li><a href="{url(s)}">{s.title}</a></li>' for s in stories[:5])
        return (
            f'<div id="content"><main class="site-main">{items}</main><aside class="widget-area">'
            f'<section class="widget"><h3>Свежие записи</h3><ul>{recent}</ul></section></aside></div>'
        )

    def page(s: Story, stories: Stories, url: Url) -> str:
        return (
            f'<main class="site-main"><article class="post-{s.number}16 post"><header class="entry-header">'
            f'<h1 class="entry-title">{s.title}</h1><time class="entry-date" datetime="{s.iso}">{s.long}</time></header>'
            f'<div class="entry-content">{words(s)}</div><footer class="entry-footer">Рубрика: '
            f'<a href="/category/all/">Всё</a></footer></article></main>'
        )

    return make_site("cards", front, page, address="/{date}/story-{number}.html")


def table_rows() -> Site:
    """An old office's table without a class on its cells, in Windows-1251."""

    def front(stories: Stories, url: Url) -> str:
        rows = "".join(
            f'<tr><td width="100">{s.dotted}</td><td><a href="{url(s)}">{s.title}</a></td></tr>'
            for s in stories
        )
        return f'<table width="100%"><tr><td id="left">Меню</td><td><table class="newslist">{rows}</table></td></tr></table>'

    def page(s: Story, stories: Stories, url: Url) -> str:
        text = "<br><br>".join(escape(p) for p in s.paragraphs)
        return (
            f'<table width="100%"><tr><td id="left">Меню</td><td class="content"><h1>{s.title}</h1>'
            f'<div class="newsdate">{s.dotted}</div><div class="newstext">{text}</div></td></tr></table>'
        )

    return make_site("table_rows", front, page, encoding="windows-1251", address="/news/text-{number}.html")


def whole_anchors() -> Site:
    """Each card is one anchor with date, title and teaser inside; classes are about looks."""

    def front(stories: Stories, url: Url) -> str:
        items = "".join(
            f'<a class="card flex mt-4" href="{url(s)}"><span class="card-date text-sm">{s.dotted}, {s.clock}</span>'
            f'<h3 class="card-title font-bold">{s.title}</h3><p class="card-text">{s.lead}</p></a>'
            for s in stories
        )
        return f'<div class="container"><section class="flex grid-cols-3 news-grid">{items}</section></div>'

    def page(s: Story, stories: Stories, url: Url) -> str:
        also = "".join(f'<a class="card" href="{url(o)}"><h3>{o.title}</h3></a>' for o in others(s, stories))
        return (
            f'<div class="container"><h1 class="text-xl">{s.title}</h1><div class="meta text-sm">{s.dotted}, {s.clock}</div>'
            f'<div class="prose mt-4">{words(s)}</div><section class="more"><h2>Ещё</h2>{also}</section></div>'
        )

    return make_site("whole_anchors", front, page, language="en")


def day_groups() -> Site:
    """Lists of a day under its date; an item shows its time alone."""

    def front(stories: Stories, url: Url) -> str:
        days = list(dict.fromkeys(s.long for s in stories))
        groups = "".join(
            f'<div class="day"><h3 class="day__date">{day}</h3><ul class="day__list">'
            + "".join(
                f'<li class="day__item"><span class="day__time">{s.clock}</span> <a href="{url(s)}">{s.title}</a></li>'
                for s in stories
                if s.long == day
            )
            + "</ul></div>"
            for day in days
        )
        return f'<main><h1>Лента</h1><div class="feed">{groups}</div></main>'

    def page(s: Story, stories: Stories, url: Url) -> str:
        return (
            f'<main><div class="story"><div class="story__info">{s.long}, {s.clock}</div><h1 class="story__title">{s.title}'
            f'</h1><div class="story__lead">{s.lead}</div><div class="story__text">{words(s)}</div></div></main>'
        )

    return make_site("day_groups", front, page, dated=False)


def built_classes() -> Site:
    """A build tool's class names, which end in letters that change with every release."""

    def front(stories: Stories, url: Url) -> str:
        items = "".join(
            f'<div class="NewsList_item__q7Zp1"><div class="NewsList_date__Xk2aa">{s.dotted} {s.clock}</div>'
            f'<a class="NewsList_link__b81Qx" href="{url(s)}">{s.title}</a></div>'
            for s in stories
        )
        return f'<div id="__next"><div class="NewsList_wrap__a0Bc9">{items}</div></div>'

    def page(s: Story, stories: Stories, url: Url) -> str:
        text = "".join(f'<p class="Paragraph_paragraph__n{i}Yt5">{p}</p>' for i, p in enumerate(s.paragraphs))
        also = "".join(
            f'<a class="More_link__c3Rt1" href="{url(o)}">{o.title}</a>' for o in others(s, stories)
        )
        return (
            f'<div id="__next"><h1 class="Heading_title__m2No4">{s.title}</h1><div class="Info_date__u7Yy2">{s.dotted} '
            f'{s.clock}</div><div class="Article_content__d4Ff0">{text}</div><div class="More_wrap__j5Kk8">{also}</div></div>'
        )

    return make_site("built_classes", front, page, address="/press/story-{number}.html")


def bare_paragraphs() -> Site:
    """No class anywhere but one id; text in the node itself, parted by breaks."""

    def front(stories: Stories, url: Url) -> str:
        items = "".join(f'<p><b>{s.dotted}</b><br><a href="{url(s)}">{s.title}</a></p>' for s in stories)
        return f'<div id="wrap"><div id="col2"><h1>Сообщения</h1>{items}</div></div>'

    def page(s: Story, stories: Stories, url: Url) -> str:
        text = "<br><br>".join(escape(p) for p in s.paragraphs)
        return (
            f'<div id="wrap"><div id="col2"><h1>{s.title}</h1><b>{s.dotted}</b><div>{text}</div></div></div>'
        )

    return make_site("bare_paragraphs", front, page, address="/read/item-{number}.html")


def pictures() -> Site:
    """A picture's anchor before the title's, a rubric's after it; day and time apart; a long side list with dates."""

    def front(stories: Stories, url: Url) -> str:
        items = "".join(
            f'<div class="list-item"><a class="list-item__image" href="{url(s)}"><img src="/i/{s.number}.jpg" alt=""></a>'
            f'<div class="list-item__content"><a class="list-item__title" href="{url(s)}">{s.title}</a></div>'
            f'<div class="list-item__info"><span class="list-item__day">{s.dotted}</span> <span class="list-item__time">'
            f'{s.clock}</span><a class="list-item__rubric" href="/tag/{s.number % 3}/">Жизнь посёлка и окрестностей</a>'
            f"</div></div>"
            for s in stories
        )
        popular = "".join(
            f'<div class="popular__item"><span class="popular__date">{s.dotted}</span><a href="{url(s)}">{s.title}</a></div>'
            for s in stories[2:11]
        )
        return (
            f'<div class="layout"><div class="list">{items}</div><div class="layout__sidebar"><div class="popular">'
            f"<h4>Читают</h4>{popular}</div></div></div>"
        )

    def page(s: Story, stories: Stories, url: Url) -> str:
        also = "".join(f'<li><a href="{url(o)}">{o.title}</a></li>' for o in others(s, stories))
        blocks = "".join(
            f'<div class="article__block" data-type="text"><div class="article__text">{p}</div></div>'
            + (
                f'<div class="article__block" data-type="article"><div class="article__aside"><strong>Читайте также</strong>'
                f"<ul>{also}</ul></div></div>"
                if i == 1
                else ""
            )
            for i, p in enumerate(s.paragraphs)
        )
        return (
            f'<div class="article"><div class="article__info"><a href="/20230313/">{s.clock} {s.dotted}</a></div>'
            f'<h1 class="article__title">{s.title}</h1><h2 class="article__second-title">{s.lead}</h2>'
            f'<div class="article__body">{blocks}</div><div class="article__share">Поделиться</div></div>'
        )

    return make_site("pictures", front, page)


def definitions() -> Site:
    """A definition list: the date is a term, the link its meaning."""

    def front(stories: Stories, url: Url) -> str:
        items = "".join(
            f'<dt>{s.dotted}</dt><dd class="press"><a href="{url(s)}">{s.title}</a></dd>' for s in stories
        )
        return f'<section id="main"><h1>Press</h1><dl>{items}</dl></section>'

    def page(s: Story, stories: Stories, url: Url) -> str:
        return (
            f'<section id="main"><h2 class="subject">{s.title}</h2><p class="when">{s.long}</p>'
            f'<div class="release"><div class="release-body">{words(s)}</div><div class="release-contact"><p>For further '
            f"questions write to the press office on weekdays.</p></div></div></section>"
        )

    return make_site("definitions", front, page, language="en", dated=False)


def plain_list() -> Site:
    """A list without a class on its items, among other lists; figures for the date stand before the link."""

    def front(stories: Stories, url: Url) -> str:
        items = "".join(f'<li><i>{s.long}</i><h4><a href="{url(s)}">{s.title}</a></h4></li>' for s in stories)
        links = "".join(
            f'<li><a href="/project/{n}/">Проект развития посёлка до {n} года</a></li>'
            for n in (2025, 2030, 2035)
        )
        return f'<div class="main"><div class="projects"><ul>{links}</ul></div><div class="lenta"><ul>{items}</ul></div></div>'

    def page(s: Story, stories: Stories, url: Url) -> str:
        return (
            f'<div class="main"><article><h1>{s.title}</h1><i>{s.long}</i>{words(s)}</article>'
            f'<div class="lenta"><ul>{"".join(f"<li><a href={url(o)!r}>{o.title}</a></li>" for o in others(s, stories))}</ul></div></div>'
        )

    return make_site("plain_list", front, page, address="/ru/news/{number}/text-{number}.html")


def headlines() -> Site:
    """Headings with the link, a paragraph and a date after them, all children of one node: no block around an item."""

    def front(stories: Stories, url: Url) -> str:
        items = "".join(
            f'<h3 class="headline"><a href="{url(s)}">{s.title}</a></h3><p class="teaser">{s.lead}</p>'
            f'<span class="stamp">{s.dotted}</span>'
            for s in stories
        )
        return f'<div class="column">{items}</div>'

    def page(s: Story, stories: Stories, url: Url) -> str:
        return (
            f'<div class="column"><h1 class="headline">{s.title}</h1><span class="stamp">{s.dotted} {s.clock}</span>'
            f'<div itemprop="articleBody">{words(s)}</div></div>'
        )

    return make_site("headlines", front, page, dated=False)


LISTINGS = (
    cards, table_rows, whole_anchors, day_groups, built_classes, bare_paragraphs, pictures, definitions,
    plain_list, headlines,
)  # fmt: skip
