"""The digest's review by buttons."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.bot.signing import Signer, pack_moment
from monitor.domain.digest import DigestState
from monitor.domain.stance import Stance
from tests.bot.conftest import LISTED, OTHER_REVIEWER, REVIEWER, WEEK, World, save_draft
from tests.fakes.bot_api import TOKEN
from tests.fakes.telegram_shapes import Sent


async def open_card(world: World, chat_id: int = REVIEWER, **who: int) -> Sent:
    """Send /digest and return the card with its buttons."""
    world.fake.say(chat_id, "/digest", **who)
    await world.fake.until(lambda: any(m.chat_id == chat_id and m.keyboard for m in world.fake.sent))
    return next(m for m in reversed(world.fake.sent) if m.chat_id == chat_id and m.keyboard)


async def press(world: World, card: Sent, label: str) -> None:
    """Press a button as the reviewer and wait until the card has changed."""
    before = (card.text, card.labels)
    world.fake.press(card, card.button(label), user_id=REVIEWER)
    await world.fake.until(lambda: (card.text, card.labels) != before)


async def refused(world: World, card: Sent, data: str, user_id: int = REVIEWER) -> str:
    """Press with the data and return what the bot answers in its pop-up."""
    before = len(world.fake.answers)
    world.fake.press(card, data, user_id=user_id)
    await world.fake.until(lambda: len(world.fake.answers) > before)
    return world.fake.answers[-1].get("text", "")


async def test_reviewer_drops_restores_relabels_approves_and_publishes(world: World) -> None:
    """Each step is recorded with who and when; subscribers get the digest only then, once."""
    save_draft(world.store)
    await world.ask(LISTED, "/subscribe armenia")
    card = await open_card(world)
    assert "Entry 1 of 2" in card.text
    assert "✓ hostile" in card.labels
    await press(world, card, "Drop")
    assert "dropped" in card.text
    await press(world, card, "Restore")
    await press(world, card, "▶")
    assert "Ivanov thanked Yerevan." in card.text
    await press(world, card, "neutral")
    assert "the model said conciliatory" in card.text
    await press(world, card, "Approve")
    assert "Drop" not in card.labels
    assert [] == world.store.outbox.claim("telegram", world.clock.now(), 10)
    await press(world, card, "Publish")
    assert ["◀"] == card.labels
    digest = world.store.digests.get(WEEK)
    assert digest is not None
    assert DigestState.PUBLISHED is digest.state
    assert Stance.NEUTRAL is digest.entries[1].stance
    who = f"telegram:{REVIEWER}"
    assert [("drop", 1, ""), ("restore", 1, ""), ("relabel", 2, "neutral"), ("approve", None, ""),
            ("publish", None, "")] == [
        (s.action, s.entry, s.detail) for s in world.store.digests.steps(WEEK) if s.reviewer == who
    ]  # fmt: skip
    assert [("publish", ""), ("approve", ""), ("relabel", "entry 2 neutral"), ("restore", "entry 1"),
            ("drop", "entry 1")] == [
        (e.action, e.detail)
        for e in world.store.audit.latest(10, actor=who)
        if e.subject == f"digest:{WEEK:%Y-%m-%d}"
    ]  # fmt: skip
    assert [str(LISTED)] == [d.recipient for d in world.store.outbox.claim("telegram", world.clock.now(), 10)]
    assert [WEEK] == world.published


async def test_only_reviewers_see_the_draft(world: World) -> None:
    """Others are told so."""
    save_draft(world.store)
    assert "/digest is for reviewers" in await world.ask(LISTED, "/digest")


async def test_digest_of_a_named_week_and_mistakes(world: World) -> None:
    """A date picks the week; what is no date and weeks without a digest are explained."""
    assert "no digest yet" in await world.ask(REVIEWER, "/digest")
    save_draft(world.store)
    assert "week of 2024-03-11" in await world.ask(REVIEWER, "/digest 2024-03-14")
    await world.settle()
    assert "no digest for the week of 2024-02-05" in await world.ask(REVIEWER, "/digest 2024-02-06")
    assert "2026-03-02" in await world.ask(REVIEWER, "/digest yesterday")


@pytest.mark.parametrize("verb", ["x", "r", "h", "a", "p"])
async def test_forged_data_changes_nothing(world: World, verb: str) -> None:
    """Unsigned, signed with another key, altered, or signed for another user."""
    save_draft(world.store)
    card = await open_card(world)
    payload = f"d:{verb}:{pack_moment(WEEK)}:1"
    soon = world.clock.now() + timedelta(hours=1)
    genuine = Signer.from_token(TOKEN)
    forgeries = [
        payload,
        f"{payload}.zzzzzz.AAAAAAAAAAAAAAAA",
        Signer.from_token("another").sign(payload, REVIEWER, soon),
        genuine.sign(payload, OTHER_REVIEWER, soon),
        genuine.sign(payload, REVIEWER, soon).replace(":1.", ":2."),
    ]
    for data in forgeries:
        assert "Nothing was changed" in await refused(world, card, data)
    assert "Nothing was changed" in await refused(world, card, card.button("Drop"), OTHER_REVIEWER)
    assert [] == world.store.digests.steps(WEEK)


async def test_expired_button_changes_nothing(world: World) -> None:
    """Twelve hours after it was shown."""
    save_draft(world.store)
    card = await open_card(world)
    drop = card.button("Drop")
    world.clock.move(timedelta(hours=12, minutes=2).total_seconds())
    assert "too old" in await refused(world, card, drop)
    assert [] == world.store.digests.steps(WEEK)


async def test_button_of_a_draft_does_nothing_once_it_is_approved(world: World) -> None:
    """An old card that is still on somebody's screen."""
    save_draft(world.store)
    card = await open_card(world)
    drop = card.button("Drop")
    await press(world, card, "Approve")
    assert "only a draft is reviewed" in await refused(world, card, drop)
    assert ["approve"] == [step.action for step in world.store.digests.steps(WEEK)]


async def test_publishing_before_approval_is_refused(world: World) -> None:
    """Even with a genuine signature."""
    save_draft(world.store)
    card = await open_card(world)
    payload = f"d:p:{pack_moment(WEEK)}:1"
    data = Signer.from_token(TOKEN).sign(payload, REVIEWER, world.clock.now() + timedelta(hours=1))
    assert "approves it first" in await refused(world, card, data)
    assert [] == world.published
