"""Quotations with their translation, from a server of LibreTranslate's protocol on loopback."""

from __future__ import annotations

import logging

import pytest
from pytest_httpserver import HTTPServer
from telegram import Bot
from werkzeug import Response

from monitor.notify.content import AlertContent
from monitor.notify.pacing import Limits, Pacer
from monitor.notify.telegram import TelegramSink
from monitor.translate import LibreTranslate
from storage import Store
from tests.builders import NOON
from tests.fakes.bot_api import FakeBotApi
from tests.notify.builders import READERS, make_alert, make_delivery

ORIGINAL = "Ivanov said that Yerevan had broken its word."


def sink(bot: Bot, store: Store, translator: LibreTranslate, language: str) -> TelegramSink:
    """Return the sink for readers of a language."""
    return TelegramSink(
        bot,
        store.chats,
        lambda _: READERS[language],
        lambda: NOON,
        Pacer(Limits()),
        translate=translator.translate,
    )


async def test_quotation_in_another_language_comes_with_its_translation(
    fake: FakeBotApi, bot: Bot, store: Store, httpserver: HTTPServer
) -> None:
    """Both are shown, marked for what they are; hundreds of chats cost one question."""
    translated = "Иванов: Ереван <b>нарушил</b> слово."
    httpserver.expect_request("/translate", method="POST").respond_with_json({"translatedText": translated})
    russian = sink(bot, store, LibreTranslate(httpserver.url_for(""), "key"), "ru")
    for number in (1, 2, 3):
        await russian.send(make_delivery(number, recipient=str(number)), AlertContent(12, make_alert()))
    assert all(ORIGINAL in message.text and translated in message.text for message in fake.sent)
    assert all("(машинный перевод)" in message.text for message in fake.sent)
    assert ("i", translated) in fake.sent[0].entities
    ((request, _),) = httpserver.log
    assert {"q": ORIGINAL, "source": "en", "target": "ru", "format": "text", "api_key": "key"} == request.json


async def test_reader_of_the_quotations_language_gets_no_translation(
    fake: FakeBotApi, bot: Bot, store: Store, httpserver: HTTPServer
) -> None:
    """Nobody is asked."""
    english = sink(bot, store, LibreTranslate(httpserver.url_for("")), "en")
    await english.send(make_delivery(), AlertContent(12, make_alert()))
    assert "translation" not in fake.sent[0].text
    assert [] == httpserver.log


@pytest.mark.parametrize(
    "answer",
    [
        Response("busy", 503),
        Response("<html>", 200),
        Response('{"error": "no"}', 200, content_type="application/json"),
        Response('{"translatedText": ["a"]}', 200, content_type="application/json"),
        Response("", 302, {"Location": "http://127.0.0.1:1/"}),
    ],
)
async def test_translator_that_fails_holds_nothing_up(
    fake: FakeBotApi, bot: Bot, store: Store, httpserver: HTTPServer, answer: Response
) -> None:
    """The alert goes out as it is, and the server is not asked for each chat anew."""
    httpserver.expect_request("/translate").respond_with_response(answer)
    russian = sink(bot, store, LibreTranslate(httpserver.url_for("")), "ru")
    for number in (1, 2):
        await russian.send(make_delivery(number, recipient=str(number)), AlertContent(12, make_alert()))
    assert 2 == len(fake.sent)
    assert all(ORIGINAL in message.text and "перевод" not in message.text for message in fake.sent)
    assert 1 == len(httpserver.log)


async def test_translator_that_is_away_holds_nothing_up_and_its_key_is_in_no_log(
    fake: FakeBotApi, bot: Bot, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody listens there."""
    with caplog.at_level(logging.DEBUG):
        russian = sink(bot, store, LibreTranslate("http://127.0.0.1:9", "hidden-key"), "ru")
        await russian.send(make_delivery(), AlertContent(12, make_alert()))
    assert 1 == len(fake.sent)
    assert "hidden-key" not in caplog.text
