"""/trend, /compare and /speaker: pictures and figures, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.domain.actors import Speaker
from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.domain.preferences import Preferences
from monitor.domain.stance import Stance, Tier
from tests.bot.conftest import LISTED, World
from tests.builders import NOON
from tests.notify.builders import quote
from tests.storage.builders import assess, collect, find_one

PNG = b"\x89PNG\r\n\x1a\n"
WEEK, HOUR = timedelta(weeks=1), timedelta(hours=1)


def say_weekly(world: World, weeks: int = 6, target: str = "armenia") -> None:
    """Let Moscow speak three times a week of a target, and the target once."""
    back = Speaker("Anna Petrosyan", Tier.FOREIGN_MINISTRY, target, "reported:test")
    for week in range(weeks):
        seen = NOON - HOUR - week * WEEK
        for number in range(3):
            text = f"Ivanov told Yerevan {week} {number}."
            find_one(world.store, f"{target}{week}-{number}", quote(text, target=target), seen=seen)
        warm = quote(
            f"She thanked Yerevan {week}.", target="russia", stance=Stance.CONCILIATORY, speaker=back
        )
        find_one(world.store, f"{target}back{week}", replace(warm, intensity=0.5), seen=seen)
        world.store.articles.record_run(SourceRun("agency", seen, seen, RunOutcome.OK))


async def test_trend_is_a_picture_with_figures_both_ways(world: World) -> None:
    """From Moscow and back, over twelve weeks."""
    say_weekly(world)
    message = await world.fake.reply_to(LISTED, "/trend armenia")
    assert ("sendPhoto", PNG) == (message.method, message.file[:8])
    for expected in (
        "Armenia and Moscow, 12 weeks",
        "Russia → Armenia\nhostile 18 · conciliatory 0 · all 18",
        "last whole week: −0.60; change 0.00",
        "Armenia → Russia\nhostile 0 · conciliatory 6 · all 6",
        "change: insufficient data",
    ):
        assert expected in message.text
    russian = await world.fake.reply_to(LISTED, "/trend армения 8 недель", language="ru")
    assert "Армения и Москва, недель: 8" in russian.text
    assert "враждебно 18 · примирительно 0 · всего 18" in russian.text
    assert "изменение: недостаточно данных" in russian.text
    assert message.file != russian.file


async def test_two_targets_stand_on_one_picture(world: World) -> None:
    """In the order in which they were named."""
    say_weekly(world, 2, "kazakhstan")
    message = await world.fake.reply_to(LISTED, "/compare kazakhstan and union state 4")
    assert PNG == message.file[:8]
    assert "Kazakhstan and Union State, 4 weeks" in message.text
    assert message.text.index("Russia → Kazakhstan") < message.text.index("Russia → Union State")
    assert "Union State → Russia\nnothing was said" in message.text
    russian = await world.fake.reply_to(LISTED, "/compare Казахстана и Армению", language="ru")
    assert "Казахстан и Армения, недель: 12" in russian.text


async def test_weeks_that_were_not_read_are_named(world: World) -> None:
    """Silence must not look like calm."""
    for week in (0, 1, 3, 4):
        at = NOON - HOUR - week * WEEK
        world.store.articles.record_run(SourceRun("agency", at, at, RunOutcome.OK))
    answer = (await world.fake.reply_to(LISTED, "/trend armenia 6")).text
    assert "Not read: 26.02." in answer
    assert (
        "Не прочитано: 26.02." in (await world.fake.reply_to(LISTED, "/trend армения 6", language="ru")).text
    )


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("/trend", "en", "For example: /trend kazakhstan"),
        ("/trend", "ru", "Например: /trend казахстан"),
        ("/trend armnia", "en", "Did you mean “armenia”?"),
        ("/trend казахстн", "ru", "Может быть, «казахстан»?"),
        ("/trend <b>", "en", "I do not know “<b>”"),
        ("/compare armenia", "en", "Name two targets"),
        ("/compare армения", "ru", "Назовите двух"),
        ("/compare armenia armenia", "en", "Name two targets"),
        ("/speaker", "en", "For example: /speaker peskov"),
        ("/speaker", "ru", "Например: /speaker песков"),
        ("/speaker ivanv", "en", "I know nobody of that name. Did you mean “ivanov”?"),
        ("/speaker zz", "en", "I know nobody of that name."),
        ("/speaker <script>", "ru", "Никого с таким именем не знаю."),
        ("/speaker сергей ивано", "ru", "Может быть, «сергей иванов»?"),
    ],
)
async def test_mistakes_are_answered_with_a_way_on(
    world: World, text: str, language: str, expected: str
) -> None:
    """The nearest word, or an example."""
    assert expected in await world.ask(LISTED, text, language=language)


async def test_speaker_is_told_with_picture_and_last_statements(world: World) -> None:
    """Known by surname in either language; one sentence of two targets is shown once."""
    say_weekly(world, 3)
    text = "Ivanov told Yerevan and all others."
    both = [quote(text, target=target) for target in ("armenia", "kazakhstan")]
    assess(world.store, collect(world.store, "both", seen=NOON - HOUR), *both)
    before = len(world.fake.sent)
    first = await world.fake.reply_to(LISTED, "/speaker ivanov")
    await world.fake.until(lambda: len(world.fake.sent) == before + 2)
    last = world.fake.sent[-1]
    assert PNG == first.file[:8]
    for expected in (
        "Sergei Ivanov\ntrade minister, government, Russia",
        "In 90 days: 11",
        "Armenia: hostile 10",
    ):
        assert expected in first.text
    assert (5, 1) == (last.text.count("Ivanov told Yerevan"), last.text.count("and all others"))
    assert 5 == sum(kind in {"text_link", "a"} for kind, _ in last.entities)
    russian = await world.fake.reply_to(LISTED, "/speaker иванов", language="ru")
    for expected in ("Сергей Иванов", "За 90 дней: 11", "Армения: враждебно 10"):
        assert expected in russian.text


async def test_speaker_found_only_in_texts_is_known_too(world: World) -> None:
    """And where several fit, they are offered."""
    for number, name in enumerate(("Anna Orlova <b>", "Oleg Orlova")):
        who = Speaker(name, Tier.OTHER, "russia", "reported:x")
        said = quote(f"X told Yerevan {number}.", speaker=who)
        find_one(world.store, str(number), said, seen=NOON - HOUR)
    assert "Whom do you mean? Anna Orlova <b>, Oleg Orlova" in await world.ask(LISTED, "/speaker orlova")
    one = await world.fake.reply_to(LISTED, "/speaker oleg orlova")
    assert "In 90 days: 1" in one.text


async def test_known_speaker_who_said_nothing_is_told_without_a_picture(world: World) -> None:
    """One message is enough."""
    message = await world.fake.reply_to(LISTED, "/speaker ivanov")
    assert "sendMessage" == message.method
    assert "Nothing was said in 90 days." in message.text


async def test_times_are_on_the_chats_own_clock(world: World) -> None:
    """The zone that it set, not the operator's."""
    say_weekly(world, 1)
    world.store.preferences.save(LISTED, Preferences(zone="Asia/Tokyo"))
    before = len(world.fake.sent)
    await world.fake.reply_to(LISTED, "/speaker ivanov")
    await world.fake.until(lambda: len(world.fake.sent) == before + 2)
    assert "20:00 JST" in world.fake.sent[-1].text
