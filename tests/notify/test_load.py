"""Many subscribers: Telegram's limits hold, and memory stays flat; how fast is a benchmark's matter."""

from __future__ import annotations

import pytest
from rich.console import Console

from benchmarks.delivery import measure


@pytest.mark.parametrize(
    ("subscribers", "hourly", "minutes"),
    [(300, 7_200, 0.15), pytest.param(2_000, 1_000, 10, marks=pytest.mark.soak)],
)
def test_limits_hold_under_load(subscribers: int, hourly: int, minutes: float) -> None:
    """More is wanted than may be sent, by chats and groups; Telegram never says that it is too much."""
    load = measure(subscribers, hourly, minutes)
    Console().print(
        f"{load.sent} messages in {load.seconds:.0f} s, {load.share:.1%} of the limit, "
        f"{load.waiting} wait; memory {load.early:.0f} to {load.late:.0f} MB"
    )
    assert 0 == load.refused
    assert load.sent > 0
    assert load.waiting > 0, "less was wanted than may be sent: that proves nothing"
    assert load.late < 1.25 * load.early + 20
