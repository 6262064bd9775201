"""Subscriptions of the version before keep their numbers and what they ask for."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from monitor.domain.stance import Stance
from monitor.domain.subscriptions import Filter, Pace, Subscription
from storage import open_store
from storage.engine import open_database
from tests.builders import NOON

MICROSECONDS = int(NOON.timestamp()) * 1_000_000
OLD = (
    (3, 100, ["armenia", "csto"], ["hostile"], 40),
    (5, 100, [], [], 0),
    (9, -4000, ["kazakhstan"], [], 0),
)
EXPECTED = (
    Filter(frozenset({"armenia", "csto"}), stances=frozenset({Stance.HOSTILE}), min_severity=40),
    Filter(),
    Filter(frozenset({"kazakhstan"})),
)


@pytest.fixture
def old_store(url: str, tmp_path: Path) -> str:
    """Give the address of a store of the version before, with three subscriptions; the last ever made
    was number 12."""
    database = open_database(url)
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    database.engine.dispose()
    raw = sqlite3.connect(tmp_path / "store.db")
    for number, chat, targets, stances, severity in (*OLD, (12, 7, [], [], 1)):
        raw.execute(
            "INSERT INTO subscriptions (id, chat_id, targets, stances, min_severity, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (number, chat, json.dumps(targets), json.dumps(stances), severity, MICROSECONDS),
        )
    raw.commit()
    raw.close()
    return url


def test_old_subscriptions_keep_their_numbers_and_wishes(old_store: str) -> None:
    """They tell at once, to the chat itself, and have no name; nothing else of them changes."""
    store = open_store(old_store, NOON)
    expected = [
        Subscription(number, chat, wanted, "", Pace.IMMEDIATE, 0, NOON)
        for (number, chat, *_), wanted in zip(OLD, EXPECTED, strict=True)
    ]
    assert expected == store.chats.subscriptions()[:3]
    store.close()


def test_upgraded_subscription_is_known_again(old_store: str) -> None:
    """Asking for the same once more makes no second one; a new one takes no old number."""
    store = open_store(old_store, NOON)
    again = store.chats.subscribe(Subscription(0, 100, EXPECTED[0]), NOON)
    assert 3 == again.id
    new = store.chats.subscribe(Subscription(0, 100, Filter(min_severity=7)), NOON)
    assert new.id > 12
    assert 1 == store.chats.unsubscribe(100, 5)
    store.close()
