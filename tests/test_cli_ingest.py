"""`ingest` as an operator uses it, in a process of its own."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.test_cli import ROOT, call

SOURCE = """
[[source]]
id = "talk"
outlet = "Вечер"
kind = "folder"
url = "folder:talk"
bloc = "russia"
tier = "commentator"
languages = ["ru"]
evidence = "documented"
"""
SHOW = """1
00:12:34,000 --> 00:12:37,000
ВЛАДИМИР СОЛОВЬЕВ: Казахстан плюнул нам в спину,

2
00:12:37,000 --> 00:12:40,000
и за это предательство он горько заплатит!
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a directory with a configuration and a show in a folder."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    (tmp_path / "config" / "sources" / "talk.toml").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "talk").mkdir()
    (tmp_path / "talk" / "[b]Вечер.srt").write_text(SHOW, encoding="utf-8")
    return tmp_path


def test_file_is_told_about_judged_and_alerted_once(place: Path) -> None:
    """A dry run makes no store; the second time nothing is new."""
    dry = call("ingest", "talk", "--source", "talk", "--dry-run", cwd=place)
    assert 0 == dry.returncode, dry.stderr
    assert "[b]Вечер.srt: would go to talk" in dry.stderr
    assert "1 turns, 1 sentences, with times" in dry.stderr
    assert "speakers: Vladimir Solovyov 1" in dry.stderr
    assert not (place / "var").exists()
    arguments = ("ingest", "talk/[b]Вечер.srt", "--source", "talk", "--url", "https://video.example.org/1")
    first = call(*arguments, cwd=place)
    assert 0 == first.returncode, first.stderr
    assert "HOSTILE" in first.stdout
    assert "https://video.example.org/1#t=754" in first.stdout.replace("\n", "")
    second = call(*arguments, cwd=place)
    assert "unchanged in talk" in second.stderr
    assert "0 statements judged, 0 alerts" in second.stderr
    with sqlite3.connect(place / "var" / "monitor.db") as connection:
        assert [(1,)] == connection.execute("SELECT count(*) FROM articles").fetchall()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("talk", "--source", "no-such"), 2, "no source has this id"),
        (("talk", "--source", "talk", "--title", "x"), 2, "are of one document"),
        (("talk/[b]Вечер.srt", "--source", "talk", "--published-at", "скоро"), 2, "is no date"),
        (("gone.srt", "--source", "talk", "--dry-run"), 1, "gone.srt: set aside: there is no such file"),
    ],
)
def test_wrong_calls_are_told_what_is_wrong(
    place: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    """Without a traceback."""
    result = call("ingest", *arguments, cwd=place)
    assert (code, True) == (result.returncode, message in result.stderr.replace("\n", " ")), result.stderr
    assert "Traceback" not in result.stderr
