"""From the outbox to chats: summaries, stories that grow, topics, and what overtakes what."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from monitor.domain.alerts import Decision
from monitor.domain.delivery import DeliveryKind, NewDelivery, Place, Urgency
from monitor.domain.routing import Held, HeldBecause
from monitor.domain.statement import Finding
from monitor.notify.content import ContentLoader
from monitor.notify.dispatcher import Dispatcher
from monitor.notify.pacing import PATIENCE, Limits, Pacer
from monitor.notify.telegram import TelegramSink
from storage import Store
from storage.tables import deliveries
from tests.builders import NOON, make_assessment, make_speaker
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.clock import FakeClock
from tests.notify.builders import READERS
from tests.storage.builders import assess, collect, find_one, make_alert, raise_alert

TOPIC = Place(-7, 42)
HOUR = timedelta(hours=1)


class ListingPacer(Pacer):
    """Keeps who had a turn, in order: on a busy machine requests overtake each other on their way."""

    def __init__(self, limits: Limits, clock: FakeClock) -> None:
        super().__init__(limits, clock.seconds, clock.sleep)
        self.turns: list[str] = []

    @asynccontextmanager
    async def turn(self, recipient: str, patience: timedelta = PATIENCE) -> AsyncIterator[None]:
        """List the recipient once its turn has come."""
        async with super().turn(recipient, patience):
            self.turns.append(recipient)
            yield


def make_dispatcher(bot: Bot, store: Store, clock: FakeClock, pacer: Pacer | None = None) -> Dispatcher:
    """Return what empties the outbox into the fake as the service does it, a button under each alert."""
    sink = TelegramSink(
        bot,
        store.chats,
        lambda _: READERS["en"],
        clock.now,
        pacer or Pacer(Limits(), clock.seconds, clock.sleep),
        keyboard=lambda content, place, _: InlineKeyboardMarkup(
            [[InlineKeyboardButton("why", callback_data=f"{content.number}@{place}")]]
        ),
        is_overtaken=lambda delivery: store.outbox.is_overtaken(delivery, clock.now()),
    )
    load = ContentLoader(store.alerts, store.digests, store.held, store.messages)
    return Dispatcher(store.outbox, {"telegram": sink}, load, clock.now, idle=0.01, sleep=clock.sleep)


@pytest.fixture
def clock() -> FakeClock:
    """Give noon."""
    return FakeClock(NOON)


@pytest.fixture
def dispatcher(bot: Bot, store: Store, clock: FakeClock) -> Dispatcher:
    """Give a dispatcher without pacing."""
    return make_dispatcher(bot, store, clock)


def find_many(store: Store, count: int) -> list[Finding]:
    """Return statements of as many speakers."""
    return [
        find_one(store, str(n), make_assessment(speaker=make_speaker(f"Speaker {n}"))) for n in range(count)
    ]


def hold(store: Store, findings: list[Finding], place: Place, release_in: timedelta) -> None:
    """Raise alerts that are held for a place."""
    alerts = tuple(make_alert(finding) for finding in findings)
    held = [Held(place, alert.key, 1, HeldBecause.QUIET, NOON + release_in) for alert in alerts]
    store.alerts.save_decision(Decision(alerts, ()), [], NOON, held)


async def test_held_alerts_go_out_once_in_one_message_when_their_time_comes(
    fake: FakeBotApi, store: Store, clock: FakeClock, dispatcher: Dispatcher
) -> None:
    """Not before, all of them, and into the topic for which they were held."""
    hold(store, find_many(store, 3), TOPIC, HOUR)
    assert 0 == store.held.release(NOON + HOUR - timedelta(seconds=1))
    clock.move(3600)
    assert 1 == store.held.release(clock.now())
    assert 0 == store.held.release(clock.now())
    await dispatcher.drain()
    (message,) = fake.sent
    assert (TOPIC.chat_id, TOPIC.thread_id) == (message.chat_id, message.thread_id)
    assert "3 alerts" in message.text
    assert all(f"Speaker {n}" in message.text and f"/why_{n + 1}" in message.text for n in range(3))


async def test_alert_that_is_known_already_is_not_held_again(store: Store) -> None:
    """A second decision over the same news changes nothing."""
    findings = find_many(store, 1)
    hold(store, findings, TOPIC, HOUR)
    store.held.release(NOON + HOUR)
    hold(store, findings, TOPIC, HOUR)
    assert 0 == store.held.release(NOON + 2 * HOUR)


@pytest.mark.parametrize(("count", "messages"), [(2, 2), (3, 1), (40, 1)])
async def test_late_alerts_are_folded_into_one_message(
    fake: FakeBotApi, store: Store, clock: FakeClock, dispatcher: Dispatcher, count: int, messages: int
) -> None:
    """After an hour's wait that Telegram asked for; two are still told one by one."""
    for finding in find_many(store, count):
        raise_alert(store, finding, "100")
    fake.fail("sendMessage", 429, "Too Many Requests", parameters={"retry_after": 3600})
    await dispatcher.drain()
    clock.move(3601)
    folded = store.held.fold(clock.now() - HOUR / 2, clock.now(), 3)
    assert folded == (count if count >= 3 else 0)
    store.held.release(clock.now())
    await dispatcher.drain()
    assert messages == len(fake.sent)
    text = "\n".join(message.text for message in fake.sent)
    assert "and 28 more" in text if count == 40 else all(f"Speaker {n}" in text for n in range(count))


async def test_critical_alert_is_never_folded(store: Store, clock: FakeClock) -> None:
    """However late: it is told by itself."""
    critical = [
        NewDelivery(DeliveryKind.ALERT, f"k{n}", "telegram", "100", Urgency.CRITICAL) for n in range(5)
    ]
    store.outbox.add(critical, NOON)
    assert 0 == store.held.fold(NOON + HOUR, NOON + 2 * HOUR, 3)


async def test_story_that_grows_is_told_in_place(
    fake: FakeBotApi, store: Store, clock: FakeClock, dispatcher: Dispatcher
) -> None:
    """A thousand copies of one wire: one message, whose count follows; nobody is disturbed again."""
    saved = collect(store, "wire", "A wire.")
    story = assess(store, saved, make_assessment())
    (finding,) = store.findings.for_url(saved.article.url)
    raise_alert(store, finding, "100", str(TOPIC))
    await dispatcher.drain()
    assert 0 == store.messages.plan_updates(NOON, clock.now())
    before = [message.keyboard for message in fake.sent]
    for number in range(1000):
        copy = collect(store, f"copy-{number}", f"A wire. {number}", outlet=f"Outlet {number % 250}")
        assess(store, copy, story_id=story)
    assert 2 == store.messages.plan_updates(NOON, clock.now())
    await dispatcher.drain()
    assert ["sendMessage"] * 2 == [method for method, _ in fake.calls if method.startswith("send")]
    assert all("Agency and 250 others" in message.text for message in fake.sent)
    assert before == [message.keyboard for message in fake.sent]
    assert 0 == store.messages.plan_updates(NOON, clock.now())


async def test_message_that_people_deleted_is_not_brought_up_to_date(
    fake: FakeBotApi, store: Store, clock: FakeClock, dispatcher: Dispatcher
) -> None:
    """They had the alert; the update counts as done and is not tried again."""
    saved = collect(store, "wire", "A wire.")
    story = assess(store, saved, make_assessment())
    (finding,) = store.findings.for_url(saved.article.url)
    raise_alert(store, finding, "100")
    await dispatcher.drain()
    fake.sent.clear()
    assess(store, collect(store, "copy", "A wire.", outlet="Daily"), story_id=story)
    assert 1 == store.messages.plan_updates(NOON, clock.now())
    await dispatcher.drain()
    assert 0 == store.messages.plan_updates(NOON, clock.now())
    with store.database.read() as connection:
        assert ["sent", "sent"] == list(connection.execute(select(deliveries.c.state)).scalars())


async def test_critical_alert_goes_between_two_parts_of_a_long_message(
    fake: FakeBotApi, bot: Bot, store: Store, clock: FakeClock
) -> None:
    """Within a second of the service's clock, though the digest needs ten; then the digest goes on."""
    dispatcher = make_dispatcher(
        bot, store, clock, Pacer(Limits(recipient_per_second=1), clock.seconds, clock.sleep)
    )
    words = " ".join(f"word{number}" for number in range(5000))
    store.outbox.add([NewDelivery(DeliveryKind.NOTICE, words, "telegram", "100", Urgency.BULK)], NOON)
    stop = asyncio.Event()
    running = asyncio.create_task(dispatcher.run(stop))
    await fake.until(lambda: len(fake.sent) >= 2)
    asked = clock.now()
    alert = NewDelivery(DeliveryKind.NOTICE, "critical", "telegram", "100", Urgency.CRITICAL)
    store.outbox.add([alert], asked)
    dispatcher.wake()
    await fake.until(lambda: "".join(m.text for m in fake.sent if m.text != "critical").endswith("word4999"))
    stop.set()
    await running
    texts = [message.text for message in fake.sent]
    at = texts.index("critical")
    assert 2 <= at <= 4, "one part may be on its way, and one may have its turn"
    assert at < len(texts) - 4
    assert words.split() == " ".join(text for text in texts if text != "critical").split()


async def test_critical_alert_overtakes_what_waits_for_others(
    fake: FakeBotApi, bot: Bot, store: Store, clock: FakeClock
) -> None:
    """A digest for five hundred chats is on its way; only those go first that are being sent already."""
    pacer = ListingPacer(Limits(overall_per_second=30), clock)
    dispatcher = make_dispatcher(bot, store, clock, pacer)
    store.outbox.add(
        [NewDelivery(DeliveryKind.NOTICE, "digest", "telegram", str(n), Urgency.BULK) for n in range(1, 501)],
        NOON,
    )
    stop = asyncio.Event()
    running = asyncio.create_task(dispatcher.run(stop))
    await fake.until(lambda: len(fake.sent) >= 60)
    begun = len(pacer.turns)
    store.outbox.add(
        [NewDelivery(DeliveryKind.NOTICE, "critical", "telegram", "1000", Urgency.CRITICAL)], clock.now()
    )
    dispatcher.wake()
    await fake.until(lambda: any(message.text == "critical" for message in fake.sent))
    stop.set()
    await running
    assert begun < 470, "enough were left to be overtaken"
    assert pacer.turns.index("1000") - begun <= 30, "those under way, thirty at most"


def test_urgent_messages_are_claimed_first_and_alone_where_asked(store: Store) -> None:
    """Of one recipient and of all."""
    for urgency in (Urgency.BULK, Urgency.USUAL, Urgency.CRITICAL):
        for recipient in ("1", "2"):
            new = NewDelivery(DeliveryKind.NOTICE, urgency.name, "telegram", recipient, urgency)
            store.outbox.add([new], NOON)
    (first,) = store.outbox.claim("telegram", NOON, 1)
    assert ("CRITICAL", "1") == (first.subject, first.recipient)
    assert ["CRITICAL"] == [d.subject for d in store.outbox.claim("telegram", NOON, 5, Urgency.CRITICAL)]
    for delivery_id in (first.id, first.id + 1):
        store.outbox.sent(delivery_id, NOON)
    assert [] == store.outbox.claim("telegram", NOON, 5, Urgency.CRITICAL)
    assert ["USUAL", "USUAL"] == [d.subject for d in store.outbox.claim("telegram", NOON, 5)]


def test_message_that_gives_way_has_lost_no_try(store: Store) -> None:
    """And is claimed again at once."""
    store.outbox.add([NewDelivery(DeliveryKind.NOTICE, "long", "telegram", "1", Urgency.BULK)], NOON)
    (claimed,) = store.outbox.claim("telegram", NOON, 1)
    store.outbox.give_way(claimed.id)
    (again,) = store.outbox.claim("telegram", NOON, 1)
    assert claimed == again


def test_group_takes_its_topics_messages_along(store: Store) -> None:
    """What waits for a topic of a group that became a supergroup goes to the same topic there."""
    store.chats.serve(-7, "Analysts", "en", NOON)
    store.outbox.add([NewDelivery(DeliveryKind.NOTICE, "a", "telegram", str(TOPIC))], NOON)
    store.chats.migrate(-7, -1007)
    assert ["-1007/42"] == [d.recipient for d in store.outbox.claim("telegram", NOON, 5)]
