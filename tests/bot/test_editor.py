"""Choosing a subscription by buttons: what is kept, what is refused, what survives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.bot.signing import Signer
from monitor.domain.subscriptions import MOST_SUBSCRIPTIONS, Filter, Kind, Pace, Subscription
from storage import Store, open_store
from tests.bot.conftest import LISTED, World, make_services, running_bot
from tests.bot.playing import press, press_data, press_for_new
from tests.builders import NOON
from tests.fakes.bot_api import TOKEN, FakeBotApi
from tests.fakes.clock import FakeClock
from tests.fakes.telegram_shapes import Sent

GROUP, ANNA, BORIS = -7, 71, 72


@pytest.fixture
def file_store(tmp_path: Path) -> Iterator[Store]:
    """Give a store that can be opened again."""
    store = open_store(f"sqlite:///{tmp_path}/store.db", NOON)
    yield store
    store.close()


def draft_of(store: Store, user_id: int = LISTED, chat_id: int = LISTED) -> Subscription:
    """Return what a user is choosing."""
    found = store.drafts.get(chat_id, user_id)
    assert found is not None
    return found[1]


async def open_new(world: World, chat_id: int = LISTED, **who: int) -> Sent:
    """Open a new subscription."""
    return await world.fake.reply_to(chat_id, "/subscribe", **who)


async def tick(world: World, card: Sent, part: str, value: str, **who: int) -> None:
    """Choose a value of a part and go back."""
    for label in (part, value, "Back"):
        await press(world, card, label, **who)


async def test_draft_survives_a_restart_of_the_bot(
    fake: FakeBotApi, file_store: Store, tmp_path: Path
) -> None:
    """The buttons of before go on working: nothing is kept in the process alone."""
    clock = FakeClock(NOON)
    services = make_services(file_store, clock, [])
    async with running_bot(services, fake.base):
        world = World(fake, file_store, clock, services, [])
        card = await open_new(world)
        await tick(world, card, "Targets", "Armenia")
    again = open_store(f"sqlite:///{tmp_path}/store.db", NOON)
    services = make_services(again, clock, [])
    async with running_bot(services, fake.base):
        world = World(fake, again, clock, services, [])
        await press(world, card, "+")
        await press(world, card, "Save")
    (saved,) = again.chats.subscriptions(LISTED)
    assert Filter(frozenset({"armenia"}), min_severity=10) == saved.filter
    again.close()


async def test_two_users_of_a_group_do_not_mix_their_drafts(world: World) -> None:
    """Each presses their own card; the other's is refused."""
    hers = await open_new(world, GROUP, user_id=ANNA)
    his = await open_new(world, GROUP, user_id=BORIS)
    await tick(world, hers, "Targets", "Armenia", user_id=ANNA)
    await tick(world, his, "Targets", "Kazakhstan", user_id=BORIS)
    assert "not yours" in await press_data(world, hers, hers.button("Save"), user_id=BORIS)
    assert {"armenia"} == draft_of(world.store, ANNA, GROUP).filter.targets
    assert {"kazakhstan"} == draft_of(world.store, BORIS, GROUP).filter.targets
    await press(world, his, "Save", user_id=BORIS)
    assert [{"kazakhstan"}] == [set(s.filter.targets) for s in world.store.chats.subscriptions(GROUP)]


async def test_forged_foreign_and_expired_buttons_change_nothing(world: World) -> None:
    """Neither the draft nor the subscriptions."""
    card = await open_new(world)
    number, draft = world.store.drafts.get(LISTED, LISTED) or (0, None)
    save = card.button("Save")
    soon = world.clock.now() + timedelta(hours=1)
    genuine = Signer.from_token(TOKEN)
    payload = save.split(".")[0]
    for data in (
        payload,
        f"{payload}.zzzzzz.AAAAAAAAAAAAAAAA",
        Signer.from_token("another").sign(payload, LISTED, soon),
        genuine.sign(payload, ANNA, soon),
        card.button("+").replace(":v:10", ":v:90"),
    ):
        assert "Nothing was changed" in await press_data(world, card, data)
    world.clock.move(timedelta(hours=24, minutes=2).total_seconds())
    assert "too old" in await press_data(world, card, save)
    assert (number, draft) == world.store.drafts.get(LISTED, LISTED)
    assert [] == world.store.chats.subscriptions(LISTED)


async def test_forged_buttons_of_the_list_and_the_offer_change_nothing(world: World) -> None:
    """Deleting and taking what is usual are bound to their user too."""
    for chat in (LISTED, GROUP):
        world.store.chats.subscribe(Subscription(0, chat), NOON)
    before = world.store.chats.subscriptions()
    listed = await world.fake.reply_to(LISTED, "/subscriptions")
    welcome = await world.fake.reply_to(LISTED, "/start")
    delete, usual = listed.button("Delete"), welcome.button("Moscow")
    for data in (delete.replace("s:x:1", "s:x:2"), usual.replace("s:u", "s:x:1"), "s:x:1", "s:u"):
        assert "Nothing was changed" in await press_data(world, listed, data)
    for data in (delete, usual):
        assert "Nothing was changed" in await press_data(world, listed, data, user_id=500)
    world.clock.move(timedelta(hours=25).total_seconds())
    for data in (delete, usual):
        assert "too old" in await press_data(world, listed, data)
    assert before == world.store.chats.subscriptions()


async def test_card_of_a_former_draft_is_too_old(world: World) -> None:
    """A second /subscribe begins anew; the first card may not change or save the second draft."""
    first = await open_new(world)
    second = await open_new(world)
    await tick(world, second, "Targets", "Armenia")
    for label in ("Save", "+", "Cancel"):
        assert "too old" in await press_data(world, first, first.button(label))
    assert Filter(frozenset({"armenia"})) == draft_of(world.store).filter


async def test_tap_that_is_reported_twice_counts_once(world: World) -> None:
    """Telegram tells of an update again where an answer got lost."""
    card = await open_new(world)
    more = card.button("+")
    for _ in range(2):
        await press_data(world, card, more)
    assert 10 == draft_of(world.store).filter.min_severity
    await press(world, card, "Targets")
    armenia = card.button("Armenia")
    for _ in range(2):
        await press_data(world, card, armenia)
    assert {"armenia"} == draft_of(world.store).filter.targets


async def test_severity_stays_within_its_bounds(world: World) -> None:
    """A slider from 0 to 100."""
    card = await open_new(world)
    await press(world, card, "−")
    assert 0 == draft_of(world.store).filter.min_severity
    for _ in range(11):
        await press(world, card, "+")
    assert 100 == draft_of(world.store).filter.min_severity


async def test_many_sources_are_shown_page_by_page(world: World) -> None:
    """Each page has twelve, and leads round."""
    card = await open_new(world)
    await press(world, card, "Sources")
    seen = []
    for page in ("1/3", "2/3", "3/3"):
        assert page in card.labels
        seen += [label for label in card.labels if label.startswith(("Agency", "Daily"))]
        await press(world, card, "▶")
    assert "1/3" in card.labels
    assert [s.outlet for s in world.services.sources] == seen
    for label in ("▶", "Daily 17"):
        await press(world, card, label)
    assert "✓ Daily 17" in card.labels
    assert {"daily-17"} == draft_of(world.store).filter.sources


async def test_source_that_is_gone_can_be_unticked(world: World) -> None:
    """A subscription outlives what it names."""
    old = world.store.chats.subscribe(Subscription(0, LISTED, Filter(sources=frozenset({"closed"}))), NOON)
    listed = await world.fake.reply_to(LISTED, "/subscriptions")
    assert "sources: closed" in listed.text
    card = await press_for_new(world, listed, f"Edit {old.id}")
    await press(world, card, "Sources")
    for label in ("▶", "▶", "closed"):
        await press(world, card, label)
    assert frozenset() == draft_of(world.store).filter.sources


async def test_any_clears_a_part(world: World) -> None:
    """For the kinds of alert it means all of them, the rare ones too."""
    card = await open_new(world)
    await tick(world, card, "Acts", "threatens")
    assert 1 == len(draft_of(world.store).filter.acts)
    for label in ("Acts", "Any", "Back", "Kinds", "Any"):
        await press(world, card, label)
    assert (frozenset(), frozenset(Kind)) == (
        draft_of(world.store).filter.acts,
        draft_of(world.store).filter.kinds,
    )


async def test_cancelling_saves_nothing(world: World) -> None:
    """And the card has no buttons any more."""
    card = await open_new(world)
    await press(world, card, "Cancel")
    assert ("Nothing was saved.", []) == (card.text, card.labels)
    assert world.store.drafts.get(LISTED, LISTED) is None
    assert [] == world.store.chats.subscriptions(LISTED)


async def test_name_and_words_are_typed_into_the_open_draft(world: World) -> None:
    """Hostile text stays text."""
    card = await open_new(world)
    await press(world, card, "Words")
    assert "/words" in card.text
    shown = await world.fake.reply_to(LISTED, "/words база, Военная  база")
    assert "words: база, военная база" in shown.text
    shown = await world.fake.reply_to(LISTED, "/name <b>Gas</b> & oil")
    assert "<b>Gas</b> & oil" in shown.text
    assert "60 characters" in await world.ask(LISTED, "/name " + "x" * 61)
    assert "20 entries" in await world.ask(LISTED, "/words " + ", ".join(f"w{n}" for n in range(21)))
    await press(world, shown, "Save")
    (saved,) = world.store.chats.subscriptions(LISTED)
    assert ("<b>Gas</b> & oil", {"база", "военная база"}) == (saved.name, set(saved.filter.words))
    listed = await world.ask(LISTED, "/subscriptions")
    assert "<b>Gas</b> & oil – words: база, военная база" in listed


async def test_saved_subscription_is_named_and_given_words_by_its_number(world: World) -> None:
    """At once, without a draft; another chat's is out of reach."""
    mine = world.store.chats.subscribe(Subscription(0, LISTED), NOON)
    other = world.store.chats.subscribe(Subscription(0, GROUP), NOON)
    assert "“Gas”" in await world.ask(LISTED, f"/name {mine.id} Gas")
    assert "words: base" in await world.ask(LISTED, f"/words {mine.id} base")
    assert "everything" in await world.ask(LISTED, f"/words {mine.id} -")
    assert f"no subscription {other.id}" in await world.ask(LISTED, f"/name {other.id} Mine")
    assert "For example" in await world.ask(LISTED, "/name")
    assert "For example" in await world.ask(LISTED, f"/words {mine.id}")
    assert "Nothing is being edited" in await world.ask(LISTED, "/name Gas")
    assert [replace(mine, name="Gas"), other] == world.store.chats.subscriptions()


async def test_editing_keeps_the_number_and_refuses_a_twin(world: World) -> None:
    """A subscription like another one would say everything twice."""
    for wish in (Filter(), Filter(min_severity=10)):
        world.store.chats.subscribe(Subscription(0, LISTED, wish), NOON)
    before = world.store.chats.subscriptions(LISTED)
    listed = await world.fake.reply_to(LISTED, "/subscriptions")
    card = await press_for_new(world, listed, f"Edit {before[0].id}")
    await press(world, card, "+")
    assert "just like it" in await press_data(world, card, card.button("Save"))
    assert before == world.store.chats.subscriptions(LISTED)
    for label in ("When", "hourly", "Save"):
        await press(world, card, label)
    changed = replace(before[0], filter=Filter(min_severity=10), pace=Pace.HOURLY)
    assert [changed, before[1]] == world.store.chats.subscriptions(LISTED)


async def test_subscription_that_was_ended_meanwhile_is_not_saved(world: World) -> None:
    """It does not come back by itself."""
    one = world.store.chats.subscribe(Subscription(0, LISTED), NOON)
    listed = await world.fake.reply_to(LISTED, "/subscriptions")
    card = await press_for_new(world, listed, "Edit")
    await world.ask(LISTED, f"/unsubscribe {one.id}")
    assert "no longer there" in await press_data(world, card, card.button("Save"))
    for label in ("Edit", "Delete"):
        assert "no longer there" in await press_data(world, listed, listed.button(label))
    assert [] == world.store.chats.subscriptions(LISTED)


async def test_deleting_can_be_undone(world: World) -> None:
    """A slip of the finger costs nothing."""
    kept, ended = (
        world.store.chats.subscribe(Subscription(0, LISTED, Filter(min_severity=s), name=f"s{s}"), NOON)
        for s in (10, 20)
    )
    listed = await world.fake.reply_to(LISTED, "/subscriptions")
    await press(world, listed, f"Delete {ended.id}")
    assert [kept] == world.store.chats.subscriptions(LISTED)
    await press(world, listed, f"Bring {ended.id} back")
    back = world.store.chats.subscriptions(LISTED)[1]
    assert ("s20", 20) == (back.name, back.filter.min_severity)


async def test_chat_may_have_fifty_subscriptions(world: World) -> None:
    """By words, by buttons and by what is offered; the same one again is none more."""
    for severity in range(MOST_SUBSCRIPTIONS):
        world.store.chats.subscribe(Subscription(0, LISTED, Filter(min_severity=severity)), NOON)
    assert "50 subscriptions at most" in await world.ask(LISTED, "/subscribe armenia")
    assert "Subscribed" in await world.ask(LISTED, "/subscribe severity 30")
    welcome = await world.fake.reply_to(LISTED, "/start")
    assert "50 subscriptions at most" in (await press_for_new(world, welcome, "Moscow")).text
    card = await open_new(world)
    await tick(world, card, "Targets", "Armenia")
    assert "50 subscriptions at most" in await press_data(world, card, card.button("Save"))
    assert MOST_SUBSCRIPTIONS == len(world.store.chats.subscriptions(LISTED))
