"""The Telegram sink, over HTTP against a fake Bot API."""

from __future__ import annotations

import pytest
from telegram import Bot

from monitor.domain.delivery import DeliveryKind
from monitor.domain.subscriptions import Subscription
from monitor.errors import DeliveryError, RecipientGoneError, UndeliverableError
from monitor.notify.content import AlertContent, Attachment, AttachmentKind, DigestContent, NoticeContent
from monitor.notify.pacing import TELEGRAM_LIMITS, Limits, Pacer
from monitor.notify.telegram import TelegramSink
from storage import Store
from tests.builders import NOON
from tests.domain.test_digest import compile_week, history
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.clock import FakeClock
from tests.notify.builders import READERS, make_alert, make_delivery


@pytest.fixture
def sink(bot: Bot, store: Store) -> TelegramSink:
    """Give the sink without pacing."""
    clock = FakeClock(NOON)
    return TelegramSink(bot, store.chats, lambda _: READERS["en"], clock.now, Pacer(Limits()))


async def test_alert_arrives_with_its_markup(fake: FakeBotApi, sink: TelegramSink) -> None:
    """One message, the mention bold and underlined, nothing unescaped."""
    await sink.send(make_delivery(), AlertContent(12, make_alert()))
    (message,) = fake.sent
    assert 100 == message.chat_id
    assert {("u", "Yerevan"), ("b", "Yerevan")} <= set(message.entities)


async def test_text_over_the_limit_is_split(fake: FakeBotApi, sink: TelegramSink) -> None:
    """Telegram takes 4096 units; nothing is lost."""
    words = [f"word{number}" for number in range(2000)]
    await sink.send(make_delivery(kind=DeliveryKind.NOTICE), NoticeContent(" ".join(words)))
    assert len(fake.sent) > 1
    assert words == " ".join(message.text for message in fake.sent).split()


async def test_digest_shows_charts_before_and_documents_after_the_text(
    fake: FakeBotApi, sink: TelegramSink
) -> None:
    """Files travel with the message."""
    files = (
        Attachment(AttachmentKind.DOCUMENT, "digest.html", b"<p>"),
        Attachment(AttachmentKind.PHOTO, "chart.png", b"png"),
    )
    await sink.send(make_delivery(kind=DeliveryKind.DIGEST), DigestContent(compile_week(history()), files))
    assert ["sendPhoto", "sendMessage", "sendDocument"] == [message.method for message in fake.sent]
    assert [b"png", b"", b"<p>"] == [message.file for message in fake.sent]
    assert "Rhetoric digest, week of 2024-03-11 · draft" in fake.sent[1].text


async def test_markup_that_telegram_refuses_goes_out_plain(fake: FakeBotApi, sink: TelegramSink) -> None:
    """The last resort: the words without the style."""
    fake.fail("sendMessage", 400, "Bad Request: can't parse entities: unsupported start tag")
    await sink.send(make_delivery(), AlertContent(12, make_alert()))
    (message,) = fake.sent
    assert message.mode is None
    assert "Ivanov said that Yerevan had broken its word." in message.text
    assert "<" not in message.text


@pytest.mark.parametrize("seconds", [1, 35, 3600])
async def test_wait_that_telegram_asks_for_is_told(
    fake: FakeBotApi, sink: TelegramSink, seconds: int
) -> None:
    """To the second."""
    fake.fail("sendMessage", 429, "Too Many Requests", parameters={"retry_after": seconds})
    with pytest.raises(DeliveryError) as caught:
        await sink.send(make_delivery(), AlertContent(12, make_alert()))
    assert seconds == caught.value.retry_after


@pytest.mark.parametrize(
    ("status", "description"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: bot was kicked from the group chat"),
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: not enough rights to send text messages to the chat"),
    ],
)
async def test_recipient_that_is_gone_is_disabled(
    fake: FakeBotApi, sink: TelegramSink, store: Store, status: int, description: str
) -> None:
    """Until somebody there says /start again."""
    store.chats.serve(100, "Anna", "en", NOON)
    fake.fail("sendMessage", status, description)
    with pytest.raises(RecipientGoneError):
        await sink.send(make_delivery(), AlertContent(12, make_alert()))
    assert not store.chats.is_served(100)


async def test_group_that_became_a_supergroup_gets_the_message_once(
    fake: FakeBotApi, sink: TelegramSink, store: Store
) -> None:
    """Its subscriptions move too."""
    store.chats.serve(-5, "Analysts", "en", NOON)
    store.chats.subscribe(Subscription(0, -5), NOON)
    fake.moved[-5] = -1005
    await sink.send(make_delivery(recipient="-5"), AlertContent(12, make_alert()))
    assert [-1005] == [message.chat_id for message in fake.sent]
    assert store.chats.is_served(-1005)
    assert 1 == len(store.chats.subscriptions(-1005))


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_trouble_of_telegram_may_be_tried_again(
    fake: FakeBotApi, sink: TelegramSink, status: int
) -> None:
    """Without a wait of its own, and the chat stays."""
    fake.fail("sendMessage", status, "Internal Server Error")
    with pytest.raises(DeliveryError) as caught:
        await sink.send(make_delivery(), AlertContent(12, make_alert()))
    assert type(caught.value) is DeliveryError
    assert caught.value.retry_after is None


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_cut_connection_may_be_tried_again(fake: FakeBotApi, sink: TelegramSink, drop: str) -> None:
    """Whether the message arrived cannot be known, so it is sent again rather than lost."""
    fake.fail("sendMessage", drop=drop)
    with pytest.raises(DeliveryError):
        await sink.send(make_delivery(), AlertContent(12, make_alert()))
    assert (drop == "after") == bool(fake.sent)


async def test_message_that_can_never_go_is_given_up(fake: FakeBotApi, sink: TelegramSink) -> None:
    """A refusal of the message itself is final."""
    fake.fail("sendMessage", 400, "Bad Request: something about this message")
    with pytest.raises(UndeliverableError, match="omething about this message"):
        await sink.send(make_delivery(), AlertContent(12, make_alert()))
    with pytest.raises(UndeliverableError, match="no chat id"):
        await sink.send(make_delivery(recipient="-"), AlertContent(12, make_alert()))


async def test_second_try_goes_on_where_the_first_stopped(fake: FakeBotApi, sink: TelegramSink) -> None:
    """Parts that arrived are not repeated."""
    files = (Attachment(AttachmentKind.PHOTO, "chart.png", b"png"),)
    content = DigestContent(compile_week(history()), files)
    fake.fail("sendMessage", 429, "Too Many Requests", parameters={"retry_after": 5})
    with pytest.raises(DeliveryError):
        await sink.send(make_delivery(kind=DeliveryKind.DIGEST), content)
    await sink.send(make_delivery(kind=DeliveryKind.DIGEST), content)
    assert ["sendPhoto", "sendMessage"] == [message.method for message in fake.sent]


async def test_paced_sink_keeps_the_limits_of_telegram(bot: Bot, fake: FakeBotApi, store: Store) -> None:
    """One a second to a chat, twenty a minute to a group: no 429 at all, in the shortest time."""
    clock = FakeClock(NOON)
    fake.limits = True
    fake.traffic.clock = clock.seconds
    pacer = Pacer(TELEGRAM_LIMITS, clock.seconds, clock.sleep)
    sink = TelegramSink(bot, store.chats, lambda _: READERS["en"], clock.now, pacer)
    put_off = 0
    for number in range(25):
        while True:
            try:
                await sink.send(make_delivery(number, recipient="-5"), NoticeContent(f"message {number}"))
            except DeliveryError as error:
                put_off += 1
                clock.move(error.retry_after or 0)
            else:
                break
    assert [f"message {number}" for number in range(25)] == [message.text for message in fake.sent]
    assert 25 == sum(method == "sendMessage" for method, _ in fake.calls)
    assert 1 == put_off
    assert 60 < (clock.now() - NOON).total_seconds() < 75
