"""/check: what analysts paste is judged by the real reader, and what is hostile in it stays harmless."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace

import pytest

from monitor.domain.alerts import Rule
from monitor.domain.checks import CheckResult
from monitor.domain.stance import Act
from monitor.domain.subscriptions import Filter, Subscription
from tests.bot.conftest import LISTED, World
from tests.builders import NOON
from tests.notify.builders import quote
from tests.storage.builders import collect, find_one

HOSTILE = "Министр торговли Сергей Иванов обвинил Армению в обмане."
NEUTRAL = "Сергей Иванов прибыл в Казахстан с визитом."


async def ask_all(world: World, text: str, count: int, **who: object) -> list[str]:
    """Let the listed chat write and return the bot's next messages."""
    before = len(world.fake.sent)
    world.fake.say(LISTED, text, **who)  # type: ignore[arg-type]
    await world.fake.until(lambda: len(world.fake.sent) >= before + count)
    return [message.text for message in world.fake.sent[before:]]


async def test_pasted_text_is_judged_with_speaker_bars_and_rule(world: World) -> None:
    """Everything that an alert would rest on."""
    answer = await world.ask(LISTED, f"/check {HOSTILE} {NEUTRAL}")
    for expected in (
        "Checked as if published now; judgements: 2",
        "🔴 Russia → Armenia: hostile · severity 47",
        "▓▓▓▓▓▓▓▓▓░ 0.90 hostile",
        "Acts: accuses",
        "Sergei Ivanov",
        "because reported:",
        "Would alert by the rule rule-1.",
        "no subscriptions",
        "Neutral mentions beside it: 1.",
        "Model: fake-1",
    ):
        assert expected in answer
    russian = await world.ask(LISTED, f"/check {HOSTILE}", language="ru")
    for expected in ("Россия → Армения: враждебно · сила 47", "Действия: обвиняет", "Сергей Иванов"):
        assert expected in russian


async def test_own_subscriptions_say_whether_they_would_tell(world: World) -> None:
    """Of this chat only, each with what keeps it away."""
    chats = world.store.chats
    chats.subscribe(Subscription(0, LISTED, Filter(frozenset({"armenia"})), "Yerevan"), NOON)
    chats.subscribe(Subscription(0, LISTED, Filter(min_severity=90)), NOON)
    chats.subscribe(Subscription(0, -7, Filter()), NOON)
    answer = await world.ask(LISTED, f"/check {HOSTILE}")
    assert "«Yerevan»: would tell it" in answer
    assert "keeps it away: severity" in answer
    assert 2 == answer.count("subscription ")


async def test_no_alert_says_why_and_what_the_nearest_rule_asks(world: World) -> None:
    """A neutral text, and one that no rule takes."""
    assert "No alert: it is neutral." in await world.ask(LISTED, f"/check {NEUTRAL}")
    strict = Rule("strict", acts=frozenset({Act.THREATEN}), min_severity=60)
    checker = world.services.questions.checker
    object.__setattr__(world.services.questions, "checker", replace(checker, rules=(strict,)))  # type: ignore[type-var]
    answer = await world.ask(LISTED, f"/check {HOSTILE}")
    assert "No alert: no rule asks for it." in answer
    assert "strict misses: acts is accuses, asked is threatens; severity 47, at least 60 is asked." in answer
    answer = await world.ask(LISTED, f"/check {HOSTILE}", language="ru")
    assert "действия – обвиняет, нужно: угрожает; сила 47, нужно не меньше 60." in answer


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("/check", "en", "Send /check with a text of up to 5000"),
        ("/check", "ru", "Пришлите /check и текст до 5000"),
        ("/check " + "а" * 5001, "en", "That is 5001 characters; I judge up to 5000"),
        ("/check " + "а" * 5001, "ru", "Здесь 5001 знаков"),
        ("/check Погода сегодня хорошая, и завтра будет не хуже.", "en", "No watched target"),
        (
            "/check Кыргыз Республикасынын президенти бүгүн эл алдында сүйлөдү жана баарына кайрылды.",
            "en",
            "(",
        ),
        ("/check javascript:alert(1)", "en", "no web address"),
        ("/check ftp://example.org/1", "ru", "Это не адрес"),
        ("/check https://", "en", "no web address"),
        ("/check https://elsewhere.net/1", "en", "No configured source has this site."),
    ],
)
async def test_what_cannot_be_judged_is_refused_politely(
    world: World, text: str, language: str, expected: str
) -> None:
    """With the way on."""
    assert expected in await world.ask(LISTED, text, language=language)


async def test_markup_in_a_pasted_text_is_shown_as_text(world: World) -> None:
    """Nothing that is typed becomes a link or a tag."""
    evil = f'{HOSTILE[:-1]} <a href="javascript:alert(1)">и</a> <b>Армению</b>&lt;.'
    message = await world.fake.reply_to(LISTED, f"/check {evil}")
    assert "<b>Армению</b>" in message.text
    assert not any(kind in ("a", "text_link") for kind, _ in message.entities)


async def test_text_of_the_answered_message_is_judged(world: World) -> None:
    """A forwarded post is answered with /check."""
    world.fake.push(
        {
            "message": {
                "message_id": 901,
                "date": 1710331200,
                "chat": {"id": LISTED, "type": "private", "first_name": "Anna"},
                "from": {"id": LISTED, "is_bot": False, "first_name": "Anna", "language_code": "en"},
                "text": "/check",
                "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
                "reply_to_message": {
                    "message_id": 900,
                    "date": 1710331200,
                    "chat": {"id": LISTED, "type": "private", "first_name": "Anna"},
                    "text": HOSTILE,
                },
            }
        }
    )
    await world.fake.until(lambda: bool(world.fake.sent))
    assert "Russia → Armenia: hostile" in world.fake.sent[-1].text


async def test_collected_article_shows_its_judgements(world: World) -> None:
    """Found by http for https, www and a last slash too."""
    finding = find_one(world.store, "1", quote())
    for address in (finding.url, "http://www.example.org/agency/1/", "example.org/agency/1"):
        answer = await world.ask(LISTED, f"/check {address}")
        assert "Collected: 1 judgements" in answer
        assert "Ivanov said that Yerevan had broken its word." in answer
    collect(world.store, "2")
    assert "waits to be understood" in await world.ask(LISTED, "/check https://example.org/agency/2")


async def test_article_of_a_configured_site_is_read_and_judged(world: World) -> None:
    """It says first that it reads, and where that fails, why."""
    first, second = await ask_all(world, "/check https://example.org/agency/new", 2)
    assert "I am reading it from Agency" in first
    assert "🔴 Russia → Armenia: hostile" in second
    _, failed = await ask_all(world, "/check https://example.org/missing", 2)
    assert "404 <gone>" in failed
    assert "send /check with the text" in failed


async def test_second_text_of_one_user_waits_for_the_first(world: World) -> None:
    """Whoever asks in two chats at once is told so; the first is answered all the same."""
    begun, go_on = threading.Event(), threading.Event()
    real = world.services.questions.checker

    class Slow:
        def check_text(self, text: str, chat_id: int, now: object) -> CheckResult:
            begun.set()
            go_on.wait(10)
            return real.check_text(text, chat_id, now)  # type: ignore[arg-type]

    object.__setattr__(world.services.questions, "checker", Slow())
    world.fake.say(LISTED, f"/check {HOSTILE}")
    await asyncio.to_thread(begun.wait, 10)
    assert "still at your last text" in await world.ask(-7, f"/check {HOSTILE}", user_id=LISTED)
    go_on.set()
    await world.fake.until(lambda: any("Checked" in message.text for message in world.fake.sent))
