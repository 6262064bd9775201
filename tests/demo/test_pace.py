"""How fast the demonstration runs."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog

from monitor.demo.journal import log_to_file
from monitor.demo.pace import HeldClock, plan_pace

FIRST = datetime(2023, 1, 2, tzinfo=UTC)


def test_pace_covers_all_items_in_the_given_seconds() -> None:
    """Time begins before the first item and ends after the last has been visited."""
    last = FIRST + timedelta(weeks=8)
    pace = plan_pace(FIRST, last, 80)
    assert pace.start < FIRST
    assert pace.end - last > pace.interval
    assert (pace.end - pace.start).total_seconds() / pace.speed == pytest.approx(80)
    assert 24 < (last - FIRST) / pace.interval < 60


def test_edits_and_alerts_keep_their_order_at_the_pace() -> None:
    """A first version outlives two visits, and nothing is too old to alert within the run."""
    pace = plan_pace(FIRST, FIRST + timedelta(weeks=8), 80)
    assert pace.least_life > 2 * pace.interval
    assert pace.max_age > pace.end - pace.start


def test_newsroom_of_a_single_item_has_a_pace_too() -> None:
    """A folder with one item still runs."""
    pace = plan_pace(FIRST, FIRST, 10)
    assert pace.interval > timedelta(0)
    assert pace.speed > 0


def test_held_clock_stands_until_released_and_then_runs_to_its_end() -> None:
    """Loading a model costs no newsroom time."""
    pace = plan_pace(FIRST, FIRST + timedelta(days=1), 0.05)
    clock = HeldClock(pace)
    time.sleep(0.01)
    assert (clock.now(), clock.finished, clock.share) == (pace.start, False, 0.0)
    clock.release()
    time.sleep(0.08)
    assert (clock.now(), clock.finished, clock.share) == (pace.end, True, 1.0)


def test_log_goes_to_the_file_and_failed_items_are_kept(tmp_path: Path) -> None:
    """The display stays clean, and the end can tell which pages could not be read."""
    before = structlog.get_config()
    with log_to_file(tmp_path / "logs" / "demo.log") as journal:
        log = structlog.get_logger("test")
        log.warning("item not collected", url="http://x/1", reason="first")
        log.warning("item not collected", url="http://x/1", reason="second")
        log.info("something else", url="http://x/2")
    assert {"http://x/1": "second"} == journal.failed_items
    assert "something else" in (tmp_path / "logs" / "demo.log").read_text(encoding="utf-8")
    assert before == structlog.get_config()
