"""A newcomer comes to a tuned subscription, by buttons alone, in both languages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from monitor.domain.alerts import Direction
from monitor.domain.stance import Act, Stance, Tier, Topic
from monitor.domain.subscriptions import USUAL, Filter, Pace
from storage import Store
from tests.bot.conftest import CODE, World
from tests.bot.playing import press, press_for_new
from tests.builders import NOON
from tests.notify.builders import quote
from tests.storage.builders import find_one, raise_alert

NEWCOMER = 7


@dataclass(frozen=True)
class Words:
    """What the buttons and answers say in one language."""

    language: str
    usual: str
    choose: str
    subscribed: str
    estimate: str
    parts: tuple[str, ...]
    """The parts that are opened, with what is ticked in each."""
    back: str
    at_once_daily: str
    save: str
    saved: str
    edit: str
    severity: str


ENGLISH = Words(
    language="en",
    usual="Moscow and its allies, from severity 30",
    choose="Choose yourself",
    subscribed="Subscribed (1): Moscow → partner, partner → Moscow; severity from 30.",
    estimate="This would have sent you 4 alerts in the 10 days that I know.",
    parts=(
        *("Targets", "Armenia", "Stance", "hostile", "Direction", "Moscow → partner"),
        *("Acts", "accuses", "Topics", "energy", "Speakers", "government", "Language", "in English"),
    ),
    back="Back",
    at_once_daily="daily summary",
    save="Save",
    saved="Saved (2): Armenia; hostile; Moscow → partner; accuses; energy; spoken by government; in English; "
    "severity from 20; daily summary.",
    edit="Edit 2",
    severity="severity ≥ 20",
)
RUSSIAN = Words(
    language="ru",
    usual="Москва и союзники, от силы 30",
    choose="Выбрать самому",
    subscribed="Подписка (1): Москва → партнёр, партнёр → Москва; сила от 30.",
    estimate="За 10 дней наблюдений вы получили бы 4 оповещения.",
    parts=(
        *("О ком", "Армения", "Тон", "враждебно", "Направление", "Москва → партнёр"),
        *("Действия", "обвиняет", "Темы", "энергетика", "Кто говорит", "правительство"),
        *("Язык", "на английском"),
    ),
    back="Назад",
    at_once_daily="сводка раз в день",
    save="Сохранить",
    saved="Сохранено (2): Армения; враждебно; Москва → партнёр; обвиняет; энергетика; "
    "говорит: правительство; на английском; сила от 20; сводка раз в день.",
    edit="Изменить 2",
    severity="сила ≥ 20",
)
TUNED = Filter(
    targets=frozenset({"armenia"}),
    directions=frozenset({Direction.FROM_RUSSIA}),
    stances=frozenset({Stance.HOSTILE}),
    acts=frozenset({Act.ACCUSE}),
    topics=frozenset({Topic.ENERGY}),
    tiers=frozenset({Tier.GOVERNMENT}),
    languages=frozenset({"en"}),
    min_severity=20,
)


def raise_alerts(store: Store) -> None:
    """Save alerts about Armenia of severities 20 to 60; the first article was seen ten days ago."""
    for number, severity in enumerate((20, 30, 40, 50, 60), start=1):
        said = replace(
            quote(f"Ivanov told Yerevan {number} times about gas."), severity=severity, topics=(Topic.ENERGY,)
        )
        seen = NOON - timedelta(days=10) if number == 1 else NOON - timedelta(days=1)
        raise_alert(store, find_one(store, str(number), said, seen=seen), now=seen)


@pytest.mark.parametrize("words", [ENGLISH, RUSSIAN], ids=["en", "ru"])
async def test_newcomer_comes_to_a_tuned_subscription(world: World, words: Words) -> None:
    """One tap takes what is usual; a few more choose every part, with the estimate at each."""
    raise_alerts(world.store)
    who = {"language": words.language}
    welcome = await world.fake.reply_to(NEWCOMER, f"/start {CODE}", **who)
    assert [words.usual, words.choose] == welcome.labels

    taken = await press_for_new(world, welcome, words.usual, **who)
    assert words.subscribed in taken.text
    assert words.estimate in taken.text
    assert ["/why_5", "/why_4", "/why_3"] == [word for word in taken.text.split() if "/why_" in word]
    (first,) = world.store.chats.subscriptions(NEWCOMER)
    assert USUAL == first.filter

    card = await press_for_new(world, welcome, words.choose, **who)
    for part, value in zip(words.parts[::2], words.parts[1::2], strict=True):
        await press(world, card, part, **who)
        await press(world, card, value, **who)
        assert f"✓ {value}" in card.labels
        await press(world, card, words.back, **who)
    for _ in range(3):
        await press(world, card, "+", **who)
    await press(world, card, "−", **who)
    assert words.severity in card.labels
    await press(world, card, "Когда" if words.language == "ru" else "When", **who)
    await press(world, card, words.at_once_daily, **who)
    assert [first] == world.store.chats.subscriptions(NEWCOMER)  # nothing is saved before it is asked for
    await press(world, card, words.save, **who)
    assert words.saved in card.text
    second = world.store.chats.subscriptions(NEWCOMER)[1]
    assert (TUNED, Pace.DAILY) == (second.filter, second.pace)

    listed = await world.fake.reply_to(NEWCOMER, "/subscriptions", **who)
    again = await press_for_new(world, listed, words.edit, **who)
    await press(world, again, "−", **who)
    await press(world, again, words.save, **who)
    assert [first.id, second.id] == [one.id for one in world.store.chats.subscriptions(NEWCOMER)]
    assert 10 == world.store.chats.subscriptions(NEWCOMER)[1].filter.min_severity
