"""`sources preview`: what would become of a source's articles, without anything being kept."""

from __future__ import annotations

import io

from rich.console import Console

from monitor.cli.preview_report import print_preview
from monitor.domain.source import ArticleSelectors
from monitor.pipeline.looking import Looking
from monitor.pipeline.preview import preview_source
from monitor.pipeline.reading import Reader
from tests.collect.loopback import Reply, Server, entry, feed, make_source

SAID = "Минсельхоз России обвинил Армению в подмене документов и пригрозил закрыть границу для грузов."


def show(preview: object, source: object) -> str:
    """Return what is printed."""
    console = Console(file=io.StringIO(), width=160)
    print_preview(console, source, preview)  # type: ignore[arg-type]
    return console.file.getvalue()  # type: ignore[attr-defined]


async def test_items_texts_statements_and_judgements_are_shown(
    looking: Looking, server: Server, reader: Reader
) -> None:
    """All items are listed; the first is read and judged; the broken one says why."""
    server.routes["/rss"] = Reply(
        feed(
            entry(1, title="Россия и Армения", link=server.url("/1")),
            entry(2, title="Пустая страница", link=server.url("/2")),
            entry(3, title="Третья", link=server.url("/3")),
        )
    )
    page = f"<html><body><div class='t'><p>{SAID}</p><p>Погода в понедельник будет ясной и тёплой.</p></div>"
    server.routes["/1"] = Reply(page.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
    server.routes["/2"] = Reply(b"<html><body></body></html>")
    source = make_source(server.url("/rss"), article=ArticleSelectors(body=".t"))
    preview = await preview_source(looking, source, reader, 2)
    first, second = preview.articles
    assert 3 == len(preview.items)
    assert first.reading is not None
    assert "armenia" in {each.target for each in first.reading.assessments}
    assert 3 == len(first.statements)  # the headline is one
    assert "no text was found" in second.problem
    assert "/3" not in server.paths()
    shown = show(preview, source)
    assert "toward armenia by" in shown
    assert SAID in shown
    assert "not read: " in shown


async def test_scraped_text_cannot_steer_the_terminal(
    looking: Looking, server: Server, reader: Reader
) -> None:
    """Escapes and markup in titles and texts are shown as text, or not at all."""
    evil = "Заголовок [bold]x[/] \u202eобратно\u202c и \u009b31m дальше"
    server.routes["/rss"] = Reply(feed(entry(1, title=evil, link=server.url("/1"))))
    body = f"<html><body><p>{evil} {SAID}</p></body></html>"
    server.routes["/1"] = Reply(body.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
    source = make_source(server.url("/rss"))
    shown = show(await preview_source(looking, source, reader, 1), source)
    assert "[bold]x[/]" in shown
    assert not {"\u202e", "\u202c", "\u009b", "\x1b"} & set(shown)


async def test_language_that_is_not_read_is_said_to_be(
    looking: Looking, server: Server, reader: Reader
) -> None:
    """No judgement, and never silence about it."""
    text = "Երեւանում տեղի ունեցավ հանդիպում, որի ընթացքում քննարկվեցին տարածաշրջանային հարցեր։ " * 3
    server.routes["/rss"] = Reply(feed(entry(1, title="Հանդիպում", link=server.url("/1"))))
    server.routes["/1"] = Reply(
        f"<html><body><p>{text}</p></body></html>".encode(),
        headers={"Content-Type": "text/html; charset=utf-8"},
    )
    source = make_source(server.url("/rss"))
    shown = show(await preview_source(looking, source, reader, 1), source)
    assert "in a language that the model does not read" in shown
