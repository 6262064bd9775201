"""Turns to send."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.errors import DeliveryError
from monitor.notify.pacing import TELEGRAM_LIMITS, Limits, Pacer
from tests.fakes.clock import FakeClock
from tests.fakes.telegram_rules import Traffic


async def test_chats_do_not_wait_for_one_another() -> None:
    """Thirty chats at once, the thirty-first a second later."""
    clock = FakeClock()
    pacer = Pacer(TELEGRAM_LIMITS, clock.now, clock.sleep)
    for chat in range(30):
        await pacer.take_turn(str(chat))
    assert timedelta(0) == clock.now() - FakeClock().now()
    await pacer.take_turn("30")
    assert timedelta(seconds=1) < clock.now() - FakeClock().now() < timedelta(seconds=1.2)


async def test_far_turn_is_put_off_instead_of_waited_for() -> None:
    """Then nothing is reserved, so asking again costs nothing."""
    clock = FakeClock()
    pacer = Pacer(Limits(recipient_per_second=1), clock.now, clock.sleep)
    await pacer.take_turn("5")
    for _ in range(3):
        with pytest.raises(DeliveryError) as caught:
            await pacer.take_turn("5", patience=timedelta(seconds=0.5))
        assert caught.value.retry_after == pytest.approx(1.05)


async def test_busy_account_never_breaks_the_limits() -> None:
    """Hundreds of messages to private chats and groups pass the documented limits."""
    clock = FakeClock()
    pacer = Pacer(TELEGRAM_LIMITS, clock.now, clock.sleep)
    traffic = Traffic(clock.seconds)
    refused = 0
    for number in range(600):
        recipient = str((number * 7) % 40) if number % 3 else str(-1 - number % 5)
        try:
            await pacer.take_turn(recipient, patience=timedelta(seconds=5))
        except DeliveryError:
            continue
        refused += traffic.too_many(int(recipient)) is not None
    assert 0 == refused
    assert len(traffic.chats) > 40


async def test_without_limits_nobody_waits() -> None:
    """The console has none."""
    clock = FakeClock()
    pacer = Pacer(Limits(), clock.now, clock.sleep)
    for _ in range(100):
        await pacer.take_turn("-5")
    assert clock.now() == FakeClock().now()
