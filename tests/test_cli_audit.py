"""What people changed, as an operator sees it in a terminal and a machine in JSON."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli import app
from monitor.domain.access import Entry
from monitor.settings import packaged_config
from storage import open_store

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return a configuration whose store has three changes by two people."""
    folder = tmp_path / "config"
    shutil.copytree(packaged_config(), folder)
    file = folder / "monitor.toml"
    url = f'url = "sqlite:///{tmp_path}/store.db"'
    text = file.read_text("utf-8").replace('url = "sqlite:///var/monitor.db"', url)
    file.write_text(text, encoding="utf-8")
    store = open_store(f"sqlite:///{tmp_path}/store.db", NOON)
    for day, (actor, action) in enumerate(
        [("telegram:600", "pause"), ("telegram:700", "role"), ("telegram:600", "[red]resume")]
    ):
        store.audit.add(Entry(NOON + timedelta(days=day), actor, action, "collection", f"step {day}"))
    store.close()
    return folder


def call(config: Path, *arguments: str) -> list[str]:
    """Call the command and return what it printed, line by line."""
    result = CliRunner().invoke(app, ["--config", str(config), "audit", *arguments], env={"COLUMNS": "100"})
    assert 0 == result.exit_code, result.output
    return result.stdout.splitlines()


def test_changes_are_printed_the_newest_first(config: Path) -> None:
    """On the operator's clock; what stands in them is no markup."""
    _, *rows = call(config)
    assert ["[red]resume", "role", "pause"] == [row.split()[3] for row in rows]
    assert rows[0].startswith("2026-03-16 15:00")


def test_changes_are_chosen_by_day_and_person(config: Path) -> None:
    """A day begins at midnight where the operator is; people are named by number or as printed."""
    assert 2 == len(call(config, "--since", "2026-03-15")[1:])
    assert 2 == len(call(config, "--actor", "600")[1:])
    assert 1 == len(call(config, "--actor", "telegram:700")[1:])
    assert 1 == len(call(config, "--limit", "1")[1:])
    assert ["Nothing was done."] == call(config, "--actor", "1")


def test_machines_get_json(config: Path) -> None:
    """With moments in ISO form."""
    (found,) = json.loads("\n".join(call(config, "--json", "--actor", "700")))
    expected = {"actor": "telegram:700", "action": "role", "subject": "collection", "detail": "step 1"}
    assert {**expected, "at": "2026-03-15T12:00:00+00:00"} == found
