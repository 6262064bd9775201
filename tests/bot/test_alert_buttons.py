"""The buttons under alerts: what they do, and for whom."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.bot.alert_buttons import AlertButtons
from monitor.bot.signing import Signer
from monitor.domain.actors import Speaker
from monitor.domain.alerts import Alert, Direction
from monitor.domain.feedback import Verdict
from monitor.domain.preferences import Mute, MuteKind
from monitor.domain.stance import Stance, Tier
from monitor.domain.subscriptions import Filter, Subscription
from monitor.notify.content import AlertContent
from monitor.notify.pacing import TELEGRAM_LIMITS, Pacer
from monitor.notify.telegram import TelegramSink
from storage.tables import pages
from tests.bot.conftest import LISTED, World
from tests.builders import NOON
from tests.fakes.bot_api import TOKEN
from tests.fakes.telegram_shapes import Sent
from tests.notify.builders import READERS, make_delivery, quote
from tests.storage.builders import find_one, raise_alert

GROUP = -7
DAY_LATER = NOON + timedelta(days=1)


def buttons_of(world: World) -> AlertButtons:
    """Return what makes the buttons, with the bot's own key."""
    return AlertButtons(Signer.from_token(TOKEN), world.clock.now, READERS)


def save_alert(world: World, text: str = "Ivanov said that Yerevan lies.") -> tuple[int, Alert]:
    """Save a hostile alert toward Armenia and return it with its number."""
    alert = raise_alert(world.store, find_one(world.store, "lies", quote(text)))
    found = world.store.alerts.by_key(alert.key)
    assert found is not None
    return found


async def show_alert(world: World, chat_id: int = LISTED, language: str = "en") -> Sent:
    """Send an alert through the real sink, as the outbox would, and return the message."""
    from telegram import Bot

    number, alert = save_alert(world)
    made = buttons_of(world)
    async with Bot(TOKEN, base_url=f"{world.fake.base}/bot") as bot:
        sink = TelegramSink(
            bot,
            world.store.chats,
            lambda _: READERS[language],
            world.clock.now,
            Pacer(TELEGRAM_LIMITS),
            keyboard=lambda content, place, reader: made.make(
                content.number, content.alert, place.chat_id, reader.language
            ),
        )
        delivery = make_delivery(subject=alert.key, recipient=str(chat_id))
        await sink.send(delivery, AlertContent(number, alert))
    return world.fake.sent[-1]


async def tap(world: World, message: Sent, label: str, user_id: int = 0, language: str = "en") -> str:
    """Press a button and return the toast that answers it."""
    before = len(world.fake.answers)
    world.fake.press(message, message.button(label), user_id=user_id, language=language)
    await world.fake.until(lambda: len(world.fake.answers) > before)
    return world.fake.answers[-1].get("text", "")


async def tap_for_message(world: World, message: Sent, label: str, user_id: int = 0) -> Sent:
    """Press a button and return the new message that answers it."""
    before = len(world.fake.sent)
    world.fake.press(message, message.button(label), user_id=user_id)
    await world.fake.until(lambda: len(world.fake.sent) > before)
    return world.fake.sent[-1]


async def tap_to_edit(world: World, message: Sent, label: str) -> None:
    """Press a button and wait until the message that holds it has changed."""
    before = (message.text, message.labels)
    world.fake.press(message, message.button(label))
    await world.fake.until(lambda: (message.text, message.labels) != before)


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_alert_comes_with_its_buttons(world: World, language: str) -> None:
    """Source as a link; all else signed data within Telegram's 64 bytes."""
    message = await show_alert(world, language=language)
    expected = {
        "en": ["Source ↗", "Archived copy", "Why", "✅ Right", "❌ Wrong", "➕ More like this",
               "➖ Less like this", "🔕 Armenia", "🔕 Sergei Ivanov", "🔕 this story"],
        "ru": ["Источник ↗", "Копия из архива", "Почему", "✅ Верно", "❌ Неверно", "➕ Больше таких",
               "➖ Меньше таких", "🔕 Армения", "🔕 Сергей Иванов", "🔕 этот сюжет"],
    }  # fmt: skip
    assert expected[language] == message.labels
    assert message.keyboard[0][0]["url"] == "https://example.org/agency/lies"


def test_unnamed_speakers_cannot_be_muted_and_unsafe_addresses_are_no_buttons(
    world_free: AlertButtons,
) -> None:
    """There is no name to mute, and a button never leads to what is no web page."""
    from tests.builders import make_finding
    from tests.notify.builders import make_alert

    unnamed = quote(speaker=Speaker(None, Tier.OUTLET, "outlet", "outlet-own-voice"))
    finding = replace(make_finding(1, unnamed), url="javascript:alert(1)")
    made = world_free.make(2**31, make_alert(finding), -1001234567890123, "ru")
    labels = [b.text for row in made.inline_keyboard for b in row]
    assert "Источник ↗" not in labels
    assert ["🔕 Армения", "🔕 этот сюжет"] == labels[-2:]
    assert all(len(str(b.callback_data).encode()) <= 64 for row in made.inline_keyboard for b in row)


@pytest.fixture
def world_free() -> AlertButtons:
    """Give the buttons without a bot."""
    return AlertButtons(Signer.from_token(TOKEN), lambda: NOON, READERS)


async def test_right_is_kept_for_the_user_who_tapped(world: World) -> None:
    """In a group each member has a word of their own, and the last one counts."""
    message = await show_alert(world, GROUP)
    finding = world.store.alerts.latest(1)[0][1].finding
    assert "noted as right" in await tap(world, message, "Right", user_id=8)
    assert "отмечено: верно" in await tap(world, message, "Right", user_id=9, language="ru")
    await tap(world, message, "Right", user_id=8)
    kept = world.store.verdicts.of_finding(finding.id)
    assert {8, 9} == {verdict.user_id for verdict in kept}
    assert all(verdict.confirmed for verdict in kept)


async def test_wrong_asks_what_it_should_be(world: World) -> None:
    """The model's own stance is no choice; after the answer the usual buttons are back."""
    message = await show_alert(world)
    usual = message.labels
    await tap_to_edit(world, message, "Wrong")
    assert ["Neutral", "Conciliatory", "Other target, or not said by them", "← Back"] == message.labels
    await tap_to_edit(world, message, "Back")
    assert usual == message.labels
    assert [] == world.store.verdicts.spoken_of()
    await tap_to_edit(world, message, "Wrong")
    assert "noted as neutral" in await tap(world, message, "Neutral")
    finding = world.store.alerts.latest(1)[0][1].finding
    assert [Verdict(finding.id, LISTED, False, Stance.NEUTRAL, NOON)] == world.store.verdicts.of_finding(
        finding.id
    )
    await world.fake.until(lambda: message.labels == usual)
    await tap_to_edit(world, message, "Wrong")
    assert "noted as wrong" in await tap(world, message, "Other target")
    (kept,) = world.store.verdicts.of_finding(finding.id)
    assert (kept.confirmed, kept.stance) == (False, None)


async def test_why_answers_with_the_evidence(world: World) -> None:
    """As /why does."""
    message = await show_alert(world)
    answer = await tap_for_message(world, message, "Why")
    number = world.store.alerts.latest(1)[0][0]
    await world.settle()
    assert answer.text == await world.ask(LISTED, f"/why {number}")


async def test_copy_holds_the_very_bytes_and_what_is_known_of_them(world: World) -> None:
    """In an archive, so that a hostile page is opened by nobody unasked."""
    message = await show_alert(world)
    sent = await tap_for_message(world, message, "Archived copy")
    (_, alert) = world.store.alerts.latest(1)[0]
    evidence = world.store.archive.evidence(alert.finding.id)
    assert evidence is not None
    page = evidence.capture.page
    assert page.sha256 in sent.text
    with zipfile.ZipFile(io.BytesIO(sent.file)) as packed:
        assert {"page.html", "capture.txt"} == set(packed.namelist())
        assert page.body == packed.read("page.html")
        assert hashlib.sha256(packed.read("page.html")).hexdigest() == page.sha256
        facts = packed.read("capture.txt").decode()
    assert all(fact in facts for fact in (page.url, page.sha256, evidence.text))


async def test_copy_whose_bytes_are_gone_says_so(world: World) -> None:
    """A rule of retention took them."""
    message = await show_alert(world)
    with world.store.database.write() as connection:
        connection.execute(pages.update().values(body=zlib.compress(b"")))
    before = len(world.fake.sent)
    world.fake.press(message, message.button("Archived copy"))
    await world.fake.until(lambda: bool(world.fake.answers))
    assert "not kept any more" in world.fake.answers[-1]["text"]
    assert before == len(world.fake.sent)


@pytest.mark.parametrize(
    ("label", "kind", "value"),
    [
        ("🔕 Armenia", MuteKind.TARGET, "armenia"),
        ("🔕 Sergei Ivanov", MuteKind.SPEAKER, "Sergei Ivanov"),
        ("🔕 this story", MuteKind.STORY, "1"),
    ],
)
async def test_mutes_last_a_day_and_can_be_taken_back(
    world: World, label: str, kind: MuteKind, value: str
) -> None:
    """What was muted is said, until when on the reader's clock."""
    message = await show_alert(world)
    answer = await tap_for_message(world, message, label)
    assert "Muted for a day, until 14 Mar 2024 16:00" in answer.text
    assert [Mute(LISTED, kind, value, DAY_LATER)] == world.store.preferences.mutes(NOON)[LISTED]
    await tap_to_edit(world, answer, "Undo")
    assert "No longer muted" in answer.text
    assert {} == world.store.preferences.mutes(NOON)


async def test_more_like_this_offers_a_subscription_and_can_be_undone(world: World) -> None:
    """Target, direction, stance, and a severity a step below; nothing is saved before it is accepted."""
    message = await show_alert(world)
    offer = await tap_for_message(world, message, "More")
    assert "Armenia; Moscow toward partners; hostile; severity from 30" in offer.text
    assert [] == world.store.chats.subscriptions(LISTED)
    await tap_to_edit(world, offer, "Subscribe")
    (saved,) = world.store.chats.subscriptions(LISTED)
    wanted = Filter(
        targets=frozenset({"armenia"}),
        directions=frozenset({Direction.FROM_RUSSIA}),
        stances=frozenset({Stance.HOSTILE}),
        min_severity=30,
    )
    assert saved.filter == wanted
    await tap_to_edit(world, offer, "Undo")
    assert [] == world.store.chats.subscriptions(LISTED)


async def test_less_like_this_raises_what_asked_for_it_and_can_be_undone(world: World) -> None:
    """Subscriptions that did not ask for it stay as they are."""
    message = await show_alert(world)
    for wish in (
        Filter(frozenset({"armenia"}), min_severity=20),
        Filter(min_severity=45),
        Filter(frozenset({"kazakhstan"})),
    ):
        world.store.chats.subscribe(Subscription(0, LISTED, wish), NOON)
    answer = await tap_for_message(world, message, "Less")
    assert "1: severity from 30 (was 20)" in answer.text
    assert "2: severity from 55 (was 45)" in answer.text
    least = [s.filter.min_severity for s in world.store.chats.subscriptions(LISTED)]
    assert [30, 55, 0] == least
    await tap_to_edit(world, answer, "Undo")
    assert [20, 45, 0] == [s.filter.min_severity for s in world.store.chats.subscriptions(LISTED)]
    before = answer.text
    world.fake.press(answer, buttons_of(world).button("", "L", 1, LISTED, "1.20").callback_data)
    await world.fake.until(lambda: answer.text != before)
    assert "nothing left to undo" in answer.text


async def test_less_like_this_without_a_subscription_says_so(world: World) -> None:
    """Somebody else's alert, shown by /latest or forwarded."""
    message = await show_alert(world)
    assert "None of this chat's subscriptions" in (await tap_for_message(world, message, "Less")).text


async def test_buttons_of_another_chat_and_old_ones_do_nothing(world: World) -> None:
    """Bound to the chat, and thirty days long."""
    message = await show_alert(world)
    number, alert = world.store.alerts.latest(1)[0]
    foreign = buttons_of(world).make(number, alert, GROUP, "en").inline_keyboard[1][0].callback_data
    unsigned = f"a:y:{number}"
    for data in (foreign, unsigned, f"{unsigned}.zzzzz.AAAAAAAAAAAAAAAA"):
        before = len(world.fake.answers)
        world.fake.press(message, str(data))
        await world.fake.until(lambda before=before: len(world.fake.answers) > before)
        assert "Nothing was changed" in world.fake.answers[-1]["text"]
    world.clock.move(timedelta(days=30, minutes=2).total_seconds())
    assert "too old" in await tap(world, message, "Right")
    assert [] == world.store.verdicts.spoken_of()


async def test_plain_members_judge_but_do_not_change_what_their_group_is_told(world: World) -> None:
    """As with /subscribe, that is for the group's administrators."""
    message = await show_alert(world, GROUP)
    world.store.chats.subscribe(Subscription(0, GROUP, Filter()), NOON)
    world.fake.plain_members.add(8)
    assert "noted as right" in await tap(world, message, "Right", user_id=8)
    for label in ("Less", "🔕 Armenia"):
        assert "only administrators" in await tap(world, message, label, user_id=8)
    assert {} == world.store.preferences.mutes(NOON)
    assert [0] == [s.filter.min_severity for s in world.store.chats.subscriptions(GROUP)]
    assert "severity from 10" in (await tap_for_message(world, message, "Less", user_id=9)).text
