"""The reviewers' queue: what users doubt, ruled on once, and who is told of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.bot.signing import Signer
from monitor.domain.delivery import DeliveryKind, SentMessage
from monitor.domain.feedback import Verdict
from monitor.domain.stance import Stance
from monitor.domain.statement import Finding
from monitor.messages.alert import render_alert
from tests.bot.conftest import LISTED, OTHER_REVIEWER, REVIEWER, World
from tests.builders import NOON
from tests.fakes.bot_api import TOKEN
from tests.fakes.telegram_shapes import Sent
from tests.notify.builders import READERS, quote
from tests.storage.builders import find_one, raise_alert

GROUP = -7


def doubt(world: World, key: str, *said: tuple[int, Stance | None], alert: bool = True) -> Finding:
    """Save a hostile finding of which users say what it should be."""
    finding = find_one(world.store, key, quote(f"Ivanov told Yerevan {key} <b>.", "Yerevan"))
    if alert:
        raise_alert(world.store, finding, str(LISTED))
    for user, stance in said:
        confirmed = stance is Stance.HOSTILE
        world.store.verdicts.save(Verdict(finding.id, user, confirmed, None if confirmed else stance, NOON))
    return finding


async def open_queue(world: World, language: str = "en", user_id: int = REVIEWER) -> Sent:
    """Send /review and return the card with its buttons."""
    return await world.fake.reply_to(user_id, "/review", language=language)


async def press(world: World, card: Sent, label: str, user_id: int = REVIEWER) -> None:
    """Press a button and wait until the card has changed."""
    before = (card.text, card.labels)
    world.fake.press(card, card.button(label), user_id=user_id)
    await world.fake.until(lambda: (card.text, card.labels) != before)


async def refused(world: World, card: Sent, data: str, user_id: int = REVIEWER) -> str:
    """Press with the data and return what the bot answers in its pop-up."""
    before = len(world.fake.answers)
    world.fake.press(card, data, user_id=user_id)
    await world.fake.until(lambda: len(world.fake.answers) > before)
    return world.fake.answers[-1].get("text", "")


async def test_reviewer_sees_quotation_judgement_and_words_with_their_weights(world: World) -> None:
    """The most contradicted one first, in either language."""
    doubt(world, "once", (11, Stance.NEUTRAL))
    doubt(world, "twice", (11, Stance.NEUTRAL), (12, None), (13, Stance.HOSTILE))
    card = await open_queue(world)
    assert "Doubtful judgement 1 of 2 · alert № 2" in card.text
    assert "Ivanov told Yerevan twice <b>." in card.text
    assert "The model: hostile" in card.text
    assert "user 1: neutral · weight 2.2 (nothing ruled yet)" in card.text
    assert "not about this target, or not said by them · weight 2.2" in card.text
    assert "Together: neutral, 33% of the weight" in card.text
    assert ["Hostile", "Neutral", "Conciliatory", "Skip"] == card.labels
    await world.settle()
    russian = await open_queue(world, "ru")
    assert "Спорное суждение 1 из 2 · оповещение № 2" in russian.text
    assert "пользователь 1: нейтрально" in russian.text


async def test_ruling_is_kept_once_and_the_next_one_is_shown(world: World) -> None:
    """With the reviewer and the time; weights follow what was ruled."""
    first = doubt(world, "a", (11, Stance.NEUTRAL), (12, Stance.NEUTRAL))
    second = doubt(world, "b", (11, Stance.NEUTRAL))
    card = await open_queue(world)
    await press(world, card, "Neutral")
    ruling = world.store.verdicts.ruling(first.id)
    assert ruling is not None
    assert (ruling.stance, ruling.reviewer, ruling.at) == (Stance.NEUTRAL, f"telegram:{REVIEWER}", NOON)
    assert "Doubtful judgement 1 of 1" in card.text
    assert "weight 2.5 (right in 1 of 1)" in card.text
    await press(world, card, "Hostile")
    assert "the last one" in card.text
    assert [Stance.NEUTRAL, Stance.HOSTILE] == [
        r.stance for r in world.store.verdicts.rulings() if r.finding_id in (first.id, second.id)
    ]
    await world.settle()
    assert "No judgement waits" in (await open_queue(world)).text


async def test_skipping_goes_on_and_rules_nothing(world: World) -> None:
    """To the end of the queue."""
    for key in "ab":
        doubt(world, key, (11, Stance.NEUTRAL))
    card = await open_queue(world)
    await press(world, card, "Skip")
    assert "2 of 2" in card.text
    await press(world, card, "Skip")
    assert "the last one" in card.text
    assert [] == world.store.verdicts.rulings()


async def test_those_whose_correction_changed_something_are_told(world: World) -> None:
    """In their language, in private; who confirmed, or said something else, is not."""
    for user, language in ((11, "en"), (12, "ru"), (13, "en"), (14, "en")):
        if user != 14:  # was never served: only spoke in a group
            world.store.chats.serve(user, "", language, NOON)
    doubt(
        world,
        "x",
        (11, Stance.NEUTRAL),
        (12, Stance.NEUTRAL),
        (13, Stance.CONCILIATORY),
        (14, Stance.NEUTRAL),
    )
    world.store.outbox.claim("telegram", NOON, 9)
    await press(world, await open_queue(world), "Neutral")
    told = {d.recipient: d for d in world.store.outbox.claim("telegram", NOON, 9)}
    assert {"11", "12"} == told.keys()
    assert all(d.kind is DeliveryKind.NOTICE for d in told.values())
    assert (
        "Your correction changed № 1: it now counts as neutral; the model had said hostile"
        in told["11"].subject
    )
    assert "Ваша поправка изменила № 1: теперь это «нейтрально»" in told["12"].subject


async def test_messages_that_show_the_alert_are_brought_up_to_date(world: World) -> None:
    """One update a place; it says that a reviewer corrected it."""
    finding = doubt(world, "x", (11, Stance.NEUTRAL))
    (delivery,) = world.store.outbox.claim("telegram", NOON, 9)
    shown = SentMessage(delivery.id, delivery.subject, str(LISTED), 5, 1, NOON)
    world.store.outbox.sent(delivery.id, NOON, [shown])
    await press(world, await open_queue(world), "Neutral")
    (update,) = world.store.outbox.claim("telegram", NOON, 9)
    assert (update.kind, update.recipient) == (DeliveryKind.UPDATE, str(LISTED))
    found = world.store.alerts.for_finding(finding.id)
    assert found is not None
    assert "corrected by a reviewer: neutral" in render_alert(*found, READERS["en"])
    assert "исправлено рецензентом: нейтрально" in render_alert(*found, READERS["ru"])


async def test_where_the_model_stands_nobody_is_told_and_nothing_updated(world: World) -> None:
    """The alert only says that a reviewer agrees."""
    world.store.chats.serve(11, "", "en", NOON)
    finding = doubt(world, "x", (11, Stance.NEUTRAL))
    world.store.outbox.claim("telegram", NOON, 9)
    await press(world, await open_queue(world), "Hostile")
    assert [] == world.store.outbox.claim("telegram", NOON, 9)
    found = world.store.alerts.for_finding(finding.id)
    assert found is not None
    assert "a reviewer agrees" in render_alert(*found, READERS["en"])


async def test_finding_without_an_alert_is_quoted_to_the_user(world: World) -> None:
    """There is no number to name."""
    world.store.chats.serve(11, "", "en", NOON)
    doubt(world, "x", (11, Stance.NEUTRAL), alert=False)
    await press(world, await open_queue(world), "Neutral")
    (notice,) = world.store.outbox.claim("telegram", NOON, 9)
    assert "“Ivanov told Yerevan x <b>.”" in notice.subject


async def test_second_reviewer_comes_too_late(world: World) -> None:
    """Both had the same card; the first ruling stands."""
    finding = doubt(world, "x", (11, Stance.NEUTRAL))
    mine = await open_queue(world)
    theirs = await open_queue(world, user_id=OTHER_REVIEWER)
    await press(world, mine, "Neutral")
    assert "Another reviewer" in await refused(world, theirs, theirs.button("Hostile"), OTHER_REVIEWER)
    ruling = world.store.verdicts.ruling(finding.id)
    assert ruling is not None
    assert (ruling.stance, ruling.reviewer) == (Stance.NEUTRAL, f"telegram:{REVIEWER}")


async def test_only_reviewers_rule(world: World) -> None:
    """Not analysts, nobody with another's buttons, and no forged or old ones."""
    finding = doubt(world, "x", (11, Stance.NEUTRAL))
    assert "eviewer" in await world.ask(LISTED, "/review")
    card = await open_queue(world)
    payload = f"v:n:{finding.id}"
    soon = NOON + timedelta(hours=1)
    genuine = Signer.from_token(TOKEN)
    for data in (
        payload,
        Signer.from_token("another").sign(payload, REVIEWER, soon),
        genuine.sign(payload, OTHER_REVIEWER, soon),
    ):
        assert "Nothing was changed" in await refused(world, card, data)
    world.clock.move(timedelta(hours=12, minutes=2).total_seconds())
    assert "too old" in await refused(world, card, card.button("Neutral"))
    assert [] == world.store.verdicts.rulings()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_phrases_stand_in_both_languages_with_the_same_values(language: str) -> None:
    """No key is missing, and no value left out."""
    import string

    from monitor.bot.phrases_feedback import FEEDBACK_PHRASES

    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    mine, other = FEEDBACK_PHRASES[language], FEEDBACK_PHRASES["ru" if language == "en" else "en"]
    assert mine.keys() == other.keys()
    assert all(names(mine[key]) == names(other[key]) for key in mine)
