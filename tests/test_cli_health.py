"""How collection goes, as an operator sees it in a terminal and a machine in JSON."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli import app
from monitor.cli.health import draw_strip
from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.domain.notices import Alarm, AlarmKind
from monitor.domain.standing import Cell
from monitor.settings import packaged_config
from storage import open_store
from storage.engine import Database
from tests.storage.builders import collect

HOUR = timedelta(hours=1)
DOCUMENTED = "kremlin-ru"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return a configuration whose store has a source read for nine days, then blocked for a day."""
    folder = tmp_path / "config"
    shutil.copytree(packaged_config(), folder)
    file = folder / "monitor.toml"
    url = f'url = "sqlite:///{tmp_path}/store.db"'
    file.write_text(
        file.read_text("utf-8").replace('url = "sqlite:///var/monitor.db"', url), encoding="utf-8"
    )
    now = datetime.now(UTC)
    store = open_store(f"sqlite:///{tmp_path}/store.db", now)
    for n in range(240, 0, -1):
        at = now - n * HOUR
        outcome = RunOutcome.OK if n > 24 else RunOutcome.BLOCKED
        trouble = "" if n > 24 else "robots"
        store.articles.record_run(
            SourceRun(DOCUMENTED, at, at, outcome, 9, 1, 1, reason=trouble, trouble=trouble)
        )
        if n > 24:
            collect(store, str(n), f"Text {n}.", source_id=DOCUMENTED, seen=at, published_at=at)
    alarm = Alarm(AlarmKind.BLOCKED, DOCUMENTED, "the last 24 visits failed (robots 24)", now - 24 * HOUR)
    store.notices.save([alarm], {}, [], now - 22 * HOUR)
    assert isinstance(store.database, Database)
    store.close()
    return folder


def call(config: Path, *arguments: str) -> tuple[int, str]:
    """Call the command; return its exit code and what it printed."""
    result = CliRunner().invoke(app, ["--config", str(config), "health", *arguments], env={"COLUMNS": "100"})
    return result.exit_code, result.stdout


def test_open_troubles_and_figures_are_shown_within_the_width(config: Path) -> None:
    """The source in trouble stands first; exit code 1 while a trouble lasts."""
    code, printed = call(config, "--bloc", "russia")
    assert 1 == code
    assert "1 troubles last:" in printed
    assert "blocked       kremlin-ru since" in printed
    row = next(line for line in printed.splitlines() if line.startswith(DOCUMENTED))
    assert row.split()[1:4] == ["25", "h", "0"]
    assert "blocked" in row
    assert all(len(line) <= 100 for line in printed.splitlines())


def test_week_is_drawn_as_a_strip(config: Path) -> None:
    """Hours that were read and those that were blind, in 100 columns; others were never watched."""
    _, printed = call(config, "--hours", "--bloc", "russia")
    row = next(line for line in printed.splitlines() if line.startswith(DOCUMENTED))
    marks = "".join(row[len("kremlin-ru") :].split())
    assert set(marks[-7:]) <= {"×", "x"}
    assert len(row) <= 100
    assert set(marks[:-9]) <= set("▂▄▆█.:=#")
    assert "kremlin-en" in printed.split()


def test_machines_read_json(config: Path) -> None:
    """The same figures, and each cell of the week."""
    _, printed = call(config, "--json", "--bloc", "russia")
    told = json.loads(printed)
    (alarm,) = told["alarms"]
    source = next(s for s in told["sources"] if s["source_id"] == DOCUMENTED)
    assert ("blocked", DOCUMENTED) == (alarm["kind"], alarm["source"])
    assert (0, {"robots": 23}, ["blocked"]) == (source["seen"], source["troubles"], source["alarms"])
    assert source["expected"] == pytest.approx(24, abs=8)
    assert 24 <= sum(cell["blind_hours"] for cell in source["cells"]) <= 25


def test_no_trouble_is_said_and_is_exit_code_nought(config: Path) -> None:
    """Of another bloc, nothing lasts."""
    code, printed = call(config, "--bloc", "kazakhstan")
    assert 0 == code
    assert printed.startswith("No trouble lasts.")


def test_one_flood_does_not_flatten_the_rest_of_the_week() -> None:
    """Cells are drawn by the measure of the source's busy hours, not of its busiest."""
    start = datetime(2026, 3, 2, tzinfo=UTC)
    cells = [Cell(start + n * 3 * HOUR, 8 if n % 2 else 2, 3, 0) for n in range(56)]
    cells[5] = Cell(cells[5].since, 900, 3, 0)
    cells[6] = Cell(cells[6].since, 0, 0, 3)
    cells[7] = Cell(cells[7].since, 0, 3, 0)
    assert ".#.#.#x- .#.#" == draw_strip(cells, plain=True)[:13]
