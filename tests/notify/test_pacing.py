"""Turns to send."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta

import pytest

from monitor.errors import DeliveryError
from monitor.notify.pacing import MANY_RECIPIENTS, TELEGRAM_LIMITS, Limits, Pacer
from tests.fakes.clock import FakeClock
from tests.fakes.telegram_rules import Traffic


async def take_turn(pacer: Pacer, recipient: str, patience: float = 3) -> None:
    """Send something that takes no time."""
    async with pacer.turn(recipient, timedelta(seconds=patience)):
        pass


async def test_chats_do_not_wait_for_one_another() -> None:
    """Thirty chats at once, the thirty-first a second later."""
    clock = FakeClock()
    pacer = Pacer(TELEGRAM_LIMITS, clock.seconds, clock.sleep)
    for chat in range(30):
        await take_turn(pacer, str(chat))
    assert timedelta(0) == clock.now() - FakeClock().now()
    await take_turn(pacer, "30")
    assert timedelta(seconds=1) < clock.now() - FakeClock().now() < timedelta(seconds=1.1)


async def test_far_turn_is_put_off_instead_of_waited_for() -> None:
    """Then nothing is reserved, so asking again costs nothing."""
    clock = FakeClock()
    pacer = Pacer(Limits(recipient_per_second=1), clock.seconds, clock.sleep)
    await take_turn(pacer, "5")
    for _ in range(3):
        with pytest.raises(DeliveryError) as caught:
            await take_turn(pacer, "5", 0.5)
        assert caught.value.retry_after == pytest.approx(1.005)
    await take_turn(pacer, "5")


async def test_turn_counts_from_its_answer() -> None:
    """A message that took two seconds may have been counted at their end."""
    clock = FakeClock()
    pacer = Pacer(Limits(recipient_per_second=1), clock.seconds, clock.sleep)
    async with pacer.turn("5"):
        clock.move(2)
    before = clock.seconds()
    await take_turn(pacer, "5")
    assert clock.seconds() - before == pytest.approx(1.005)


async def test_who_waits_for_what_is_under_way_goes_when_it_ends_or_gives_up() -> None:
    """Nobody knows how long a message on its way takes."""
    pacer = Pacer(Limits(overall_per_second=1))
    async with pacer.turn("1"):
        with pytest.raises(DeliveryError) as caught:
            await take_turn(pacer, "2", 0.01)
        assert caught.value.retry_after
        waiting = asyncio.create_task(take_turn(pacer, "3", 30))
        await asyncio.sleep(0.01)
        assert not waiting.done()
    await waiting
    await take_turn(pacer, "2", 30)


async def test_turn_that_was_given_up_leaves_no_trace() -> None:
    """Cancelled while it waits for the account: its recipient is free at once."""
    clock = FakeClock()
    pacer = Pacer(Limits(overall_per_second=1, recipient_per_second=1), clock.seconds, clock.sleep)
    async with pacer.turn("1"):
        waiting = asyncio.create_task(take_turn(pacer, "2", 30))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    clock.move(1.005)
    before = clock.seconds()
    await take_turn(pacer, "2")
    assert before == clock.seconds()


@pytest.mark.parametrize("seed", range(5))
async def test_limits_hold_however_long_messages_are_under_way(seed: int) -> None:
    """Hundreds to private chats and groups; the other side counts each anywhere between begin and answer."""
    chance = random.Random(seed)
    clock = FakeClock()
    pacer = Pacer(TELEGRAM_LIMITS, clock.seconds, clock.sleep)
    arrivals: list[tuple[float, int]] = []
    for number in range(600):
        recipient = str((number * 7) % 40) if number % 3 else str(-1 - number % 5)
        try:
            async with pacer.turn(recipient, timedelta(seconds=5)):
                took = chance.choice([0.0, 0.01, 0.05, 0.7])
                arrivals.append((clock.seconds() + chance.random() * took, int(recipient)))
                clock.move(took)
        except DeliveryError:
            continue
    at = 0.0
    traffic = Traffic(lambda: at)
    refused = 0
    for at, chat in sorted(arrivals):  # noqa: B007 - the other side's clock reads it
        refused += traffic.too_many(chat) is not None
    assert 0 == refused
    assert len(arrivals) > 400


async def test_many_recipients_are_forgotten_once_they_may_be() -> None:
    """Memory stays flat, and whoever was sent to lately still waits."""
    clock = FakeClock()
    pacer = Pacer(Limits(recipient_per_second=1), clock.seconds, clock.sleep)
    for number in range(MANY_RECIPIENTS - 1):
        await take_turn(pacer, str(number))
    clock.move(2)
    await take_turn(pacer, "late")
    await take_turn(pacer, "one more")
    assert 2 == len(pacer._recipients)
    with pytest.raises(DeliveryError):
        await take_turn(pacer, "late", 0.5)


async def test_without_limits_nobody_waits() -> None:
    """The console has none."""
    clock = FakeClock()
    pacer = Pacer(Limits(), clock.seconds, clock.sleep)
    for _ in range(100):
        await take_turn(pacer, "-5")
    assert clock.now() == FakeClock().now()
