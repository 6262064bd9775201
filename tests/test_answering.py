"""Questions answered by the program as it is put together: shipped configuration, model and collector."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.answering import make_questions, name_model
from monitor.app import App
from monitor.bot.questions import Questions
from monitor.domain.checks import Checked, CheckResult
from monitor.domain.fates import Cause, Stop
from monitor.domain.source import Source
from monitor.domain.source_views import Sight
from monitor.domain.stance import Act, Stance, Tier
from monitor.errors import MonitorError
from monitor.settings import Settings

TEXT = "Дмитрий Песков заявил, что Армения лжёт и горько пожалеет о своём предательстве."
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Песков об Армении</title>
<meta property="article:published_time" content="2024-03-13T10:00:00+03:00"></head><body>
<article><h1>Песков об Армении</h1><p>{TEXT}</p><p>{"Других подробностей он не привёл. " * 12}</p></article>
</body></html>"""


@pytest.fixture(scope="module")
def app(settings: Settings) -> Iterator[App]:
    """Give the program over a store in memory."""
    store = settings.monitor.store.model_copy(update={"url": "sqlite://"})
    monitor = settings.monitor.model_copy(update={"store": store})
    made = App(replace(settings, monitor=monitor))
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def questions(app: App) -> Questions:
    """Give what the bot asks."""
    return make_questions(app)


def test_model_is_named_without_being_loaded(app: App, settings: Settings) -> None:
    """And it is the one that judges."""
    fresh = App(settings)
    named = name_model(fresh)
    assert "reader" not in fresh.__dict__
    assert app.reader.classifier.version == named == name_model(app)


def toward_armenia(result: CheckResult) -> Checked:
    """Return what was judged of Armenia; Moscow is mentioned too, by its speaker."""
    (checked,) = (one for one in result.checked if one.finding.assessment.target == "armenia")
    return checked


def test_pasted_text_is_judged_by_the_shipped_model_and_rules(app: App, questions: Questions) -> None:
    """Who, toward whom, how, and by which rule."""
    result = questions.checker.check_text(TEXT, 1, app.clock.now())
    checked = toward_armenia(result)
    a = checked.finding.assessment
    assert ("Dmitry Peskov", "armenia", Stance.HOSTILE) == (a.speaker.name, a.target, a.stance)
    assert Cause.ALERTED is checked.cause
    assert checked.rule_id in {rule.id for rule in app.settings.rules}
    assert app.reader.classifier.version == result.model


def test_words_and_examples_behind_a_judgement_come_from_the_model(app: App, questions: Questions) -> None:
    """The accusation and the threat move it, and hostile examples are nearest."""
    checked = toward_armenia(questions.checker.check_text(TEXT, 1, app.clock.now()))
    ground = questions.ground(checked.finding.assessment)
    assert ground.explanation.noticeable[0].moved < 0
    assert {"лжёт", "пожалеет", "предательстве"} & {
        effect.word for effect in ground.explanation.noticeable[:4]
    }
    assert Stance.HOSTILE in {neighbour.example.stance for neighbour in ground.nearest}
    assert Act.THREATEN in checked.finding.assessment.judgement.act_probabilities


def test_empty_store_is_answered_for_every_shipped_source(app: App, questions: Questions) -> None:
    """Nothing was collected yet: not collected, never visited, nothing said."""
    now = app.clock.now()
    assert len(app.settings.sources) == len(questions.state.views(now))
    assert {Sight.NEVER, Sight.OFF} == {view.sight for view in questions.state.views(now)}
    for source in app.settings.sources:
        fate = questions.fates.explain(source.url, 1, now)
        if fate is None:  # a folder has no address
            assert not source.url.startswith("http")
            continue
        assert Stop.NOT_COLLECTED is fate.stop
        assert fate.source is not None
    assert {} == dict(questions.trends.speakers(now))
    assert () == questions.searcher.search("газ", now).hits
    assert not questions.state.state(now, app.readers["en"].zone).running


@asynccontextmanager
async def serving(page: str) -> AsyncIterator[int]:
    """Serve one page at every address but /robots.txt and /missing; gives the port."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        found = "/robots.txt" not in head and "/missing" not in head
        body = page.encode() if found else b"nothing here"
        status = "200 OK" if found else "404 Not Found"
        kind = "Content-Type: text/html; charset=utf-8\r\nConnection: close"
        writer.write(f"HTTP/1.1 {status}\r\n{kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield int(server.sockets[0].getsockname()[1])


async def test_article_that_is_not_collected_is_read_by_the_bounded_collector(app: App) -> None:
    """Of a configured site only, on its own port only; what is fetched is not kept."""
    async with serving(PAGE) as port:
        site = Source(
            "local",
            "Local",
            "rss",
            f"http://127.0.0.1:{port}/feed",
            "russia",
            Tier.OUTLET,
            ("ru",),
            spacing=timedelta(0),
            allow_private=True,
        )
        local = App(replace(app.settings, sources=(site,)))
        local.__dict__.update(store=app.store, reader=app.reader)
        questions = make_questions(local)
        fetched = await questions.fetch(f"http://127.0.0.1:{port}/news/1")
        assert fetched is not None
        article, source = fetched
        assert ("Песков об Армении", "local") == (article.title, source.id)
        check, now = questions.checker.check_article, app.clock.now()
        result = await asyncio.to_thread(check, article, source, 1, now)
        said = [one.finding.assessment for one in result.checked]
        sentences = {a.target: a.speaker.name for a in said if not a.statement.is_headline}
        assert "Dmitry Peskov" == sentences["armenia"]
        assert await questions.fetch(f"http://127.0.0.1:{port + 1}/news/1") is None
        assert await questions.fetch("https://elsewhere.net/1") is None
        with pytest.raises(MonitorError, match="404"):
            await questions.fetch(f"http://127.0.0.1:{port}/missing")
    assert 0 == app.store.articles.counts()["pages"]
