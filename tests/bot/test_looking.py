"""/search, /sources, /status and what /why adds: words that moved the judgement."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.bot.phrases import COMMANDS
from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.domain.notices import Alarm, AlarmKind
from monitor.errors import ModelError
from tests.bot.conftest import LISTED, World, alert_of
from tests.builders import NOON
from tests.notify.builders import quote
from tests.storage.builders import collect, find_one, raise_alert


async def test_words_are_found_in_any_form_page_after_page(world: World) -> None:
    """Five at a time, the newest first; the button is for whoever asked."""
    for number in range(7):
        text = f"Иванов сказал, что газопроводы Ереван {number} не получит."
        find_one(world.store, str(number), quote(text, "Ереван"), seen=NOON - timedelta(hours=number))
    find_one(world.store, "other", quote("Иванов сказал, что Ереван молчит.", "Ереван"))
    first = await world.fake.reply_to(LISTED, "/search газопровод получить")
    assert "Found: газопровод получить" in first.text
    assert [str(n) in first.text for n in range(5)] == [True] * 5
    assert "Ереван 5" not in first.text
    world.fake.press(first, first.button("More"), user_id=66)
    await world.fake.until(lambda: bool(world.fake.answers))
    before = len(world.fake.sent)
    world.fake.press(first, first.button("More"))
    await world.fake.until(lambda: len(world.fake.sent) > before)
    second = world.fake.sent[-1]
    assert ("Ереван 5" in second.text, "Ереван 6" in second.text, []) == (True, True, second.labels)


async def test_search_again_after_a_restart_is_asked_for(world: World) -> None:
    """A page whose place nobody remembers is not guessed."""
    for number in range(6):
        find_one(world.store, str(number), quote(f"Ivanov told Yerevan {number}."))
    first = await world.fake.reply_to(LISTED, "/search yerevan")
    other = await world.fake.reply_to(LISTED, "/search told")
    assert first.button("More") != other.button("More")
    world.fake.press(first, first.button("More")[:-1] + "x")
    await world.fake.until(lambda: any("not made by me" in a.get("text", "") for a in world.fake.answers))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("/search", "en", "Which words?"),
        ("/search", "ru", "Какие слова искать?"),
        ("/search <b>x</b>", "en", "Nothing was found for: <b>x</b>"),
        ("/search " + "ы" * 300, "ru", "слишком длинно"),
        ("/search a b c d e f g h i j k", "en", "up to 10 words"),
        ("/search ...", "en", "Nothing was found"),
        ("/sources nothing-like-it", "en", "I know no source “nothing-like-it”."),
        ("/sources agncy", "en", "Did you mean “agency”?"),
        ("/sources агентсво", "ru", "Не знаю источника «агентсво»."),
    ],
)
async def test_mistakes_are_answered_with_a_way_on(
    world: World, text: str, language: str, expected: str
) -> None:
    """Nobody is left without an answer."""
    assert expected in await world.ask(LISTED, text, language=language)


async def test_markup_in_scraped_statements_is_shown_as_text(world: World) -> None:
    """A javascript: link is never made clickable."""
    text = '<a href="javascript:x">Ivanov</a> told Yerevan &amp; <b>all</b>.'
    find_one(world.store, "1", quote(text), url="javascript:alert(1)")
    message = await world.fake.reply_to(LISTED, "/search ivanov")
    assert text in message.text
    assert not any(kind in ("a", "text_link") for kind, _ in message.entities)


async def test_sources_are_told_in_short_and_one_in_full(world: World) -> None:
    """By name, by id, by side; what is wrong and what is not read."""
    store = world.store
    store.articles.record_run(SourceRun("agency", NOON, NOON, RunOutcome.OK))
    old = NOON - timedelta(days=2)
    store.articles.record_run(SourceRun("herald", old, old, RunOutcome.OK))
    store.articles.record_run(SourceRun("herald", NOON, NOON, RunOutcome.FAILED, reason="<timeout>"))
    store.notices.save([Alarm(AlarmKind.DOWN, "herald", "no route")], {}, [], NOON)
    saved = collect(store, "1", source_id="herald")
    store.findings.save(saved, "kk", None, (), (), NOON, readable=False)
    short = await world.ask(LISTED, "/sources")
    for expected in (
        "2 on, 1 read, 1 blind, 0 never visited",
        "Russia: 1 of 1",
        "🔴 Herald of Astana herald",
    ):
        assert expected in short
    for wanted in ("herald", "Herald of Astana", "казахстан", "kazakhstan", "astana"):
        full = await world.ask(LISTED, f"/sources {wanted}")
        for expected in ("blind now, last read 11 Mar", "down", "<timeout>", "languages not read: kk 1"):
            assert expected in full
    russian = await world.ask(LISTED, "/sources herald", language="ru")
    for expected in ("сейчас не виден", "недоступен", "языки, которые не читаются: kk 1", "неудач подряд: 1"):
        assert expected in russian
    assert "выключен" in await world.ask(LISTED, "/sources asleep", language="ru")


async def test_status_tells_what_runs_and_what_waits(world: World) -> None:
    """In both languages."""
    alert_of(world.store, "1")
    raise_alert(world.store, find_one(world.store, "2", quote("Ivanov told Yerevan more.")), "100")
    for hours in range(30):
        at = NOON - timedelta(hours=hours)
        outcome = RunOutcome.FAILED if 0 < hours <= 6 else RunOutcome.OK
        world.store.articles.record_run(SourceRun("agency", at, at, outcome))
    answer = await world.ask(LISTED, "/status")
    for expected in (
        "nobody collects now",
        "Read in 24 hours: 75%",
        "Alerts today: 2",
        "Outbox: waiting 1, sent 0",
        "Articles: waiting 0, judged 2",
        "No source is blind.",
        "Model: fake-1",
    ):
        assert expected in answer
    russian = await world.ask(LISTED, "/status", language="ru")
    for expected in ("Прочитано за 24 часа: 75%", "Оповещений сегодня: 2", "Отправка: ждёт 1"):
        assert expected in russian


@pytest.mark.parametrize(
    ("language", "title", "model"),
    [
        ("en", "Words that moved it", "Explained by model fake-1; judged by test-1."),
        ("ru", "Слова, которые сдвинули оценку", "Объясняет модель fake-1; оценивала test-1."),
    ],
)
async def test_why_adds_the_words_that_moved_the_judgement(
    world: World, language: str, title: str, model: str
) -> None:
    """The evidence comes first, the words in a second message."""
    alert_of(world.store, "1", text="Ivanov did accuse Yerevan <again>.")
    before = len(world.fake.sent)
    world.fake.say(LISTED, "/why 1", language=language)
    await world.fake.until(lambda: len(world.fake.sent) == before + 2)
    evidence, words = (message.text for message in world.fake.sent[before:])
    assert "rule-1" in evidence
    for expected in (title, "−0.87 accuse", model):
        assert expected in words
    assert "again" not in words


async def test_why_shows_the_dyad_over_the_weeks_before(world: World) -> None:
    """Where something was said in at least three of them."""
    for week in range(1, 4):
        seen = NOON - timedelta(weeks=week)
        find_one(world.store, f"w{week}", quote(f"Ivanov told Yerevan {week}."), seen=seen)
    alert_of(world.store, "1")
    before = len(world.fake.sent)
    world.fake.say(LISTED, "/why 1")
    await world.fake.until(lambda: len(world.fake.sent) == before + 3)
    words, picture = world.fake.sent[-2:]
    assert "Words that moved it" in words.text
    assert ("sendPhoto", b"\x89PNG") == (picture.method, picture.file[:4])


async def test_evidence_stands_although_the_words_cannot_be_worked_out(world: World) -> None:
    """A model that cannot be loaded takes nothing else away."""

    def fail(_assessment: object) -> object:
        raise ModelError("no such folder")

    object.__setattr__(world.services.questions, "ground", fail)
    alert_of(world.store, "1")
    before = len(world.fake.sent)
    world.fake.say(LISTED, "/why 1")
    await world.fake.until(lambda: len(world.fake.sent) == before + 2)
    evidence, words = (message.text for message in world.fake.sent[before:])
    assert "rule-1" in evidence
    assert "cannot be worked out now" in words


async def test_whynot_answers_in_both_languages(world: World) -> None:
    """With the alert, and what the chat's subscriptions made of it."""
    await world.ask(LISTED, "/subscribe kazakhstan")
    finding = find_one(world.store, "1", quote())
    raise_alert(world.store, finding)
    answer = await world.ask(LISTED, f"/whynot {finding.url}")
    for expected in ("Title 1", "Agency · collected", "Alerted as № 1 · /why_1", "keeps it away: target"):
        assert expected in answer
    russian = await world.ask(LISTED, f"/whynot {finding.url}/", language="ru")
    for expected in ("Оповещение № 1 · /why_1", "не пропускает: адресат"):
        assert expected in russian
    for text, language, expected in (
        ("/whynot", "en", "Which article?"),
        ("/whynot", "ru", "О какой статье речь?"),
        ("/whynot two words", "en", "no web address"),
        ("/whynot javascript:alert(1)", "ru", "Это не адрес"),
        ("/whynot https://example.org/<b>", "en", "Not collected."),
        ("/whynot https://herald.kz/1", "en", "the source Herald of Astana (herald): never visited yet"),
        ("/whynot https://herald.kz/1", "ru", "к источнику Herald of Astana (herald): ещё не опрашивался"),
    ):
        assert expected in await world.ask(LISTED, text, language=language)


async def test_commands_stand_in_the_menu_and_in_the_help(world: World) -> None:
    """In both languages, the same ones."""
    for language in ("en", "ru"):
        text = await world.ask(LISTED, "/help", language=language)
        for command in ("check", "whynot", "trend", "compare", "speaker", "search", "sources", "status"):
            assert command in COMMANDS[language]
            assert f"/{command}" in text
