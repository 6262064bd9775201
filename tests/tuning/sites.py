"""Sites of many structures, each with what should be found on it; no page is like that of a real site.

A structure that we wrote proves what detection does with it, not what it does with any live site.
"""

# ruff: noqa: E501 - markup is easier to read unbroken

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from tests.collect.loopback import Reply, Server
from tests.tuning.stories import Story, tell


@dataclass
class Site:
    """A site to be served, and the truth about it."""

    name: str
    kind: str
    front: str
    """Where an operator would start."""
    stories: tuple[Story, ...]
    pages: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    listed: bool = True
    """Whether the front lists the articles in HTML."""
    dated: bool = True
    """Whether the front shows dates in HTML."""
    encoding: str = "utf-8"
    link: str = ""
    """Where the articles are said to be, if not on the site itself; with the story's `{number}`."""

    def url(self, story: Story, base: str) -> str:
        """Return the address by which a story is known."""
        return self.link.format(number=story.number) or base + self.path(story)

    def path(self, story: Story) -> str:
        """Return a story's address."""
        return next(path for path in self.pages if path.endswith(f"-{story.number}.html"))

    def serve(self, server: Server) -> None:
        """Put the pages on a server."""
        for path, body in self.pages.items():
            kind = self.types.get(path, f"text/html; charset={self.encoding}")
            shown = body.replace(b"{base}", server.url("").encode())
            server.routes[path] = Reply(shown, headers={"Content-Type": kind})


DrawFront = Callable[[tuple[Story, ...], Callable[[Story], str]], str]
DrawPage = Callable[[Story, tuple[Story, ...], Callable[[Story], str]], str]


def make_site(
    name: str,
    draw_front: DrawFront,
    draw_page: DrawPage,
    *,
    kind: str = "listing",
    front: str = "/news/",
    address: str = "/news/{date}/story-{number}.html",
    language: str = "ru",
    head: str = "",
    encoding: str = "utf-8",
    **more: object,
) -> Site:
    """Draw a site's front and its articles, with the furniture that all sites have around them."""
    stories = tell(language=language)

    def url(story: Story) -> str:
        return address.format(number=story.number, date=story.local.strftime("%Y/%m/%d"))

    site = Site(name, kind, front, stories, encoding=encoding, **more)  # type: ignore[arg-type]
    site.pages[front] = frame(draw_front(stories, url), "Новости", language, head).encode(encoding)
    for story in stories:
        page = draw_page(story, stories, url)
        site.pages[url(story)] = frame(page, story.title, language, head).encode(encoding)
    return site


def frame(body: str, title: str, language: str, head: str = "") -> str:
    """Return a page with the menu, cookie bar, side matter and footer that must not be taken for its text."""
    menu = "".join(
        f'<li class="menu__item"><a href="/{path}/">{label}</a></li>'
        for path, label in (
            ("about", "О нас"),
            ("news", "Новости"),
            ("documents", "Документы"),
            ("contacts", "Связь"),
        )
    )
    footer = "".join(
        f'<li><a href="/about/{n}/">{label}</a></li>'
        for n, label in enumerate(
            (
                "Правила использования материалов сайта",
                "Сведения о средстве массовой информации",
                "Обратная связь",
            ),
            1,
        )
    )
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)} | Вестник</title>'
        f'<meta property="og:site_name" content="Вестник посёлка">{head}<style>.x{{color:red}}</style></head><body>'
        f'<header class="site-header"><a href="/">Вестник</a><nav><ul class="menu">{menu}</ul></nav></header>'
        f'{body}<div class="cookie-bar"><p>Мы используем файлы cookie, чтобы сайт работал лучше, и не продаём их.'
        f'</p><button>Понятно</button></div><footer class="footer"><p>© Вестник посёлка. Все права защищены, '
        f"перепечатка только со ссылкой.</p><ul>{footer}</ul></footer></body></html>"
    )


def words(story: Story) -> str:
    """Return the paragraphs as plain markup."""
    return "".join(f"<p>{escape(text)}</p>" for text in story.paragraphs)


def others(story: Story, stories: tuple[Story, ...]) -> list[Story]:
    """Return three other stories, for "read also"."""
    place = stories.index(story)
    return [stories[(place + step) % len(stories)] for step in (1, 3, 5)]
