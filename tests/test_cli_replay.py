"""The command `replay` as a person or a script uses it, in a process of its own."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import typer

from monitor.cli.replay import read_moment
from monitor.domain.stance import Stance
from monitor.pipeline.reading import Reader
from storage import open_store
from tests.builders import NOON
from tests.pipeline.test_assess_and_alert import AGENCY, STORY, alert, assess, save
from tests.test_cli import ROOT, call

MARCH = ("--since", "2024-03-01", "--until", "2024-04-01")
KIND = '[[rule]]\nid = "kind"\nstances = ["conciliatory"]\n'


@pytest.fixture
def env(tmp_path: Path, reader: Reader) -> dict[str, str]:
    """Return the environment of a store with one alert of March 2024."""
    url = f"sqlite:///{tmp_path}/monitor.db"
    store = open_store(url, NOON)
    save(store, STORY.replace("овощи", "\x1b[31m[red]овощи[/red]\u202e"), source=AGENCY)
    assess(store, reader)
    assert [f"armenia {Stance.HOSTILE}"] == alert(store)
    store.close()
    return {"RHETORIC_MONITOR__STORE__URL": url}


def replay(env: dict[str, str], cwd: Path, *arguments: str) -> str:
    """Replay over the shipped configuration and return what was printed."""
    result = call("--config", str(ROOT / "config"), "replay", *MARCH, *arguments, cwd=cwd, env=env)
    assert 0 == result.returncode, result.stderr
    return result.stdout


def test_lost_alert_is_shown_with_dyad_quotation_and_reason(env: dict[str, str], tmp_path: Path) -> None:
    """With counts by target and rule, and scraped text made harmless."""
    (tmp_path / "new-rules.toml").write_text(KIND, encoding="utf-8")
    shown = replay(env, tmp_path, "--with", "new-rules.toml")
    assert "rules: + kind, − moscow-hostile" in shown
    assert "Gained: 0" in shown
    assert "Lost: 1" in shown
    assert "(Russia) → Armenia, hostile" in shown
    assert "обвинил [Армению] в подмене сертификатов" in shown
    assert "rule moscow-hostile is gone" in shown
    assert "Alerts a day: 0.0 before, 0.0 after (1 and 0 in all)" in shown
    assert "1 articles decided again" in shown
    assert not {"\x1b", "\u202e"}.intersection(shown)
    assert "[red]" in shown


def test_json_holds_everything_that_is_shown(env: dict[str, str], tmp_path: Path) -> None:
    """For scripts."""
    (tmp_path / "new-rules.toml").write_text(KIND, encoding="utf-8")
    found = json.loads(replay(env, tmp_path, "--with", "new-rules.toml", "--json"))
    assert (1, 0, 0, 1) == (
        found["before"]["alerts"],
        found["after"]["alerts"],
        found["gained"],
        found["lost"],
    )
    (lost,) = found["lost_alerts"]
    assert ("armenia", "hostile", "russia") == (lost["target"], lost["stance"], lost["speaker_bloc"])
    assert "rule moscow-hostile is gone" == lost["reason"]
    row = {"name": "armenia", "before": 1, "gained": 0, "lost": 1, "after": 0}
    assert [row] == found["by_target"]


def test_proposed_file_that_is_wrong_ends_with_its_problems(env: dict[str, str], tmp_path: Path) -> None:
    """Nothing is replayed under a configuration that would not load."""
    (tmp_path / "bad.toml").write_text('[[rule]]\nid = "a"\ntargets = ["armania"]\n', encoding="utf-8")
    result = call("--config", str(ROOT / "config"), "replay", "--with", "bad.toml", cwd=tmp_path, env=env)
    assert 2 == result.returncode
    assert "did you mean 'armenia'" in result.stderr


def test_moments_are_spans_before_now_or_dates_in_the_readers_zone() -> None:
    """14d, 36h, 2w, a date, a moment with its own zone."""
    zone = ZoneInfo("Europe/Moscow")
    assert NOON - timedelta(days=14) == read_moment("14d", NOON, zone)
    assert NOON - timedelta(hours=36) == read_moment(" 36h ", NOON, zone)
    assert NOON - timedelta(weeks=2) == read_moment("2w", NOON, zone)
    assert datetime(2024, 2, 29, 21, tzinfo=UTC) == read_moment("2024-03-01", NOON, zone)
    assert datetime(2024, 3, 1, 5, tzinfo=UTC) == read_moment("2024-03-01T05:00:00+00:00", NOON, zone)
    with pytest.raises(typer.BadParameter, match="14d, 36h"):
        read_moment("a fortnight", NOON, zone)
